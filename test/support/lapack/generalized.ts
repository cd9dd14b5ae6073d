// The matrices B and the ratios of LAPACK's driver test for the generalized eigenproblem (TESTING/EIG/ddrvsg.f, dsgt01.f), real and
// complex alike: entry (i, j) of a matrix in a[2*(i*n + j)] and behind it. Plain loops that share nothing with the code under
// test.
import type { Core } from 'emft';
import { ULP } from './matrices.js';

/** Real numbers as complex ones. */
export function complexOf(a: Float64Array): Float64Array {
  return Float64Array.from({ length: 2 * a.length }, (_, k) => (k % 2 === 0 ? a[k >> 1] : 0));
}

/** The real parts. */
export function realOf(a: Float64Array): Float64Array {
  return Float64Array.from({ length: a.length / 2 }, (_, k) => a[2 * k]);
}

/** A positive definite matrix with eigenvalues 1 … 1/condition, in a geometric sequence, turned by three reflections. */
export function definiteMatrix(
  core: Core,
  n: number,
  condition: number,
  complex: boolean,
  seed = 1,
): Float64Array {
  const b = new Float64Array(2 * n * n);
  for (let i = 0; i < n; ++i) b[2 * (i * n + i)] = n === 1 ? 1 : condition ** (-i / (n - 1));
  for (let turn = 0; turn < 3; ++turn) {
    const v = core.uniforms({ seed, stream: n, index: turn }, 2 * n).map((x) => 2 * x - 1);
    if (!complex) for (let i = 0; i < n; ++i) v[2 * i + 1] = 0;
    const size = v.reduce((sum, x) => sum + x * x, 0);
    // (1 − 2vvᴴ/|v|²) B, then its adjoint, twice.
    for (let side = 0; side < 2; ++side) {
      for (let j = 0; j < n; ++j) {
        let [re, im] = [0, 0];
        for (let i = 0; i < n; ++i) {
          const [x, y, p] = [v[2 * i], v[2 * i + 1], 2 * (i * n + j)];
          re += x * b[p] + y * b[p + 1];
          im += x * b[p + 1] - y * b[p];
        }
        for (let i = 0; i < n; ++i) {
          const [x, y, p] = [v[2 * i], v[2 * i + 1], 2 * (i * n + j)];
          b[p] -= (2 / size) * (x * re - y * im);
          b[p + 1] -= (2 / size) * (x * im + y * re);
        }
      }
      for (let i = 0; i < n; ++i) {
        for (let j = 0; j <= i; ++j) {
          const [p, q] = [2 * (i * n + j), 2 * (j * n + i)];
          const [re, im] = [b[p], b[p + 1]];
          [b[p], b[p + 1], b[q], b[q + 1]] = [b[q], -b[q + 1], re, -im];
        }
      }
    }
  }
  // Hermitian to the last bit.
  for (let i = 0; i < n; ++i) {
    b[2 * (i * n + i) + 1] = 0;
    for (let j = 0; j < i; ++j) {
      b[2 * (j * n + i)] = b[2 * (i * n + j)];
      b[2 * (j * n + i) + 1] = -b[2 * (i * n + j) + 1];
    }
  }
  return b;
}

/** M X for columns of complex numbers one after another. */
function times(m: Float64Array, n: number, x: Float64Array): Float64Array {
  const y = new Float64Array(x.length);
  for (let k = 0; k < x.length; k += 2 * n) {
    for (let i = 0; i < n; ++i) {
      let [re, im] = [0, 0];
      for (let p = 2 * i * n, q = k; q < k + 2 * n; p += 2, q += 2) {
        re += m[p] * x[q] - m[p + 1] * x[q + 1];
        im += m[p] * x[q + 1] + m[p + 1] * x[q];
      }
      y[k + 2 * i] = re;
      y[k + 2 * i + 1] = im;
    }
  }
  return y;
}

/** The 1-norm of columns of n complex numbers. */
export function norm(x: Float64Array, n: number): number {
  let most = 0;
  for (let k = 0; k < x.length; k += 2 * n) {
    let sum = 0;
    for (let q = k; q < k + 2 * n; q += 2) sum += Math.hypot(x[q], x[q + 1]);
    most = Math.max(most, sum);
  }
  return most;
}

/** LAPACK's dsgt01, and two that it does not have. */
interface GeneralizedRatios {
  /** ‖A Z − B Z D‖, ‖A B Z − Z D‖ or ‖B A Z − Z D‖ over ‖A‖ ‖Z‖ n ulp. */
  residual: number;
  /** The first with ‖A‖ + ‖B‖ max|D|, or ‖A‖ ‖B‖, in place of ‖A‖: what rounding of the vectors alone can come to. */
  backward: number;
  /** ‖1 − ZᴴB Z‖/(n ulp) with itype 1 and 2, 0 with 3. */
  orthogonality: number;
}

/** Of all eigenpairs or some, whose vectors are pairs of parts. */
export function generalizedRatios(
  itype: number,
  a: Float64Array,
  b: Float64Array,
  n: number,
  values: Float64Array,
  z: Float64Array,
): GeneralizedRatios {
  if (n === 0 || values.length === 0) return { residual: 0, backward: 0, orthogonality: 0 };
  // Powers of two: what underflows is nothing beside the norm.
  const size = 2 ** Math.floor(Math.log2(a.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1));
  const scaled = a.map((x) => x / size);
  const d = values.map((x) => x / size);
  const bz = times(b, n, z);
  const left = itype === 3 ? times(b, n, times(scaled, n, z)) : times(scaled, n, itype === 2 ? bz : z);
  const right = itype === 1 ? bz : z;
  const missed = norm(
    left.map((x, q) => x - d[Math.floor(q / (2 * n))] * right[q]),
    n,
  );
  const [normA, normZ, top] = [norm(scaled, n) || 1, norm(z, n), Math.max(...d.map(Math.abs))];
  let skew = 0;
  if (itype !== 3) {
    for (let k = 0; k < z.length; k += 2 * n) {
      let sum = 0;
      for (let l = 0; l < z.length; l += 2 * n) {
        let re = l === k ? -1 : 0;
        let im = 0;
        for (let p = 0; p < 2 * n; p += 2) {
          re += z[l + p] * bz[k + p] + z[l + p + 1] * bz[k + p + 1];
          im += z[l + p] * bz[k + p + 1] - z[l + p + 1] * bz[k + p];
        }
        sum += Math.hypot(re, im);
      }
      skew = Math.max(skew, sum);
    }
  }
  return {
    residual: missed / (normA * normZ * n * ULP),
    backward: missed / ((itype === 1 ? normA + norm(b, n) * top : normA * norm(b, n)) * normZ * n * ULP),
    orthogonality: skew / (n * ULP),
  };
}
