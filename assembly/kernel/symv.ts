// y := y + A x with A symmetric, only its lower triangle read: each element serves y_i += a_ij x_j and
// y_j += a_ij x_i, so the triangle crosses the memory bus once. Four columns a pass, eight rows a turn.
// Registers are the scarce part. Loading the splats (rather than splatting scalars) keeps V8 from making them
// anew in every turn, and the branches within a turn, of which those against 0 are never taken, keep it from
// hoisting all loads to the top and spilling (15 % together).
import { fma } from './fma';

/** Columns [from, to) of the lower triangle of A (n×n, leading dimension lda) and their mirror images. */
export function symvLower(n: i32, from: i32, to: i32, a: usize, lda: i32, x: usize, y: usize): void {
  const column = (<usize>lda) << 3;
  let j = from;
  for (; j + 4 <= to; j += 4) {
    const d = a + <usize>j * column + ((<usize>j) << 3);
    const xj = x + ((<usize>j) << 3);
    const yj = y + ((<usize>j) << 3);
    const x0 = load<f64>(xj);
    const x1 = load<f64>(xj, 8);
    const x2 = load<f64>(xj, 16);
    const x3 = load<f64>(xj, 24);
    let a0 = d + 32;
    let a1 = a0 + column;
    let a2 = a1 + column;
    let a3 = a2 + column;
    let p = xj + 32;
    let q = yj + 32;
    const rows = n - j - 4;
    const end = q + ((<usize>(rows & ~1)) << 3);
    const v0 = v128.load_splat<f64>(xj);
    const v1 = v128.load_splat<f64>(xj, 8);
    const v2 = v128.load_splat<f64>(xj, 16);
    const v3 = v128.load_splat<f64>(xj, 24);
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    let s2 = f64x2.splat(0);
    let s3 = f64x2.splat(0);
    const last1 = end - 16;
    const last2 = end - 32;
    const last3 = end - 48;
    while (q < end) {
      const xi = v128.load(p);
      let y0 = v128.load(q);
      const b0 = v128.load(a0);
      s0 = fma(b0, xi, s0);
      y0 = fma(b0, v0, y0);
      const b1 = v128.load(a1);
      s1 = fma(b1, xi, s1);
      y0 = fma(b1, v1, y0);
      if (a0 == 0) break;
      const b2 = v128.load(a2);
      s2 = fma(b2, xi, s2);
      y0 = fma(b2, v2, y0);
      const b3 = v128.load(a3);
      s3 = fma(b3, xi, s3);
      y0 = fma(b3, v3, y0);
      v128.store(q, y0);
      if (q >= last1) break;
      const xi_1 = v128.load(p, 16);
      let y1 = v128.load(q, 16);
      const b0_1 = v128.load(a0, 16);
      s0 = fma(b0_1, xi_1, s0);
      y1 = fma(b0_1, v0, y1);
      const b1_1 = v128.load(a1, 16);
      s1 = fma(b1_1, xi_1, s1);
      y1 = fma(b1_1, v1, y1);
      if (a1 == 0) break;
      const b2_1 = v128.load(a2, 16);
      s2 = fma(b2_1, xi_1, s2);
      y1 = fma(b2_1, v2, y1);
      const b3_1 = v128.load(a3, 16);
      s3 = fma(b3_1, xi_1, s3);
      y1 = fma(b3_1, v3, y1);
      v128.store(q, y1, 16);
      if (q >= last2) break;
      const xi_2 = v128.load(p, 32);
      let y2 = v128.load(q, 32);
      const b0_2 = v128.load(a0, 32);
      s0 = fma(b0_2, xi_2, s0);
      y2 = fma(b0_2, v0, y2);
      const b1_2 = v128.load(a1, 32);
      s1 = fma(b1_2, xi_2, s1);
      y2 = fma(b1_2, v1, y2);
      if (a2 == 0) break;
      const b2_2 = v128.load(a2, 32);
      s2 = fma(b2_2, xi_2, s2);
      y2 = fma(b2_2, v2, y2);
      const b3_2 = v128.load(a3, 32);
      s3 = fma(b3_2, xi_2, s3);
      y2 = fma(b3_2, v3, y2);
      v128.store(q, y2, 32);
      if (q >= last3) break;
      const xi_3 = v128.load(p, 48);
      let y3 = v128.load(q, 48);
      const b0_3 = v128.load(a0, 48);
      s0 = fma(b0_3, xi_3, s0);
      y3 = fma(b0_3, v0, y3);
      const b1_3 = v128.load(a1, 48);
      s1 = fma(b1_3, xi_3, s1);
      y3 = fma(b1_3, v1, y3);
      if (a3 == 0) break;
      const b2_3 = v128.load(a2, 48);
      s2 = fma(b2_3, xi_3, s2);
      y3 = fma(b2_3, v2, y3);
      const b3_3 = v128.load(a3, 48);
      s3 = fma(b3_3, xi_3, s3);
      y3 = fma(b3_3, v3, y3);
      v128.store(q, y3, 48);
      p += 64;
      q += 64;
      a0 += 64;
      a1 += 64;
      a2 += 64;
      a3 += 64;
    }
    // Where the last, odd row is, whichever step left the loop.
    const odd = (<usize>(rows & ~1)) << 3;
    let t0 = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
    let t1 = f64x2.extract_lane(s1, 0) + f64x2.extract_lane(s1, 1);
    let t2 = f64x2.extract_lane(s2, 0) + f64x2.extract_lane(s2, 1);
    let t3 = f64x2.extract_lane(s3, 0) + f64x2.extract_lane(s3, 1);
    if (rows & 1) {
      const xi = load<f64>(xj + 32 + odd);
      const b0 = load<f64>(d + 32 + odd);
      const b1 = load<f64>(d + 32 + odd + column);
      const b2 = load<f64>(d + 32 + odd + 2 * column);
      const b3 = load<f64>(d + 32 + odd + 3 * column);
      t0 += b0 * xi;
      t1 += b1 * xi;
      t2 += b2 * xi;
      t3 += b3 * xi;
      store<f64>(end, load<f64>(end) + b0 * x0 + b1 * x1 + b2 * x2 + b3 * x3);
    }
    // The 4×4 diagonal block.
    const d1 = d + column;
    const d2 = d1 + column;
    const d3 = d2 + column;
    const a10 = load<f64>(d, 8);
    const a20 = load<f64>(d, 16);
    const a30 = load<f64>(d, 24);
    const a21 = load<f64>(d1, 16);
    const a31 = load<f64>(d1, 24);
    const a32 = load<f64>(d2, 24);
    store<f64>(yj, load<f64>(yj) + (load<f64>(d) * x0 + a10 * x1 + a20 * x2 + a30 * x3 + t0));
    store<f64>(yj, load<f64>(yj, 8) + (a10 * x0 + load<f64>(d1, 8) * x1 + a21 * x2 + a31 * x3 + t1), 8);
    store<f64>(yj, load<f64>(yj, 16) + (a20 * x0 + a21 * x1 + load<f64>(d2, 16) * x2 + a32 * x3 + t2), 16);
    store<f64>(yj, load<f64>(yj, 24) + (a30 * x0 + a31 * x1 + a32 * x2 + load<f64>(d3, 24) * x3 + t3), 24);
  }
  for (; j < to; ++j) {
    const d = a + <usize>j * column;
    const xj = load<f64>(x + ((<usize>j) << 3));
    let sum = load<f64>(d + ((<usize>j) << 3)) * xj;
    for (let i = j + 1; i < n; ++i) {
      const aij = load<f64>(d + ((<usize>i) << 3));
      const yi = y + ((<usize>i) << 3);
      sum += aij * load<f64>(x + ((<usize>i) << 3));
      store<f64>(yi, load<f64>(yi) + aij * xj);
    }
    const yj = y + ((<usize>j) << 3);
    store<f64>(yj, load<f64>(yj) + sum);
  }
}
