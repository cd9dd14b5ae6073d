// Solvers from files named by --solver: what a file may export, what is said of one that exports something else, and that
// the lab measures it beside the others, checks it, and reports one that is wrong.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { solversOf, type Wanted } from '../../../bench/solvers/source.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'emft-solvers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const wanted: Wanted = { threads: 3, folder, libraries: [], skipped() {}, note() {} };

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Rotations in the plane of two rows, until nothing is left beside the diagonal. */
const SOLVE = `(a, n) => {
  const m = a.slice();
  const z = Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0));
  for (let sweep = 0; sweep < 20; ++sweep)
    for (let p = 0; p < n; ++p)
      for (let q = p + 1; q < n; ++q) {
        if (m[p * n + q] === 0) continue;
        const theta = (m[q * n + q] - m[p * n + p]) / (2 * m[p * n + q]);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        const turn = (x, i, j) => { const y = x[i]; x[i] = c * y - s * x[j]; x[j] = s * y + c * x[j]; };
        for (let k = 0; k < n; ++k) turn(m, k * n + p, k * n + q);
        for (let k = 0; k < n; ++k) turn(m, p * n + k, q * n + k);
        for (let k = 0; k < n; ++k) turn(z, p * n + k, q * n + k);
      }
  const order = Array.from({ length: n }, (_, k) => k).sort((i, j) => m[i * (n + 1)] - m[j * (n + 1)]);
  return {
    values: Float64Array.from(order, (k) => m[k * (n + 1)]),
    vectors: Float64Array.from({ length: n * n }, (_, k) => z[order[Math.floor(k / n)] * n + (k % n)]),
  };
}`;

test('one solver, several, or a function that makes them and gets the options', async () => {
  const names = async (file: string, text: string) =>
    (await solversOf(written(file, text), wanted)).map(({ name }) => name);
  expect(await names('one.mjs', `export default { name: 'one', solve: ${SOLVE} };`)).toEqual(['one']);
  expect(await names('two.mjs', `export default ['a', 'b'].map((name) => ({ name, solve() {} }));`)).toEqual([
    'a',
    'b',
  ]);
  expect(
    await names('made.mjs', `export default async ({ threads }) => [{ name: 'on ' + threads, solve() {} }];`),
  ).toEqual(['on 3']);
});

test.each([
  ['nothing', 'export const solve = () => {};'],
  ['no name', 'export default { solve() {} };'],
  ['no solve', `export default { name: 'x' };`],
  ['none', 'export default [];'],
])('a file that exports %s is refused by its name', async (what, text) => {
  const file = written(`${what.replace(' ', '-')}.mjs`, text);
  await expect(solversOf(file, wanted)).rejects.toThrow(`${file}: expected a default export with 'name'`);
});

test('the lab measures such files, and says which solver is wrong', async () => {
  const good = written('good.mjs', `export default { name: 'rotations', version: '7', solve: ${SOLVE} };`);
  const wrong = written(
    'wrong.mjs',
    `const solve = ${SOLVE};
     export default { name: 'off by one', solve: (a, n) => { const x = solve(a, n); x.values[0] += 1; return x; } };`,
  );
  const out = join(folder, 'lab');
  const words = ['--sizes', '3,5', '--rounds', '2', '--only', '^(emft dc|rotations|off by one)$'];
  const files = ['--solver', good, '--solver', wrong, '-o', out];
  await run(process.execPath, ['--import', 'tsx', 'bench/main.ts', 'eigh', ...words, ...files], {
    cwd: root,
    // No Python there, nor a compiler: native libraries are looked for with these.
    env: { ...process.env, PATH: folder },
  });
  const { solvers, rows } = JSON.parse(readFileSync(join(out, 'lab.json'), 'utf8'));
  expect(solvers).toContainEqual({ name: 'rotations', kind: 'peer', version: '7' });
  for (const n of [3, 5]) {
    const of = (name: string) =>
      rows.find((row: { n: number; solver: string }) => row.n === n && row.solver === name);
    expect(of('rotations').failed).toBeUndefined();
    expect(of('rotations').samples).toHaveLength(2);
    expect(of('off by one').failed).toMatch(/^wrong eigenvalues/);
  }
});
