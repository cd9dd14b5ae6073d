// |W_k − E_k Z_k| of eigenpairs, W = H Z. Range: |H| between 1e-140 and 1e140.

/** The norms of the residuals of `columns` eigenpairs. */
export function residualNorms(d: i32, columns: i32, w: usize, z: usize, energies: usize, out: usize): void {
  for (let k = 0; k < columns; ++k) {
    const e = load<f64>(energies + ((<usize>k) << 3));
    let sum: f64 = 0;
    for (let i = 0; i < d; ++i) {
      const r = load<f64>(w) - e * load<f64>(z);
      sum += r * r;
      w += 8;
      z += 8;
    }
    store<f64>(out + ((<usize>k) << 3), Math.sqrt(sum));
  }
}
