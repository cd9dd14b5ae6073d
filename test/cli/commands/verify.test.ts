// The published hashes hold in Node on one thread and on two, and in Chromium; a change of one bit is noticed.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { methodNames, rangeMethods } from 'emft/check';
import { describe, expect, test } from 'vitest';
import { hash } from '../../../cli/src/verify/computations.js';
import { published } from '../../../cli/src/verify/published.js';
import { launch, serve } from '../../support/browser/host.js';

const run = promisify(execFile);
const main = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));
const all = Object.entries(published).map(([name, digest]) => ({
  name,
  hash: digest,
  published: digest,
  same: true,
}));

test('every method has published bits', () => {
  const wanted = [
    ...methodNames.flatMap((method) => [`eigh ${method} `, `eighComplex ${method} `]),
    // The others spread a band out to a matrix, whose bits are among those of eigh.
    ...rangeMethods.flatMap((method) => [`eighTridiagonal ${method} `, `eighBanded ${method} `]),
  ];
  const missing = wanted.filter((start) => !Object.keys(published).some((name) => name.startsWith(start)));
  expect(missing, 'run scripts/publish-hashes.js').toEqual([]);
});

describe('emft verify', () => {
  test.each([1, 2])('on %i threads gives the published bits', async (threads) => {
    const { stdout } = await run(process.execPath, [main, 'verify', '--threads', `${threads}`, '--json']);
    expect(JSON.parse(stdout)).toEqual(all);
  });

  test('prints a table', async () => {
    const { stdout } = await run(process.execPath, [main, 'verify']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(all.length + 1);
    for (const line of lines.slice(1)) expect(line).toMatch(/ [0-9a-f]{64} +same$/);
  });

  test('exits with 1 when results differ, and names them', async () => {
    const loader = `
      import { computations } from ${JSON.stringify(new URL('../../../cli/dist/verify/computations.js', import.meta.url))};
      const goe = computations['goe n=257'];
      computations['goe n=257'] = (core) => goe(core).map((a) => a.with(0, a[0] + 2 ** -50));
    `;
    const preload = `data:text/javascript,${encodeURIComponent(loader)}`;
    const ended = await run(process.execPath, ['--import', preload, main, 'verify', '--json']).catch(
      (e) => e,
    );
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('not the published bits: goe n=257\n');
    const results = JSON.parse(ended.stdout) as { name: string; same: boolean }[];
    expect(results.filter(({ same }) => !same).map(({ name }) => name)).toEqual(['goe n=257']);
  });

  test('in Chromium gives the published bits', async () => {
    const host = await serve();
    const browser = await launch();
    try {
      const page = await browser.newPage();
      await page.goto(`${host.origin}/plain`);
      const results = await page.evaluate(`(async () => {
        const { createCore } = await import('/dist/index.js');
        const { verify } = await import('/cli/dist/verify/verify.js');
        return verify(await createCore());
      })()`);
      expect(results).toEqual(all);
    } finally {
      await browser.close();
      host.close();
    }
  });

  test('hashes bytes as sha256sum does', async () => {
    // printf '\0\0\0\0\0\0\360\77' | sha256sum: the double 1.
    expect(await hash([Float64Array.of(), Float64Array.of(1)])).toBe(
      await import('node:crypto').then(({ createHash }) =>
        createHash('sha256').update(Buffer.from('000000000000f03f', 'hex')).digest('hex'),
      ),
    );
  });
});
