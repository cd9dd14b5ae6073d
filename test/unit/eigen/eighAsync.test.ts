// eigh in slices: the bits of eigh, progress that rises to 1, and an AbortSignal that is seen.
import { createHash } from 'node:crypto';
import { type Core, createCore, type EighAsyncOptions, InputError } from 'emft';
import { methodNames } from 'emft/check';
import { beforeAll, expect, test } from 'vitest';
import { driverMatrix, hardCases, TYPE_COUNT } from '../../support/lapack/matrices.js';

type Options = EighAsyncOptions;

let core: Core;
beforeAll(async () => {
  core = await createCore();
});

/** The bits of a result: comparing element by element would take longer than computing them. */
function bits({ values, vectors, convergence }: ReturnType<Core['eigh']>) {
  const hash = createHash('sha256');
  for (const x of [values, vectors]) hash.update(new Uint8Array(x.buffer, x.byteOffset, x.byteLength));
  return [values.length, vectors.length, hash.digest('hex'), convergence];
}

test('gives the bits of eigh on every kind of matrix', async () => {
  const cases = hardCases().map(({ n, a }) => ({ n, a }));
  for (let type = 1; type <= TYPE_COUNT; ++type) {
    for (const n of [1, 2, 5, 20, 21, 47, 64, 200]) cases.push({ n, a: driverMatrix(core, type, n) });
  }
  cases.push({ n: 0, a: new Float64Array(0) }, { n: 700, a: core.goe(700, { seed: 1 }) });
  for (const { n, a } of cases) {
    for (const vectors of [true, false]) {
      for (const uplo of ['L', 'U'] as const) {
        const expected = core.eigh(a, n, { vectors, uplo });
        expect(bits(await core.eighAsync(a, n, { vectors, uplo }))).toEqual(bits(expected));
      }
    }
  }
});

/** The ways through the solver: every method, all eigenpairs or a part of them, with vectors and without. */
const ways: Options[] = [
  ...methodNames.flatMap((method) => [{ method }, { method, vectors: false }]),
  ...[
    { range: { index: [10, 30] } } as const,
    { range: { value: [-0.5, 0.25] } } as const,
    { range: { value: [9, 10] } } as const,
  ].flatMap((range) => [range, { ...range, vectors: false }]),
  { method: 'qr', range: { value: [-0.5, 0.25] } },
];

/** Matrices whose decompositions differ in kind: full, definite, a direct sum, graded, out of the range of squares. */
function kinds(n: number): Float64Array[] {
  const random = core.goe(n, { seed: n });
  const definite = random.map((x, k) => x + (k % (n + 1) === 0 ? 3 : 0));
  const sum = random.map((x, k) => (Math.floor(k / n / 7) === Math.floor((k % n) / 7) ? x : 0));
  const graded = random.map((x, k) => x * 2 ** (-(Math.floor(k / n) + (k % n)) / 4));
  return [random, definite, sum, graded, random.map((x) => x * 2 ** 600), new Float64Array(n * n)];
}

test.each(ways)('the bits of eigh wherever it stops: %o', async (way) => {
  const cases = [33, 90].flatMap((n) => kinds(n).map((a) => ({ n, a })));
  for (const { n, a } of [...cases, { n: 210, a: core.goe(210, { seed: 2 }) }]) {
    expect(bits(await core.eighAsync(a, n, { ...way, slice: 0 }))).toEqual(bits(core.eigh(a, n, way)));
  }
});

test('the bits of eigh on two threads', async () => {
  const two = await createCore({ threads: 2 });
  const n = 260;
  const a = core.goe(n, { seed: n });
  for (const way of [ways[0], ways[1], ways[2], ways[4], ways[6]]) {
    expect(bits(await two.eighAsync(a, n, { ...way, slice: 0.5 }))).toEqual(bits(core.eigh(a, n, way)));
  }
  two.dispose();
});

test('the bits of eigh where values alone come from two reductions', async () => {
  const n = 2048;
  const a = core.goe(n, { seed: 3 });
  const seen: number[] = [];
  const onProgress = (x: number) => seen.push(x);
  const result = await core.eighAsync(a, n, { vectors: false, slice: 2, onProgress });
  expect(bits(result)).toEqual(bits(core.eigh(a, n, { vectors: false })));
  expect(seen.length).toBeGreaterThan(50);
  for (let k = 1; k < seen.length; ++k) expect(seen[k]).toBeGreaterThanOrEqual(seen[k - 1]);
});

