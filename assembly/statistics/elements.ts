// Two statistics of the matrix elements V_mn of an operator between eigenstates of energies E_n, n×n, complex ones in pairs:
//   χ_m = Σ_{n≠m} |V_mn|² ω²/(ω² + μ²)², ω = E_n − E_m: the fidelity susceptibility, with a cutoff μ that takes away gaps
//     below it (D. Sels and A. Polkovnikov, Phys. Rev. E 104, 054105 (2021)); of μ = 0 Σ |V_mn|²/ω²;
//   S(ω) = (1/n) Σ_{m≠n} |V_mn|² δ(ω − (E_n − E_m)): the spectral function at infinite temperature, in bins.
// Range: energies whose differences are doubles, elements of any size: what is squared are ratios |V_mn|/|ω|, and in S(ω)
// elements times a power of two of each bin, so that nothing under- or overflows that the result does not.
import { isModerate, powerOfTwo, powerOfTwoNear } from '../numeric/scaling';

/** V ω/(ω² + μ²) of a real number V, 0 where V = 0: the larger of |ω| and μ is taken out. */
@inline
function ratio(v: f64, omega: f64, cutoff: f64): f64 {
  if (v == 0) return 0;
  if (Math.abs(omega) >= cutoff) {
    const q = cutoff == 0 ? 0 : cutoff / omega;
    return v / omega / (1 + q * q);
  }
  const r = omega / cutoff;
  const factor = r / (1 + r * r);
  // In an order in which nothing overflows unless the result does.
  return Math.abs(v) > 1 ? (v * factor) / cutoff : (v / cutoff) * factor;
}

/** χ of each state; width is 2 for complex elements. Two states of one energy count only with V_mn ≠ 0: then χ = ∞ at μ = 0. */
export function fidelitySusceptibility(
  n: i32,
  values: usize,
  width: i32,
  v: usize,
  cutoff: f64,
  out: usize,
): void {
  for (let m = 0; m < n; ++m) {
    const energy = load<f64>(values + ((<usize>m) << 3));
    let sum: f64 = 0;
    for (let k = 0; k < n; ++k) {
      if (k == m) continue;
      const at = element(n, width, v, m, k);
      const omega = load<f64>(values + ((<usize>k) << 3)) - energy;
      const re = ratio(load<f64>(at), omega, cutoff);
      const im = width == 1 ? 0 : ratio(load<f64>(at, 8), omega, cutoff);
      sum += re * re + im * im;
    }
    store<f64>(out + ((<usize>m) << 3), sum);
  }
}

/** Where V_mk stands. */
@inline
function element(n: i32, width: i32, v: usize, m: i32, k: i32): usize {
  return v + (((<usize>m * <usize>n + <usize>k) * <usize>width) << 3);
}

/** A power of two that brings elements of at most this size near 1; 1 where their squares are well within the doubles. */
function unitOf(most: f64): f64 {
  if (isModerate(most)) return 1;
  return most < 1e-300 ? powerOfTwo(1000) : powerOfTwoNear(1 / most);
}

/**
 * For each of the bins, edges ascending: the sum of |unit V_mn|² over pairs m ≠ n of the first ≤ m, n < last with
 * edge_b ≤ E_n − E_m < edge_{b+1}, at sums, the unit, a power of two, at units, and how many pairs there are, at pairs.
 */
export function spectralSums(
  n: i32,
  values: usize,
  width: i32,
  v: usize,
  first: i32,
  last: i32,
  bins: i32,
  edges: usize,
  sums: usize,
  units: usize,
  pairs: usize,
): void {
  memory.fill(units, 0, (<usize>bins) << 3);
  // The largest elements come first, at units; then the sums.
  spectralPass(n, values, width, v, first, last, bins, edges, 0, units, pairs);
  for (let b = 0; b < bins; ++b) {
    const at = units + ((<usize>b) << 3);
    store<f64>(at, unitOf(load<f64>(at)));
  }
  spectralPass(n, values, width, v, first, last, bins, edges, sums, units, pairs);
}

/** Raises units to the largest part of an element in each bin where sums is 0; else adds up squares there. */
function spectralPass(
  n: i32,
  values: usize,
  width: i32,
  v: usize,
  first: i32,
  last: i32,
  bins: i32,
  edges: usize,
  sums: usize,
  units: usize,
  pairs: usize,
): void {
  if (sums != 0) memory.fill(sums, 0, (<usize>bins) << 3);
  memory.fill(pairs, 0, (<usize>bins) << 3);
  for (let m = first; m < last; ++m) {
    const energy = load<f64>(values + ((<usize>m) << 3));
    // ω ascends with k, and so does its bin.
    let bin = -1;
    for (let k = first; k < last; ++k) {
      if (k == m) continue;
      const omega = load<f64>(values + ((<usize>k) << 3)) - energy;
      while (bin < bins && omega >= load<f64>(edges + ((<usize>(bin + 1)) << 3))) ++bin;
      if (bin < 0) continue;
      if (bin == bins) break;
      const at = (<usize>bin) << 3;
      const from = element(n, width, v, m, k);
      const re = load<f64>(from);
      const im = width == 1 ? 0 : load<f64>(from, 8);
      const unit = load<f64>(units + at);
      if (sums == 0) store<f64>(units + at, Math.max(unit, Math.max(Math.abs(re), Math.abs(im))));
      else store<f64>(sums + at, load<f64>(sums + at) + re * unit * (re * unit) + im * unit * (im * unit));
      store<f64>(pairs + at, load<f64>(pairs + at) + 1);
    }
  }
}
