// One small symmetric matrix at once: what surrounds the one call of WebAssembly here takes a fraction of what an arena, a job and its
// record do, which is as long as a decomposition of order 4.
import { floats } from '../wasm/arena.js';
import { LANES_TO } from '../wasm/constants.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { Eigh } from './result.js';
import { methodOf, readsUpper, withVectors } from './smallArguments.js';
import { LOOPED } from './tuning.js';

/** Copies `count` elements of memory, from `at` on, to a result. */
export function takeOut(memory: Float64Array, at: number, count: number, to: Float64Array): void {
  if (count > LOOPED) to.set(memory.subarray(at, at + count));
  else for (let i = 0; i < count; ++i) to[i] = memory[at + i];
}

/**
 * The decomposition of the matrix of order n at `a`, which may hold numbers that are not finite, with the bits of the ordinary way;
 * undefined where it has to go there.
 */
export function eighAlone(runtime: EigenRuntime, a: Float64Array, n: number, plan: number): Eigh | undefined {
  if (n > LANES_TO) return undefined;
  const { wasm, heap } = runtime;
  const size = n * n;
  const vectors = withVectors(plan);
  const upper = readsUpper(plan);
  const values = new Float64Array(n);
  const z = vectors ? floats(size) : new Float64Array(0);
  // The matrix, the values, the vectors behind them, and the workspace.
  const at = heap.spare(8 * (2 * size + n) + wasm.symmetricAloneWorkspace(n));
  const valuesAt = at + 8 * size;
  const vectorsAt = valuesAt + 8 * n;
  const memory = heap.doubles;
  const first = at / 8;
  // 0·x is 0 for finite x alone. Only the triangle that is read is copied.
  let sum = 0;
  for (let row = 0, i = 0; i < n; row += n, ++i) {
    const to = upper ? row + i : row + n - 1;
    for (let k = upper ? row : row + i; k <= to; ++k) {
      const x = a[k];
      sum += 0 * x;
      memory[first + k] = x;
    }
  }
  if (sum !== 0) return undefined;
  const work = vectorsAt + 8 * size;
  const iterations = wasm.symmetricAlone(
    n,
    at,
    upper,
    methodOf(plan),
    valuesAt,
    vectors ? vectorsAt : 0,
    work,
  );
  if (iterations < 0) return undefined;
  const converged = wasm.allFinite(vectors ? n + size : n, valuesAt) !== 0;
  const from = valuesAt / 8;
  takeOut(memory, from, n, values);
  if (vectors) takeOut(memory, vectorsAt / 8, size, z);
  return new Eigh(values, z, { converged, iterations });
}
