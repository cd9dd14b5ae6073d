// The tridiagonal problem T = S diag(λ) Sᵀ as the second part of a larger decomposition, after the reduction of a dense
// or band matrix A to T: it is started from the record of the decomposition, and its results are copied back there.
import { end, enter, stepInner } from '../job';
import { MORE } from '../status';
import { spectrumSelect, spectrumStart } from './spectrum';
import { Decomposition } from './symmetricRecord';
import { Spectrum } from './tridiagonal/record';

/** Starts the tridiagonal problem; `part` is the part of the decomposition that calls `stepTridiagonal`. */
export function enterTridiagonal(whole: Decomposition, part: u32): void {
  spectrumStart(whole.n, whole.method, whole.scale, whole.d, whole.e, whole.s, whole.inner);
  spectrumSelect(whole.first, whole.last, whole.byValue != 0, whole.lo, whole.hi, whole.inner);
  enter(whole, part);
}

/** One step; returns MORE or the final status, which is also stored as `outcome`, with the results in the record. */
export function stepTridiagonal(whole: Decomposition, budget: f64): i32 {
  const status = stepInner(whole, whole.inner, budget, whole.reduced, whole.solved);
  if (status == MORE) return MORE;
  const spectrum = changetype<Spectrum>(whole.inner);
  whole.sweeps = spectrum.sweeps;
  whole.first = spectrum.first;
  whole.last = spectrum.last;
  whole.outcome = status;
  return status;
}

/** Last part: the vectors of T are turned into those of A; the decomposition ends with the status of the tridiagonal problem. */
export function turnVectors(work: usize, budget: f64): void {
  const whole = changetype<Decomposition>(work);
  if (stepInner(whole, whole.inner, budget, whole.solved, 1) != MORE) end(whole, whole.outcome);
}
