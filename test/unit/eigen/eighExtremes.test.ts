// Matrices whose entries lie anywhere in the range of doubles, subnormal numbers included: LAPACK's ratios hold for all of
// them. What went wrong once stands first, by name.
import { type Core, createCore } from 'emft';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { ULP } from '../../support/lapack/matrices.js';
import { ratios, valuesRatio } from '../../support/lapack/ratios.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});

const QUANTUM = 2 ** -1074;

/** The symmetric matrix with entries f(i, j), j ≤ i. */
function symmetric(n: number, f: (i: number, j: number) => number): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) for (let j = 0; j <= i; ++j) a[i * n + j] = a[j * n + i] = f(i, j);
  return a;
}

/** x 2^k, rounded at most once more. */
function scaled(x: number, k: number): number {
  const half = Math.trunc(k / 2);
  return x * 2 ** half * 2 ** (k - half);
}

/** Everything that `eigh` computes of A without Jacobi, by LAPACK's ratios, and its eigenvalues. */
function check(a: Float64Array, n: number): Float64Array {
  let values: Float64Array = new Float64Array(0);
  const bare = core.eigh(a, n, { vectors: false });
  expect(bare.convergence.converged).toBe(true);
  for (const method of ['qr', 'dc'] as const) {
    const full = core.eigh(a, n, { method });
    expect(full.convergence.converged).toBe(true);
    const { residual, orthogonality } = ratios(a, n, full.values, full.vectors);
    // The eigenvalues of tiny matrices are themselves multiples of a quantum.
    const norm = a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    const quanta = norm === 0 ? 0 : (2 * n * QUANTUM) / norm / ULP;
    expect(residual).toBeLessThan(10 + quanta);
    expect(orthogonality).toBeLessThan(10);
    expect(valuesRatio(full.values, bare.values)).toBeLessThan(15 + quanta);
    for (let k = 1; k < n; ++k) expect(full.values[k]).toBeGreaterThanOrEqual(full.values[k - 1]);
    const index = [n >> 2, n >> 1] as const;
    const part = core.eigh(a, n, { method, range: { index } });
    expect(part.values).toEqual(full.values.slice(index[0], index[1] + 1));
    expect(part.vectors).toEqual(full.vectors.slice(index[0] * n, (index[1] + 1) * n));
    values = full.values;
  }
  return values;
}

