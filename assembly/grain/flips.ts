// The flip-flop terms Σ J_n (σ_g^x σ_n^x + σ_g^y σ_n^y) of apply.ts on a run of RUN = 16 doubles. The run stays in eight registers
// while all l-bits act on it: first those whose flips join two elements of the run, then those whose flips join two runs. A run is
// raised by the l-bits that are set in its place, and lowered by the others. Raising and lowering look alike, but read and write
// different registers. Their loops over far runs are the same, and stay twice: a function cannot be handed eight local
// variables to change, so that one loop for both stores the run and loads it again. With it products take 1.5 % longer (AMD EPYC, Zen 4,
// Node 20; 8 grain states with 12 l-bits, 64 with 8), and this file is no shorter. No range beyond the doubles'.
import { fma } from '../fma';

/**
 * W(even a, b_n = 1) += 2 J_n X(odd a, b_n = 0) for every n, on the tile that starts at element c of the row; the next tile of the row
 * is `tile` bytes on.
 */
@inline
export function raiseTile(lgp: i32, c: i32, tile: usize, flip: usize, x: usize, w: usize): void {
  let e0 = v128.load(w),
    e1 = v128.load(w, 16),
    e2 = v128.load(w, 32),
    e3 = v128.load(w, 48);
  let e4 = v128.load(w, 64),
    e5 = v128.load(w, 80),
    e6 = v128.load(w, 96),
    e7 = v128.load(w, 112);
  if (lgp == 0) {
    const j = f64x2.replace_lane(v128.load64_splat(flip), 0, 0);
    e0 = fma(j, v128.load64_splat(x), e0);
    e1 = fma(j, v128.load64_splat(x, 16), e1);
    e2 = fma(j, v128.load64_splat(x, 32), e2);
    e3 = fma(j, v128.load64_splat(x, 48), e3);
    e4 = fma(j, v128.load64_splat(x, 64), e4);
    e5 = fma(j, v128.load64_splat(x, 80), e5);
    e6 = fma(j, v128.load64_splat(x, 96), e6);
    e7 = fma(j, v128.load64_splat(x, 112), e7);
  }
  if (lgp <= 1) {
    const j = v128.load64_splat(flip + ((1 - lgp) << 3));
    e1 = fma(j, v128.load(x), e1);
    e3 = fma(j, v128.load(x, 32), e3);
    e5 = fma(j, v128.load(x, 64), e5);
    e7 = fma(j, v128.load(x, 96), e7);
  }
  if (lgp <= 2) {
    const j = v128.load64_splat(flip + ((2 - lgp) << 3));
    e2 = fma(j, v128.load(x), e2);
    e3 = fma(j, v128.load(x, 16), e3);
    e6 = fma(j, v128.load(x, 64), e6);
    e7 = fma(j, v128.load(x, 80), e7);
  }
  if (lgp <= 3) {
    const j = v128.load64_splat(flip + ((3 - lgp) << 3));
    e4 = fma(j, v128.load(x), e4);
    e5 = fma(j, v128.load(x, 16), e5);
    e6 = fma(j, v128.load(x, 32), e6);
    e7 = fma(j, v128.load(x, 48), e7);
  }
  // Of the bits of an element's place the lowest are those within a run, or of the number of the vector where these are more.
  const low = max(4, lgp);
  const high = flip + ((low - lgp) << 3);
  const far = tile << (low - 4);
  for (let left = c >>> low; left != 0; left &= left - 1) {
    const n = <usize>ctz(left);
    const j = v128.load64_splat(high + (n << 3));
    const o = x - (far << n);
    e0 = fma(j, v128.load(o), e0);
    e1 = fma(j, v128.load(o, 16), e1);
    e2 = fma(j, v128.load(o, 32), e2);
    e3 = fma(j, v128.load(o, 48), e3);
    e4 = fma(j, v128.load(o, 64), e4);
    e5 = fma(j, v128.load(o, 80), e5);
    e6 = fma(j, v128.load(o, 96), e6);
    e7 = fma(j, v128.load(o, 112), e7);
  }
  v128.store(w, e0);
  v128.store(w, e1, 16);
  v128.store(w, e2, 32);
  v128.store(w, e3, 48);
  v128.store(w, e4, 64);
  v128.store(w, e5, 80);
  v128.store(w, e6, 96);
  v128.store(w, e7, 112);
}

