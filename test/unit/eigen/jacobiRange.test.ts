// Jacobi's stopping rules and range: small matrices of every kind by the thousand, entries of every exponent, and
// eigenvalues accurate relative to themselves, counted exactly.
import { createCore } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstWrong } from '../../support/lapack/inertia.js';
import { ULP } from '../../support/lapack/matrices.js';
import { ratios } from '../../support/lapack/ratios.js';

const core = await createCore();
const method = 'jacobi';

/** Ratios of a result, the residual less what the rounding of values to multiples of 2^-1074 makes of it. */
function accuracy(
  a: Float64Array,
  n: number,
): { converged: boolean; residual: number; orthogonality: number } {
  const { values, vectors, convergence } = core.eigh(a, n, { method });
  const { residual, orthogonality } = ratios(a, n, values, vectors);
  let norm = 0;
  for (let i = 0; i < n; ++i)
    norm = Math.max(
      norm,
      a.subarray(i * n, (i + 1) * n).reduce((s, x) => s + Math.abs(x), 0),
    );
  // Z D Zᵀ with every element of D off by half of it; nothing beside norms that are not tiny.
  const quantum = norm === 0 ? 0 : (2 ** -1074 / norm) * (1 / (Math.sqrt(n) * ULP));
  return { converged: convergence.converged, residual: residual - quantum, orthogonality };
}

function expectAccurate(a: Float64Array, n: number): void {
  const { converged, residual, orthogonality } = accuracy(a, n);
  expect(converged, `converged: n = ${n}, [${a}]`).toBe(true);
  expect(residual, `residual: n = ${n}, [${a}]`).toBeLessThan(10);
  expect(orthogonality, `orthogonality: n = ${n}, [${a}]`).toBeLessThan(10);
}

/** The symmetric matrix of these entries. */
function symmetric(n: number, entry: (i: number, j: number) => number): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) for (let j = 0; j <= i; ++j) a[i * n + j] = a[j * n + i] = entry(i, j);
  return a;
}

describe('ordinary small matrices ended as not converged, the rotation threshold being below the noise of dot products', () => {
  test('[[10, 7], [7, 8]]', () => {
    const { values, convergence } = core.eigh(Float64Array.of(10, 7, 7, 8), 2, { method });
    expect(convergence).toEqual({ converged: true, iterations: expect.any(Number) });
    expect(convergence.iterations).toBeLessThan(6);
    expect(Math.abs(values[0] / 1.9289321881345245 - 1)).toBeLessThan(4e-16);
    expect(Math.abs(values[1] / 16.071067811865476 - 1)).toBeLessThan(4e-16);
  });

  test('[[5, 2, 0], [2, 8, 3], [0, 3, 7]]', () => {
    const a = Float64Array.of(5, 2, 0, 2, 8, 3, 0, 3, 7);
    const { values, convergence } = core.eigh(a, 3, { method });
    const byQr = core.eigh(a, 3, { method: 'qr' }).values;
    expect(convergence.converged).toBe(true);
    expect(firstWrong(a, 3, values, 8)).toBe(-1);
    values.forEach((x, k) => {
      expect(Math.abs(x - byQr[k])).toBeLessThan(4 * ULP * byQr[2]);
    });
  });

  test('300 000 matrices of order 2 with whole entries', () => {
    const list: number[] = [];
    for (let p = 0; p <= 60; ++p)
      for (let q = 0; q <= 60; ++q) for (let b = -40; b <= 40; ++b) list.push(p, b, b, q);
    const count = list.length / 4;
    expect(count).toBeGreaterThan(300_000);
    const { values, convergence } = core.eighBatch(Float64Array.from(list), 2, count, { method });
    expect(convergence.failed).toEqual([]);
    let worst = 0;
    for (let k = 0; k < count; ++k) {
      const [p, b, , q] = list.slice(4 * k, 4 * k + 4);
      const half = Math.hypot((p - q) / 2, b);
      const size = (p + q) / 2 + half || 1;
      const low = Math.abs(values[2 * k] - ((p + q) / 2 - half));
      const high = Math.abs(values[2 * k + 1] - ((p + q) / 2 + half));
      worst = Math.max(worst, low / size, high / size);
    }
    expect(worst).toBeLessThan(4 * ULP);
  });

  test.each([2, 3, 4, 5, 6, 7, 8])('20 000 correlation matrices of order %i', (n) => {
    const [count, samples] = [20_000, n + 2];
    const x = core.normals({ seed: n, stream: 77, index: 0 }, count * n * samples);
    const a = new Float64Array(count * n * n);
    for (let k = 0; k < count; ++k) {
      const row = (i: number) => x.subarray((k * n + i) * samples, (k * n + i + 1) * samples);
      const product = (i: number, j: number) => row(i).reduce((s, v, c) => s + v * row(j)[c], 0);
      a.set(
        symmetric(n, (i, j) => (i === j ? 1 : product(i, j) / Math.sqrt(product(i, i) * product(j, j)))),
        k * n * n,
      );
    }
    const { values, convergence } = core.eighBatch(a, n, count, { method });
    expect(convergence.failed).toEqual([]);
    let worst = 0;
    for (let k = 0; k < count; ++k) {
      const trace = values.subarray(k * n, (k + 1) * n).reduce((s, v) => s + v, 0);
      worst = Math.max(worst, Math.abs(trace - n));
    }
    expect(worst).toBeLessThan(16 * n * ULP);
  });

  test('matrices of whole numbers, near multiples of the identity, of low rank, indefinite, sparse: orders 1 to 40', () => {
    let draw = 0;
    const kinds: ((n: number, u: Float64Array) => Float64Array)[] = [
      (n, u) => symmetric(n, (i, j) => Math.floor(u[i * n + j] * 21) - (i === j ? 0 : 10)),
      (n, u) => symmetric(n, (i, j) => (i === j ? 1 + u[0] : 0) + 10 ** (-17 * u[1]) * (u[i * n + j] - 0.5)),
      (n, u) =>
        symmetric(n, (i, j) => {
          let sum = 0;
          for (let k = 0; k < Math.floor(n * u[2 * n]); ++k)
            sum += (u[k * n + i] - 0.5) * (u[k * n + j] - 0.5);
          return sum;
        }),
      (n, u) => symmetric(n, (i, j) => u[i * n + j] - 0.5),
      (n, u) => symmetric(n, (i, j) => (i === j ? 0 : u[i * n + j] - 0.5)),
      (n, u) => symmetric(n, (i, j) => (u[i * n + j] < 0.2 ? Math.floor(u[j * n + i] * 5) - 2 : 0)),
      (n, u) => symmetric(n, () => u[0]),
    ];
    for (const kind of kinds) {
      for (let sample = 0; sample < 600; ++sample) {
        const n = 1 + (sample % 40);
        const u = core.uniforms({ seed: 12, stream: 3, index: draw++ }, n * n + 2 * n);
        expectAccurate(kind(n, u), n);
      }
    }
  });
});

