// W ← H X + beta W + gamma Y for the central-grain Hamiltonian
//     H = H_g + Σ h_n σ_n^z + Σ J_n (σ_g^x σ_n^x + σ_g^y σ_n^y)                        [CC22] (1), (2)
// without storing H: O(D (d_g + N)) operations a vector.
//
// Basis index i = a 2^N + s, s = Σ b_n 2^n; bit 0 of a is the grain spin that couples. A block of p = 2^lgp vectors
// is stored with the vector index fastest: element (a, s, j) at a ld + s p + j, so that one row a is a run of m = 2^N
// p doubles and l-bit n joins elements 2^n p apart. Rows may be padded (ld > m), because rows a power of two apart
// would share cache sets. The other layout is in tiles: element (a, c) of a row of RUN doubles or more lies at (c /
// RUN) RUN d_g + a RUN + c mod RUN, so that the elements in use at one time are contiguous; H_g then is in pairs of
// rows (grainPairs). Every element is computed by the same operations in the same order for any p, so that a vector's
// bits do not depend on its block.
import { fma, fused } from '../fma';
import { lowerTile, raiseTile } from './flips';
import { RUN, TILES_A_PAIR } from './tuning';

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
 * @param lgp   log2 of the number of vectors
 * @param grain H_g, dg × dg column-major, both triangles; in tiles that of grainPairs
 * @param diag  field energy of each configuration, 2^N doubles (grainDiagonal)
 * @param flip  flip-flop elements 2 J_n, N doubles
 * @param ld    doubles between rows a and a + 1 of X, W and Y, at least 2^N p; even; or TILED
 */
