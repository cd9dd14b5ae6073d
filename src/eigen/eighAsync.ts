// eigh in slices: the event loop runs in between, so that a page stays alive, progress shows and an AbortSignal is seen.

import { floats } from '../wasm/arena.js';
import type { EigenBindings } from '../wasm/bindings.js';
import { checkInteger, checkNumber, show } from '../wasm/check.js';
import { MORE } from '../wasm/constants.js';
import { InputError } from '../wasm/errors.js';
import { allFinite } from '../wasm/finite.js';
import type { Runtime } from '../wasm/runtime.js';
import { isAbortSignal, pause } from '../wasm/steps.js';
import { type Accuracy, accurate, startAccuracy, takeAccuracy } from './accuracy.js';
import {
  checkOrder,
  checkTriangle,
  type Eigh,
  type EighOptions,
  eighOptions,
  outcome,
  startEigh,
} from './eigh.js';

/** What `eighAsync` computes, and how it is watched and ended. */
export interface EighAsyncOptions extends EighOptions {
  /** Called between slices with the part of the work that is done, 0 … 1, never falling; the last call is with 1. */
  onProgress?: (fraction: number) => void;
  /** Ends the computation between two slices; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
  /**
   * Milliseconds after which a slice ends, with the step under way, which is planned to last no longer: 25 by default,
   * one or two frames of a page. Shorter slices cost some speed. Results do not depend on it.
   */
  slice?: number;
}

/** Doubles that are copied out at a time. */
const CHUNK = 1 << 20;
/** Share of the work that is done when `verify` begins, about. */
const VERIFY_FROM = 0.55;

export async function eighAsync(
  runtime: Runtime,
  a: Float64Array,
  n: number,
  options: EighAsyncOptions = {},
): Promise<Eigh> {
  const order = checkInteger('n', n, { min: 0 });
  const own = ['range', 'verify', 'onProgress', 'signal', 'slice'];
  const { given, method, vectors, verify, uplo, selection } = eighOptions(order, options, ...own);
  const { onProgress, signal } = given;
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new InputError('options.onProgress', `expected a function, got ${show(onProgress)}`);
  }
  if (signal !== undefined && !isAbortSignal(signal)) {
    throw new InputError('options.signal', `expected an AbortSignal, got ${show(signal)}`);
  }
  const slice = checkNumber('options.slice', given.slice ?? 25, { min: 0 });
  const bytes = checkOrder(runtime, n, { method, vectors, verify }, verify ? 1 : 0);
  checkTriangle(a, n, uplo);
  signal?.throwIfAborted();
  return runtime.scope(async (arena) => {
    runtime.heap.reserve(bytes);
    // Of a part of the spectrum the size is not known yet.
    const all = vectors && !selection ? floats(n * n) : undefined;
    let end = performance.now() + slice;
    let progress = 0;
    /** To be awaited between two steps: at the end of a slice it reports and lets the event loop run. */
    const rest = async (fraction: number) => {
      progress = Math.max(progress, fraction);
      onProgress?.(progress);
      await pause();
      signal?.throwIfAborted();
      end = performance.now() + slice;
    };
    // The row-major lower triangle is the column-major upper one.
    const upper = uplo === 'L';
    /** Takes steps until one returns something else than MORE, and returns that. */
    const run = async (step: (wasm: EigenBindings) => number, done: (wasm: EigenBindings) => number) => {
      for (;;) {
        // Asked for again after each pause: the core may have been disposed of.
        const wasm = runtime.exports<EigenBindings>();
        let status: number;
        do status = step(wasm);
        while (status === MORE && performance.now() < end);
        if (status !== MORE) return status;
        await rest(done(wasm));
      }
    };
    const budget = 1e6 * slice;
    const share = verify ? VERIFY_FROM : 1;
    const matrix = arena.put(a);
    // The caller's array may change before the end.
    const kept = verify ? arena.put(a) : 0;
    const started = startEigh(runtime, arena, matrix, n, { method, vectors, upper, selection });
    const { work } = started;
    const status = await run(
      (wasm) => wasm.jobStep(work, budget),
      (wasm) => share * wasm.jobProgress(work),
    );
    const { first, count, convergence } = outcome(arena, started, status);
    const z = started.vectors + 8 * n * first;
    const values = started.values + 8 * first;
    let accuracy: Accuracy | undefined;
    if (verify) {
      const check = startAccuracy(runtime, arena, kept, upper, { n, count, values, vectors: z });
      await run(
        (wasm) => wasm.jobStep(check, budget),
        (wasm) => share + (1 - share) * wasm.jobProgress(check),
      );
      accuracy = takeAccuracy(arena, check);
      convergence.converged &&= accurate(accuracy);
    }
    const result = all ?? floats(vectors ? count * n : 0);
    for (let from = 0; from < result.length; from += CHUNK) {
      if (performance.now() >= end) await rest(1);
      const part = arena.view(z + 8 * from, Math.min(CHUNK, result.length - from));
      result.set(part, from);
      convergence.converged &&= allFinite(part);
    }
    onProgress?.(1);
    return { values: arena.take(values, count), vectors: result, convergence, ...accuracy };
  });
}