test.each(ways)('progress rises to 1 while the event loop runs: %o', async (way) => {
  const n = 250;
  const a = core.goe(n, { seed: 4 });
  const seen: number[] = [];
  let ticks = 0;
  let running = true;
  const tick = () => {
    ++ticks;
    if (running) setImmediate(tick);
  };
  setImmediate(tick);
  await core.eighAsync(a, n, { ...way, slice: 0, onProgress: (x) => seen.push(x) });
  running = false;
  expect(ticks).toBeGreaterThan(10);
  // Many values on the way, evenly enough to be of use.
  expect(new Set(seen).size).toBeGreaterThan(20);
  expect(seen.some((x) => x > 0.2 && x < 0.7)).toBe(true);
  for (let k = 0; k < seen.length; ++k) {
    expect(seen[k]).toBeGreaterThanOrEqual(k > 0 ? seen[k - 1] : 0);
    expect(seen[k]).toBeLessThanOrEqual(1);
  }
  expect(seen.at(-1)).toBe(1);
});

test('two at a time do not disturb each other', async () => {
  const [m, n] = [400, 500];
  const [a, b] = [core.goe(m, { seed: 5 }), core.goe(n, { seed: 6 })];
  const both = await Promise.all([core.eighAsync(a, m, { slice: 0 }), core.eighAsync(b, n, { slice: 0 })]);
  expect(both.map(bits)).toEqual([
    bits(core.eigh(a, m, { method: 'dc' })),
    bits(core.eigh(b, n, { method: 'dc' })),
  ]);
});

test('an AbortSignal ends it with its reason at once, and it was not started when it was raised before', async () => {
  const n = 300;
  const a = core.goe(n, { seed: 7 });
  const reason = new Error('the user left');
  let calls = 0;
  const onProgress = () => ++calls;
  const before = AbortSignal.abort(reason);
  await expect(core.eighAsync(a, n, { signal: before, onProgress })).rejects.toBe(reason);
  expect(calls).toBe(0);
  const timeout = core.eighAsync(core.goe(1500, { seed: 1 }), 1500, { signal: AbortSignal.timeout(20) });
  await expect(timeout).rejects.toMatchObject({ name: 'TimeoutError' });
});

test.each(ways)(
  'an abort at any point gives memory back and leaves the next call unharmed: %o',
  async (way) => {
    const n = 250;
    const a = core.goe(n, { seed: 7 });
    const expected = bits(core.eigh(a, n, way));
    const reason = new Error('the user left');
    const stopAt = async (point: number) => {
      const controller = new AbortController();
      let after = 0;
      const onProgress = (x: number) => {
        if (controller.signal.aborted) ++after;
        else if (x >= point) controller.abort(reason);
      };
      const promise = core.eighAsync(a, n, { ...way, slice: 0, signal: controller.signal, onProgress });
      await expect(promise).rejects.toBe(reason);
      // Not even one more slice.
      expect(after).toBe(0);
    };
    await stopAt(0);
    const before = core.memoryBytes;
    for (const point of [0, 0.02, 0.3, 0.6, 0.8, 0.9]) await stopAt(point);
    expect(core.memoryBytes).toBe(before);
    expect(bits(await core.eighAsync(a, n, way))).toEqual(expected);
  },
);

test('the matrix may be changed as soon as the call has returned', async () => {
  const a = core.goe(200, { seed: 9 });
  const expected = bits(core.eigh(a, 200));
  const promise = core.eighAsync(a, 200, { slice: 0 });
  a.fill(NaN);
  expect(bits(await promise)).toEqual(expected);
});

test('a callback that throws, and a core disposed of meanwhile', async () => {
  const a = core.goe(500, { seed: 8 });
  const fail = () => {
    throw new RangeError('mine');
  };
  await expect(core.eighAsync(a, 500, { onProgress: fail })).rejects.toThrow('mine');
  const other = await createCore();
  const promise = other.eighAsync(a, 500, { slice: 0 });
  other.dispose();
  await expect(promise).rejects.toThrow(/already disposed/);
});

test('names what is wrong', async () => {
  const a = core.goe(2, { seed: 1 });
  const bad: [Promise<unknown>, RegExp][] = [
    [core.eighAsync(a, 3), /a: expected n\*n = 9 elements/],
    [core.eighAsync(new Float64Array(0), 50_000), /n: order 50000 needs \d+ MiB/],
    [core.eighAsync(a, 2, { onProgress: 3 } as never), /options\.onProgress: expected a function/],
    [core.eighAsync(a, 2, { signal: {} } as never), /options\.signal: expected an AbortSignal/],
    [core.eighAsync(a, 2, { method: 'svd' } as never), /options\.method: expected one of/],
    [core.eighAsync(a, 2, { method: 'jacobi', range: { index: [0, 0] } }), /options\.method: a range/],
    [core.eighAsync(a, 2, { range: { index: [0, 2] } }), /options\.range\.index: expected/],
    [core.eighAsync(a, 2, { slice: -1 }), /options\.slice: expected a finite number ≥ 0/],
    [core.eighAsync(a, 2, { abort: 1 } as never), /options\.abort: unknown option/],
  ];
  for (const [promise, message] of bad) {
    await expect(promise).rejects.toThrow(message);
    await expect(promise).rejects.toBeInstanceOf(InputError);
  }
});
