// eigh in slices: the event loop runs in between, so that a page stays alive, progress shows and an AbortSignal is seen.
import { checkInteger, checkNumber, show } from '../core/check.js';
import { InputError } from '../core/errors.js';
import { MAX_BYTES } from '../core/heap.js';
import type { Runtime } from '../core/runtime.js';
import { checkStatus, Status } from '../core/status.js';
import { checkTriangle, type Eigh, type EighOptions, eighOptions } from './eigh.js';
import { type EigenExports, MORE } from './exports.js';

export interface EighAsyncOptions extends Omit<EighOptions, 'method' | 'range'> {
  /** Called between slices with the part of the work that is done, 0 … 1; the last call is with 1. */
  onProgress?: (fraction: number) => void;
  /** Ends the computation between two slices; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
  /**
   * Milliseconds after which a slice ends, with the step under way; 25, one or two frames of a page, by default.
   * Results do not depend on it.
   */
  slice?: number;
}

/** A Proxy of one, or an heir of its prototype, is not: its methods would throw. */
function isAbortSignal(value: unknown): boolean {
  try {
    return value instanceof AbortSignal && typeof value.aborted === 'boolean';
  } catch {
    return false;
  }
}

/** Lets the event loop run. */
const pause: () => Promise<void> =
  typeof setImmediate === 'function'
    ? () => new Promise((resolve) => setImmediate(resolve))
    : () => new Promise((resolve) => setTimeout(resolve));

export async function eighAsync(
  runtime: Runtime,
  a: Float64Array,
  n: number,
  options: EighAsyncOptions = {},
): Promise<Eigh> {
  const { given, vectors, uplo } = eighOptions<EighAsyncOptions & EighOptions>(
    checkInteger('n', n, { min: 0 }),
    options,
    'onProgress',
    'signal',
    'slice',
  );
  if (given.method !== undefined) {
    throw new InputError('options.method', 'eighAsync always uses divide and conquer');
  }
  const { onProgress, signal } = given;
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new InputError('options.onProgress', `expected a function, got ${show(onProgress)}`);
  }
  if (signal !== undefined && !isAbortSignal(signal)) {
    throw new InputError('options.signal', `expected an AbortSignal, got ${show(signal)}`);
  }
  const slice = checkNumber('options.slice', given.slice ?? 25, { min: 0 });
  const bytes = stepsBytes(runtime, n, vectors);
  if (bytes > MAX_BYTES) {
    throw new InputError(
      'n',
      `order ${n} needs ${Math.ceil(bytes / 2 ** 20)} MiB, ` +
        `WebAssembly memory holds ${Math.floor(MAX_BYTES / 2 ** 20)} MiB`,
    );
  }
  checkTriangle(a, n, uplo);
  signal?.throwIfAborted();
  return runtime.scope(async (arena) => {
    const matrix = arena.put(a);
    const d = arena.f64(n);
    const z = vectors ? arena.f64(n * n) : 0;
    const start = runtime.exports<EigenExports>();
    const work = arena.bytes(start.symmetricEigenStepsWorkspace(n, Number(vectors)) >>> 0);
    // The row-major lower triangle is the column-major upper one.
    start.symmetricEigenStart(n, matrix, Number(uplo === 'L'), d, z, work);
    let status: number = MORE;
    while (status === MORE) {
      // Asked for again after each pause: the core may have been disposed of.
      const wasm = runtime.exports<EigenExports>();
      const end = performance.now() + slice;
      do status = wasm.symmetricEigenStep(work);
      while (status === MORE && performance.now() < end);
      onProgress?.(wasm.symmetricEigenProgress(work));
      if (status !== MORE) break;
      await pause();
      signal?.throwIfAborted();
    }
    if (status !== Status.notConverged) checkStatus(status, 'eigh');
    const [iterations] = arena.viewI32(work, 1);
    return {
      values: arena.take(d, n),
      vectors: vectors ? arena.take(z, n * n) : new Float64Array(0),
      convergence: { converged: status === Status.ok, iterations },
    };
  });
}

/** Bytes of WebAssembly memory for order n. */
function stepsBytes(runtime: Runtime, n: number, vectors: boolean): number {
  if (8 * n * n > MAX_BYTES) return 16 * n * n;
  const work = runtime.exports<EigenExports>().symmetricEigenStepsWorkspace(n, Number(vectors)) >>> 0;
  return 8 * n * n * (vectors ? 2 : 1) + 8 * n + work;
}
