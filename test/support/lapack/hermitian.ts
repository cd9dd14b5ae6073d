// The matrices and the ratios of LAPACK's driver test for the Hermitian eigenproblem (TESTING/EIG/zdrvst.f): entry (i, j) of a
// matrix in a[2*(i*n + j)] and behind it. Plain loops that share nothing with the code under test.
import type { Core } from 'emft';
import { driverMatrix, ULP } from './matrices.js';
import type { Ratios } from './ratios.js';

/** Type 1 … 18: the real one with random phases, D A D̄, whose entries are complex and whose spectrum is that of A. */
export function hermitianMatrix(core: Core, type: number, n: number, seed = 1): Float64Array {
  const real = driverMatrix(core, type, n, seed);
  const turns = core.uniforms({ seed, stream: 1000 * type + n, index: 3 }, n);
  const a = new Float64Array(2 * n * n);
  for (let i = 0; i < n; ++i) {
    a[2 * (i * n + i)] = real[i * n + i];
    for (let j = 0; j < i; ++j) {
      const x = real[i * n + j];
      const phase = 2 * Math.PI * (turns[i] - turns[j]);
      const [re, im] = [x * Math.cos(phase), x * Math.sin(phase)];
      a[2 * (i * n + j)] = a[2 * (j * n + i)] = re;
      a[2 * (i * n + j) + 1] = im;
      a[2 * (j * n + i) + 1] = -im;
    }
  }
  return a;
}

/** ‖A Z − Z D‖/(‖A‖ n ulp) and ‖I − ZᴴZ‖/(n ulp), 1-norms, for all eigenpairs or some. */
export function hermitianRatios(
  given: Float64Array,
  n: number,
  values: Float64Array,
  z: Float64Array,
): Ratios {
  let size = 0;
  for (const x of given) size = Math.max(size, Math.abs(x));
  const a = given.map((x) => x / (size || 1));
  let [norm, residual, orthogonality] = [0, 0, 0];
  for (let i = 0; i < n; ++i) {
    let sum = 0;
    for (let j = 0; j < n; ++j) sum += Math.hypot(a[2 * (i * n + j)], a[2 * (i * n + j) + 1]);
    norm = Math.max(norm, sum);
  }
  for (let k = 0; k < values.length; ++k) {
    const value = values[k] / (size || 1);
    const own = 2 * k * n;
    let [missed, skew] = [0, 0];
    for (let i = 0; i < n; ++i) {
      let re = -value * z[own + 2 * i];
      let im = -value * z[own + 2 * i + 1];
      for (let j = 0, p = 2 * i * n, q = own; j < n; ++j, p += 2, q += 2) {
        re += a[p] * z[q] - a[p + 1] * z[q + 1];
        im += a[p] * z[q + 1] + a[p + 1] * z[q];
      }
      missed += Math.sqrt(re * re + im * im);
    }
    for (let l = 0; l < values.length; ++l) {
      let re = l === k ? -1 : 0;
      let im = 0;
      for (let p = own, q = 2 * l * n; p < own + 2 * n; p += 2, q += 2) {
        re += z[p] * z[q] + z[p + 1] * z[q + 1];
        im += z[p] * z[q + 1] - z[p + 1] * z[q];
      }
      skew += Math.sqrt(re * re + im * im);
    }
    residual = Math.max(residual, missed);
    orthogonality = Math.max(orthogonality, skew);
  }
  return {
    residual: n === 0 ? 0 : residual / ((norm || 1) * n * ULP),
    orthogonality: n === 0 ? 0 : orthogonality / (n * ULP),
  };
}
