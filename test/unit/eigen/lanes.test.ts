// Small matrices are decomposed in the lanes of vectors, two and more at a time: what comes out of a lane must depend on its
// own matrix alone, whatever the others are, and must be as good as that of any other route.
import { type Core, createCore, type EighBatch } from 'emft';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { driverMatrix, TYPE_COUNT } from '../../support/lapack/matrices.js';
import { ratios } from '../../support/lapack/ratios.js';

const THRESHOLD = 10;
/** Orders on both sides of those where more, fewer and no matrices share a vector. */
const ORDERS = [2, 3, 4, 5, 6, 7, 8, 9, 16, 31, 32, 33];

let core: Core;
let cores: Core[];
beforeAll(async () => {
  core = await createCore();
  cores = await Promise.all([2, 3].map((threads) => createCore({ threads })));
});
afterAll(() => {
  for (const each of [core, ...cores]) each.dispose();
});

/** A symmetric matrix of order n with entries drawn one by one. */
function symmetric(n: number, entries: () => number): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) for (let j = 0; j <= i; ++j) a[i * n + j] = a[j * n + i] = entries();
  return a;
}

/** Kinds of matrices that meet each other in one batch: of all sizes, split, degenerate, graded, sparse, refused. */
const kinds: Record<string, (n: number, u: () => number) => Float64Array> = {
  ordinary: (n, u) => symmetric(n, () => u() - 0.5),
  zero: (n) => new Float64Array(n * n),
  unit: (n) => Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0)),
  diagonal: (n, u) => Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? u() - 0.5 : 0)),
  'whole numbers': (n, u) => symmetric(n, () => Math.floor(5 * u()) - 2),
  'of rank one': (n, u) => {
    const x = Array.from({ length: n }, u);
    return Float64Array.from({ length: n * n }, (_, k) => x[k % n] * x[Math.floor(k / n)]);
  },
  'two blocks': (n, u) =>
    symmetric(n, () => u() - 0.5).map((x, k) => (k % n < n / 2 === Math.floor(k / n) < n / 2 ? x : -0)),
  'nearly degenerate': (n, u) => {
    const a = symmetric(n, () => 1e-15 * (u() - 0.5));
    for (let i = 0; i < n; ++i) a[i * (n + 1)] += 1;
    return a;
  },
  'graded down': (n, u) => {
    const a = symmetric(n, () => u() - 0.5);
    return a.map((x, k) => x * 10 ** -((k % n) + Math.floor(k / n)));
  },
  'graded up': (n, u) => {
    const a = symmetric(n, () => u() - 0.5);
    return a.map((x, k) => x * 10 ** ((k % n) + Math.floor(k / n) - 2 * n));
  },
  'near overflow': (n, u) => symmetric(n, () => 2 ** 1018 * (u() - 0.5)),
  small: (n, u) => symmetric(n, () => 2 ** -1000 * (u() - 0.5)),
  'of every exponent': (n, u) => symmetric(n, () => (u() - 0.5) * 2 ** Math.floor(2000 * u() - 1000)),
  subnormal: (n, u) => symmetric(n, () => Number.MIN_VALUE * Math.floor(1e6 * (u() - 0.5))),
  'a chain': (n) =>
    symmetric(n, () => 0).map((_, k) => (Math.abs((k % n) - Math.floor(k / n)) === 1 ? 1 : 0)),
};
const names = Object.keys(kinds);

const batchOf = (matrices: Float64Array[], n: number) => {
  const a = new Float64Array(matrices.length * n * n);
  matrices.forEach((matrix, k) => {
    a.set(matrix, k * n * n);
  });
  return a;
};

/** The bits of result k, signs of zeros included. */
function bitsOf({ values, vectors }: Pick<EighBatch, 'values' | 'vectors'>, n: number, k: number): string {
  const all = [...values.subarray(k * n, (k + 1) * n), ...vectors.subarray(k * n * n, (k + 1) * n * n)];
  const bytes = Float64Array.from(all);
  return Buffer.from(bytes.buffer).toString('hex');
}

