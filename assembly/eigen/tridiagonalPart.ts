// The tridiagonal problem T = S diag(λ) Sᵀ as the part of a larger decomposition that comes after the reduction of A to T, be A
// dense or a band: started from its record, and its results brought back there.
import { enter, stepInner } from '../job';
import { MORE } from '../status';
import { Decomposition } from './symmetricRecord';
import { Spectrum } from './tridiagonal/record';
import { spectrumSelect, spectrumStart } from './tridiagonal/spectrum';

/** Starts it; `part` is the part of the decomposition that calls `stepTridiagonal`. */
export function enterTridiagonal(whole: Decomposition, part: u32): void {
  spectrumStart(whole.n, whole.method, whole.scale, whole.d, whole.e, whole.s, whole.inner);
  spectrumSelect(whole.first, whole.last, whole.byValue != 0, whole.lo, whole.hi, whole.inner);
  enter(whole, part);
}

/** A step; returns MORE, or how it ended, also as `outcome`, with its results in the record. */
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
