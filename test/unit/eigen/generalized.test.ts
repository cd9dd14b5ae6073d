// A x = λ B x, A B x = λ x and B A x = λ x: LAPACK's ratios (dsgt01; LAPACK passes below 60, here below 10), and that every way of
// asking gives the same bits.
import { createHash } from 'node:crypto';
import { type Core, createCore, type EighComplexOptions } from 'emft';
import { methodNames, rangeMethods } from 'emft/check';
import { createEigenCore } from 'emft/eigen';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complexOf, definiteMatrix, generalizedRatios, realOf } from '../../support/lapack/generalized.js';
import { hermitianMatrix } from '../../support/lapack/hermitian.js';
import { driverMatrix, TYPE_COUNT, ULP } from '../../support/lapack/matrices.js';
import { valuesRatio } from '../../support/lapack/ratios.js';

const ITYPES = [1, 2, 3] as const;
/** LAPACK's own sizes, and both sides of the sizes where our code changes its way. */
const SIZES = [0, 1, 2, 3, 5, 16, 17, 20, 21, 40, 64];
const LARGE = [127, 128, 129, 193, 257];
const THRESHOLD = 10;
const KINDS = ['real', 'complex'] as const;
type Kind = (typeof KINDS)[number];

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

/** A of LAPACK's types and a B of that condition, as complex numbers. */
function pencil(kind: Kind, type: number, n: number, condition: number, seed = 1) {
  const complex = kind === 'complex';
  const a = complex ? hermitianMatrix(core, type, n, seed) : complexOf(driverMatrix(core, type, n, seed));
  return { a, b: definiteMatrix(core, n, condition, complex, seed) };
}

/** The call of that kind, of complex numbers. */
function solve(kind: Kind, a: Float64Array, b: Float64Array, n: number, how: EighComplexOptions, on = core) {
  if (kind === 'complex') return on.eighComplex(a, n, { ...how, b });
  const { vectors, ...rest } = on.eigh(realOf(a), n, { ...how, b: realOf(b) });
  return { ...rest, vectors: complexOf(vectors) };
}

describe.each(KINDS.flatMap((kind) => methodNames.map((method) => [kind, method] as const)))(
  '%s, %s',
  (kind, method) => {
    function check(name: string, type: number, n: number, itype: 1 | 2 | 3, condition: number) {
      const { a, b } = pencil(kind, type, n, condition);
      const how = { method, itype };
      const full = solve(kind, a, b, n, how);
      const bare = solve(kind, a, b, n, { ...how, vectors: false });
      expect(full.convergence.converged && bare.convergence.converged, `${name}: converged`).toBe(true);
      expect(valuesRatio(full.values, bare.values), `${name}: without vectors`).toBeLessThan(THRESHOLD);
      for (let k = 1; k < n; ++k) expect(full.values[k] >= full.values[k - 1], `${name}: order`).toBe(true);
      return generalizedRatios(itype, a, b, n, full.values, full.vectors);
    }

    test.each(Array.from({ length: TYPE_COUNT }, (_, i) => i + 1))('passes ddrvsg type %i', (type) => {
      for (const n of SIZES) {
        for (const itype of ITYPES) {
          const name = `n = ${n}, itype ${itype}`;
          const { residual, orthogonality } = check(name, type, n, itype, 10);
          expect(residual, `${name}: residual`).toBeLessThan(THRESHOLD);
          expect(orthogonality, `${name}: B-orthogonality`).toBeLessThan(THRESHOLD);
        }
      }
    });

    test('passes at orders on both sides of a block', () => {
      for (const n of LARGE) {
        if (n > 129 && kind === 'complex' && !rangeMethods.includes(method)) continue;
        for (const itype of ITYPES) {
          const name = `n = ${n}, itype ${itype}`;
          const { residual, orthogonality } = check(name, 13, n, itype, 10);
          expect(residual, `${name}: residual`).toBeLessThan(THRESHOLD);
          expect(orthogonality, `${name}: B-orthogonality`).toBeLessThan(THRESHOLD);
        }
      }
    });

    // With itype 1 the largest eigenvalue is some κ(B) ‖A‖/‖B‖, and the last bit of its vector alone moves B z λ by an ulp of
    // that: beside ‖A‖ no method in doubles can keep it small. In scipy 1.17 dsgt01 of dsygvd itself is 120 to 540 at κ = 1e6 and
    // 5e5 to 3e6 at 1e10, for n = 129 to 20, and an ulp in the exact vectors makes it 40 to 160 and 1e5 to 3e6. What does not depend
    // on that is held here: dsgt01 with itypes 2 and 3, and with itype 1 the residual beside ‖A‖ + ‖B‖ max|λ|.
    test('passes with B of condition up to 1e10', () => {
      for (const condition of [1e3, 1e6, 1e10]) {
        for (const n of [5, 20, 65, 129]) {
          for (const itype of ITYPES) {
            const name = `condition ${condition}, n = ${n}, itype ${itype}`;
            const { residual, backward, orthogonality } = check(name, 13, n, itype, condition);
            expect(itype === 1 ? backward : residual, `${name}: residual`).toBeLessThan(THRESHOLD);
            expect(orthogonality / condition, `${name}: B-orthogonality`).toBeLessThan(THRESHOLD);
          }
        }
      }
    });
  },
);

