// Matrix elements of one l-bit's coupling between eigenstates of everything else, and the norms and
// averages that follow from them. Let (E_a, |a⟩), a < R, diagonalize the rest (grain and the other l-bits).
// In the basis |a⟩⊗|↑⟩, |b⟩⊗|↓⟩ the coupling of the l-bit is purely off-diagonal,
//     V_ab = ⟨a↑| J (σ_g^x σ^x + σ_g^y σ^y) |b↓⟩ = 2 J ⟨a| P_odd→even |b⟩ = 2 J Σ_i a_odd(i) b_even(i),
// with a_odd, a_even the halves of |a⟩ where the grain spin is 1, 0; the pair's energy denominator is
//     ω_ab = E_a − E_b + 2h.
// Range: norms and sums are accurate to r ulp for elements V_ab and quotients V_ab/ω_ab anywhere in the range
// of doubles; if their squares leave it, the sums are formed again from elements divided by the largest. A
// coupled pair with ω = 0 gives ∞.

import { isSafeSum } from '../kernel/norm2';

/**
 * Splits `count` vectors of dg 2^bits doubles (index a 2^bits + s) by the grain spin: even and odd are those halves, one after
 * another. Pairs of doubles are vectors of one bit more.
 */
export function splitByGrainSpin(dg: i32, bits: i32, count: i32, z: usize, even: usize, odd: usize): void {
  const run = (<usize>8) << bits;
  for (let k = 0; k < count; ++k) {
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
      const q = mixing(load<f64>(v + at), load<f64>(energies + at) - eb);
      const q2 = q * q;
      column += q2;
      store<f64>(norms + at, load<f64>(norms + at) + q2);
    }
    const norm = isSafeSum(column) ? Math.sqrt(column) : careful(r, v, 8, energies, 0, eb);
    store<f64>(down + ((<usize>b) << 3), norm);
    v += (<usize>r) << 3;
  }
  v -= (<usize>r * <usize>r) << 3;
  for (let a = 0; a < r; ++a) {
    const at = (<usize>a) << 3;
    const sum = load<f64>(norms + at);
    // The denominators of a row, with the signs of both terms reversed: E_b − (E_a + splitting).
    const own = load<f64>(energies + at);
    const norm = isSafeSum(sum)
      ? Math.sqrt(sum)
      : careful(r, v + at, (<usize>r) << 3, energies, splitting, own);
    store<f64>(norms + at, norm);
  }
}

/** An uncoupled pair does not mix, at any denominator. */
@inline
function mixing(element: f64, denominator: f64): f64 {
  return element == 0 ? 0 : element / denominator;
}

/**
 * √Σ q_i² with q_i = V_i/(E_i − shift − other), V_i at v + i step: formed from quotients divided by the largest |q_i|.
 */
function careful(r: i32, v: usize, step: usize, energies: usize, shift: f64, other: f64): f64 {
  let top: f64 = 0;
  let sum: f64 = 0;
  for (let pass = 0; pass < 2; ++pass) {
    for (let i = 0; i < r; ++i) {
      const denominator = load<f64>(energies + ((<usize>i) << 3)) - shift - other;
      const q = abs(mixing(load<f64>(v + <usize>i * step), denominator));
      if (pass == 0) top = max(top, q);
      else sum += (q / top) * (q / top);
    }
    if (top == 0 || !(top < Infinity)) return top;
  }
  return top * Math.sqrt(sum);
}

/**
 * Over the shell |ω_ab| < width/2, pairs with first ≤ a < last: out[0] = Σ |V_ab|, out[1] = √[V_ab²], out[2] = number of
 * pairs. Then ρ[|V_ab|] = out[0] / (width (last − first)), [|V_ab|] = out[0] / out[2].
 */
export function shellCoupling(
  r: i32,
  energies: usize,
  splitting: f64,
  v: usize,
  first: i32,
  last: i32,
  width: f64,
  out: usize,
): void {
  let total: f64 = 0;
  let squares: f64 = 0;
  let pairs: f64 = 0;
  // If squares leave the range, a second pass divides the elements by their mean.
  let unit: f64 = 1;
  for (let pass = 0; pass < 2; ++pass) {
    squares = 0;
    for (let b = 0; b < r; ++b) {
      const eb = load<f64>(energies + ((<usize>b) << 3)) - splitting;
      const column = v + ((<usize>b * <usize>r) << 3);
      for (let a = first; a < last; ++a) {
        const at = (<usize>a) << 3;
        if (Math.abs(load<f64>(energies + at) - eb) < 0.5 * width) {
          const element = load<f64>(column + at);
          const share = element / unit;
          squares += share * share;
          if (pass > 0) continue;
          total += Math.abs(element);
          ++pairs;
        }
      }
    }
    if (isSafeSum(squares) || total == 0) break;
    unit = total / pairs;
  }
  store<f64>(out, total);
  store<f64>(out, unit * Math.sqrt(squares / pairs), 8);
  store<f64>(out, pairs, 16);
}
