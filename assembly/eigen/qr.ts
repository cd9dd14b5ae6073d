// T = Z diag(d) Zᵀ by implicitly shifted QL and QR: block by block, sweeps (qrSweeps.ts) until every off-diagonal is
// negligible. The rotations of many sweeps are kept and applied to Z together, see rotationSweeps.ts.
// Range: any finite T, each block scaled by a power of two so that its largest element is between ½ and 1: S is orthogonal
// to some ulp, d accurate to some ulp of the norm of its block, whatever the sizes of the elements. With an eigenvalue beyond
// the range of doubles ±∞ comes out.
import { teamSize } from "../kernel/team";
import { MORE, NOT_CONVERGED, OK } from "../status";
import { APPLY, DONE, FIND, get, Iteration, ql, qr, RECORD, SORT, SWEEP } from "./qrSweeps";
import { applySweeps, applySweepsWorkspace, sweepRecordsBytes, sweepRotationsBytes } from "./rotationSweeps";
import { portion } from "./steps";
import { blockScale, negligible, rescale, selectEigenpairs, selectionCost } from "./tridiagonalBlock";

/** Bytes of workspace of `tridiagonalQr`. */
export function tridiagonalQrWorkspace(n: i32, vectors: bool): usize {
  return vectors ? RECORD + sweepRotationsBytes(n) + sweepRecordsBytes(n) + applySweepsWorkspace(n) : RECORD;
}

/**
 * Eigenvalues of the symmetric tridiagonal T (diagonal d, n; off-diagonal e, n − 1), ascending into d; e is destroyed.
 * With vectors, Z (nrows × n, leading dimension ldz) is multiplied from the right by the eigenvectors of T:
 * Z = 1 gives those of T, Z = Q those of Q T Qᵀ. At most maxIterations sweeps in all (LAPACK allows 30 n); the number
 * made is left as i32 at work. NOT_CONVERGED leaves d unsorted with the block that failed still coupled.
 */
export function tridiagonalQr(
  n: i32, d: usize, e: usize, z: usize, ldz: i32, nrows: i32, vectors: bool, work: usize, maxIterations: i32,
): i32 {
  tridiagonalQrStart(n, d, e, z, ldz, nrows, vectors, work, maxIterations);
  let status = MORE;
  while (status == MORE) status = tridiagonalQrStep(work, Infinity);
  return status;
}

/** Starts `tridiagonalQr` in steps (steps.ts). */
export function tridiagonalQrStart(
  n: i32, d: usize, e: usize, z: usize, ldz: i32, nrows: i32, vectors: bool, work: usize, maxIterations: i32,
): void {
  const x = changetype<Iteration>(work);
  x.sweeps = 0;
  x.count = 0;
  x.used = 0;
  x.left = maxIterations;
  x.d = d;
  x.e = e;
  x.z = z;
  x.n = n;
  x.ldz = ldz;
  x.nrows = nrows;
  x.vectors = vectors;
  x.allowed = maxIterations;
  x.begin = 0;
  x.end = 0;
  x.next = FIND;
  x.position = 0;
  x.status = OK;
}

/** The next block of T, some sweeps over it, some rows of Z, or some places in order. */
export function tridiagonalQrStep(work: usize, budget: f64): i32 {
  const x = changetype<Iteration>(work);
  if (x.next == FIND) findBlock(x);
  else if (x.next == SWEEP) {
    if (x.down ? qr(x, work, budget) : ql(x, work, budget)) {
      if (x.scale != 1) rescale(x.begin, x.end, x.d, x.e, 1 / x.scale);
      if (x.left < 0) x.status = NOT_CONVERGED;
      x.begin = x.end + 1;
      x.next = FIND;
    }
  } else if (x.next == APPLY) apply(x, work, budget);
  else if (x.next == SORT) {
    const rows = x.vectors ? x.nrows : 0;
    const to = x.position + portion(budget, selectionCost(x.n, rows), 1, max(0, x.n - 1 - x.position));
    selectEigenpairs(x.n, x.position, to, x.d, x.z, x.ldz, rows);
    x.position = to;
    if (to >= x.n - 1) x.next = DONE;
  }
  return x.next == DONE ? x.status : MORE;
}

/** How much of the work is done, 0 … 1: sweeps grow shorter as eigenvalues settle. */
export function tridiagonalQrProgress(work: usize): f64 {
  const x = changetype<Iteration>(work);
  if (x.next == DONE) return 1;
  if (x.begin >= x.n || x.next == SORT) return 0.99;
  const inside = x.next == FIND ? 0 : x.down ? x.end - x.l : x.l - x.begin;
  const left = 1 - <f64>(x.begin + inside) / <f64>x.n;
  return 0.98 * (1 - left * left);
}

/** The next block without negligible off-diagonals; behind the last one what is left to apply and to sort. */
function findBlock(x: Iteration): void {
  const n = x.n;
  const d = x.d;
  const e = x.e;
  let begin = x.begin;
  while (begin < n && x.status == OK) {
    let end = begin;
    while (end < n - 1 && !negligible(d, e, end)) ++end;
    if (end < n - 1) store<f64>(e + (<usize>end << 3), 0);
    if (end > begin) {
      const scale = blockScale(begin, end, d, e);
      if (scale != 1) rescale(begin, end, d, e, scale);
      x.begin = begin;
      x.end = end;
      x.scale = scale;
      x.down = abs(get(d, end)) < abs(get(d, begin));
      x.l = x.down ? end : begin;
      x.next = SWEEP;
      return;
    }
    begin = end + 1;
  }
  x.begin = n;
  x.sweeps = x.allowed - max(x.left, 0);
  x.position = 0;
  x.after = x.status == OK ? SORT : DONE;
  x.next = x.count > 0 ? APPLY : x.after;
}

/** The sweeps that wait on some rows of Z. */
function apply(x: Iteration, work: usize, budget: f64): void {
  const rotations = work + RECORD;
  const records = rotations + sweepRotationsBytes(x.n);
  const panel = records + sweepRecordsBytes(x.n);
  const left = x.nrows - x.position;
  let rows = portion(budget, 0.7 * <f64>x.used, 16 * teamSize(), left);
  if (rows < left) rows &= ~15;
  applySweeps(rows, x.n, x.z + (<usize>x.position << 3), x.ldz, x.count, records, rotations, panel);
  x.position += rows;
  if (x.position < x.nrows) return;
  x.count = 0;
  x.used = 0;
  x.position = 0;
  x.next = x.after;
}
