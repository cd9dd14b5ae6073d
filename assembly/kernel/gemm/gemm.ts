// C := alpha A B + beta C, shared out among the threads of the team by columns of C, or by rows where it is tall. Parts are
// whole tiles, and every element is the same sum in the same order (blocked.ts), so that the bits do not depend on the
// number of threads.
import { parallelFor, teamSize } from '../team';
import { SHARED_PRODUCT } from '../tuning';
import { blocked, packingBytes } from './blocked';
import { OPERANDS_BYTES, Operands } from './operands';

/** Bytes of workspace of `gemm` and its kin: the operands and one set of packing buffers a thread. */
export function gemmWorkspace(m: i32, n: i32, k: i32): usize {
  return OPERANDS_BYTES + <usize>teamSize() * packingBytes(m, n, k);
}

/**
 * C (m×n, column-major, leading dimension ldc) := alpha A B + beta C with A m×k and B k×n.
 * beta = 0 does not read C. C must not overlap A or B.
 * @param ab what `operands` returned; its workspace has gemmWorkspace(m, n, k) bytes
 */
export function gemm(m: i32, n: i32, k: i32, alpha: f64, ab: usize, beta: f64, c: usize, ldc: i32): void {
  multiply(m, n, k, alpha, ab, beta, c, ldc, false);
}

/** As `gemm` for a square C (n×n) of which only the lower triangle, diagonal included, is read or written. */
export function gemmLower(n: i32, k: i32, alpha: f64, ab: usize, beta: f64, c: usize, ldc: i32): void {
  multiply(n, n, k, alpha, ab, beta, c, ldc, true);
}

/** Columns from ≤ j < to of `gemmLower`, with the same bits: its diagonal block, and the rectangle below it. */
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
  const p = changetype<Operands>(ab);
  const row = (<usize>p.rsa) << 3;
  const a = p.a;
  const b = p.b;
  c += ((<usize>from) << 3) * <usize>ldc;
  p.b = b + ((<usize>from) << 3) * <usize>p.csb;
  p.a = a + <usize>from * row;
  multiply(to - from, to - from, k, alpha, ab, beta, c + ((<usize>from) << 3), ldc, true);
  p.a = a + <usize>to * row;
  multiply(n - to, to - from, k, alpha, ab, beta, c + ((<usize>to) << 3), ldc, false);
  p.a = a;
  p.b = b;
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
  const p = changetype<Operands>(ab);
  p.m = m;
  p.n = n;
  p.k = k;
  p.alpha = alpha;
  p.beta = beta;
  p.c = c;
  p.ldc = ldc;
  p.lower = lower;
  const size = (lower ? 0.5 : 1) * <f64>m * <f64>n * <f64>k;
  p.parts = size < SHARED_PRODUCT ? 1 : teamSize();
  if (p.parts == 1) blocked(p, m, n, p.a, p.b, c, lower, ab + OPERANDS_BYTES);
  else parallelFor(p.parts, partTask.index, ab);
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
  const p = changetype<Operands>(args);
  const work = args + OPERANDS_BYTES + <usize>t * packingBytes(p.m, p.n, p.k);
  const lower = p.lower != 0;
  const tall = !lower && p.m > 2 * p.n;
  const extent = tall ? p.m : p.n;
  const from = boundary(extent, t, p.parts, lower);
  const size = boundary(extent, t + 1, p.parts, lower) - from;
  const start = (<usize>from) << 3;
  if (tall) {
    blocked(p, size, p.n, p.a + start * <usize>p.rsa, p.b, p.c + start, false, work);
    return;
  }
  const skip = lower ? from : 0;
  const rows = (<usize>skip) << 3;
  const c = p.c + start * <usize>p.ldc + rows;
  blocked(p, p.m - skip, size, p.a + rows * <usize>p.rsa, p.b + start * <usize>p.csb, c, lower, work);
}