/** A batch of some kinds, drawn by fast-check: the order, and the seed and kind of each matrix. */
const drawn = fc.record({
  n: fc.integer({ min: 2, max: 33 }),
  matrices: fc.array(fc.record({ kind: fc.constantFrom(...names), seed: fc.nat() }), {
    minLength: 1,
    maxLength: 19,
  }),
});

function uniforms(seed: number): () => number {
  const numbers = core.uniforms({ seed, stream: 17 }, 4096);
  let k = 0;
  return () => numbers[k++ % numbers.length];
}

const made = (n: number, matrices: { kind: string; seed: number }[]) =>
  matrices.map(({ kind, seed }) => kinds[kind](n, uniforms(seed)));

test('the bits of a matrix depend neither on its neighbours, nor on its place, nor on how many there are', () => {
  fc.assert(
    fc.property(drawn, ({ n, matrices }) => {
      const list = made(n, matrices);
      const all = core.eighBatch(batchOf(list, n), n);
      const turned = core.eighBatch(batchOf([...list].reverse(), n), n);
      list.forEach((matrix, k) => {
        const alone = bitsOf(core.eigh(matrix, n), n, 0);
        expect(bitsOf(all, n, k), `${matrices[k].kind}, ${k}`).toBe(alone);
        expect(bitsOf(turned, n, list.length - 1 - k), `${matrices[k].kind}, from the end`).toBe(alone);
      });
    }),
    { numRuns: 150 },
  );
});

test('threads, slices and the triangle that is read change no bit', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async ({ n, matrices }) => {
      // Enough for several tasks.
      const few = made(n, matrices);
      const list = Array.from({ length: Math.ceil(4000 / n ** 2) + 3 }, (_, k) => few[k % few.length]);
      const a = batchOf(list, n);
      const plain = core.eighBatch(a, n);
      for (const other of cores) expect(other.eighBatch(a, n)).toEqual(plain);
      expect(core.eighBatch(a, n, undefined, { uplo: 'U' })).toEqual(plain);
      expect(await core.eighBatchAsync(a, n, undefined, { slice: 0 })).toEqual(plain);
    }),
    { numRuns: 40 },
  );
});

test('without vectors the values of ordinary matrices have the same bits', () => {
  for (const n of ORDERS.filter((order) => order <= 32)) {
    const a = batchOf(
      Array.from({ length: 7 }, (_, k) => kinds.ordinary(n, uniforms(k))),
      n,
    );
    expect(core.eighBatch(a, n, 7, { vectors: false }).values).toEqual(core.eighBatch(a, n, 7).values);
  }
});

test.each(names)("LAPACK's ratios of a batch: %s", (kind) => {
  for (const n of ORDERS) {
    const list = Array.from({ length: 11 }, (_, k) => kinds[kind](n, uniforms(100 * n + k)));
    const { values, vectors, convergence } = core.eighBatch(batchOf(list, n), n);
    expect(convergence).toMatchObject({ converged: true, failed: [] });
    list.forEach((matrix, k) => {
      const v = values.subarray(k * n, (k + 1) * n);
      const { residual, orthogonality } = ratios(matrix, n, v, vectors.subarray(k * n * n, (k + 1) * n * n));
      // Values below 2^-1022 are multiples of 2^-1074, which is more than an ulp of these.
      if (kind !== 'subnormal') expect(residual, `n = ${n}, matrix ${k}`).toBeLessThan(THRESHOLD);
      expect(orthogonality, `n = ${n}, matrix ${k}`).toBeLessThan(THRESHOLD);
      for (let j = 1; j < n; ++j) expect(v[j]).toBeGreaterThanOrEqual(v[j - 1]);
    });
  }
});

describe('all types of ddrvst together in one batch', () => {
  test.each(ORDERS)('order %i', (n) => {
    const list = Array.from({ length: TYPE_COUNT }, (_, type) => driverMatrix(core, type + 1, n));
    const result = core.eighBatch(batchOf(list, n), n);
    expect(result.convergence.converged).toBe(true);
    list.forEach((matrix, k) => {
      expect(bitsOf(result, n, k), `type ${k + 1}`).toBe(bitsOf(core.eigh(matrix, n), n, 0));
      const v = result.values.subarray(k * n, (k + 1) * n);
      const z = result.vectors.subarray(k * n * n, (k + 1) * n * n);
      const { residual, orthogonality } = ratios(matrix, n, v, z);
      expect(Math.max(residual, orthogonality), `type ${k + 1}`).toBeLessThan(THRESHOLD);
    });
  });
});

