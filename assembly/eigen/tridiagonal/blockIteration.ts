// What the QL and QR iterations with and without square roots (qr.ts, pwk.ts) share: they go through T block by block, each
// block without negligible off-diagonals, scaled by a power of two, and swept from its better-graded end.
// Range: d and e of any size.

import { Job } from '../../job';
import { get } from '../../numeric/elements';
import { blockScale, negligible, rescale } from './tridiagonalBlock';

/** State of an iteration between two steps. */
@unmanaged
export class BlockIteration extends Job {
  /** Sweeps made, which is the result of the job; sweeps still allowed; sweeps allowed at the start. */
  sweeps: i32;
  left: i32;
  allowed: i32;
  n: i32;
  /** Scale of the current block. */
  scale: f64;
  d: usize;
  e: usize;
  /** The current block, whether the iteration is QR (down) or QL, and the row where the next eigenvalue converges. */
  begin: i32;
  end: i32;
  down: i32;
  l: i32;
}

/** An iteration over T of order n, of at most `allowed` sweeps. */
export function prepare(iteration: BlockIteration, n: i32, d: usize, e: usize, allowed: i32): void {
  iteration.sweeps = 0;
  iteration.left = allowed;
  iteration.allowed = allowed;
  iteration.n = n;
  iteration.d = d;
  iteration.e = e;
  iteration.begin = 0;
  iteration.end = 0;
}

/** The next block of more than one row, from `begin` on, found and scaled; false when there is none. */
export function openBlock(iteration: BlockIteration): bool {
  const d = iteration.d;
  const e = iteration.e;
  const n = iteration.n;
  for (let begin = iteration.begin, last = begin; begin < n; begin = last + 1) {
    for (last = begin; last < n - 1 && !negligible(d, e, last); ++last);
    if (last < n - 1) store<f64>(e + ((<usize>last) << 3), 0);
    if (last == begin) continue;
    const scale = blockScale(begin, last, d, e);
    if (scale != 1) rescale(begin, last, d, e, scale);
    iteration.begin = begin;
    iteration.end = last;
    iteration.scale = scale;
    iteration.down = abs(get(d, last)) < abs(get(d, begin));
    iteration.l = iteration.down ? last : begin;
    return true;
  }
  return false;
}

/** Rows whose eigenvalues have converged: those before the block, and in the block those already passed. */
export function settledRows(iteration: BlockIteration): i32 {
  return iteration.begin + (iteration.down ? iteration.end - iteration.l : iteration.l - iteration.begin);
}
