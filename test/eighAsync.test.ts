// eigh in slices: the bits of eigh, progress that rises to 1, and an AbortSignal that is seen.
import { createHash } from 'node:crypto';
import { type Core, createCore, InputError } from 'emft';
import { beforeAll, expect, test } from 'vitest';
import { driverMatrix, hardCases, TYPE_COUNT } from './lapack/matrices.js';

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

test.each([true, false])('progress rises to 1 while the event loop runs, vectors: %s', async (vectors) => {
  const n = 600;
  const a = core.goe(n, { seed: 4 });
  const seen: number[] = [];
  let ticks = 0;
  let running = true;
  const tick = () => {
    ++ticks;
    if (running) setImmediate(tick);
  };
  setImmediate(tick);
  await core.eighAsync(a, n, { vectors, slice: 0, onProgress: (x) => seen.push(x) });
  running = false;
  expect(seen.length).toBeGreaterThan(1);
  expect(ticks).toBeGreaterThan(1);
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

test('an AbortSignal ends it with its reason, memory is given back, and the next call is unharmed', async () => {
  const n = 600;
  const a = core.goe(n, { seed: 7 });
  const reason = new Error('the user left');
  const late = () => {
    const controller = new AbortController();
    return core.eighAsync(a, n, {
      signal: controller.signal,
      slice: 0,
      onProgress: () => controller.abort(reason),
    });
  };
  await expect(core.eighAsync(a, n, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  await expect(late()).rejects.toBe(reason);
  const before = core.memoryBytes;
  for (let k = 0; k < 5; ++k) await expect(late()).rejects.toBe(reason);
  expect(core.memoryBytes).toBe(before);
  expect(bits(await core.eighAsync(a, n))).toEqual(bits(core.eigh(a, n, { method: 'dc' })));
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
    [core.eighAsync(a, 2, { method: 'qr', range: { index: [0, 0] } }), /options\.method: a range/],
    [core.eighAsync(a, 2, { range: { index: [0, 2] } }), /options\.range\.index: expected/],
    [core.eighAsync(a, 2, { slice: -1 }), /options\.slice: expected a finite number ≥ 0/],
    [core.eighAsync(a, 2, { abort: 1 } as never), /options\.abort: unknown option/],
  ];
  for (const [promise, message] of bad) {
    await expect(promise).rejects.toThrow(message);
    await expect(promise).rejects.toBeInstanceOf(InputError);
  }
});
