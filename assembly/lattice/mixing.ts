// How much a backward error E of an orthogonal reduction may change each |φ| at the origin by mixing: orbital k turns
// towards orbital j by an angle of at most ‖E‖/|E_j − E_k| and 1, so that |δφ_k|² ≤ Σ_j (angle_j φ_j)².
// Range: energies and their differences within 1e-150 … 1e150, as lattices have.

/**
 * Errors of the orbitals from ≤ k < to of n with these energies and |φ|; backward: a bound on ‖E‖. errors: n doubles.
 */
export function mixingErrors(
  n: i32,
  from: i32,
  to: i32,
  backward: f64,
  energies: usize,
  phi0: usize,
  errors: usize,
): void {
  const end = (<usize>n) << 3;
  for (let k: usize = (<usize>from) << 3, last: usize = (<usize>to) << 3; k < last; k += 8) {
    const energy = load<f64>(energies + k);
    let gained: f64 = 0;
    let turned: f64 = 0;
    for (let j: usize = 0; j < end; j += 8) {
      if (j == k) continue;
      const gap = abs(load<f64>(energies + j) - energy);
      const angle: f64 = gap > backward ? backward / gap : 1;
      const share = angle * load<f64>(phi0 + j);
      turned += angle * angle;
      gained += share * share;
    }
    store<f64>(errors + k, sqrt(gained) + load<f64>(phi0 + k) * Math.min(1, turned));
  }
}
