// C := A B with A symmetric, only its lower triangle read: gemm with a packing that mirrors the triangle.

import { recordBytes } from '../../job';
import { partStart } from '../parts';
import { parallelFor, teamSize } from '../team';
import { KC, MC, SHARED_ROWS } from '../tuning';
import { EDGE_BYTES, macro, packingBytes } from './blocked';
import { packA, packB } from './pack';

/** Bytes of workspace of `symm`. */
export function symmWorkspace(n: i32, m: i32): usize {
  return recordBytes<SymmetricProduct>() + <usize>teamSize() * packingBytes(n, m, n);
}

@unmanaged
class SymmetricProduct {
  a: usize;
  b: usize;
  c: usize;
  work: usize;
  n: i32;
  m: i32;
  lda: i32;
  ldb: i32;
  ldc: i32;
  first: i32;
  last: i32;
  parts: i32;
}

/** C (n×m, leading dimension ldc) := A B with A symmetric n×n (lower triangle, lda), B n×m (ldb), m ≤ 1024. */
export function symm(
  n: i32,
  m: i32,
  a: usize,
  lda: i32,
  b: usize,
  ldb: i32,
  c: usize,
  ldc: i32,
  work: usize,
): void {
  symmRows(n, m, 0, n, a, lda, b, ldb, c, ldc, work);
}

/** Rows first ≤ i < last of `symm`, with the same bits. */
export function symmRows(
  n: i32,
  m: i32,
  first: i32,
  last: i32,
  a: usize,
  lda: i32,
  b: usize,
  ldb: i32,
  c: usize,
  ldc: i32,
  work: usize,
): void {
  if (last <= first || m <= 0) return;
  const product = changetype<SymmetricProduct>(work);
  product.a = a;
  product.b = b;
  product.c = c;
  product.work = work + recordBytes<SymmetricProduct>();
  product.n = n;
  product.m = m;
  product.lda = lda;
  product.ldb = ldb;
  product.ldc = ldc;
  product.first = first;
  product.last = last;
  product.parts = last - first < SHARED_ROWS ? 1 : teamSize();
  parallelFor(product.parts, rowsTask.index, work);
}

/** Part t of the rows of C. */
function rowsTask(t: i32, args: usize): void {
  const product = changetype<SymmetricProduct>(args);
  const n = product.n;
  const rows = product.last - product.first;
  const from = product.first + partStart(rows, t, product.parts);
  const to = product.first + partStart(rows, t + 1, product.parts);
  const tile = product.work + <usize>t * packingBytes(n, product.m, n);
  const packedA = tile + EDGE_BYTES;
  const packedB = packedA + <usize>min(n, KC) * <usize>((min(n, MC) + 3) & ~3) * 8;
  const stride = (<usize>product.ldb) << 3;
  for (let l = 0; l < n; l += KC) {
    const kc = min(KC, n - l);
    packB(kc, product.m, 1, product.b + ((<usize>l) << 3), 8, stride, packedB);
    for (let i = from; i < to; i += MC) {
      const mc = min(MC, to - i);
      packSymmetric(i, mc, l, kc, product.a, (<usize>product.lda) << 3, packedA);
      const block = product.c + ((<usize>i) << 3);
      macro(
        mc,
        product.m,
        kc,
        packedA,
        packedB,
        l == 0 ? 0 : 1,
        block,
        (<usize>product.ldc) << 3,
        i32.MAX_VALUE,
        tile,
      );
    }
  }
}

/** Rows [row, row + m), columns [from, from + k) of the full matrix A, in the order of packA. */
function packSymmetric(row: i32, m: i32, from: i32, k: i32, a: usize, column: usize, out: usize): void {
  const to = from + k;
  for (let i = row; i < row + m; i += 4) {
    const height = min(4, row + m - i);
    // Columns up to i lie in the lower triangle, columns from i + 3 on in its mirror image.
    const below = max(from, min(to, i + 1));
    const above = max(below, min(to, i + 3));
    packA(height, below - from, a + ((<usize>i) << 3) + <usize>from * column, 8, column, out);
    out += (<usize>(below - from)) << 5;
    for (let l = below; l < above; ++l) {
      for (let r = 0; r < 4; ++r) {
        const high = max(i + r, l);
        const low = min(i + r, l);
        store<f64>(
          out + ((<usize>r) << 3),
          r < height ? load<f64>(a + ((<usize>high) << 3) + <usize>low * column) : 0,
        );
      }
      out += 32;
    }
    packA(height, to - above, a + ((<usize>above) << 3) + <usize>i * column, column, 8, out);
    out += (<usize>(to - above)) << 5;
  }
}
