// LAPACK's own acceptance tests for symmetric eigensolvers (ddrvst, dchkst): ratios, not tolerances. LAPACK passes below
// 60; here below 10. The largest ratios seen are kept in fixtures/lapack-ratios.json; EMFT_UPDATE=1 writes them anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { type Core, createCore } from 'emft';
import { type Method, methodNames } from 'emft/check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { driverMatrix, hardCases, TYPE_COUNT, ULP } from '../../support/lapack/matrices.js';
import { ratios, sturmCount, valuesRatio } from '../../support/lapack/ratios.js';

/** LAPACK's own sizes, and both sides of the sizes where our code changes its way. */
const SIZES = [0, 1, 2, 3, 5, 19, 20, 21, 31, 32, 33, 39, 40, 41, 63, 64, 65, 200];
const THRESHOLD = 10;
const file = new URL('../../fixtures/lapack-ratios.json', import.meta.url);
const observed: Record<string, number> = {};

function note(name: string, value: number): void {
  observed[name] = Math.max(observed[name] ?? 0, value);
}

let core: Core;
beforeAll(async () => {
  core = await createCore();
});

function check(name: string, a: Float64Array, n: number, method: Method): Float64Array {
  const full = core.eigh(a, n, { method });
  const bare = core.eigh(a, n, { method, vectors: false });
  expect(full.convergence.converged && bare.convergence.converged, `${name}: converged`).toBe(true);
  const { residual, orthogonality } = ratios(a, n, full.values, full.vectors);
  const values = valuesRatio(full.values, bare.values);
  note(`${method} residual`, residual);
  note(`${method} orthogonality`, orthogonality);
  note(`${method} values`, values);
  expect(residual, `${name}: residual`).toBeLessThan(THRESHOLD);
  expect(orthogonality, `${name}: orthogonality`).toBeLessThan(THRESHOLD);
  expect(values, `${name}: with and without vectors`).toBeLessThan(THRESHOLD);
  for (let k = 1; k < n; ++k) expect(full.values[k] >= full.values[k - 1], `${name}: ascending`).toBe(true);
  return full.values;
}

describe.each(methodNames)('%s passes', (method) => {
  test.each(Array.from({ length: TYPE_COUNT }, (_, i) => i + 1))('ddrvst type %i', (type) => {
    for (const n of SIZES) check(`type ${type}, n = ${n}`, driverMatrix(core, type, n), n, method);
  });

  test.each(hardCases())('$name', ({ name, n, a, tridiagonal }) => {
    const values = check(name, a, n, method);
    if (!tridiagonal) return;
    const size = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
    const width = 2 * THRESHOLD * ULP * size;
    values.forEach((x, k) => {
      expect(sturmCount(a, n, x - width), `${name}: Sturm count below value ${k}`).toBeLessThanOrEqual(k);
      expect(sturmCount(a, n, x + width), `${name}: Sturm count above value ${k}`).toBeGreaterThan(k);
    });
  });
});

afterAll(() => {
  if (process.env.EMFT_UPDATE) writeFileSync(file, `${JSON.stringify(observed, null, 2)}\n`);
  const stored = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  // A larger ratio than the stored one is a loss of accuracy to look at, even below the threshold.
  for (const [name, value] of Object.entries(observed)) {
    expect(value, `${name} has grown; EMFT_UPDATE=1 stores the new maxima`).toBeLessThanOrEqual(
      stored[name] * (1 + 1e-9),
    );
  }
});