/**
 * W(odd a, b_n = 0) += 2 J_n X(even a, b_n = 1) for every n, on the tile that starts at element c of the row; the next tile of the row
 * is `tile` bytes on.
 */
@inline
export function lowerTile(bits: i32, lgp: i32, c: i32, tile: usize, flip: usize, x: usize, w: usize): void {
  let e0 = v128.load(w),
    e1 = v128.load(w, 16),
    e2 = v128.load(w, 32),
    e3 = v128.load(w, 48);
  let e4 = v128.load(w, 64),
    e5 = v128.load(w, 80),
    e6 = v128.load(w, 96),
    e7 = v128.load(w, 112);
  if (lgp == 0) {
    const j = f64x2.replace_lane(v128.load64_splat(flip), 1, 0);
    e0 = fma(j, v128.load64_splat(x, 8), e0);
    e1 = fma(j, v128.load64_splat(x, 24), e1);
    e2 = fma(j, v128.load64_splat(x, 40), e2);
    e3 = fma(j, v128.load64_splat(x, 56), e3);
    e4 = fma(j, v128.load64_splat(x, 72), e4);
    e5 = fma(j, v128.load64_splat(x, 88), e5);
    e6 = fma(j, v128.load64_splat(x, 104), e6);
    e7 = fma(j, v128.load64_splat(x, 120), e7);
  }
  if (lgp <= 1) {
    const j = v128.load64_splat(flip + ((1 - lgp) << 3));
    e0 = fma(j, v128.load(x, 16), e0);
    e2 = fma(j, v128.load(x, 48), e2);
    e4 = fma(j, v128.load(x, 80), e4);
    e6 = fma(j, v128.load(x, 112), e6);
  }
  if (lgp <= 2) {
    const j = v128.load64_splat(flip + ((2 - lgp) << 3));
    e0 = fma(j, v128.load(x, 32), e0);
    e1 = fma(j, v128.load(x, 48), e1);
    e4 = fma(j, v128.load(x, 96), e4);
    e5 = fma(j, v128.load(x, 112), e5);
  }
  if (lgp <= 3) {
    const j = v128.load64_splat(flip + ((3 - lgp) << 3));
    e0 = fma(j, v128.load(x, 64), e0);
    e1 = fma(j, v128.load(x, 80), e1);
    e2 = fma(j, v128.load(x, 96), e2);
    e3 = fma(j, v128.load(x, 112), e3);
  }
  // Of the bits of an element's place the lowest are those within a run, or of the number of the vector where these are more.
  const low = max(4, lgp);
  const high = flip + ((low - lgp) << 3);
  const far = tile << (low - 4);
  for (let left = ~(c >>> low) & ((1 << (bits + lgp - low)) - 1); left != 0; left &= left - 1) {
    const n = <usize>ctz(left);
    const j = v128.load64_splat(high + (n << 3));
    const o = x + (far << n);
    e0 = fma(j, v128.load(o), e0);
    e1 = fma(j, v128.load(o, 16), e1);
    e2 = fma(j, v128.load(o, 32), e2);
    e3 = fma(j, v128.load(o, 48), e3);
    e4 = fma(j, v128.load(o, 64), e4);
    e5 = fma(j, v128.load(o, 80), e5);
    e6 = fma(j, v128.load(o, 96), e6);
    e7 = fma(j, v128.load(o, 112), e7);
  }
  v128.store(w, e0);
  v128.store(w, e1, 16);
  v128.store(w, e2, 32);
  v128.store(w, e3, 48);
  v128.store(w, e4, 64);
  v128.store(w, e5, 80);
  v128.store(w, e6, 96);
  v128.store(w, e7, 112);
}
