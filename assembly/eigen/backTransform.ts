// Z := Q Z with Q = H_0 H_1 … H_{n−2} from `tridiagonalize`, a block of reflectors at a time as
// H_k … H_{k+b−1} = I − V T Vᵀ (compact WY: R. Schreiber and C. Van Loan, SIAM J. Sci. Stat. Comput. 10 (1989) 53).
import { gemm, gemmLower, gemmSerial, gemmWorkspace, gemmWorkspaceSerial } from "../kernel/gemm";
import { triangularFactor, unpackReflectors } from "./compactWY";
import { parallelFor, teamSize } from "../kernel/team";

/** Bytes for the arguments of `applyTask`. */
const ARGUMENTS: usize = 64;

/** Columns of V T formed at a time. */
const STRIP: i32 = 32;

/** Reflectors a block: wide ones make long inner loops, narrow ones waste less on T (measured). */
// @ts-ignore: decorator
@inline
function blockSize(n: i32): i32 {
  return n < 96 ? 16 : n < 384 ? 32 : n < 1536 ? 48 : 96;
}

// @ts-ignore: decorator
@inline
function innerWorkspace(n: i32, m: i32, block: i32): usize {
  return max(max(gemmWorkspace(m, block, n), gemmWorkspace(n, m, block)), gemmWorkspace(block, block, n));
}

/** Bytes of workspace of `backTransformBlocked`. */
export function backTransformBlockedWorkspace(n: i32, m: i32, block: i32): usize {
  const b = <usize>block;
  return ARGUMENTS + (b * (2 * <usize>n + <usize>m) + 2 * b * b) * 8 + innerWorkspace(n, m, block);
}

/** Bytes of workspace of `backTransform`. */
export function backTransformWorkspace(n: i32, m: i32): usize {
  return backTransformBlockedWorkspace(n, m, blockSize(n));
}

/**
 * Z (n×m, leading dimension ldz) := Q Z. Column k of A (leading dimension lda) holds the reflector v_k from row k + 2 on
 * and tau (n − 1) the factors, as `tridiagonalize` leaves them; they are only read.
 */
export function backTransform(
  n: i32, m: i32, a: usize, lda: i32, tau: usize, z: usize, ldz: i32, work: usize,
): void {
  backTransformBlocked(n, m, a, lda, tau, z, ldz, blockSize(n), work);
}

/** `backTransform` with blocks of `block` reflectors. */
export function backTransformBlocked(
  n: i32, m: i32, a: usize, lda: i32, tau: usize, z: usize, ldz: i32, block: i32, work: usize,
): void {
  const reflectors = n - 1;
  if (reflectors <= 0 || m <= 0) return;
  const b = <usize>block;
  const v = work + ARGUMENTS;
  const vt = v + ((b * <usize>n) << 3);
  const p = vt + ((b * <usize>n) << 3);
  const t = p + ((b * <usize>m) << 3);
  const g = t + ((b * b) << 3);
  const rest = g + ((b * b) << 3);
  const args = changetype<Application>(work);
  args.m = m;
  args.ldz = ldz;
  args.parts = teamSize();
  args.v = v;
  args.vt = vt;
  args.p = p;
  args.work = rest;
  args.workBytes = max(gemmWorkspaceSerial(m, block, n), gemmWorkspaceSerial(n, m, block));
  for (let k = ((reflectors - 1) / block) * block; k >= 0; k -= block) {
    const width = min(block, reflectors - k);
    const rows = n - k - 1;
    unpackReflectors(rows, width, a + ((<usize>k * <usize>lda + <usize>(k + 1)) << 3), lda, v);
    // The lower triangle of VᵀV, stored by rows for the recurrence of T.
    gemmLower(width, rows, 1, v, rows, 1, v, 1, rows, 0, g, block, rest);
    triangularFactor(width, g, tau + (<usize>k << 3), t, block);
    timesTriangular(rows, width, v, t, block, vt, rest);
    args.target = z + (<usize>(k + 1) << 3);
    args.rows = rows;
    args.width = width;
    parallelFor(args.parts, applyTask.index, work);
  }
}

/** What `applyTask` reads. */
@unmanaged
class Application {
  target: usize;
  v: usize;
  vt: usize;
  p: usize;
  work: usize;
  workBytes: usize;
  rows: i32;
  width: i32;
  m: i32;
  ldz: i32;
  parts: i32;
}

/**
 * Z −= (V T) VᵀZ on the part t of the columns of Z. Pᵀ = ZᵀV is formed rather than P, so that the long operand Z is
 * packed once and not doubled.
 */
function applyTask(t: i32, args: usize): void {
  const x = changetype<Application>(args);
  const parts = x.parts;
  const from = <i32>((<i64>x.m * t) / parts) & ~3;
  const to = t + 1 == parts ? x.m : <i32>((<i64>x.m * (t + 1)) / parts) & ~3;
  const z = x.target + ((<usize>from * <usize>x.ldz) << 3);
  const p = x.p + (<usize>from << 3);
  const work = x.work + <usize>t * x.workBytes;
  gemmSerial(to - from, x.width, x.rows, 1, z, x.ldz, 1, x.v, 1, x.rows, 0, p, x.m, work);
  gemmSerial(x.rows, to - from, x.width, -1, x.vt, 1, x.rows, p, x.m, 1, 1, z, x.ldz, work);
}

/** VT := V T in strips of columns, each of which needs only the leading columns of V. */
function timesTriangular(rows: i32, width: i32, v: usize, t: usize, ldt: i32, vt: usize, work: usize): void {
  for (let j = 0; j < width; j += STRIP) {
    const columns = min(STRIP, width - j);
    const tj = t + ((<usize>j * <usize>ldt) << 3);
    const out = vt + ((<usize>j * <usize>rows) << 3);
    gemm(rows, columns, j + columns, 1, v, 1, rows, tj, 1, ldt, 0, out, rows, work);
  }
}
