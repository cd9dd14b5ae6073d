// Many small matrices of one order in one call.

import { floats } from '../wasm/arena.js';
import type { EigenBindings } from '../wasm/bindings.js';
import { checkInteger, checkMemory } from '../wasm/check.js';
import { RECORD_SWEEPS } from '../wasm/constants.js';
import { InputError } from '../wasm/errors.js';
import { allFinite } from '../wasm/finite.js';
import { MAX_BYTES } from '../wasm/heap.js';
import type { Runtime } from '../wasm/runtime.js';
import { checkStatus, Status } from '../wasm/status.js';
import { type Convergence, checkTriangle, type EighOptions, eighBytes, eighOptions } from './eigh.js';
import { methodNumber } from './methods.js';

/** Eigenvalues and eigenvectors of many matrices. */
export interface EighBatch {
  /** count*n eigenvalues: those of matrix k, ascending, are `values.subarray(k*n, (k+1)*n)`. */
  values: Float64Array;
  /** count*n*n: eigenvector j of matrix k starts at `(k*n + j)*n`. Empty with `vectors: false`. */
  vectors: Float64Array;
  /** Of all matrices together. */
  convergence: BatchConvergence;
}

/** How the iterations of a batch ended. */
export interface BatchConvergence extends Convergence {
  /** Indices of the matrices whose `converged` would be false in a call of their own, ascending. */
  failed: number[];
}

/** Bytes of matrices and results held in WebAssembly memory at a time. */
const CHUNK_BYTES = 1 << 24;

/** However many matrices of order 0 there are. */
function emptyBatch(): EighBatch {
  return {
    values: new Float64Array(0),
    vectors: new Float64Array(0),
    convergence: { converged: true, iterations: 0, failed: [] },
  };
}

export function eighBatch(
  runtime: Runtime,
  a: Float64Array,
  n: number,
  count: number,
  options: Omit<EighOptions, 'range' | 'verify'> = {},
): EighBatch {
  const order = checkInteger('n', n, { min: 0 });
  const { method, vectors, uplo } = eighOptions(order, options);
  checkInteger('count', count, { min: 0 });
  checkMemory('a', a, 'a Float64Array of count*n*n elements');
  const size = n * n;
  if (a.length !== count * size) {
    throw new InputError('a', `expected count*n*n = ${count * size} elements, got ${a.length}`);
  }
  const one = eighBytes(runtime, n, method, vectors);
  if (one > MAX_BYTES / 2) {
    const [asked, most] = [one, MAX_BYTES / 2].map((bytes) => Math.ceil(bytes / 2 ** 20));
    throw new InputError(
      'n',
      `order ${n} needs ${asked} MiB, a batch takes at most ${most} MiB: use eigh, one matrix at a time`,
    );
  }
  if (order === 0) return emptyBatch();
  for (let k = 0; k < count; ++k) checkTriangle(a.subarray(k * size, (k + 1) * size), n, uplo, k);

  const values = floats(count * n);
  const z = floats(vectors ? count * size : 0);
  const failed: number[] = [];
  let iterations = 0;
  const chunk = Math.max(1, Math.min(count, Math.floor(CHUNK_BYTES / (16 * size + 8 * n + 4))));
  const wasm = runtime.exports<EigenBindings>();
  const number = methodNumber[method];
  // One matrix, its results and the workspace, and the other matrices of a chunk with theirs.
  const bytes = one + (chunk - 1) * (8 * size * (vectors ? 2 : 1) + 8 * n) + 4 * chunk;
  runtime.scope((arena) => {
    runtime.heap.reserve(bytes);
    const matrices = arena.f64(chunk * size);
    const d = arena.f64(chunk * n);
    const vectorsAt = vectors ? arena.f64(chunk * size) : 0;
    const statuses = arena.i32(chunk);
    const work = arena.bytes(wasm.symmetricEigenWorkspace(n, number, vectors) >>> 0);
    for (let from = 0; from < count; from += chunk) {
      const m = Math.min(chunk, count - from);
      arena.view(matrices, m * size).set(a.subarray(from * size, (from + m) * size));
      // The row-major lower triangle is the column-major upper one.
      const upper = uplo === 'L';
      wasm.symmetricEigenBatch(n, m, matrices, upper, number, d, vectorsAt, statuses, work);
      const [lambda, w] = [arena.view(d, m * n), arena.view(vectorsAt, vectors ? m * size : 0)];
      const finite = allFinite(lambda) && allFinite(w);
      arena.viewI32(statuses, m).forEach((status, k) => {
        if (status !== Status.notConverged) checkStatus(status, `eighBatch, matrix ${from + k}`);
        const good = (x: Float64Array, length: number) => allFinite(x.subarray(k * length, (k + 1) * length));
        if (status === Status.notConverged || !(finite || (good(lambda, n) && good(w, size))))
          failed.push(from + k);
      });
      iterations += arena.viewI32(work + RECORD_SWEEPS, 1)[0];
      values.set(lambda, from * n);
      if (vectors) z.set(w, from * size);
    }
  });
  return { values, vectors: z, convergence: { converged: failed.length === 0, iterations, failed } };
}
