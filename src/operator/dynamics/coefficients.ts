// Coefficients of e^{−izx} and e^{−zx} in Chebyshev polynomials, cut where what is left out is small:
//     e^{−izx} = Σ (2 − δ_k0) (−i)^k J_k(z) T_k(x) ,   e^{−z} e^{−zx} = Σ (2 − δ_k0) (−1)^k e^{−z} I_k(z) T_k(x) ,
// and |T_k| ≤ 1, so that the sum of the moduli of what is left out is a bound.
import type { Runtime } from '../../wasm/runtime.js';
import { LEAST_ERROR } from './propagator.js';

export interface Coefficients {
  /** Of T_0, T_1, …; the imaginary parts are null of imaginary time. */
  re: Float64Array;
  im: Float64Array | null;
  /** Bound of what is left out. */
  tail: number;
}

/** Orders that are looked at: beyond them nothing is left of either function, at z ≤ 256. */
function orders(z: number): number {
  return Math.ceil(z + 40 * Math.sqrt(Math.min(z, 4)) + 0.4 * z) + 30;
}

function table(runtime: Runtime, z: number, imaginary: boolean): Float64Array {
  const count = orders(z);
  return runtime.scope((arena) => {
    const at = arena.f64(count);
    runtime.wasm.besselOrders(z, imaginary, count, at);
    return arena.take(at, count);
  });
}

/** For z of either sign, times the phase cos + i sin of real time. */
export function coefficients(
  runtime: Runtime,
  z: number,
  imaginary: boolean,
  tolerance: number,
  phase: ArrayLike<number>,
): Coefficients {
  const bessel = table(runtime, Math.abs(z), imaginary);
  let [last, tail] = [bessel.length - 1, 0];
  const most = Math.max(tolerance, LEAST_ERROR);
  while (last > 0 && tail + 2 * Math.abs(bessel[last]) <= most) tail += 2 * Math.abs(bessel[last--]);
  const sign = z < 0 ? -1 : 1;
  const [cos, sin] = [phase[0], phase[1]];
  const re = new Float64Array(last + 1);
  const im = imaginary ? null : new Float64Array(last + 1);
  for (let k = 0; k <= last; ++k) {
    const size = (k === 0 ? 1 : 2) * bessel[k];
    if (!im) re[k] = k % 2 === 0 ? size : -sign * size;
    else {
      // (−i sign)^k (cos + i sin).
      const turned = [
        [cos, sin],
        [sign * sin, -sign * cos],
        [-cos, -sin],
        [-sign * sin, sign * cos],
      ][k % 4];
      re[k] = size * turned[0];
      im[k] = size * turned[1];
    }
  }
  return { re, im, tail };
}
