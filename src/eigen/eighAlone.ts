// One small symmetric matrix at once: what surrounds the one call of WebAssembly here takes a fraction of what an arena, a job and its
// record do, which is as long as a decomposition of order 4.
import { floats } from '../wasm/arena.js';
import { LANES_TO } from '../wasm/constants.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import type { EighTask } from './arguments.js';
import { METHODS } from './methods.js';
import { Eigh } from './result.js';
import { LOOPED } from './tuning.js';

/** Copies `count` elements of `from`, from `at` on, to `to`, from `start` on. */
function copy(from: Float64Array, at: number, count: number, to: Float64Array, start: number): void {
  if (count > LOOPED) to.set(at === 0 && count === from.length ? from : from.subarray(at, at + count), start);
  else for (let i = 0; i < count; ++i) to[start + i] = from[at + i];
}

/** The decomposition, with the bits of the ordinary way; undefined for a task that has to go there. */
export function eighAlone(runtime: EigenRuntime, task: EighTask): Eigh | undefined {
  const { a, n, method, vectors, upper } = task;
  if (n > LANES_TO || task.selection || task.pencil || task.verify) return undefined;
  const { wasm, heap } = runtime;
  const size = n * n;
  const values = floats(n);
  const z = floats(vectors ? size : 0);
  // The matrix, the values, the vectors behind them, and the workspace.
  const at = heap.spare(8 * (2 * size + n) + wasm.symmetricAloneWorkspace(n));
  const valuesAt = at + 8 * size;
  const vectorsAt = valuesAt + 8 * n;
  const work = vectorsAt + 8 * size;
  const memory = heap.doubles;
  copy(a, 0, size, memory, at / 8);
  const number = METHODS[method].number;
  const iterations = wasm.symmetricAlone(n, at, upper, number, valuesAt, vectors ? vectorsAt : 0, work);
  if (iterations < 0) return undefined;
  const converged = wasm.allFinite(vectors ? n + size : n, valuesAt) !== 0;
  copy(memory, valuesAt / 8, n, values, 0);
  if (vectors) copy(memory, vectorsAt / 8, size, z, 0);
  return new Eigh(values, z, { converged, iterations });
}
