// Many small matrices of one order in one call, in steps.

import { type Arena, floats } from '../wasm/arena.js';
import { RECORD_BATCH_SWEEPS } from '../wasm/constants.js';
import { allFinite } from '../wasm/finite.js';
import { jobSteps } from '../wasm/jobs.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { checkStatus, Status } from '../wasm/status.js';
import { type Steps, share } from '../wasm/steps.js';
import type { BatchTask } from './arguments.js';
import { eigenvectorsAs } from './eigenvectors.js';
import { METHODS } from './methods.js';
import { EighBatch } from './result.js';
import { BATCH_BYTES, BATCH_LEAST, BATCH_LEAST_BYTES } from './tuning.js';

/** The result for matrices of order 0, whatever their number. */
export function emptyBatch(): EighBatch {
  const convergence = { converged: true, iterations: 0, failed: [] };
  return new EighBatch(0, new Float64Array(0), new Float64Array(0), convergence);
}

/** `task.a` is read chunk by chunk: it must stay as it is until the end. `budget`: nanoseconds that a step lasts, about. */
export function eighBatchSteps(runtime: EigenRuntime, task: BatchTask, budget: number): Steps<EighBatch> {
  return runtime.steps((arena) => batch(runtime, arena, task, budget));
}

/** Matrices that are in WebAssembly memory at a time, of `bytes` each with their results. */
function chunkOf(bytes: number): number {
  const least = Math.min(BATCH_LEAST, Math.floor(BATCH_LEAST_BYTES / bytes));
  return Math.max(1, least, Math.floor(BATCH_BYTES / bytes));
}

function* batch(
  runtime: EigenRuntime,
  arena: Arena,
  { a, n, count, one, method, vectors, upper }: BatchTask,
  budget: number,
): Steps<EighBatch> {
  const size = n * n;
  const chunk = Math.min(count, chunkOf(16 * size + 8 * n + 4));
  const number = METHODS[method].number;
  if (n === 0) return emptyBatch();
  const values = floats(count * n);
  const z = floats(vectors ? count * size : 0);
  const failed: number[] = [];
  let iterations = 0;
  const workspace = runtime.wasm.symmetricEigenBatchWorkspace(n, number, vectors) >>> 0;
  const alone = runtime.wasm.symmetricEigenWorkspace(n, number, vectors) >>> 0;
  // One matrix, its results and the workspace, and the other matrices of a chunk with theirs.
  const others = (chunk - 1) * (8 * size * (vectors ? 2 : 1) + 8 * n) + 4 * chunk;
  arena.reserve(one + workspace - alone + others);
  const matrices = arena.f64(chunk * size);
  const d = arena.f64(chunk * n);
  const vectorsAt = vectors ? arena.f64(chunk * size) : 0;
  const statuses = arena.i32(chunk);
  const work = arena.bytes(workspace);
  for (let from = 0; from < count; from += chunk) {
    const m = Math.min(chunk, count - from);
    arena.view(matrices, m * size).set(a.subarray(from * size, (from + m) * size));
    const { wasm } = runtime;
    wasm.symmetricEigenBatchStart(n, m, matrices, upper, number, d, vectorsAt, statuses, work);
    const worst = yield* share(jobSteps(runtime, work, budget), from / count, (from + m) / count);
    const [lambda, w] = [arena.view(d, m * n), arena.view(vectorsAt, vectors ? m * size : 0)];
    const finite = wasm.allFinite(m * n, d) !== 0 && wasm.allFinite(w.length, vectorsAt) !== 0;
    if (worst !== Status.ok || !finite) {
      arena.viewI32(statuses, m).forEach((status, k) => {
        if (status !== Status.notConverged) checkStatus(status, `eighBatch, matrix ${from + k}`);
        const good = (x: Float64Array, length: number) => allFinite(x.subarray(k * length, (k + 1) * length));
        if (status === Status.notConverged || !good(lambda, n) || (vectors && !good(w, size)))
          failed.push(from + k);
      });
    }
    iterations += arena.viewI32(work + RECORD_BATCH_SWEEPS, 1)[0];
    values.set(lambda, from * n);
    if (vectors) z.set(w, from * size);
    yield (from + m) / count;
  }
  return new EighBatch(n, values, eigenvectorsAs(z, n, false), {
    converged: failed.length === 0,
    iterations,
    failed,
  });
}
