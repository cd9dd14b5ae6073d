// T = Z diag(d) Zᵀ by implicitly shifted QL and QR: block by block, sweeps (qrSweeps.ts) until every off-diagonal is
// negligible. The rotations of many sweeps are kept and applied to Z together, see rotationSweeps.ts.
// Range: any finite T, each block scaled by a power of two so that its largest element is between ½ and 1: S is orthogonal
// to some ulp, d accurate to some ulp of the norm of its block, whatever the sizes of the elements. With an eigenvalue beyond
// the range of doubles ±∞ comes out.
import { end, enter, finish, portion, recordBytes, start } from '../../job';
import { teamSize } from '../../kernel/team';
import { NOT_CONVERGED, OK } from '../../status';
import { selectEigenpairs, selectionCost } from '../eigenpairs';
import { get, Iteration, isFull, ql, qr, recordsOf, rotationsOf } from './qrSweeps';
import { applySweeps, applySweepsWorkspace, sweepRecordsBytes, sweepRotationsBytes } from './rotationSweeps';
import { blockScale, negligible, rescale } from './tridiagonalBlock';

/** Bytes of workspace of `tridiagonalQr`. */
export function tridiagonalQrWorkspace(n: i32, vectors: bool): usize {
  const record = recordBytes<Iteration>();
  return vectors ? record + sweepRotationsBytes(n) + sweepRecordsBytes(n) + applySweepsWorkspace(n) : record;
}

/**
 * Eigenvalues of the symmetric tridiagonal T (diagonal d, n; off-diagonal e, n − 1), ascending into d; e is destroyed.
 * With vectors, Z (nrows × n, leading dimension ldz) is multiplied from the right by the eigenvectors of T:
 * Z = 1 gives those of T, Z = Q those of Q T Qᵀ. At most maxIterations sweeps in all (LAPACK allows 30 n). NOT_CONVERGED
 * leaves d unsorted with the block that failed still coupled.
 */
export function tridiagonalQr(
  n: i32,
  d: usize,
  e: usize,
  z: usize,
  ldz: i32,
  nrows: i32,
  vectors: bool,
  work: usize,
  maxIterations: i32,
): i32 {
  tridiagonalQrStart(n, d, e, z, ldz, nrows, vectors, work, maxIterations);
  return finish(work);
}

/** Starts `tridiagonalQr` as a job. */
export function tridiagonalQrStart(
  n: i32,
  d: usize,
  e: usize,
  z: usize,
  ldz: i32,
  nrows: i32,
  vectors: bool,
  work: usize,
  maxIterations: i32,
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
  start(x, findBlock.index);
}

/** Result of the job: sweeps made. */
export function tridiagonalQrSweeps(work: usize): i32 {
  return changetype<Iteration>(work).sweeps;
}

/** Sweeps grow shorter as eigenvalues settle: of `settled` of n, how much is done. */
function note(x: Iteration, settled: i32): void {
  const left = 1 - <f64>settled / <f64>x.n;
  x.progress = 0.98 * (1 - left * left);
}

/** The next block without negligible off-diagonals; behind the last one what is left to apply and to sort. */
function findBlock(work: usize, _budget: f64): void {
  const x = changetype<Iteration>(work);
  const n = x.n;
  const d = x.d;
  const e = x.e;
  let begin = x.begin;
  while (begin < n && x.left >= 0) {
    let last = begin;
    while (last < n - 1 && !negligible(d, e, last)) ++last;
    if (last < n - 1) store<f64>(e + ((<usize>last) << 3), 0);
    if (last > begin) {
      const scale = blockScale(begin, last, d, e);
      if (scale != 1) rescale(begin, last, d, e, scale);
      x.begin = begin;
      x.end = last;
      x.scale = scale;
      x.down = abs(get(d, last)) < abs(get(d, begin));
      x.l = x.down ? last : begin;
      note(x, begin);
      enter(x, sweepBlock.index);
      return;
    }
    begin = last + 1;
  }
  x.begin = n;
  x.sweeps = x.allowed - max(x.left, 0);
  if (x.count > 0) enter(x, applyLast.index);
  else settle(x);
}

/** Some sweeps over the block. */
function sweepBlock(work: usize, budget: f64): void {
  const x = changetype<Iteration>(work);
  const done = x.down ? qr(x, work, budget) : ql(x, work, budget);
  note(x, x.begin + (x.down ? x.end - x.l : x.l - x.begin));
  if (!done) {
    if (isFull(x)) enter(x, applySome.index);
    return;
  }
  if (x.scale != 1) rescale(x.begin, x.end, x.d, x.e, 1 / x.scale);
  x.begin = x.end + 1;
  enter(x, findBlock.index);
}

/** The sweeps that wait on some rows of Z; then more sweeps. */
function applySome(work: usize, budget: f64): void {
  const x = changetype<Iteration>(work);
  if (apply(x, work, budget)) enter(x, sweepBlock.index);
}

/** The same when there are no more. */
function applyLast(work: usize, budget: f64): void {
  const x = changetype<Iteration>(work);
  if (apply(x, work, budget)) settle(x);
}

/** All sweeps are made: the eigenpairs have to be sorted, or did not converge. */
function settle(x: Iteration): void {
  x.progress = 0.99;
  if (x.left < 0) end(x, NOT_CONVERGED);
  else enter(x, sortSome.index);
}

/** Some places in ascending order. */
function sortSome(work: usize, budget: f64): void {
  const x = changetype<Iteration>(work);
  const rows = x.vectors ? x.nrows : 0;
  const to = x.position + portion(budget, selectionCost(x.n, rows), 1, max(0, x.n - 1 - x.position));
  selectEigenpairs(x.n, x.position, to, x.d, x.z, x.ldz, rows);
  x.position = to;
  if (to >= x.n - 1) end(x, OK);
}

/** Applies the sweeps that wait to some rows of Z; returns whether all rows have had them. */
function apply(x: Iteration, work: usize, budget: f64): bool {
  const records = recordsOf(x.n, work);
  const panel = records + sweepRecordsBytes(x.n);
  const left = x.nrows - x.position;
  let rows = portion(budget, 0.7 * <f64>x.used, 16 * teamSize(), left);
  if (rows < left) rows &= ~15;
  applySweeps(rows, x.n, x.z + ((<usize>x.position) << 3), x.ldz, x.count, records, rotationsOf(work), panel);
  x.position += rows;
  if (x.position < x.nrows) return false;
  x.count = 0;
  x.used = 0;
  return true;
}
