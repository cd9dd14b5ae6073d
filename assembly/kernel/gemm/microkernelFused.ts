// C_tile := A_panel B_panel + beta C_tile on a 4×6 tile: the innermost loop of gemm with fused multiply-add.
// A fused operation takes four cycles and two begin in each, so eight accumulators (4×4) leave no slack; twelve, two
// rows of A and one element of B are the fifteen vector registers that V8 gives out on x86-64. It puts all loads of a
// basic block first, so that every element of B needs a block of its own or twelve accumulators spill: hence the
// branches against small addresses, which are never taken and cost one operation each (measured: 28.6 Gflop/s, 26.4
// with 4×4, 13.5 where it spills). See microkernel.ts for the four steps.
import { fma } from '../fma';
import { storePair } from './microkernel';

/**
 * `a`: k steps of 4 rows (32 bytes a step); `b`: k steps of 6 columns, every element stored twice (96 bytes a step);
 * `c`: the tile's first element, `ldcBytes` from column to column. beta = 0 does not read C.
 */
export function tile4x6(k: i32, a: usize, b: usize, beta: f64, c: usize, ldcBytes: usize): void {
  let c00 = f64x2.splat(0);
  let c10 = f64x2.splat(0);
  let c01 = f64x2.splat(0);
  let c11 = f64x2.splat(0);
  let c02 = f64x2.splat(0);
  let c12 = f64x2.splat(0);
  let c03 = f64x2.splat(0);
  let c13 = f64x2.splat(0);
  let c04 = f64x2.splat(0);
  let c14 = f64x2.splat(0);
  let c05 = f64x2.splat(0);
  let c15 = f64x2.splat(0);
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
    if (a == 1) break;
    const b1 = v128.load(b, 16);
    c01 = fma(a0, b1, c01);
    c11 = fma(a1, b1, c11);
    if (a == 2) break;
    const b2 = v128.load(b, 32);
    c02 = fma(a0, b2, c02);
    c12 = fma(a1, b2, c12);
    if (a == 3) break;
    const b3 = v128.load(b, 48);
    c03 = fma(a0, b3, c03);
    c13 = fma(a1, b3, c13);
    if (a == 4) break;
    const b4 = v128.load(b, 64);
    c04 = fma(a0, b4, c04);
    c14 = fma(a1, b4, c14);
    if (a == 5) break;
    const b5 = v128.load(b, 80);
    c05 = fma(a0, b5, c05);
    c15 = fma(a1, b5, c15);
    if (a >= last1) break;
    const a0_1 = v128.load(a, 32);
    const a1_1 = v128.load(a, 48);
    const b0_1 = v128.load(b, 96);
    c00 = fma(a0_1, b0_1, c00);
    c10 = fma(a1_1, b0_1, c10);
    if (a == 6) break;
    const b1_1 = v128.load(b, 112);
    c01 = fma(a0_1, b1_1, c01);
    c11 = fma(a1_1, b1_1, c11);
    if (a == 7) break;
    const b2_1 = v128.load(b, 128);
    c02 = fma(a0_1, b2_1, c02);
    c12 = fma(a1_1, b2_1, c12);
    if (a == 8) break;
    const b3_1 = v128.load(b, 144);
    c03 = fma(a0_1, b3_1, c03);
    c13 = fma(a1_1, b3_1, c13);
    if (a == 9) break;
    const b4_1 = v128.load(b, 160);
    c04 = fma(a0_1, b4_1, c04);
    c14 = fma(a1_1, b4_1, c14);
    if (a == 10) break;
    const b5_1 = v128.load(b, 176);
    c05 = fma(a0_1, b5_1, c05);
    c15 = fma(a1_1, b5_1, c15);
    if (a >= last2) break;
    const a0_2 = v128.load(a, 64);
    const a1_2 = v128.load(a, 80);
    const b0_2 = v128.load(b, 192);
    c00 = fma(a0_2, b0_2, c00);
    c10 = fma(a1_2, b0_2, c10);
    if (a == 11) break;
    const b1_2 = v128.load(b, 208);
    c01 = fma(a0_2, b1_2, c01);
    c11 = fma(a1_2, b1_2, c11);
    if (a == 12) break;
    const b2_2 = v128.load(b, 224);
    c02 = fma(a0_2, b2_2, c02);
    c12 = fma(a1_2, b2_2, c12);
    if (a == 13) break;
    const b3_2 = v128.load(b, 240);
    c03 = fma(a0_2, b3_2, c03);
    c13 = fma(a1_2, b3_2, c13);
    if (a == 14) break;
    const b4_2 = v128.load(b, 256);
    c04 = fma(a0_2, b4_2, c04);
    c14 = fma(a1_2, b4_2, c14);
    if (a == 15) break;
    const b5_2 = v128.load(b, 272);
    c05 = fma(a0_2, b5_2, c05);
    c15 = fma(a1_2, b5_2, c15);
    if (a >= last3) break;
    const a0_3 = v128.load(a, 96);
    const a1_3 = v128.load(a, 112);
    const b0_3 = v128.load(b, 288);
    c00 = fma(a0_3, b0_3, c00);
    c10 = fma(a1_3, b0_3, c10);
    if (a == 16) break;
    const b1_3 = v128.load(b, 304);
    c01 = fma(a0_3, b1_3, c01);
    c11 = fma(a1_3, b1_3, c11);
    if (a == 17) break;
    const b2_3 = v128.load(b, 320);
    c02 = fma(a0_3, b2_3, c02);
    c12 = fma(a1_3, b2_3, c12);
    if (a == 18) break;
    const b3_3 = v128.load(b, 336);
    c03 = fma(a0_3, b3_3, c03);
    c13 = fma(a1_3, b3_3, c13);
    if (a == 19) break;
    const b4_3 = v128.load(b, 352);
    c04 = fma(a0_3, b4_3, c04);
    c14 = fma(a1_3, b4_3, c14);
    if (a == 20) break;
    const b5_3 = v128.load(b, 368);
    c05 = fma(a0_3, b5_3, c05);
    c15 = fma(a1_3, b5_3, c15);
    a += 128;
    b += 384;
  }
  storePair(c, c00, c10, beta);
  c += ldcBytes;
  storePair(c, c01, c11, beta);
  c += ldcBytes;
  storePair(c, c02, c12, beta);
  c += ldcBytes;
  storePair(c, c03, c13, beta);
  c += ldcBytes;
  storePair(c, c04, c14, beta);
  c += ldcBytes;
  storePair(c, c05, c15, beta);
}