test('with B = 1 the values are those of A', () => {
  const n = 60;
  const a = driverMatrix(core, 13, n);
  const unit = driverMatrix(core, 2, n);
  const { values } = core.eigh(a, n);
  for (const itype of ITYPES) {
    const difference = core.eigh(a, n, { b: unit, itype }).values.map((x, k) => Math.abs(x - values[k]));
    expect(Math.max(...difference)).toBeLessThan(4 * ULP * Math.max(-values[0], values[n - 1]));
  }
});

test('known pencils: x″ = −λx by linear elements has 6 (1 − cos t)/(2 + cos t)', () => {
  const n = 40;
  const stiffness = new Float64Array(n * n);
  const mass = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    stiffness[i * n + i] = 2;
    mass[i * n + i] = 4;
    if (i > 0) stiffness[i * n + i - 1] = -1;
    if (i > 0) mass[i * n + i - 1] = 1;
  }
  const { values } = core.eigh(stiffness, n, { b: mass });
  values.forEach((value, k) => {
    const half = Math.sin((Math.PI * (k + 1)) / (2 * (n + 1))) ** 2;
    // (1 − cos t)/(2 + cos t), of which 6 is the largest with masses in sixths.
    expect(Math.abs(value - (2 * half) / (3 - 2 * half))).toBeLessThan(20 * ULP);
  });
});

test('any A and B of any exponents: finite and accurate, or beyond the doubles', () => {
  const exponents = fc.array(fc.integer({ min: -480, max: 480 }), { minLength: 3, maxLength: 3 });
  const shift = fc.integer({ min: -500, max: 500 });
  fc.assert(
    fc.property(
      exponents,
      shift,
      shift,
      fc.constantFrom(...ITYPES),
      fc.boolean(),
      (t, ea, eb, itype, complex) => {
        const n = 3;
        const kind = complex ? 'complex' : 'real';
        const plain = pencil(kind, 13, n, 10, 3);
        // D B D and D A D or D⁻¹A D⁻¹ with powers of two: the same values, times a power of two.
        const sign = itype === 1 ? 1 : -1;
        const a = plain.a.map((x, p) => {
          const [i, j] = [Math.floor(p / (2 * n)), (p >> 1) % n];
          return x * 2 ** (sign * t[i]) * 2 ** (sign * t[j]) * 2 ** ea;
        });
        const b = plain.b.map((x, p) => {
          const [i, j] = [Math.floor(p / (2 * n)), (p >> 1) % n];
          return x * 2 ** t[i] * 2 ** t[j] * 2 ** eb;
        });
        const exact = [...a, ...b].every((x, p) => {
          const y = p < a.length ? plain.a[p] : plain.b[p - a.length];
          return y === 0 || (Number.isFinite(x) && Math.abs(x) > 2 ** -960);
        });
        fc.pre(exact);
        const expected = solve(kind, plain.a, plain.b, n, { itype });
        const found = solve(kind, a, b, n, { itype });
        // B may be more than 2^1 apart from what is brought to 1 … 4: the values are the same to the bit all the same.
        const power = itype === 1 ? ea - eb : ea + eb;
        found.values.forEach((x, k) => {
          const wanted =
            expected.values[k] * 2 ** Math.trunc(power / 2) * 2 ** (power - Math.trunc(power / 2));
          if (Number.isFinite(wanted) && Math.abs(wanted) > 2 ** -1000)
            expect(Math.abs(x / wanted - 1)).toBeLessThan(200 * ULP);
          else if (!Number.isFinite(wanted)) expect(found.convergence.converged).toBe(false);
        });
      },
    ),
    { numRuns: 500 },
  );
});

