// What eigenpairs inside a spectrum have to be, whatever found them.
import type { Core, Operator } from 'emft';
import { expect } from 'vitest';
import { ascending } from './graphs.js';

/** The largest element of |Z* Z − 1|. */
export function orthogonality(
  { vectors, values }: { vectors: Float64Array; values: Float64Array },
  operator: Operator,
) {
  const length = vectors.length / Math.max(values.length, 1);
  let most = 0;
  for (let i = 0; i < values.length; ++i) {
    for (let j = 0; j <= i; ++j) {
      const [x, y] = [i, j].map((k) => vectors.subarray(k * length, (k + 1) * length));
      let [re, im] = [0, 0];
      for (let q = 0; q < length; ++q) re += x[q] * y[q];
      if (operator.complex) {
        for (let q = 0; q < length; q += 2) im += x[q] * y[q + 1] - x[q + 1] * y[q];
      }
      most = Math.max(most, Math.hypot(re - Number(i === j), im));
    }
  }
  return most;
}

/** The largest element of H z − λ z, by products of the public operator. */
export function residual(
  { vectors, values }: { vectors: Float64Array; values: Float64Array },
  operator: Operator,
) {
  const length = vectors.length / Math.max(values.length, 1);
  const products = operator.multiply(vectors, values.length);
  let most = 0;
  for (let k = 0; k < values.length; ++k) {
    for (let q = k * length; q < (k + 1) * length; ++q) {
      most = Math.max(most, Math.abs(products[q] - values[k] * vectors[q]));
    }
  }
  return most;
}

/** Checks the k levels nearest to σ, and whether they are cut. */
export function checkNear(
  core: Core,
  operator: Operator,
  levels: number[],
  sigma: number,
  k: number,
  method: 'filtered' | 'dense' | 'auto',
) {
  const norm = Math.max(...levels.map(Math.abs));
  const found = core.eigsh(operator, { k, which: { near: sigma }, method });
  expect(found.converged).toBe(true);
  expect([...found.values]).toEqual(ascending([...found.values]));
  const distances = (of: Iterable<number>) => ascending(Array.from(of, (x) => Math.abs(x - sigma)));
  const [got, exact] = [distances(found.values), distances(levels)];
  for (let i = 0; i < k; ++i) expect(Math.abs(got[i] - exact[i])).toBeLessThanOrEqual(5e-15 * norm);
  expect(found.cut).toBe(exact[k] - exact[k - 1] <= 1e-12 * norm);
  expect(orthogonality(found, operator)).toBeLessThan(1e-13);
  expect(residual(found, operator)).toBeLessThanOrEqual(4e-12 * norm);
  return found;
}

export function checkInterval(
  core: Core,
  operator: Operator,
  levels: number[],
  ends: [number, number],
  method: 'filtered' | 'dense' | 'auto',
) {
  const norm = Math.max(...levels.map(Math.abs));
  const found = core.eigsh(operator, { which: { interval: ends }, method });
  const exact = levels.filter((x) => x >= ends[0] - 1e-14 * norm && x <= ends[1] + 1e-14 * norm);
  expect(found.converged).toBe(true);
  expect(found.values.length).toBe(exact.length);
  for (const [i, x] of exact.entries())
    expect(Math.abs(found.values[i] - x)).toBeLessThanOrEqual(5e-15 * norm);
  expect(orthogonality(found, operator)).toBeLessThan(1e-13);
  if (exact.length > 0) expect(residual(found, operator)).toBeLessThanOrEqual(4e-12 * norm);
  return found;
}
