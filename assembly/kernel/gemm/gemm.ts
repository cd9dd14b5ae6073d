// C := alpha A B + beta C, divided among the threads of the team by columns of C, or by rows where C is tall.
// Parts are whole tiles, and every element is the same sum in the same order (blocked.ts), so that the bits do not
// depend on the number of threads.
import { recordBytes } from '../../job';
import { parallelFor, teamSize } from '../team';
import { SHARED_PRODUCT } from '../tuning';
import { blocked, packingBytes } from './blocked';
import { Operands } from './operands';

/** Bytes of workspace of `gemm` and of its variants: the operands, and packing buffers for each thread. */
export function gemmWorkspace(m: i32, n: i32, k: i32): usize {
  return recordBytes<Operands>() + <usize>teamSize() * packingBytes(m, n, k);
}

/**
 * C (m×n, column-major, leading dimension ldc) := alpha A B + beta C with A m×k and B k×n.
 * beta = 0 does not read C. C must not overlap A or B.
 * @param ab the result of `operands`; its workspace has gemmWorkspace(m, n, k) bytes
 */
export function gemm(m: i32, n: i32, k: i32, alpha: f64, ab: usize, beta: f64, c: usize, ldc: i32): void {
  multiply(m, n, k, alpha, ab, beta, c, ldc, false);
}

/** As `gemm` for a square C (n×n); only its lower triangle, diagonal included, is read and written. */
export function gemmLower(n: i32, k: i32, alpha: f64, ab: usize, beta: f64, c: usize, ldc: i32): void {
  multiply(n, n, k, alpha, ab, beta, c, ldc, true);
}

/** Columns from ≤ j < to of `gemmLower`, with the same bits: the diagonal block, and the rectangle below it. */
export function gemmLowerColumns(
  n: i32,
  from: i32,
  to: i32,
  k: i32,
  alpha: f64,
  ab: usize,
  beta: f64,
  c: usize,
  ldc: i32,
): void {
  const product = changetype<Operands>(ab);
  const row = (<usize>product.rsa) << 3;
  const a = product.a;
  const b = product.b;
  c += ((<usize>from) << 3) * <usize>ldc;
  product.b = b + ((<usize>from) << 3) * <usize>product.csb;
  product.a = a + <usize>from * row;
  multiply(to - from, to - from, k, alpha, ab, beta, c + ((<usize>from) << 3), ldc, true);
  product.a = a + <usize>to * row;
  multiply(n - to, to - from, k, alpha, ab, beta, c + ((<usize>to) << 3), ldc, false);
  product.a = a;
  product.b = b;
}

function multiply(
  m: i32,
  n: i32,
  k: i32,
  alpha: f64,
  ab: usize,
  beta: f64,
  c: usize,
  ldc: i32,
  lower: bool,
): void {
  const product = changetype<Operands>(ab);
  product.m = m;
  product.n = n;
  product.k = k;
  product.alpha = alpha;
  product.beta = beta;
  product.c = c;
  product.ldc = ldc;
  product.lower = lower;
  const size = (lower ? 0.5 : 1) * <f64>m * <f64>n * <f64>k;
  product.parts = size < SHARED_PRODUCT ? 1 : teamSize();
  if (product.parts == 1)
    blocked(product, m, n, product.a, product.b, c, lower, ab + recordBytes<Operands>());
  else parallelFor(product.parts, partTask.index, ab);
}

/** Boundary t of the parts of C: equal widths, or equal areas of a lower triangle; a multiple of the tile's sides. */
function boundary(n: i32, t: i32, parts: i32, lower: bool): i32 {
  if (t >= parts) return n;
  const share = <f64>t / <f64>parts;
  const cut = <i32>(<f64>n * (lower ? 1 - Math.sqrt(1 - share) : share));
  return ASC_FEATURE_RELAXED_SIMD ? cut - (cut % 12) : cut & ~3;
}

/** Part t of C: a range of its columns, or of its rows when it is tall. */
function partTask(t: i32, args: usize): void {
  const product = changetype<Operands>(args);
  const work = args + recordBytes<Operands>() + <usize>t * packingBytes(product.m, product.n, product.k);
  const lower = product.lower != 0;
  const tall = !lower && product.m > 2 * product.n;
  const extent = tall ? product.m : product.n;
  const from = boundary(extent, t, product.parts, lower);
  const size = boundary(extent, t + 1, product.parts, lower) - from;
  const start = (<usize>from) << 3;
  if (tall) {
    blocked(
      product,
      size,
      product.n,
      product.a + start * <usize>product.rsa,
      product.b,
      product.c + start,
      false,
      work,
    );
    return;
  }
  const skip = lower ? from : 0;
  const rows = (<usize>skip) << 3;
  const c = product.c + start * <usize>product.ldc + rows;
  blocked(
    product,
    product.m - skip,
    size,
    product.a + rows * <usize>product.rsa,
    product.b + start * <usize>product.csb,
    c,
    lower,
    work,
  );
}
