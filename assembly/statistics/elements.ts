// What the matrix elements V_mn of an operator between eigenstates of energies E_n say, n×n, of a complex one in pairs:
//   χ_m = Σ_{n≠m} |V_mn|² ω²/(ω² + μ²)², ω = E_n − E_m: the fidelity susceptibility, with a cutoff μ that takes away gaps
//     below it (D. Sels and A. Polkovnikov, Phys. Rev. E 104, 054105 (2021)); of μ = 0 Σ |V_mn|²/ω²;
//   S(ω) = (1/n) Σ_{m≠n} |V_mn|² δ(ω − (E_n − E_m)): the spectral function at infinite temperature, in bins.
// Range: energies and elements of any size whose differences and squares are doubles.

/** |V_mn|². */
@inline
function squared(v: usize, width: i32, p: usize): f64 {
  const at = v + ((p * <usize>width) << 3);
  const re = load<f64>(at);
  if (width == 1) return re * re;
  const im = load<f64>(at, 8);
  return re * re + im * im;
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
      const square = squared(v, width, <usize>m * <usize>n + <usize>k);
      if (square == 0) continue;
      const omega = load<f64>(values + ((<usize>k) << 3)) - energy;
      // ω/(ω² + μ²), without squares that are beyond the doubles where μ = 0.
      const factor = cutoff == 0 ? 1 / omega : omega / (omega * omega + cutoff * cutoff);
      sum += square * factor * factor;
    }
    store<f64>(out + ((<usize>m) << 3), sum);
  }
}

/**
 * For each of the bins, edges ascending: the sum of |V_mn|² over pairs m ≠ n of the first ≤ m, n < last with
 * edge_b ≤ E_n − E_m < edge_{b+1}, at sums, and how many pairs there are, at pairs.
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
  pairs: usize,
): void {
  memory.fill(sums, 0, (<usize>bins) << 3);
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
      store<f64>(sums + at, load<f64>(sums + at) + squared(v, width, <usize>m * <usize>n + <usize>k));
      store<f64>(pairs + at, load<f64>(pairs + at) + 1);
    }
  }
}
