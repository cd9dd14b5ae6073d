// y := y + alpha A x and y := Aᵀ x on column-major A, four columns a pass.

import { fma } from '../fma';
import { laneSum } from '../numeric/lanes';
import { axpy, dot } from './vectors';

/** y (m) := y + alpha A x with A m×n, leading dimension lda. */
export function gemv(m: i32, n: i32, alpha: f64, a: usize, lda: i32, x: usize, y: usize): void {
  const column = (<usize>lda) << 3;
  const pairs = y + ((<usize>(m & ~1)) << 3);
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    const s0 = alpha * load<f64>(x);
    const s1 = alpha * load<f64>(x, 8);
    const s2 = alpha * load<f64>(x, 16);
    const s3 = alpha * load<f64>(x, 24);
    const x0 = f64x2.splat(s0);
    const x1 = f64x2.splat(s1);
    const x2 = f64x2.splat(s2);
    const x3 = f64x2.splat(s3);
    let a0 = a;
    let a1 = a0 + column;
    let a2 = a1 + column;
    let a3 = a2 + column;
    let q = y;
    for (; q < pairs; q += 16) {
      const left = fma(v128.load(a1), x1, fma(v128.load(a0), x0, v128.load(q)));
      v128.store(q, fma(v128.load(a3), x3, fma(v128.load(a2), x2, left)));
      a0 += 16;
      a1 += 16;
      a2 += 16;
      a3 += 16;
    }
    if (m & 1) {
      const sum = load<f64>(q) + s0 * load<f64>(a0) + s1 * load<f64>(a1) + s2 * load<f64>(a2);
      store<f64>(q, sum + s3 * load<f64>(a3));
    }
    a += 4 * column;
    x += 32;
  }
  for (; j < n; ++j) {
    axpy(m, alpha * load<f64>(x), a, y);
    a += column;
    x += 8;
  }
}

/** y (n) := Aᵀ x with A m×n, leading dimension lda. */
export function gemvT(m: i32, n: i32, a: usize, lda: i32, x: usize, y: usize): void {
  const column = (<usize>lda) << 3;
  const pairs = x + ((<usize>(m & ~1)) << 3);
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    let s2 = f64x2.splat(0);
    let s3 = f64x2.splat(0);
    let a0 = a;
    let a1 = a0 + column;
    let a2 = a1 + column;
    let a3 = a2 + column;
    let p = x;
    for (; p < pairs; p += 16) {
      const v = v128.load(p);
      s0 = fma(v128.load(a0), v, s0);
      s1 = fma(v128.load(a1), v, s1);
      s2 = fma(v128.load(a2), v, s2);
      s3 = fma(v128.load(a3), v, s3);
      a0 += 16;
      a1 += 16;
      a2 += 16;
      a3 += 16;
    }
    let t0 = laneSum(s0);
    let t1 = laneSum(s1);
    let t2 = laneSum(s2);
    let t3 = laneSum(s3);
    if (m & 1) {
      const v = load<f64>(p);
      t0 += load<f64>(a0) * v;
      t1 += load<f64>(a1) * v;
      t2 += load<f64>(a2) * v;
      t3 += load<f64>(a3) * v;
    }
    store<f64>(y, t0);
    store<f64>(y, t1, 8);
    store<f64>(y, t2, 16);
    store<f64>(y, t3, 24);
    a += 4 * column;
    y += 32;
  }
  for (; j < n; ++j) {
    store<f64>(y, dot(m, a, x));
    a += column;
    y += 8;
  }
}
