// Decompositions of matrices that other rooms made, real or complex, with finite entries; the lower triangle by rows is read.
// Nothing is checked again.
import type { EigenRuntime } from '../wasm/runtime.js';
import { atOnce, type Steps, UNBOUNDED } from '../wasm/steps.js';
import { eighSteps } from './eigh.js';
import { eighComplexSteps } from './eighComplex.js';
import { eighBytes, eighComplexBytes, fastestMethod } from './memory.js';
import type { Method } from './methods.js';
import type { Selection } from './plan.js';
import type { Eigh } from './result.js';

/** What is wanted of a matrix. */
interface Wanted {
  /** Whether its numbers are in pairs; false by default. */
  complex?: boolean;
  vectors: boolean;
  /** The fastest one by default. */
  method?: Method;
  /** All of the spectrum by default. */
  selection?: Selection;
}

/** `budget`: nanoseconds that a step lasts, about. */
export function eighOfSteps(
  runtime: EigenRuntime,
  a: Float64Array,
  n: number,
  { complex = false, vectors, method = fastestMethod(n), selection }: Wanted,
  budget: number,
): Steps<Eigh> {
  const bytes = (complex ? eighComplexBytes : eighBytes)(runtime, n, method, vectors);
  const how = { method, vectors, verify: false, keeps: false, upper: true, pencil: undefined, selection };
  return (complex ? eighComplexSteps : eighSteps)(runtime, { a, n, bytes, ...how }, budget);
}

/** The same at once. */
export function eighOf(runtime: EigenRuntime, a: Float64Array, n: number, wanted: Wanted): Eigh {
  return atOnce(eighOfSteps(runtime, a, n, wanted, UNBOUNDED));
}