describe('what went wrong', () => {
  test('couplings of one quantum, order 3: 1, 2.64, 5.11', () => {
    const t = QUANTUM;
    const a = Float64Array.of(1, t, t, t, 2, 0, t, 0, 3);
    for (const values of [check(a, 3), core.eigh(a, 3).values, core.eigh(a, 3, { vectors: false }).values]) {
      for (let k = 0; k < 3; ++k) expect(Math.abs(values[k] / (k + 1) - 1)).toBeLessThanOrEqual(4e-16);
    }
  });

  test('subnormal couplings to a full block', () => {
    const values = check(Float64Array.of(4, 1e-320, 2e-320, 1e-320, 1, 0.5, 2e-320, 0.5, 1), 3);
    for (const [k, exact] of [0.5, 1.5, 4].entries()) {
      expect(Math.abs(values[k] / exact - 1)).toBeLessThanOrEqual(8e-16);
    }
  });

  test.each([
    [150, [0.5, 0.2, 0.1]],
    [220, [0.2]],
    [600, [0.2]],
  ])('q^(i+j) of order %i', (n, shares) => {
    for (const q of shares) {
      const values = check(
        symmetric(n, (i, j) => q ** (i + j)),
        n,
      );
      expect(Math.abs(values[n - 1] * (1 - q * q) - 1)).toBeLessThan(1e-14);
      expect(Math.max(Math.abs(values[0]), Math.abs(values[n - 2]))).toBeLessThan(1e-14);
    }
  });

  test('a Gaussian kernel with an outlier', () => {
    const x = [0, 37.9, 37.95, 38.02, 38.2];
    const kernel = (y: number[]) => symmetric(y.length, (i, j) => Math.exp(-((y[i] - y[j]) ** 2) / 2));
    const values = Array.from(check(kernel(x), 5));
    const block = Array.from(check(kernel(x.slice(1)), 4));
    const expected = [...block, 1].sort((p, q) => p - q);
    for (let k = 0; k < 5; ++k) expect(Math.abs(values[k] - expected[k])).toBeLessThan(4e-15);
  });

  test('a zero diagonal with couplings 1e20, 1e-150, 1e-150: no end of sweeps', () => {
    const e = [1e20, 1e-150, 1e-150];
    const values = check(
      symmetric(4, (i, j) => (i === j + 1 ? e[j] : 0)),
      4,
    );
    expect(Math.abs(values[0] / -1e20 - 1)).toBeLessThan(4e-16);
    expect(Math.abs(values[3] / 1e20 - 1)).toBeLessThan(4e-16);
    expect(Math.max(Math.abs(values[1]), Math.abs(values[2]))).toBeLessThan(1e-150);
  });

  test('zero diagonals of every norm', () => {
    for (let k = -300; k <= 300; k += 20) {
      for (const small of [1e-150, 1e-154, 1e-160, 1e-300, QUANTUM]) {
        for (const at of [0, 3]) {
          check(
            symmetric(8, (i, j) => (i !== j + 1 ? 0 : j === at ? 10 ** k : Math.min(small, 10 ** k))),
            8,
          );
        }
      }
    }
  });

  test('eigenvalues alone of a block with d = 3.6e-50 and e = 1.8e-104: wrong by 1e-8', () => {
    const d = [0, -3.6e-50, 0];
    const e = [-1.8e-104, -1.8];
    check(
      symmetric(3, (i, j) => (i === j ? d[i] : i === j + 1 ? e[j] : 0)),
      3,
    );
  });
});

/** A number anywhere in the range of doubles, zero and the smallest ones among them. */
const anyNumber = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -4, max: 4 }),
  fc.integer({ min: -4, max: 4 }).map((k) => k * QUANTUM),
  fc
    .tuple(fc.integer({ min: -1074, max: 1000 }), fc.double({ min: 1, max: 2, noNaN: true }), fc.boolean())
    .map(([k, x, negative]) => scaled(negative ? -x : x, k)),
  fc.constantFrom(1e-154, 1e-162, 1e-300, 1e-308, 1e-320, 1e-77, 1e-104, 1e100, -1e-16),
);

/** Matrices of small order from such numbers. */
const smallMatrix = fc
  .integer({ min: 1, max: 8 })
  .chain((n) =>
    fc
      .array(anyNumber, { minLength: (n * (n + 1)) / 2, maxLength: (n * (n + 1)) / 2 })
      .map((x) => ({ n, a: symmetric(n, (i, j) => x[(i * (i + 1)) / 2 + j]) })),
  );

/** Sizes on both sides of every cutoff of the drivers, and others. */
const order = fc.oneof(
  fc.integer({ min: 2, max: 16 }),
  fc.constantFrom(19, 20, 21, 31, 32, 33, 39, 40, 41, 47, 48, 49, 63, 64, 65, 80, 81, 95, 96, 97),
);

