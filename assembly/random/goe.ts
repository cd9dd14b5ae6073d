// Gaussian orthogonal ensemble: real symmetric, independent normal entries, E H_ij² = v (i ≠ j), E H_ii² = 2v.
import { normals } from './normal';

/**
 * Writes an n×n matrix, column-major, both triangles. The entries of the lower triangle, column by column, are the
 * first n(n+1)/2 elements of the normal sequence with this key. `work`: normalsWorkspace() bytes.
 */
export function goe(
  n: i32,
  variance: f64,
  seedLow: u32,
  seedHigh: u32,
  stream: u32,
  indexLow: u32,
  indexHigh: u32,
  a: usize,
  work: usize,
): void {
  const sigma = sqrt(variance);
  const diagonal = sqrt(2.0 * variance);
  let first: u32 = 0;
  for (let j = 0; j < n; ++j) {
    const column = a + ((<usize>j * n + j) << 3);
    normals(seedLow, seedHigh, stream, indexLow, indexHigh, first, n - j, column, work);
    first += n - j;
    store<f64>(column, diagonal * load<f64>(column));
    for (let i = 1; i < n - j; ++i) {
      const x = sigma * load<f64>(column + ((<usize>i) << 3));
      store<f64>(column + ((<usize>i) << 3), x);
      store<f64>(column + ((<usize>i * n) << 3), x);
    }
  }
}
