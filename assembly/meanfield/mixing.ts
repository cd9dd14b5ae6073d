// Two-level mixing at reduced coupling h ([CC22] (A10), (A11)): polarization c = 1/√(1+4h²), q = 1 − c, populations
// P = q/2 and Q = 1 − P, entropy S = −P log P − Q log Q. Each is formed without cancellation.
// Range: every h ≥ 0; P and S below 2^-1022 are accurate to 2^-1074.
import { LOG2 } from '../numeric/constants';
import { MIXING_ENTROPY, OTHER_POPULATION, POLARIZATION, POPULATION, put } from './columns';

/** Polarization c(h) = 1/√(1+4h²), h ≥ 0 or +∞. */
export function polarization(h: f64): f64 {
  if (h > 1e8) return 0.5 / h;
  return 1 / Math.sqrt(1 + 4 * h * h);
}

/** q(h) = 1 − c(h), with a small relative error. */
export function depolarization(h: f64): f64 {
  if (h > 1e8) return 1 - 0.5 / h;
  const t = 4 * h * h;
  const s = Math.sqrt(1 + t);
  return t / (s * (1 + s));
}

/** Entropy in nats of populations P and 1 − P, 0 ≤ P ≤ ½. */
export function binaryEntropy(p: f64): f64 {
  if (p == 0) return 0;
  return -p * Math.log(p) - (1 - p) * Math.log1p(-p);
}

/** Below this h the population is h² and S = P (1 − log P), where P may be subnormal although S is not. */
const WEAK: f64 = 1e-150;

/** S(h) for h < 1e-150. */
function weakEntropy(h: f64): f64 {
  return h == 0 ? 0 : h * (1 - 2 * Math.log(h)) * h;
}

/** log 2 − S at polarization c: ½ log(1 − c²) + c artanh c, with a small relative error. */
export function entropyDeficit(c: f64): f64 {
  if (c == 1) return LOG2;
  if (c < 0.05) {
    // Σ c^{2k} / (2k (2k−1))
    const z = c * c;
    return (
      z * (1 / 2.0 + z * (1 / 12.0 + z * (1 / 30.0 + z * (1 / 56.0 + z * (1 / 90.0 + z * (1 / 132.0))))))
    );
  }
  return 0.5 * Math.log1p(-c * c) + 0.5 * c * Math.log1p((2 * c) / (1 - c));
}

/** P, Q, S and c for n couplings: the columns of columns.ts at `out`. */
export function mixingVector(n: i32, g: usize, out: usize): void {
  for (let i = 0; i < n; ++i, g += 8, out += 8) {
    const h = load<f64>(g);
    const c = polarization(h);
    const p = h > 1e8 ? 0.5 - 0.25 / h : 0.5 * depolarization(h);
    // S = log 2 − deficit where the deficit is the small term
    const s = h < WEAK ? weakEntropy(h) : c < 0.5 ? LOG2 - entropyDeficit(c) : binaryEntropy(p);
    put(out, n, POPULATION, p);
    put(out, n, OTHER_POPULATION, 0.5 * (1 + c));
    put(out, n, MIXING_ENTROPY, s);
    put(out, n, POLARIZATION, c);
  }
}