/** How a matrix of larger order is made from uniform numbers u in [0, 1). */
const shapes: Record<string, (n: number, u: () => number) => Float64Array> = {
  'of all exponents': (n, u) => symmetric(n, () => scaled(u() - 0.5, -1074 + Math.floor(2060 * u()))),
  'with tiny rows': (n, u) => {
    const size = Float64Array.from({ length: n }, () => (u() < 0.5 ? 1 : scaled(1, -Math.floor(1074 * u()))));
    return symmetric(n, (i, j) => (2 * u() - 1) * (i === j ? 1 : Math.min(size[i], size[j])));
  },
  'of two blocks, one of them tiny': (n, u) => {
    const cut = Math.floor(n * u());
    const size = scaled(1, -Math.floor(1074 * u()));
    const coupling = scaled(1, -Math.floor(1074 * u()));
    return symmetric(n, (i, j) => (2 * u() - 1) * (j >= cut === i >= cut ? (i >= cut ? size : 1) : coupling));
  },
  graded: (n, u) => {
    const width = 1074 * u();
    const up = u() < 0.5;
    return symmetric(n, (i, j) => {
      const k = up ? 2 * n - 2 - i - j : i + j;
      return scaled(2 * u() - 1, Math.round((-width * k) / (2 * n)));
    });
  },
  clustered: (n, u) => {
    const coupling = scaled(1, -Math.floor(1074 * u()));
    return symmetric(n, (i, j) => (i === j ? Math.floor(3 * u()) : coupling * (Math.floor(5 * u()) - 2)));
  },
  'a direct sum of blocks of any norms': (n, u) => {
    const size = Float64Array.from({ length: n }, () => scaled(1, -1074 + Math.floor(2060 * u())));
    return symmetric(n, (i, j) => (i >> 2 === j >> 2 ? (2 * u() - 1) * size[i >> 2] : 0));
  },
  'an arrow': (n, u) => {
    const at = Math.floor(n * u());
    return symmetric(n, (i, j) =>
      i === j ? 2 * u() - 1 : i === at || j === at ? scaled(2 * u() - 1, -Math.floor(1074 * u())) : 0,
    );
  },
  'tridiagonal with a zero diagonal': (n, u) =>
    symmetric(n, (i, j) => (i === j + 1 ? scaled(1 + u(), -1074 + Math.floor(2060 * u())) : 0)),
  'Toeplitz with a tiny tail': (n, u) => {
    const t = Float64Array.from({ length: n }, (_, k) =>
      k < 3 ? u() : scaled(u() - 0.5, -Math.floor(1074 * u())),
    );
    return symmetric(n, (i, j) => t[i - j]);
  },
  'with an outlier': (n, u) => {
    const a = symmetric(n, () => 2 * u() - 1);
    const [i, j] = [Math.floor(n * u()), Math.floor(n * u())];
    a[i * n + j] = a[j * n + i] = scaled(1 + u(), Math.floor(1000 * u()));
    return a;
  },
  'a Gaussian kernel': (n, u) => {
    const x = Float64Array.from({ length: n }, () => (u() < 0.2 ? 37 + 2 * u() : u()));
    return symmetric(n, (i, j) => Math.exp(-((x[i] - x[j]) ** 2) / 2));
  },
  'sparse with entries of any size': (n, u) =>
    symmetric(n, (i, j) =>
      i === j ? Math.floor(3 * u()) : u() < 3 / n ? scaled(1 + u(), -Math.floor(1074 * u())) : 0,
    ),
};

describe('ratios below 10', () => {
  test('of small matrices of any numbers', () => {
    fc.assert(
      fc.property(smallMatrix, ({ n, a }) => {
        check(a, n);
      }),
      { numRuns: 3000 },
    );
  });

  test.each(Object.keys(shapes))('of matrices %s', (shape) => {
    fc.assert(
      fc.property(order, fc.integer({ min: 0, max: 2 ** 31 - 1 }), (n, seed) => {
        let used = 0;
        const u = core.uniforms({ seed }, 3 * n * (n + 4));
        check(
          shapes[shape](n, () => u[used++]),
          n,
        );
      }),
      { numRuns: 120 },
    );
  });

  test('with a power of two before the matrix: the same vectors, the eigenvalues times it', () => {
    fc.assert(
      fc.property(
        order,
        fc.integer({ min: -960, max: 1000 }),
        fc.constantFrom('qr' as const, 'dc' as const),
        (n, k, method) => {
          const x = core.normals({ seed: n + 1000 * (k + 1000) }, n * n);
          const a = symmetric(n, (i, j) => x[i * n + j]);
          const plain = core.eigh(a, n, { method });
          const moved = core.eigh(
            a.map((y) => scaled(y, k)),
            n,
            { method },
          );
          expect(moved.vectors).toEqual(plain.vectors);
          expect(moved.values).toEqual(plain.values.map((y) => scaled(y, k)));
        },
      ),
      { numRuns: 200 },
    );
  });
});