test('an eigenvalue beyond the doubles fails its own matrix alone', () => {
  for (const n of [2, 3, 8, 24]) {
    const list = Array.from({ length: 9 }, (_, k) => kinds.ordinary(n, uniforms(k)));
    list[4] = new Float64Array(n * n).fill(Number.MAX_VALUE);
    const { convergence, values } = core.eighBatch(batchOf(list, n), n);
    expect(convergence).toMatchObject({ converged: false, failed: [4] });
    expect(values[4 * n + n - 1]).toBe(Number.POSITIVE_INFINITY);
  }
});

test('sweeps of a batch are those of its matrices', () => {
  for (const n of [2, 3, 4, 7]) {
    const list = names.map((kind, k) => kinds[kind](n, uniforms(k)));
    const { iterations } = core.eighBatch(batchOf(list, n), n).convergence;
    const sum = list.reduce((before, matrix) => before + core.eigh(matrix, n).convergence.iterations, 0);
    expect(iterations, `order ${n}`).toBe(sum);
  }
});

test('a matrix alone has its bits in whatever form it and its options come', () => {
  for (const n of [2, 3, 4, 8]) {
    for (const kind of names) {
      const a = kinds[kind](n, uniforms(n));
      // What is not read may hold anything.
      const lower = a.map((x, k) => (k % n > Math.floor(k / n) ? Number.NaN : x));
      const upper = a.map((x, k) => (k % n < Math.floor(k / n) ? Number.POSITIVE_INFINITY : x));
      const expected = core.eigh(a, n);
      expect(core.eigh(Array.from(a))).toEqual(expected);
      expect(core.eigh(lower)).toEqual(expected);
      expect(core.eigh(upper, n, { uplo: 'U' })).toEqual(expected);
      expect(core.eigh(a, n, { method: 'qr', vectors: true, uplo: undefined })).toEqual(expected);
      expect(core.eigh(a, n, Object.create({ vectors: false })).vectors).toHaveLength(0);
      expect(core.eigh(a, n, { range: { index: [0, n - 1] } }).values).toEqual(expected.values);
    }
  }
  const one = Float64Array.of(1, 2, 2, 1);
  for (const options of [null, 1, [], { uplo: 'l' }, { vectors: 1 }, { method: 'toString' }, { other: 1 }]) {
    expect(() => core.eigh(one, 2, options as object), JSON.stringify(options)).toThrow(/^options/);
  }
  expect(() => core.eigh(Float64Array.of(1, 2, Number.NaN, 1), 2)).toThrow(/^a: entry \(1, 0\) is NaN/);
  expect(() => core.eigh(one, 3)).toThrow(/^a: expected n\*n = 9 elements, got 4/);
  const gone = Float64Array.of(1, 2, 2, 1);
  structuredClone(gone, { transfer: [gone.buffer] });
  expect(() => core.eigh(gone, 2)).toThrow(/^a: /);
});

test('a matrix alone takes room that no call in slices has, and changes no bit of that, nor of what it is given', async () => {
  const own = await createCore();
  const large = kinds.ordinary(33, uniforms(5));
  // Begun, and its arena in memory while the small ones come and go.
  const begun = own.eighAsync(large, 33, { slice: 0 });
  for (const n of ORDERS.filter((order) => order <= 32)) {
    for (const kind of names) {
      const a = kinds[kind](n, uniforms(n));
      const given = a.slice();
      expect(own.eigh(a, n, { vectors: false }).values).toEqual(core.eigh(a, n, { vectors: false }).values);
      expect(own.eigh(a, n)).toEqual(core.eigh(a, n));
      expect(a).toEqual(given);
    }
  }
  expect(await begun).toEqual(core.eigh(large, 33));
  own.dispose();
  expect(() => own.eigh(Float64Array.of(2, 1, 1, 2))).toThrow('already disposed');
});
