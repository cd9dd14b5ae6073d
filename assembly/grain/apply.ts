// W ← H X + beta W + gamma Y for the central-grain Hamiltonian
//     H = H_g + Σ h_n σ_n^z + Σ J_n (σ_g^x σ_n^x + σ_g^y σ_n^y)                        [CC22] (1), (2)
// without storing H: O(D (d_g + N)) operations a vector.
//
// Basis index i = a 2^N + s, s = Σ b_n 2^n; bit 0 of a is the grain spin that couples. A block of p = 2^lgp vectors
// is stored with the vector index fastest: element (a, s, j) at a ld + s p + j, so that one row a is a run of m = 2^N
// p doubles and l-bit n joins elements 2^n p apart. Rows may be padded (ld > m), because rows a power of two apart
// would share cache sets. The other layout is in tiles: element (a, c) of a row of RUN doubles or more lies at (c /
// RUN) RUN d_g + a RUN + c mod RUN, so that the elements in use at one time are contiguous. Every element is computed by the
// same operations in the same order for any p and in either layout, so that a vector's bits do not depend on its block.
// No range beyond the doubles'.
import { fused } from '../fma';
import { grainRows, grainTiled } from '../generated/grain';
import { LOG_RUN, RUN } from './tuning';

/** Value of `ld` for vectors in tiles. */
export const TILED: i32 = 0;

/** Σ_n h_n σ_n^z on each of the 2^bits configurations: out[s] = shift + scale Σ_n ±h_n, + for b_n = 0. */
export function grainDiagonal(bits: i32, fields: usize, scale: f64, shift: f64, out: usize): void {
  const count = 1 << bits;
  for (let s = 0; s < count; ++s) {
    let sum: f64 = 0;
    for (let n = 0; n < bits; ++n) {
      const h = load<f64>(fields + ((<usize>n) << 3));
      sum += (s >> n) & 1 ? -h : h;
    }
    store<f64>(out + ((<usize>s) << 3), scale * sum + shift);
  }
}

/**
 * W ← H X + beta W + gamma Y. With beta = 0 W is not read, with gamma = 0 Y is not read. W must not overlap X.
 * @param dg    grain dimension, a power of two ≥ 2
 * @param bits  N, number of l-bits, ≥ 0
 * @param lgp   log2 of the number of vectors; 0 of vectors in tiles
 * @param pairs H_g in pairs of rows (grainPairs)
 * @param diag  field energy of each configuration, 2^N doubles (grainDiagonal)
 * @param flips flip-flop elements and distances (grainFlips), for this lgp and this layout
 * @param ld    doubles between rows a and a + 1 of X, W and Y, at least 2^N p; even; or TILED
 */
export function grainApply(
  dg: i32,
  bits: i32,
  lgp: i32,
  pairs: usize,
  diag: usize,
  flips: usize,
  x: usize,
  w: usize,
  y: usize,
  ld: i32,
  beta: f64,
  gamma: f64,
): void {
  if (1 << (bits + lgp) < RUN) applySmall(dg, bits, lgp, pairs, diag, flips, x, w, y, ld, beta, gamma);
  else if (ld == TILED) grainTiled(dg, bits, pairs, diag, flips, x, w, y, beta, gamma);
  else grainRows(dg, bits, lgp, pairs, diag, flips, x, w, y, ld, beta, gamma);
}

/**
 * H_g, column-major, as pairs of rows: for each pair a, a + 1 the two elements of every column
 * side by side, pair after pair.
 */
export function grainPairs(dg: i32, grain: usize, out: usize): void {
  for (let a = 0; a < dg; a += 2) {
    for (let b = 0; b < dg; ++b, out += 16) {
      v128.store(out, v128.load(grain + ((<usize>(a + b * dg)) << 3)));
    }
  }
}

/** Bytes of the table of grainFlips, a whole number of cache lines. */
export function grainFlipsBytes(bits: i32, lgp: i32): usize {
  return (((<usize>(bits + lgp)) << 4) + 63) & ~63;
}

/**
 * For every place of a bit in the number of an element, 16 bytes: the flip-flop element 2 J_n of the l-bit whose place it is, and how many
 * bytes apart the runs are that it joins. The lowest lgp places belong to no l-bit.
 * @param flip  flip-flop elements 2 J_n, N doubles
 * @param runs  how many runs lie from one run of a row to the next: 1, or of vectors in tiles d_g
 */
export function grainFlips(bits: i32, lgp: i32, flip: usize, runs: i32, out: usize): void {
  const tile = (<usize>(runs * RUN)) << 3;
  for (let place = 0; place < bits + lgp; ++place, out += 16) {
    store<f64>(out, place < lgp ? 0 : load<f64>(flip + ((<usize>(place - lgp)) << 3)));
    store<usize>(out, place < LOG_RUN ? 0 : tile << (place - LOG_RUN), 8);
  }
}

/** Rows shorter than a run: the same sums, element by element. */
function applySmall(
  dg: i32,
  bits: i32,
  lgp: i32,
  pairs: usize,
  diag: usize,
  flips: usize,
  x: usize,
  w: usize,
  y: usize,
  ld: i32,
  beta: f64,
  gamma: f64,
): void {
  const m = 1 << (bits + lgp);
  const row = (<usize>ld) << 3;
  for (let a = 0; a < dg; ++a) {
    const partner = <usize>(a ^ 1) * row;
    for (let c = 0; c < m; ++c) {
      const at = <usize>a * row + ((<usize>c) << 3);
      const s = c >> lgp;
      let sum: f64 = 0;
      for (let b = 0; b < dg; ++b) {
        const element = load<f64>(pairs + ((<usize>((a & ~1) * dg + 2 * b + (a & 1))) << 3));
        sum = fused(element, load<f64>(x + <usize>b * row + ((<usize>c) << 3)), sum);
      }
      sum = fused(load<f64>(diag + ((<usize>s) << 3)), load<f64>(x + at), sum);
      if (beta != 0) sum = fused(beta, load<f64>(w + at), sum);
      if (gamma != 0) sum = fused(gamma, load<f64>(y + at), sum);
      for (let n = 0; n < bits; ++n) {
        // The flip-flop acts only on (grain spin, l-bit) = (0, 1) and (1, 0).
        if (((s >> n) & 1) == (a & 1)) continue;
        const other = partner + ((<usize>(c ^ (1 << (n + lgp)))) << 3);
        sum = fused(load<f64>(flips + ((<usize>(n + lgp)) << 4)), load<f64>(x + other), sum);
      }
      store<f64>(w + at, sum);
    }
  }
}
