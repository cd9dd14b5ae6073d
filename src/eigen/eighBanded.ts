// Eigenvalues and eigenvectors of symmetric tridiagonal and band matrices, in steps: A = Z diag(values) Zᵀ.
import type { Arena } from '../wasm/arena.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import { type Pairs, startAccuracy } from './accuracy.js';
import type { BandedTask } from './bandedArguments.js';
import { type Driver, decompose, decompositionSteps, type Started } from './eigh.js';
import { METHODS } from './methods.js';
import type { Eigh } from './result.js';

/** Starts the decomposition of a copy of the band. */
function startBanded(runtime: EigenRuntime, arena: Arena, task: BandedTask): Started {
  const { n, width, vectors, selection } = task;
  const wasm = runtime.wasm;
  const method = METHODS[task.method].number;
  const band = arena.put(task.band);
  const at = {
    kept: 0,
    values: arena.f64(n),
    vectors: vectors ? arena.f64(n * n) : 0,
    work: arena.bytes(wasm.bandedEigenWorkspace(n, width, method, vectors) >>> 0),
  };
  wasm.bandedEigenStart(n, width, band, method, at.values, at.vectors, at.work);
  if (selection) wasm.symmetricEigenSelect(selection.byValue, selection.lo, selection.hi, at.work);
  return at;
}

/** Starts the check against the matrix, the lower triangle of which is made of its band. */
function startCheck(
  runtime: EigenRuntime,
  arena: Arena,
  { band, n, width }: BandedTask,
  _started: Started,
  pairs: Pairs,
): number {
  const matrix = arena.f64(n * n);
  const a = arena.view(matrix, n * n).fill(0);
  for (let r = 0; r <= width; ++r) {
    for (let j = 0; j + r < n; ++j) a[j * n + j + r] = band[r * n + j];
  }
  return startAccuracy(runtime, arena, matrix, false, pairs);
}

const BANDED: Driver<BandedTask> = { start: startBanded, check: startCheck };

export function eighBanded(runtime: EigenRuntime, task: BandedTask): Eigh {
  return decompose(runtime, task, BANDED);
}

/** `budget`: nanoseconds that a step lasts, about. */
export function eighBandedSteps(runtime: EigenRuntime, task: BandedTask, budget: number): Steps<Eigh> {
  return decompositionSteps(runtime, task, budget, BANDED);
}
