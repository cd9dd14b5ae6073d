// What docs/determinism.md, and comments of public functions, say about bits and is not shown elsewhere.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { createCore } from 'emft';
import { methodNames } from 'emft/check';
import { createEigenCore } from 'emft/eigen';
import { describe, expect, test } from 'vitest';
import { nodeBinary } from '../support/nodes.js';

const run = promisify(execFile);

/** Rooms whose numbers a core gives or a sweep tabulates. */
const NUMERIC = [
  ...['wasm', 'eigen', 'grain', 'lattice', 'meanfield', 'random'].map((room) => `src/${room}`),
  ...['cli/src/sweeps', 'cli/src/verify'],
];
const HOST =
  /Math\.(exp|expm1|log|log1p|log2|log10|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot|pow|random)\b/;
/** Powers of two are exact everywhere. */
const POWER = /(?<!(^|[^.\w])2) \*\*/;

function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}

test('nothing that a core computes calls a function of Math that differs between engines', async () => {
  // The patterns do find what they are for.
  for (const bad of ['Math.exp(x)', 'a = Math.hypot(x, y)']) expect(bad).toMatch(HOST);
  for (const bad of ['x ** 2', '12 ** n', '1.2 ** n', '(a + b) ** 3']) expect(bad).toMatch(POWER);
  for (const good of ['2 ** n', '(2 ** -50)', 'dg * 2 ** bits']) expect(good).not.toMatch(POWER);
  const found: string[] = [];
  let files = 0;
  for (const room of NUMERIC) {
    const folder = new URL(`../../${room}/`, import.meta.url);
    for (const name of await readdir(folder, { recursive: true })) {
      if (!name.endsWith('.ts')) continue;
      files++;
      const lines = code(await readFile(new URL(name, folder), 'utf8')).split('\n');
      found.push(
        ...lines
          .filter((line) => HOST.test(line) || POWER.test(line))
          .map((line) => `${room}/${name}: ${line.trim()}`),
      );
    }
  }
  expect(files).toBeGreaterThan(60);
  expect(found).toEqual([]);
});

test('the compiled modules import no function of the host but those that threads wait by, and hold no relaxed instruction', async () => {
  for (const name of ['emft.simd', 'emft.simd-threads', 'eigen.simd']) {
    const bytes = await readFile(new URL(`../../build/${name}.wasm`, import.meta.url));
    const imports = WebAssembly.Module.imports(await WebAssembly.compile(bytes));
    const functions = imports.filter(({ kind }) => kind === 'function').map((item) => item.name);
    const threads = name.endsWith('threads');
    expect(
      functions.every((item) => threads && /^(wait|notify|checkTeam|now)/i.test(item)),
      `${name}: ${functions}`,
    ).toBe(true);
  }
  // Node 20 does not know them without a flag, and has compiled the above; it refuses the relaxed ones.
  for (const [name, valid] of [
    ['emft.simd', true],
    ['emft.relaxed', false],
  ] as const) {
    const file = JSON.stringify(new URL(`../../build/${name}.wasm`, import.meta.url));
    const script = `import { readFileSync } from 'node:fs'; console.log(WebAssembly.validate(readFileSync(new URL(${file}))));`;
    const { stdout } = await run(nodeBinary('20'), ['--input-type=module', '--eval', script]);
    expect(stdout, name).toBe(`${valid}\n`);
  }
});

test('a NaN in a result has the bits of every other', async () => {
  const core = await createCore();
  const zero = { grain: new Float64Array(64), fields: new Float64Array(0), couplings: new Float64Array(0) };
  const { gapRatio } = core.diagonalizeGrain(zero);
  const few = core.diagonalizeGrain({
    ...core.randomGrainModel({ alpha: 0.7, n: 1, seed: 1 }),
    window: { energy: 0, count: 2 },
  });
  core.dispose();
  const bits = (x: number) => new BigUint64Array(Float64Array.of(x).buffer)[0].toString(16);
  const numbers = [few.gapRatio, gapRatio].filter(Number.isNaN);
  expect(numbers.length).toBeGreaterThan(0);
  for (const x of numbers) expect(bits(x)).toBe('7ff8000000000000');
});

test('emft/eigen has the bits of the whole core', async () => {
  const [whole, small] = [await createCore(), await createEigenCore()];
  for (const n of [0, 1, 2, 39, 40, 150]) {
    const a = n === 0 ? new Float64Array(0) : whole.goe(n, { seed: 5 });
    for (const method of ['auto', ...methodNames] as const) {
      for (const vectors of [true, false]) {
        expect(small.eigh(a, n, { method, vectors })).toEqual(whole.eigh(a, n, { method, vectors }));
      }
    }
    expect(await small.eighAsync(a, n)).toEqual(whole.eigh(a, n));
    expect(small.eighBatch(a, n, 1)).toEqual(whole.eighBatch(a, n, 1));
  }
  whole.dispose();
  small.dispose();
});

test('a longer sequence begins with the shorter one, whatever else was drawn', async () => {
  const core = await createCore();
  const key = { seed: 3, stream: 2, index: 7 };
  for (const draw of [core.uniforms, core.normals]) {
    const long = draw(key, 1001);
    draw({ ...key, index: 8 }, 10);
    for (const count of [0, 1, 2, 3, 4, 5, 500]) expect(draw(key, count)).toEqual(long.slice(0, count));
  }
  core.dispose();
});

describe('the relaxed build', () => {
  test('is as accurate as the other, where it runs', async () => {
    const module = (path: string) => JSON.stringify(new URL(path, import.meta.url));
    const script = `
      import { createCore } from ${module('../../dist/index.js')};
      const worst = {};
      for (const build of ['simd', 'relaxed']) {
        const core = await createCore({ build });
        for (const n of [20, 100, 257]) {
          const a = core.goe(n, { seed: n });
          for (const method of ${JSON.stringify(methodNames)}) {
            const { residual, orthogonality } = core.eigh(a, n, { method, verify: true });
            worst[build] = Math.max(worst[build] ?? 0, residual, orthogonality);
          }
        }
        worst.ran = [...(worst.ran ?? []), core.build, ...core.notes];
        core.dispose();
      }
      console.log(JSON.stringify(worst));
    `;
    const { stdout } = await run(nodeBinary('24'), ['--input-type=module', '--eval', script]);
    const { simd, relaxed, ran } = JSON.parse(stdout);
    expect(ran).toEqual(['simd', 'relaxed']);
    expect(simd).toBeLessThan(10);
    expect(relaxed).toBeLessThan(10);
    expect(relaxed).toBeLessThan(2 * simd);
  });
});