test('subnormal and huge matrices', () => {
  const tiny = Float64Array.of(2e-310, 0, 1e-310, 2e-310);
  const huge = Float64Array.of(1.6e308, 0, 0.8e308, 1.6e308);
  const lower = (x: Float64Array) => Float64Array.of(x[0], 0, x[2], x[3]);
  for (const b of [tiny, huge]) {
    for (const a of [tiny, huge]) {
      const { values, convergence } = core.eigh(lower(a), 2, { b: lower(b) });
      const ratio = a[0] / b[0];
      expect(convergence.converged).toBe(Number.isFinite(ratio));
      for (const x of values)
        expect(x === ratio || Math.abs(x / ratio - 1) < 1e-12 || (ratio === 0 && x === 0)).toBe(true);
    }
  }
});

describe('every way of asking gives the same', () => {
  const n = 150;
  test.each(['real', 'complex'] as const)('%s: triangles, ranges, slices, emft/eigen', async (kind) => {
    const { a, b } = pencil(kind, 13, n, 100);
    const small = await createEigenCore();
    for (const itype of ITYPES) {
      for (const method of rangeMethods) {
        const all = solve(kind, a, b, n, { itype, method });
        const spoilt = [a, b].map((m) => m.slice());
        for (const uplo of ['L', 'U'] as const) {
          for (let p = 0; p < a.length; ++p) {
            const [i, j] = [Math.floor(p / (2 * n)), (p >> 1) % n];
            const other = uplo === 'L' ? j > i : j < i;
            spoilt.forEach((m, k) => {
              m[p] = other ? Number.NaN : [a, b][k][p];
            });
          }
          expect(solve(kind, spoilt[0], spoilt[1], n, { itype, method, uplo })).toEqual(all);
        }
        const part = solve(kind, a, b, n, { itype, method, range: { index: [3, 17] } });
        expect(part.values).toEqual(all.values.slice(3, 18));
        expect(part.vectors).toEqual(all.vectors.slice(6 * n, 36 * n));
        const value = [all.values[9], all.values[20]] as const;
        const middle = solve(kind, a, b, n, { itype, method, range: { value } });
        expect(middle.vectors).toEqual(all.vectors.slice(20 * n, 42 * n));
        const progress: number[] = [];
        const watch = { slice: 0, onProgress: (x: number) => progress.push(x) };
        if (kind === 'complex') {
          expect(await core.eighComplexAsync(a, n, { itype, method, b, ...watch })).toEqual(all);
        } else {
          const sliced = await core.eighAsync(realOf(a), n, { itype, method, b: realOf(b), ...watch });
          expect({ ...sliced, vectors: complexOf(sliced.vectors) }).toEqual(all);
        }
        expect(progress.length).toBeGreaterThan(10);
        expect(progress.every((x, k) => k === 0 || x >= progress[k - 1])).toBe(true);
        expect(solve(kind, a, b, n, { itype, method }, small as Core)).toEqual(all);
      }
    }
    small.dispose();
  });

  test('on one, two and four threads', async () => {
    const hashes = new Set<string>();
    for (const threads of [1, 2, 4]) {
      const team = await createCore({ threads });
      const hash = createHash('sha256');
      for (const kind of ['real', 'complex'] as const) {
        const { a, b } = pencil(kind, 13, 300, 100);
        for (const itype of ITYPES) {
          const { values, vectors } = solve(kind, a, b, 300, { itype }, team);
          hash.update(values).update(vectors);
        }
      }
      hashes.add(hash.digest('hex'));
      team.dispose();
    }
    expect(hashes.size).toBe(1);
  });
});
