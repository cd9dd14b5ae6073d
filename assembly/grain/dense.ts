// The central-grain Hamiltonian as a dense matrix: H[(a,s),(b,s)] = H_g[a,b] + δ_ab Σ ±h_n, and 2 J_n where grain
// spin and l-bit n flip in opposite senses. Basis as in apply.ts. [CC22] (1), (2)

/**
 * Fills the D × D column-major matrix `out` (both triangles), D = dg 2^bits.
 * @param diag field energies (grainDiagonal)
 * @param flip flip-flop elements 2 J_n
 */
export function grainDense(dg: i32, bits: i32, grain: usize, diag: usize, flip: usize, out: usize): void {
  const size = 1 << bits;
  const column = ((<usize>dg) << bits) << 3;
  for (let b = 0; b < dg; ++b) {
    for (let s = 0; s < size; ++s) {
      memory.fill(out, 0, column);
      for (let a = 0; a < dg; ++a) {
        store<f64>(out + ((<usize>((a << bits) + s)) << 3), load<f64>(grain + ((<usize>(a + b * dg)) << 3)));
      }
      const own = out + ((<usize>((b << bits) + s)) << 3);
      store<f64>(own, load<f64>(own) + load<f64>(diag + ((<usize>s) << 3)));
      for (let n = 0; n < bits; ++n) {
        if (((s >> n) & 1) == (b & 1)) continue;
        const other = out + ((<usize>(((b ^ 1) << bits) + (s ^ (1 << n)))) << 3);
        store<f64>(other, load<f64>(other) + load<f64>(flip + ((<usize>n) << 3)));
      }
      out += column;
    }
  }
}
