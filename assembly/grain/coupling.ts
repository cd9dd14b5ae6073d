// Matrix elements of one l-bit's coupling between eigenstates of everything else, and what follows from them.
// Let (E_a, |a⟩), a < R, diagonalize the rest (grain and the other l-bits). In the basis |a⟩⊗|↑⟩, |b⟩⊗|↓⟩ the
// coupling of the l-bit is purely off-diagonal,
//     V_ab = ⟨a↑| J (σ_g^x σ^x + σ_g^y σ^y) |b↓⟩ = 2 J ⟨a| P_odd→even |b⟩ = 2 J Σ_i a_odd(i) b_even(i),
// with a_odd, a_even the halves of |a⟩ where the grain spin is 1, 0; the pair's energy denominator is
//     ω_ab = E_a − E_b + 2h.

/** Splits R × R eigenvectors (index a 2^bits + s) by the grain spin: even and odd are R/2 × R, column-major. */
export function splitByGrainSpin(dg: i32, bits: i32, z: usize, even: usize, odd: usize): void {
  const r = dg << bits;
  const run = (<usize>8) << bits;
  for (let k = 0; k < r; ++k) {
    for (let a = 0; a < dg; a += 2) {
      memory.copy(even, z, run);
      memory.copy(odd, z + run, run);
      even += run;
      odd += run;
      z += run << 1;
    }
  }
}

/**
 * Perturbative norms [CC22] (5) of all 2R states of rest ⊗ l-bit:
 *     g_a↑ = √Σ_b V_ab²/ω_ab²  in norms[a],   g_b↓ = √Σ_a V_ab²/ω_ab²  in norms[R + b].
 * @param energies R ascending eigenvalues of the rest
 * @param v        V_ab at a + b R
 */
export function perturbativeNorms(r: i32, energies: usize, splitting: f64, v: usize, norms: usize): void {
  const down = norms + ((<usize>r) << 3);
  memory.fill(norms, 0, (<usize>r) << 4);
  for (let b = 0; b < r; ++b) {
    const eb = load<f64>(energies + ((<usize>b) << 3)) - splitting;
    let column: f64 = 0;
    for (let a = 0; a < r; ++a) {
      const at = (<usize>a) << 3;
      const element = load<f64>(v + at);
      // A pair that is not coupled does not mix, at any denominator.
      const q = element == 0 ? 0 : element / (load<f64>(energies + at) - eb);
      const q2 = q * q;
      column += q2;
      store<f64>(norms + at, load<f64>(norms + at) + q2);
    }
    store<f64>(down + ((<usize>b) << 3), Math.sqrt(column));
    v += (<usize>r) << 3;
  }
  for (let a = 0; a < r; ++a) {
    const at = norms + ((<usize>a) << 3);
    store<f64>(at, Math.sqrt(load<f64>(at)));
  }
}

/**
 * Sums over the shell |ω_ab| < width/2 for pairs with first ≤ a < last: out[0] = Σ |V_ab|, out[1] = Σ V_ab²,
 * out[2] = number of pairs. Then ρ[|V_ab|] = out[0] / (width (last − first)), [|V_ab|] = out[0] / out[2].
 */
export function shellCoupling(
  r: i32, energies: usize, splitting: f64, v: usize, first: i32, last: i32, width: f64, out: usize,
): void {
  let total: f64 = 0;
  let squares: f64 = 0;
  let pairs = 0;
  const half = 0.5 * width;
  for (let b = 0; b < r; ++b) {
    const eb = load<f64>(energies + ((<usize>b) << 3)) - splitting;
    for (let a = first; a < last; ++a) {
      const at = (<usize>a) << 3;
      if (Math.abs(load<f64>(energies + at) - eb) < half) {
        const element = load<f64>(v + at);
        total += Math.abs(element);
        squares += element * element;
        ++pairs;
      }
    }
    v += (<usize>r) << 3;
  }
  store<f64>(out, total);
  store<f64>(out, squares, 8);
  store<f64>(out, <f64>pairs, 16);
}
