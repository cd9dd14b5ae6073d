// Long lists and rows of matrices, gone through in steps.
import type { Steps } from '../wasm/steps.js';
import { LOOKED_AT } from './tuning.js';

/** Calls `some` for the parts of 0 … length − 1, one after another. */
export function* listSteps(length: number, some: (from: number, to: number) => void): Steps<void> {
  for (let from = 0; from < length; from += LOOKED_AT) {
    const to = Math.min(from + LOOKED_AT, length);
    some(from, to);
    yield to / length;
  }
}

/** The same for rows, of which row i has the entries starts[i] … starts[i + 1] − 1: parts of about as many entries each. */
export function* rowSteps(starts: Uint32Array, some: (from: number, to: number) => void): Steps<void> {
  const rows = starts.length - 1;
  for (let from = 0; from < rows; ) {
    let to = from + 1;
    while (to < rows && to - from < LOOKED_AT && starts[to + 1] - starts[from] < LOOKED_AT) ++to;
    some(from, to);
    from = to;
    yield to / rows;
  }
}

/** Running sums in place: of counts of entries, that of row i at i + 1, the places where rows begin. */
export function addUpSteps(counts: Uint32Array): Steps<void> {
  return listSteps(counts.length - 1, (from, to) => {
    for (let i = from; i < to; ++i) counts[i + 1] += counts[i];
  });
}
