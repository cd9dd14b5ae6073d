// Threads over shared memory give the bits of one thread; builds fall back with a stated reason.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createCore, InputError } from 'emft';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasRelaxedSimd } from '../../src/wasm/host.js';
import { Runtime } from '../../src/wasm/runtime.js';
import { shipped } from '../../src/wasm/shipped.js';
import { compiled } from '../support/compiled.js';

function matrix(n: number): Float64Array {
  const a = new Float64Array(n * n);
  let s = 1;
  for (let j = 0; j < n; ++j) {
    for (let i = j; i < n; ++i) {
      s = (s * 1103515245 + 12345) % 2147483648;
      a[i + j * n] = a[j + i * n] = s / 1073741824 - 1;
    }
  }
  return a;
}

/** A², T, the reflectors and Q A of one matrix of order n, as a hash of their bits. */
async function bits(n: number, threads: number): Promise<string> {
  const runtime = await Runtime.create(shipped, 'simd', undefined, threads);
  try {
    const core = runtime.wasm;
    expect(runtime.threads).toBe(threads);
    return runtime.scope((arena) => {
      const original = matrix(n);
      const a = arena.put(original);
      const z = arena.put(original);
      const c = arena.f64(n * n);
      const d = arena.f64(3 * n);
      const work = arena.bytes(
        Math.max(
          core.gemmWorkspace(n, n, n) >>> 0,
          core.tridiagonalizeWorkspace(n) >>> 0,
          core.backTransformWorkspace(n, n) >>> 0,
        ),
      );
      arena.view(d, 3 * n).fill(0);
      core.gemm(n, n, n, 1, core.operands(a, 1, n, z, n, 1, work), 0, c, n);
      core.tridiagonalize(n, a, n, d, d + 8 * n, d + 16 * n, work);
      core.backTransform(n, n, a, n, d + 16 * n, z, n, work);
      const hash = createHash('sha256');
      for (const [p, count] of [
        [c, n * n] as const,
        [d, 3 * n] as const,
        [a, n * n] as const,
        [z, n * n] as const,
      ]) {
        hash.update(new Uint8Array(arena.take(p, count).buffer));
      }
      return hash.digest('hex');
    });
  } finally {
    runtime.dispose();
  }
}

const oneThread = await createCore();
afterEach(() => vi.unstubAllGlobals());