describe('range', () => {
  test('diag(1e-90) ⊕ a subnormal block lost its orthogonality to underflow of squares', () => {
    const a = Float64Array.of(1e-90, 0, 0, 0, 1e-318, 5e-319, 0, 5e-319, 2e-318);
    const { values } = core.eigh(a, 3, { method });
    expectAccurate(a, 3);
    expect(firstWrong(a, 3, values, 8)).toBe(-1);
    expect(Array.from(values.subarray(0, 2), (x) => x.toPrecision(4))).toEqual(['7.929e-319', '2.207e-318']);
  });

  test('entries of every exponent, subnormals among them, orders 1 to 40', () => {
    const entry = fc.tuple(
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.integer({ min: -1074, max: 1014 }),
    );
    const matrix = fc
      .integer({ min: 1, max: 40 })
      .chain((n) =>
        fc.tuple(fc.constant(n), fc.array(entry, { minLength: n * n, maxLength: n * n }), fc.boolean()),
      );
    fc.assert(
      fc.property(matrix, ([n, entries, like]) => {
        // All of one magnitude, or each of its own.
        const scale = (i: number) => 2 ** entries[like ? 0 : i][1];
        const a = symmetric(n, (i, j) => entries[i * n + j][0] * scale(i * n + j));
        expectAccurate(a, n);
      }),
      { numRuns: 400, seed: 5 },
    );
  });

  test('small eigenvalues of graded positive definite matrices are right relative to themselves, at every grading', () => {
    // Up to 2^1860 between the largest entry and the least of the diagonal, anywhere in the range of doubles.
    const exponents = (n: number, span: number) =>
      fc
        .tuple(
          fc.integer({ min: -530, max: 500 - span }),
          fc.array(fc.integer({ min: 0, max: span }), { minLength: n, maxLength: n }),
        )
        .map(([least, list]) => list.map((e) => least + e));
    const graded = fc.integer({ min: 1, max: 5 }).chain((n) =>
      fc.record({
        n: fc.constant(n),
        off: fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: n * n, maxLength: n * n }),
        exponents: fc.oneof(exponents(n, 930), exponents(n, 60), exponents(n, 8)),
      }),
    );
    fc.assert(
      fc.property(graded, ({ n, off, exponents }) => {
        // D B D with B near 1: |b_ij| ≤ 1/(2n), so that the eigenvalues are determined to rounding; all exact.
        const b = (i: number, j: number) => (i === j ? 1 : off[i * n + j] / 2 ** 13);
        const a = symmetric(n, (i, j) => b(i, j) * 2 ** (exponents[i] + exponents[j]));
        for (const vectors of [true, false]) {
          const { values, convergence } = core.eigh(a, n, { method, vectors });
          expect(convergence.converged).toBe(true);
          expect(firstWrong(a, n, values, 16 * n), `[${a}] gave [${values}]`).toBe(-1);
        }
      }),
      { numRuns: 1500, seed: 6 },
    );
  });

  test.each([1e-300, 0, 3e-310])(
    'a diagonal element %s below the largest by more than 2^1880 took the others to 0',
    (least) => {
      for (const n of [32, 33, 50]) {
        const entry = (i: number, j: number) => (i === j ? 1e270 * (1 + i / n) : i - j === 1 ? 1e269 : 0);
        const middle = core.eigh(
          symmetric(n - 2, (i, j) => entry(i + 1, j + 1)),
          n - 2,
          { method },
        ).values;
        const ends: Record<number, number> = { 0: 1e290, [n - 1]: least };
        const a = symmetric(n, (i, j) => (i in ends || j in ends ? (i === j ? ends[i] : 0) : entry(i, j)));
        const { values } = core.eigh(a, n, { method });
        expectAccurate(a, n);
        expect(Math.abs(values[0])).toBeLessThan(1e-299);
        middle.forEach(
          (x, k) => void expect(Math.abs(values[k + 1] / x - 1), `${n}, ${k}`).toBeLessThan(n * ULP),
        );
      }
    },
  );

  test('eigenvalues above 2^-1860 of the largest are right relative to themselves whatever lies below, beyond order 32', () => {
    // Blocks D B D of order 3, which are right by the test above, with rows and columns in any order.
    const block = fc.record({
      off: fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 9, maxLength: 9 }),
      exponents: fc.array(fc.integer({ min: -530, max: 500 }), { minLength: 3, maxLength: 3 }),
    });
    const blocks = fc.array(block, { minLength: 11, maxLength: 16 });
    let [checked, below] = [0, 0];
    fc.assert(
      fc.property(blocks, fc.array(fc.nat(), { minLength: 48, maxLength: 48 }), (list, keys) => {
        const n = 3 * list.length;
        const place = Array.from({ length: n }, (_, i) => i).sort((i, j) => keys[i] - keys[j]);
        const a = new Float64Array(n * n);
        const expected: number[] = [];
        list.forEach(({ off, exponents }, k) => {
          const small = symmetric(
            3,
            (i, j) => (i === j ? 1 : off[3 * i + j] / 2 ** 13) * 2 ** (exponents[i] + exponents[j]),
          );
          expected.push(...core.eigh(small, 3, { method }).values);
          for (let i = 0; i < 3; ++i) {
            for (let j = 0; j < 3; ++j) a[place[3 * k + i] * n + place[3 * k + j]] = small[3 * i + j];
          }
        });
        expected.sort((x, y) => x - y);
        const { values, convergence } = core.eigh(a, n, { method });
        expect(convergence.converged).toBe(true);
        const top = expected[n - 1];
        expected.forEach((x, k) => {
          if (!(x >= 2 ** -930 * top * 2 ** -930)) {
            ++below;
            return;
          }
          ++checked;
          expect(Math.abs(values[k] / x - 1), `${k}: ${values[k]}, ${x}`).toBeLessThan(64 * ULP);
        });
      }),
      { numRuns: 200, seed: 7 },
    );
    expect(checked).toBeGreaterThan(5000);
    expect(below).toBeGreaterThan(100);
  });

  test('couplings of small indefinite blocks beside a large entry were dropped', () => {
    const t = 2 ** -300;
    const a = Float64Array.of(1, 0, 0, 0, t, 0.25 * t, 0, 0.25 * t, -t);
    const { values } = core.eigh(a, 3, { method });
    expect(firstWrong(a, 3, values, 8)).toBe(-1);
    expectAccurate(a, 3);
  });

  test('a matrix near the ends of the range, of any order and sign', () => {
    for (const n of [2, 3, 20, 32, 33, 60]) {
      const goe = core.goe(n, { seed: n });
      const top = goe.reduce((s, x) => Math.max(s, Math.abs(x)), 0);
      for (const scale of [2 ** 1020 / (n * top), 2 ** -1000, 2 ** -1060, 2 ** -1074]) {
        for (const shift of [0, 2 * Math.sqrt(n) * top]) {
          expectAccurate(
            goe.map((x, p) => (x + (p % (n + 1) === 0 ? shift : 0)) * scale * (shift ? 1 / 32 : 1)),
            n,
          );
        }
      }
    }
  });
});

test('an indefinite matrix of small numbers, graded over hundreds of binades, converges: the estimate of its norm vanished', () => {
  for (const top of [-200, -560, -701, -900, -1010]) {
    for (const n of [33, 67]) {
      const a = new Float64Array(n * n);
      for (let i = 0; i < n; ++i) {
        for (let j = 0; j <= i; ++j) {
          const size = top - 9 * (2 * n - 2 - i - j) * 0.5;
          a[i * n + j] = a[j * n + i] = ((i + j) % 3 ? 1 : -1) * 2 ** Math.max(-1074, size);
        }
      }
      a[n * n - 1] = -(2 ** top) * 4;
      const { convergence, residual, orthogonality } = core.eigh(a, n, { method: 'jacobi', verify: true });
      expect(convergence).toMatchObject({ converged: true, iterations: expect.toSatisfy((x) => x < 20) });
      expect(Math.max(residual!, orthogonality!)).toBeLessThan(10);
    }
  }
});
