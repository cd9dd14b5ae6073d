// Residuals of eigsh where the whole matrix is decomposed: measured as elsewhere, with and without vectors, and a part of `converged`.
import { describe, expect, test } from 'vitest';
import { createCore, type EigshOptions, type Operator } from '../../../src/index.js';
import { gue } from '../../support/gue.js';

const core = await createCore();

/** The largest |H z − λ z|, by plain sums. */
function measured(h: Operator, values: Float64Array, vectors: Float64Array): number[] {
  const length = h.complex ? 2 * h.n : h.n;
  return Array.from(values, (value, k) => {
    const z = vectors.slice(k * length, (k + 1) * length);
    const w = h.multiply(z);
    return Math.hypot(...w.map((x, i) => x - value * z[i]));
  });
}

/** A path in a field, times a factor. */
function path(n: number, factor = 1): Operator {
  const multiply = (x: Float64Array, y: Float64Array) => {
    for (let i = 0; i < n; ++i) y[i] = ((i * 37) % 101) * 0.02 * x[i] + (x[i - 1] ?? 0) + (x[i + 1] ?? 0);
  };
  return core.operator({ n, multiply }).scaled(factor);
}

const asked: [string, EigshOptions][] = [
  ['an end', { k: 5 }],
  ['the other end', { k: 5, which: 'highest' }],
  ['near an energy', { k: 7, which: { near: 0.4 } }],
  ['an interval', { which: { interval: [-2, 2.5] } }],
];

describe.each(asked)('residuals were NaN where a whole matrix is decomposed: %s', (_, options) => {
  test.each([true, false])('complex: %j', (complex) => {
    const n = 60;
    const h = complex ? core.operator({ n, complex, matrix: gue(core, n, 1, 0) }) : path(n);
    const dense = { ...options, method: 'dense' } as const;
    const { values, vectors, residuals, converged } = core.eigsh(h, dense);
    expect([converged, residuals.length]).toEqual([true, values.length]);
    expect(values.length).toBeGreaterThan(0);
    const known = measured(h, values, vectors);
    for (const [k, x] of residuals.entries()) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(2e-13);
      expect(Math.abs(x - known[k])).toBeLessThan(1e-3 * x + 1e-16);
    }
    const alone = core.eigsh(h, { ...dense, vectors: false });
    expect(alone.vectors.length).toBe(0);
    expect(alone.converged).toBe(true);
    expect(alone.values).toEqual(values);
    for (const x of alone.residuals) expect(x).toBeLessThan(2e-13);
  });
});

test.each([1e-290, 1e290])('residuals of H of size %j are those of H, times that', (factor) => {
  const of = (by: number) => core.eigsh(path(40, by), { k: 3, method: 'dense' }).residuals;
  const [plain, far] = [of(1), of(factor)];
  for (const x of far) {
    expect(x / factor).toBeGreaterThan(0);
    expect(x / factor).toBeLessThan(100 * Math.max(...plain));
  }
});

test('what a program changes between products is not converged: the matrix is no longer that of the operator', () => {
  const n = 20;
  let products = 0;
  const multiply = (x: Float64Array, y: Float64Array) => {
    products++;
    // Linear and Hermitian each time; another operator once the matrix has been read.
    for (let i = 0; i < n; ++i) y[i] = (products > n + 4 ? 2 * i : i) * x[i];
  };
  const { converged, residuals } = core.eigsh(core.operator({ n, multiply }), {
    k: 3,
    method: 'dense',
    which: 'highest',
  });
  expect(converged).toBe(false);
  for (const x of residuals) expect(x).toBeGreaterThan(10);
});

describe('converged was false, or true, where it should not be', () => {
  const dense = { method: 'dense', k: 4 } as const;

  test('parts of H that cancel round more than its entries', () => {
    const n = 50;
    const data = Float64Array.from({ length: n }, (_, i) => 1e9 + 3 * Math.abs(Math.sin(i)));
    const places = Uint32Array.from({ length: n }, (_, i) => i);
    const side = Uint32Array.from({ length: n - 1 }, (_, i) => i);
    const row = Uint32Array.from([...places, ...side, ...side.map((i) => i + 1)]);
    const col = Uint32Array.from([...places, ...side.map((i) => i + 1), ...side]);
    const h = core.coo({
      n,
      row,
      col,
      data: Float64Array.from([...data, ...new Float64Array(2 * n - 2).fill(0.3)]),
    });
    for (const which of ['lowest', 'highest', { near: 1 }] as const)
      expect(core.eigsh(h.shifted(-1e9), { ...dense, which, tolerance: 1e-13 }).converged).toBe(true);
  });

  test('the size of H is not that of the levels at one end', () => {
    const n = 300;
    const h = core.operator({ n, matrix: new Float64Array(n * n).fill(1) });
    for (const which of ['lowest', 'highest'] as const)
      expect(core.eigsh(h, { ...dense, which, tolerance: 1e-14 }).converged).toBe(true);
  });

  test('subnormal H', () => {
    const h = path(40, 1e-320);
    for (const which of ['lowest', { near: 0 }] as const)
      expect(core.eigsh(h, { ...dense, which }).converged).toBe(true);
  });

  test('eigenvalues beyond the largest double are refused', () => {
    const multiply = (x: Float64Array, y: Float64Array) => y.fill(1.5e308 * x[0] + 1.5e308 * x[1]);
    const h = () => core.operator({ n: 2, multiply: (x, y) => void multiply(x, y) });
    for (const which of ['lowest', 'highest'] as const)
      expect(() => core.eigsh(h(), { ...dense, k: 1, which })).toThrow('largest double');
  });

  test('an empty interval, again and again, leaves nothing that is shared', () => {
    const which = { interval: [1e3, 2e3] as [number, number] };
    const found = ['dense', 'filtered', 'dense'].map((method) =>
      core.eigsh(path(40), { which, method: method as 'dense' }),
    );
    for (const { values } of found) {
      expect(values.length).toBe(0);
      structuredClone(values, { transfer: [values.buffer as ArrayBuffer] });
    }
    expect(core.eigsh(path(40), { which, method: 'dense' }).values.length).toBe(0);
    expect(core.eigsh(path(40), { which, method: 'filtered' }).values.length).toBe(0);
  });
});

test('large entries that cancel in one place do not hide in others that H is not Hermitian', () => {
  const of = (row: number[], col: number[], data: number[]) =>
    core.coo({
      n: 2,
      row: Uint32Array.from(row),
      col: Uint32Array.from(col),
      data: Float64Array.from(data),
    });
  expect(() => of([0, 0, 0], [0, 0, 1], [1e6, -1e6, 1e-7])).toThrow('not Hermitian');
  expect(of([0, 0, 1, 0, 1], [0, 1, 0, 1, 0], [1, 1e6, 1e6, -1e6, -1e6 + 1e-7]).n).toBe(2);
});
