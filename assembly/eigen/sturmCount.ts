// ν(x) = the number of negative pivots of T − x = L D Lᵀ is the number of eigenvalues of T at or below x (Sylvester's
// law of inertia; W. Barth, R. S. Martin and J. H. Wilkinson, Numer. Math. 9 (1967) 386).

/** Pivots smaller than this count as negative ones of this size: nothing overflows in e²/pivot. */
const PIVOT_MIN: f64 = 1e-290;

/** Number of eigenvalues ≤ x of T (diagonal d, n; off-diagonal e, n − 1; entries of moderate size). */
export function sturmCount(n: i32, d: usize, e: usize, x: f64): i32 {
  let count = 0;
  let q = 1.0;
  let coupling = 0.0;
  for (let i: usize = 0; i < <usize>n << 3; i += 8) {
    q = load<f64>(d + i) - x - (coupling * coupling) / q;
    if (abs(q) < PIVOT_MIN) q = -PIVOT_MIN;
    if (q < 0) ++count;
    coupling = load<f64>(e + i);
  }
  return count;
}
