// Entanglement entropy of every l-bit in given states. With x, y the parts of a state where l-bit n is up, down,
//     rho_n = [[x·x, x·y], [x·y, y·y]],  S = −λ₊ log λ₊ − λ₋ log λ₋,  λ₋ = det rho / λ₊,
//     det rho = |x|² |y − (x·y/|x|²) x|².
// The second form of the determinant is used where the first would cancel (a state that is nearly a product), so that
// small entropies keep their leading digits. Also ⟨σ_n^z⟩ = |x|² − |y|².
// Range: states of norm 1; entropies above 1e-290 keep their leading digits, smaller ones come out as 0 or as some
// number below 1e-290, because the squares of amplitudes below 1e-150 underflow. det rho ≥ 0 always, so that S ≥ 0.
import { laneSum } from '../numeric/lanes';

/**
 * Entropies (nats) and polarisations of all l-bits in `count` states.
 * @param z       states, column k of D = dg 2^bits doubles at k D, each of norm 1 up to rounding
 * @param entropy out: S of l-bit n in state k at n stride + k
 * @param sz      out: ⟨σ_n^z⟩ at n stride + k
 */
export function grainEntropies(
  dg: i32,
  bits: i32,
  count: i32,
  z: usize,
  entropy: usize,
  sz: usize,
  stride: i32,
): void {
  const d = dg << bits;
  for (let k = 0; k < count; ++k) {
    for (let n = 0; n < bits; ++n) {
      const at = (<usize>n * <usize>stride + <usize>k) << 3;
      store<f64>(entropy + at, spinEntropy(d, n, z, sz + at));
    }
    z += (<usize>d) << 3;
  }
}

/** Below this ratio det / (|x|²|y|²) the determinant is formed from the orthogonal residual. */
const CANCELLATION: f64 = 1.0 / 1024;

/** One l-bit of one state. */
function spinEntropy(d: i32, n: i32, z: usize, sz: usize): f64 {
  let xx: f64 = 0,
    yy: f64 = 0,
    xy: f64 = 0;
  const step = (<usize>8) << n;
  const end = z + ((<usize>d) << 3);
  if (n == 0) {
    let squares = f64x2.splat(0);
    let cross: f64 = 0;
    for (let p = z; p < end; p += 16) {
      const v = v128.load(p);
      squares = f64x2.add(squares, f64x2.mul(v, v));
      cross += f64x2.extract_lane(v, 0) * f64x2.extract_lane(v, 1);
    }
    xx = f64x2.extract_lane(squares, 0);
    yy = f64x2.extract_lane(squares, 1);
    xy = cross;
  } else {
    let sx = f64x2.splat(0),
      sy = f64x2.splat(0),
      sc = f64x2.splat(0);
    for (let p = z; p < end; p += step << 1) {
      const stop = p + step;
      for (let q = p; q < stop; q += 16) {
        const u = v128.load(q);
        const v = v128.load(q + step);
        sx = f64x2.add(sx, f64x2.mul(u, u));
        sy = f64x2.add(sy, f64x2.mul(v, v));
        sc = f64x2.add(sc, f64x2.mul(u, v));
      }
    }
    xx = laneSum(sx);
    yy = laneSum(sy);
    xy = laneSum(sc);
  }
  const norm = xx + yy;
  const polarisation = (xx - yy) / norm;
  store<f64>(sz, polarisation);
  let det = xx * yy - xy * xy;
  if (det < CANCELLATION * xx * yy) {
    det =
      xx >= yy
        ? xx * residual(z, z + step, end, step, xy / xx)
        : yy * residual(z + step, z, end, step, xy / yy);
  }
  det /= norm * norm;
  const c = xy / norm;
  const large = 0.5 + 0.5 * Math.sqrt(polarisation * polarisation + 4 * c * c);
  const small = Math.min(det / large, 0.5);
  if (small <= 0) return 0;
  return -(1 - small) * Math.log1p(-small) - small * Math.log(small);
}

/** |y − t x|², x and y runs of `step` bytes with the start of every second run at x0, y0. */
function residual(x0: usize, y0: usize, end: usize, step: usize, t: f64): f64 {
  let sum: f64 = 0;
  const shift = y0 - x0;
  const first = x0 < y0 ? x0 : y0;
  const lead = x0 - first;
  for (let p = first; p < end; p += step << 1) {
    const stop = p + lead + step;
    for (let q = p + lead; q < stop; q += 8) {
      const r = load<f64>(q + shift) - t * load<f64>(q);
      sum += r * r;
    }
  }
  return sum;
}