export function grainApply(
  dg: i32,
  bits: i32,
  lgp: i32,
  grain: usize,
  diag: usize,
  flip: usize,
  x: usize,
  w: usize,
  y: usize,
  ld: i32,
  beta: f64,
  gamma: f64,
): void {
  const m = 1 << (bits + lgp);
  const tiled = ld == TILED;
  const row = (<usize>(tiled ? RUN : ld)) << 3;
  if (m < RUN) {
    applySmall(dg, bits, lgp, grain, diag, flip, x, w, y, row, beta, gamma);
    return;
  }
  const tile = (<usize>(tiled ? dg * RUN : RUN)) << 3;
  const pair = tiled ? dg << 3 : 8;
  const column = tiled ? 16 : dg << 3;
  for (let c = 0; c < m; c += TILES_A_PAIR * RUN) {
    const end = min(c + TILES_A_PAIR * RUN, m);
    for (let a = 0; a < dg; a += 2) {
      const rows = grain + <usize>(a * pair);
      for (let t = c; t < end; t += RUN) {
        const offset = <usize>(t / RUN) * tile;
        const energy = diag + ((<usize>(t >> lgp)) << 3);
        grainTile(dg, lgp, a, rows, column, energy, x + offset, w + offset, y + offset, row, beta, gamma);
        const even = offset + <usize>a * row;
        raiseTile(lgp, t, tile, flip, x + even + row, w + even);
        lowerTile(bits, lgp, t, tile, flip, x + even, w + even + row);
      }
    }
  }
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

/**
 * Rows a, a + 1 of one tile: H_g and the fields, then the epilogue beta W + gamma Y. The elements of H_g for these rows
 * begin at `rows`, `column` bytes from column to column; the field energies of the tile begin at `diag`.
 */
@inline
function grainTile(
  dg: i32,
  lgp: i32,
  a: i32,
  rows: usize,
  column: usize,
  diag: usize,
  x: usize,
  w: usize,
  y: usize,
  row: usize,
  beta: f64,
  gamma: f64,
): void {
  for (let q: i32 = 0; q < RUN; q += 8) {
    const at = (<usize>q) << 3;
    let s0 = f64x2.splat(0),
      s1 = f64x2.splat(0),
      s2 = f64x2.splat(0),
      s3 = f64x2.splat(0);
    let t0 = f64x2.splat(0),
      t1 = f64x2.splat(0),
      t2 = f64x2.splat(0),
      t3 = f64x2.splat(0);
    let g = rows;
    let px = x + at;
    for (let b = 0; b < dg; ++b) {
      const x0 = v128.load(px),
        x1 = v128.load(px, 16),
        x2 = v128.load(px, 32),
        x3 = v128.load(px, 48);
      const ga = v128.load64_splat(g),
        gb = v128.load64_splat(g, 8);
      s0 = fma(ga, x0, s0);
      s1 = fma(ga, x1, s1);
      s2 = fma(ga, x2, s2);
      s3 = fma(ga, x3, s3);
      t0 = fma(gb, x0, t0);
      t1 = fma(gb, x1, t1);
      t2 = fma(gb, x2, t2);
      t3 = fma(gb, x3, t3);
      g += column;
      px += row;
    }
    const ra = <usize>a * row + at;
    const rb = ra + row;
    const d0 = energies(diag, lgp, q),
      d1 = energies(diag, lgp, q + 2);
    const d2 = energies(diag, lgp, q + 4),
      d3 = energies(diag, lgp, q + 6);
    const xa = x + ra;
    const xb = x + rb;
    s0 = fma(d0, v128.load(xa), s0);
    s1 = fma(d1, v128.load(xa, 16), s1);
    s2 = fma(d2, v128.load(xa, 32), s2);
    s3 = fma(d3, v128.load(xa, 48), s3);
    t0 = fma(d0, v128.load(xb), t0);
    t1 = fma(d1, v128.load(xb, 16), t1);
    t2 = fma(d2, v128.load(xb, 32), t2);
    t3 = fma(d3, v128.load(xb, 48), t3);
    finish(w + ra, y + ra, beta, gamma, s0, s1, s2, s3);
    finish(w + rb, y + rb, beta, gamma, t0, t1, t2, t3);
  }
}

/**
 * Field energies of the elements c, c + 1 (c even) of a row whose energies begin at `diag`; the
 * elements before are whole tiles.
 */
@inline
function energies(diag: usize, lgp: i32, c: i32): v128 {
  return lgp == 0
    ? v128.load(diag + ((<usize>c) << 3))
    : v128.load64_splat(diag + ((<usize>(c >> lgp)) << 3));
}

/** w[0..8) ← r + beta w + gamma y. */
@inline
function finish(w: usize, y: usize, beta: f64, gamma: f64, r0: v128, r1: v128, r2: v128, r3: v128): void {
  if (beta != 0) {
    const b = f64x2.splat(beta);
    r0 = fma(b, v128.load(w), r0);
    r1 = fma(b, v128.load(w, 16), r1);
    r2 = fma(b, v128.load(w, 32), r2);
    r3 = fma(b, v128.load(w, 48), r3);
  }
  if (gamma != 0) {
    const g = f64x2.splat(gamma);
    r0 = fma(g, v128.load(y), r0);
    r1 = fma(g, v128.load(y, 16), r1);
    r2 = fma(g, v128.load(y, 32), r2);
    r3 = fma(g, v128.load(y, 48), r3);
  }
  v128.store(w, r0);
  v128.store(w, r1, 16);
  v128.store(w, r2, 32);
  v128.store(w, r3, 48);
}

/** Rows shorter than a tile: the same sums, element by element. */
function applySmall(
  dg: i32,
  bits: i32,
  lgp: i32,
  grain: usize,
  diag: usize,
  flip: usize,
  x: usize,
  w: usize,
  y: usize,
  row: usize,
  beta: f64,
  gamma: f64,
): void {
  const m = 1 << (bits + lgp);
  for (let a = 0; a < dg; ++a) {
    const partner = <usize>(a ^ 1) * row;
    for (let c = 0; c < m; ++c) {
      const at = <usize>a * row + ((<usize>c) << 3);
      const s = c >> lgp;
      let sum: f64 = 0;
      for (let b = 0; b < dg; ++b) {
        const element = load<f64>(grain + ((<usize>(a + b * dg)) << 3));
        sum = fused(element, load<f64>(x + <usize>b * row + ((<usize>c) << 3)), sum);
      }
      sum = fused(load<f64>(diag + ((<usize>s) << 3)), load<f64>(x + at), sum);
      if (beta != 0) sum = fused(beta, load<f64>(w + at), sum);
      if (gamma != 0) sum = fused(gamma, load<f64>(y + at), sum);
      for (let n = 0; n < bits; ++n) {
        // The flip-flop acts only on (grain spin, l-bit) = (0, 1) and (1, 0).
        if (((s >> n) & 1) == (a & 1)) continue;
        const other = partner + ((<usize>(c ^ (1 << (n + lgp)))) << 3);
        sum = fused(load<f64>(flip + ((<usize>n) << 3)), load<f64>(x + other), sum);
      }
      store<f64>(w + at, sum);
    }
  }
}
