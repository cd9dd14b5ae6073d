// Hermitian matrices whose eigenvalues are known, by eighComplex: to 4 ulp ‖A‖ at every order where the code changes its way, with
// degenerate levels as near as their reduction lets them; sectors of momentum that make up a whole spectrum.
import { type Core, createCore } from 'emft';
import { methodNames, rangeMethods } from 'emft/check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ULP } from '../../support/lapack/matrices.js';
import { cosines, ring } from '../../support/rings.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const ORDERS = [
  ...Array.from({ length: 62 }, (_, k) => k + 3),
  65,
  100,
  128,
  129,
  192,
  193,
  119,
  200,
  256,
  300,
];

/** The largest difference. */
const apart = (x: Float64Array, y: Float64Array) =>
  x.reduce((most, value, k) => Math.max(most, Math.abs(value - y[k])), 0);

/** The ring with its flux spread over all bonds. */
function spread(n: number, flux: number): Float64Array {
  const a = new Float64Array(2 * n * n);
  for (let i = 0; i < n; ++i) {
    const j = (i + 1) % n;
    a[2 * (i * n + j)] += Math.cos(flux / n);
    a[2 * (i * n + j) + 1] += Math.sin(flux / n);
    a[2 * (j * n + i)] += Math.cos(flux / n);
    a[2 * (j * n + i) + 1] -= Math.sin(flux / n);
  }
  return a;
}

// ‖A‖ = 2. Every level of flux 0 and π but one or two is there twice, and each step of the reduction rounds alike, so that errors
// add up: to 8.5 at 119 sites (LAPACK's dsyevd, dsyev and zheevd in scipy 1.17: to 10, 24 and 13 for 3 to 300 sites).
test.each([
  ['0', 0],
  ['π', Math.PI],
  ['0.3', 0.3],
  ['1', 1],
  ['−2.5', -2.5],
])('rings of 3 to 300 sites, flux %s', (_, flux) => {
  const generic = flux !== 0 && flux !== Math.PI;
  for (const n of ORDERS) {
    const levels = cosines(n, flux);
    const limit = generic || n < 55 ? 4 : 9;
    for (const method of rangeMethods) {
      for (const [gauge, a] of [
        ['one bond', ring(n, flux)],
        ['all bonds', spread(n, flux)],
      ] as const) {
        for (const vectors of [true, false]) {
          const { values } = core.eighComplex(a, n, { method, vectors });
          const what = `${n} sites, ${gauge}, ${method}, vectors ${vectors}`;
          expect(apart(values, levels) / (2 * ULP), what).toBeLessThanOrEqual(limit);
        }
      }
    }
  }
});

test('real matrices given as complex ones have the bits of eigh, alone, in batches and with a second matrix', async () => {
  for (const n of [1, 2, 5, 39, 40, 41, 100]) {
    const real = core.goe(n, { seed: 1, stream: n });
    const b = real.map((x, k) => (k % (n + 1) === 0 ? n + Math.abs(x) : x / n));
    const pairs = (x: Float64Array) =>
      Float64Array.from({ length: 2 * x.length }, (_, k) => (k % 2 ? 0 : x[k >> 1]));
    const a = pairs(real);
    const twisted = a.slice();
    // An imaginary part in one triangle: real for the other.
    if (n > 1) twisted[2 * n + 1] = 0.25;
    for (const method of methodNames) {
      for (const uplo of ['L', 'U'] as const) {
        const { values, vectors } = core.eigh(real, n, { method, uplo });
        const expected = { values, vectors: pairs(vectors) };
        expect(core.eighComplex(a, n, { method, uplo })).toMatchObject(expected);
        expect(await core.eighComplexAsync(a, n, { method, uplo, slice: 0 })).toMatchObject(expected);
        const batch = core.eighComplexBatch([a, twisted, a], n, 3, { method, uplo });
        expect(batch.vector(2, n - 1)).toEqual(expected.vectors.subarray(-2 * n));
        expect(batch.vector(1, 0)).toEqual(core.eighComplex(twisted, n, { method, uplo }).vector(0));
        expect(core.eighComplex(twisted, n, { method, uplo }).values.join() === values.join()).toBe(
          n === 1 || uplo === 'U',
        );
        const two = core.eigh(real, n, { method, uplo, b });
        expect(core.eighComplex(a, n, { method, uplo, b: pairs(b) })).toMatchObject({
          values: two.values,
          vectors: pairs(two.vectors),
        });
      }
    }
    expect(core.eighComplex(a, n, { vectors: false }).values).toEqual(
      core.eigh(real, n, { vectors: false }).values,
    );
    for (const one of [a, twisted]) {
      const { values } = core.eighComplex(one, n, { vectors: false });
      expect(core.eighComplexBatch([one, one], n, 2, { vectors: false })).toMatchObject({
        values: Float64Array.of(...values, ...values),
        vectors: new Float64Array(0),
      });
    }
    if (n > 4) {
      const range = { index: [1, 3] } as const;
      expect(core.eighComplex(a, n, { range }).vector(2)).toEqual(
        pairs(core.eigh(real, n, { range }).vector(2)),
      );
    }
  }
});

test('momentum sectors of the Heisenberg ring of 12 spins add up to its spectrum', () => {
  const sites = 12;
  const terms = ['xx', 'yy', 'zz'].flatMap((op) =>
    Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites], coefficient: 1 })),
  );
  const permutation = Array.from({ length: sites }, (_, i) => (i + 1) % sites);
  let states = 0;
  let lowest = 0;
  for (let up = 0; up <= sites; ++up) {
    const whole = core.spins({ sites, terms, sector: { up } });
    const expected = core.eigh(whole.toDense(), whole.n, { vectors: false }).values;
    const found: number[] = [];
    for (let k = 0; k < sites; ++k) {
      const angle = (2 * Math.PI * k) / sites;
      const character = [Math.cos(angle), Math.sin(angle)] as const;
      const sector = { up, symmetries: [{ permutation, character }] };
      const block = core.spins({ sites, terms, sector });
      const a = block.toDense();
      // Momenta 0 and π have real blocks.
      const pairs = block.complex
        ? a
        : Float64Array.from({ length: 2 * a.length }, (_, p) => (p % 2 ? 0 : a[p >> 1]));
      found.push(...core.eighComplex(pairs, block.n).values);
    }
    expect(found).toHaveLength(whole.n);
    // ‖H‖ ≤ 12 · 3/4.
    expect(apart(Float64Array.from(found).sort(), expected) / (9 * ULP), `${up} up`).toBeLessThan(10);
    states += whole.n;
    lowest = Math.min(
      lowest,
      found.reduce((least, x) => Math.min(least, x), 0),
    );
  }
  expect(states).toBe(2 ** sites);
  // From the Bethe ansatz.
  expect(lowest).toBeCloseTo(-5.387390917445, 10);
});
