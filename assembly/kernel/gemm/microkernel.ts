// C_tile := A_panel B_panel + beta C_tile on a 4×4 tile: the innermost loop of gemm without fused multiply-add.
// Eight accumulators, two rows each, are what the 16 vector registers of x86-64 hold besides the products (measured:
// ten are no faster, twelve spill). The four steps of the loop over k are separated by branches: without
// them Binaryen joins the steps into dependent chains and V8 hoists all their loads and spills; with them one
// stack check and one pair of pointer updates serve four steps (12 % over the rolled loop).
import { fma } from '../fma';

/** C := acc + beta C on two pairs of rows; beta = 0 does not read C. */
@inline
export function storePair(c: usize, acc0: v128, acc1: v128, beta: f64): void {
  if (beta == 0) {
    v128.store(c, acc0);
    v128.store(c, acc1, 16);
  } else if (beta == 1) {
    v128.store(c, f64x2.add(v128.load(c), acc0));
    v128.store(c, f64x2.add(v128.load(c, 16), acc1), 16);
  } else {
    const s = f64x2.splat(beta);
    v128.store(c, f64x2.add(f64x2.mul(s, v128.load(c)), acc0));
    v128.store(c, f64x2.add(f64x2.mul(s, v128.load(c, 16)), acc1), 16);
  }
}

/**
 * `a`: k steps of 4 rows (32 bytes a step); `b`: k steps of 4 columns, every element stored twice (64 bytes
 * a step), which saves the splat; `c`: the tile's first element, `ldcBytes` from column to column.
 * beta = 0 does not read C.
 */
export function tile4x4(k: i32, a: usize, b: usize, beta: f64, c: usize, ldcBytes: usize): void {
  let c00 = f64x2.splat(0);
  let c10 = f64x2.splat(0);
  let c01 = f64x2.splat(0);
  let c11 = f64x2.splat(0);
  let c02 = f64x2.splat(0);
  let c12 = f64x2.splat(0);
  let c03 = f64x2.splat(0);
  let c13 = f64x2.splat(0);
  const end = a + ((<usize>k) << 5);
  const last1 = end - 32;
  const last2 = end - 64;
  const last3 = end - 96;
  while (a < end) {
    const a0 = v128.load(a);
    const a1 = v128.load(a, 16);
    const b0 = v128.load(b);
    c00 = fma(a0, b0, c00);
    c10 = fma(a1, b0, c10);
    const b1 = v128.load(b, 16);
    c01 = fma(a0, b1, c01);
    c11 = fma(a1, b1, c11);
    const b2 = v128.load(b, 32);
    c02 = fma(a0, b2, c02);
    c12 = fma(a1, b2, c12);
    const b3 = v128.load(b, 48);
    c03 = fma(a0, b3, c03);
    c13 = fma(a1, b3, c13);
    if (a >= last1) break;
    const a0_1 = v128.load(a, 32);
    const a1_1 = v128.load(a, 48);
    const b0_1 = v128.load(b, 64);
    c00 = fma(a0_1, b0_1, c00);
    c10 = fma(a1_1, b0_1, c10);
    const b1_1 = v128.load(b, 80);
    c01 = fma(a0_1, b1_1, c01);
    c11 = fma(a1_1, b1_1, c11);
    const b2_1 = v128.load(b, 96);
    c02 = fma(a0_1, b2_1, c02);
    c12 = fma(a1_1, b2_1, c12);
    const b3_1 = v128.load(b, 112);
    c03 = fma(a0_1, b3_1, c03);
    c13 = fma(a1_1, b3_1, c13);
    if (a >= last2) break;
    const a0_2 = v128.load(a, 64);
    const a1_2 = v128.load(a, 80);
    const b0_2 = v128.load(b, 128);
    c00 = fma(a0_2, b0_2, c00);
    c10 = fma(a1_2, b0_2, c10);
    const b1_2 = v128.load(b, 144);
    c01 = fma(a0_2, b1_2, c01);
    c11 = fma(a1_2, b1_2, c11);
    const b2_2 = v128.load(b, 160);
    c02 = fma(a0_2, b2_2, c02);
    c12 = fma(a1_2, b2_2, c12);
    const b3_2 = v128.load(b, 176);
    c03 = fma(a0_2, b3_2, c03);
    c13 = fma(a1_2, b3_2, c13);
    if (a >= last3) break;
    const a0_3 = v128.load(a, 96);
    const a1_3 = v128.load(a, 112);
    const b0_3 = v128.load(b, 192);
    c00 = fma(a0_3, b0_3, c00);
    c10 = fma(a1_3, b0_3, c10);
    const b1_3 = v128.load(b, 208);
    c01 = fma(a0_3, b1_3, c01);
    c11 = fma(a1_3, b1_3, c11);
    const b2_3 = v128.load(b, 224);
    c02 = fma(a0_3, b2_3, c02);
    c12 = fma(a1_3, b2_3, c12);
    const b3_3 = v128.load(b, 240);
    c03 = fma(a0_3, b3_3, c03);
    c13 = fma(a1_3, b3_3, c13);
    a += 128;
    b += 256;
  }
  storePair(c, c00, c10, beta);
  c += ldcBytes;
  storePair(c, c01, c11, beta);
  c += ldcBytes;
  storePair(c, c02, c12, beta);
  c += ldcBytes;
  storePair(c, c03, c13, beta);
}