describe('threads', () => {
  test.each([97, 200, 310])('order %i: the same bits on 1, 2 and 4 threads', async (n) => {
    const one = await bits(n, 1);
    for (const threads of [2, 4]) expect(await bits(n, threads)).toBe(one);
  });

  test('the core says how many run, and ends them when it is disposed', async () => {
    const core = await createCore({ threads: 2 });
    expect([core.threads, core.notes]).toEqual([2, []]);
    core.dispose();
    await expect(createCore({ threads: 65 })).rejects.toThrow(InputError);
  });

  test('a process ends although a core with threads was not disposed', () => {
    const script = `const { createCore } = await import('emft'); console.log((await createCore({ threads: 3 })).threads);`;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      timeout: 20000,
    });
    expect(out.trim()).toBe('3');
  });

  test('without shared memory one thread runs and says why', async () => {
    vi.stubGlobal('crossOriginIsolated', false);
    const core = await createCore({ threads: 2 });
    expect(core.threads).toBe(1);
    expect(core.notes).toEqual([expect.stringMatching(/shared memory/)]);
    core.dispose();
  });

  test('where the script of the workers was left behind one thread runs and says why', async () => {
    // What a bundler makes of the package: one file, elsewhere.
    const folder = await mkdtemp(join(tmpdir(), 'emft-bundle-'));
    try {
      const entry = new URL('../../dist/index.js', import.meta.url).pathname;
      const outfile = join(folder, 'app.mjs');
      await build({ entryPoints: [entry], bundle: true, format: 'esm', platform: 'node', outfile });
      const wasm = new URL('../../build/emft.simd-threads.wasm', import.meta.url);
      const bundle = (await import(outfile)) as typeof import('emft');
      const core = await bundle.createCore({ threads: 2, wasm });
      expect(core.threads).toBe(1);
      expect(core.notes).toEqual([expect.stringMatching(/teamWorker\.js.*options\.worker.*one thread runs/)]);
      expect(core.eigh(matrix(97), 97).values).toEqual(oneThread.eigh(matrix(97), 97).values);
      core.dispose();
      // And with the script named, two.
      const worker = new URL('../../dist/wasm/teamWorker.js', import.meta.url);
      const two = await bundle.createCore({ threads: 2, wasm, worker });
      expect([two.threads, two.notes]).toEqual([2, []]);
      two.dispose();
      await expect(bundle.createCore()).rejects.toThrow(/cannot load .*emft\.simd\.wasm.*say with `wasm`/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('a script of workers that is named must start', async () => {
    const worker = new URL('nowhere/teamWorker.js', import.meta.url);
    await expect(createCore({ threads: 2, worker })).rejects.toThrow(/^options\.worker: .*nowhere/);
    await expect(createCore({ threads: 2, worker: 'teamWorker.js' as never })).rejects.toThrow(
      /^options\.worker: expected a URL object, got "teamWorker.js"/,
    );
  });

  test('a module without shared memory is refused by name', async () => {
    const wasm = new URL('../../build/emft.simd.wasm', import.meta.url);
    await expect(createCore({ threads: 2, wasm })).rejects.toThrow(/options\.wasm/);
  });
});

describe('the relaxed build', () => {
  test('runs where relaxed SIMD is, and falls back with a reason where it is not', async () => {
    const core = await createCore({ build: 'relaxed' });
    if (hasRelaxedSimd()) expect([core.build, core.notes]).toEqual(['relaxed', []]);
    else {
      expect(core.build).toBe('simd');
      expect(core.notes).toEqual([expect.stringMatching(/relaxed SIMD/)]);
    }
    core.dispose();
  });

  let folder: string;
  /** Builds of the products by their number of threads: one, and several. */
  let products: string[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'emft-products-'));
    const entry = 'assembly/__tests__/kernel/products.ts';
    products = [await compiled(entry, 'relaxed', folder), await compiled(entry, 'relaxed-threads', folder)];
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  /** What `body` prints as JSON, run where relaxed SIMD is: it sees `rt`, its exports `core` and an `arena`. */
  function withRelaxedSimd(body: string, threads = 1): unknown {
    const wasm = pathToFileURL(products[Math.min(threads, 2) - 1]).href;
    const script = `
      const { Runtime } = await import(${JSON.stringify(new URL('../../dist/wasm/runtime.js', import.meta.url).href)});
      const { shipped } = await import(${JSON.stringify(new URL('../../dist/wasm/shipped.js', import.meta.url).href)});
      const rt = await Runtime.create(shipped, 'relaxed', new URL(${JSON.stringify(wasm)}), ${threads});
      const core = rt.wasm;
      rt.scope((arena) => {${body}});`;
    const major = Number(process.versions.node.split('.')[0]);
    const flags = major < 22 ? ['--experimental-wasm-relaxed-simd'] : [];
    return JSON.parse(
      execFileSync(process.execPath, [...flags, '--input-type=module', '-e', script], { encoding: 'utf8' }),
    );
  }

  test('multiplies with one rounding a step, with relaxed SIMD on', () => {
    // (1 + 2⁻³⁰)² − (1 + 2⁻²⁹) is 2⁻⁶⁰ when fused and 0 when the product is rounded first.
    const out = withRelaxedSimd(`
      const x = 1 + 2 ** -30;
      const a = arena.put(Float64Array.of(-1, x)), b = arena.put(Float64Array.of(1 + 2 ** -29, x)), c = arena.f64(1);
      core.gemm(1, 1, 2, 1, core.operands(a, 1, 1, b, 1, 2, arena.bytes(core.gemmWorkspace(1, 1, 2))), 0, c, 1);
      console.log(JSON.stringify([rt.build, arena.view(c, 1)[0]]));`);
    expect(out).toEqual(['relaxed', 2 ** -60]);
  });

  test('its products of integers are exact at every edge of its tiles and blocks, and write nothing else', () => {
    const out = withRelaxedSimd(`
      const digits = (count, seed) => Float64Array.from({ length: count }, (_, i) => ((i * 37 + seed * 11) % 17) - 8);
      const wrong = [];
      const check = (m, n, k, lower, alpha = 1, beta = 1) => {
        const ldc = m + 1;
        const a = digits(m * k, 1), b = digits(k * n, 2), c = digits(ldc * n, 3);
        const at = arena.put(c);
        const work = arena.bytes(lower ? core.gemmWorkspace(n, n, k) : core.gemmWorkspace(m, n, k));
        if (lower) core.gemmLower(n, k, alpha, core.operands(arena.put(a), 1, m, arena.put(b), n, 1, work), beta, at, ldc);
        else core.gemm(m, n, k, alpha, core.operands(arena.put(a), k, 1, arena.put(b), 1, k, work), beta, at, ldc);
        const got = arena.view(at, c.length);
        for (let j = 0; j < n; ++j) {
          for (let i = 0; i < ldc; ++i) {
            let want = c[i + j * ldc];
            if (i < m && !(lower && i < j)) {
              let sum = 0;
              for (let l = 0; l < k; ++l) sum += lower ? a[i + l * m] * b[l * n + j] : a[i * k + l] * b[l + j * k];
              want = beta * want + alpha * sum;
            }
            if (got[i + j * ldc] !== want) {
              wrong.push([m, n, k, lower, i, j]);
              return;
            }
          }
        }
        arena.release();
      };
      for (let m = 0; m <= 9; ++m) for (let n = 0; n <= 13; ++n) for (let k = 0; k <= 6; ++k) check(m, n, k, false, -2, k & 1);
      for (let n = 0; n <= 26; ++n) check(n, n, 5, true, -1);
      check(289, 13, 513, false);
      for (const n of [1031, 1032, 1033, 2066]) check(5, n, 3, false, 1, 0);
      check(290, 290, 258, true, 1, 2);
      check(1034, 1034, 2, true);
      console.log(JSON.stringify(wrong));`);
    expect(out).toEqual([]);
  });

  test('gives the same bits on 1, 2 and 4 threads: products wide, tall and of a triangle', () => {
    const script = `
      const random = (count, seed) => Float64Array.from({ length: count }, (_, i) => Math.sqrt((i * 37 + seed) % 101) - 5);
      const out = [rt.threads];
      for (const [m, n, k, lower] of [[131, 310, 70, 0], [397, 97, 70, 0], [301, 301, 61, 1]]) {
        const a = arena.put(random(m * k, 1)), b = arena.put(random(k * n, 2)), c = arena.put(random(m * n, 3));
        const work = arena.bytes(core.gemmWorkspace(m, n, k));
        if (lower) core.gemmLower(n, k, -1, core.operands(a, 1, m, b, n, 1, work), 1, c, m);
        else core.gemm(m, n, k, -1, core.operands(a, 1, m, b, 1, k, work), 1, c, m);
        let hash = 0n;
        const words = new BigUint64Array(rt.memory.buffer, c, m * n);
        for (const word of words) hash = BigInt.asUintN(64, (hash ^ word) * 1099511628211n);
        out.push(String(hash));
      }
      console.log(JSON.stringify(out));`;
    const [one, two, four] = [1, 2, 4].map((threads) => withRelaxedSimd(script, threads) as unknown[]);
    expect([one[0], two[0], four[0]]).toEqual([1, 2, 4]);
    for (const other of [two, four]) expect(other.slice(1)).toEqual(one.slice(1));
  });
});
