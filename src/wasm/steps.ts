// Computations in steps: a generator that yields between steps. It is run to its end at once, or with the event loop
// running in between, so that a page stays responsive, progress shows and an AbortSignal is seen.
import { checkNumber, isThenable, type Name, said, show, within } from './check.js';
import { InputError } from './errors.js';

/** Each step yields the share of the work that is done, 0 … 1, where that is known. */
export type Steps<T> = Generator<number | undefined, T, void>;

/** How a computation in slices is watched and ended. */
export interface Watch {
  /**
   * Called between slices with the share of the work that is done, 0 … 1, never falling; the last call is with 1. A promise that it
   * returns is waited for. What it throws or rejects with ends the computation, and the call's promise rejects with it.
   */
  onProgress?: (fraction: number) => unknown;
  /** Ends the computation between two slices; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
  /**
   * Milliseconds after which a slice ends, with the step under way, which is planned to last no longer: 25 by default,
   * one or two frames of a page. Shorter slices make the whole slower. Results do not depend on it.
   */
  slice?: number;
}

export type CheckedWatch = Pick<Watch, 'onProgress' | 'signal'> & { slice: number };

export const WATCH_KEYS = ['onProgress', 'signal', 'slice'] as const;

/** Checks the options of a watch in `given`, which holds other options too; `name` is the argument in messages. */
export function checkWatch(name: string, given: Watch): CheckedWatch {
  const { onProgress, signal } = given;
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new InputError(within(name, 'onProgress'), `expected a function, got ${show(onProgress)}`);
  }
  if (signal !== undefined && !isAbortSignal(signal)) {
    throw new InputError(within(name, 'signal'), `expected an AbortSignal, got ${show(signal)}`);
  }
  return { onProgress, signal, slice: checkNumber(within(name, 'slice'), given.slice ?? 25, { min: 0 }) };
}

/**
 * Splits options into those that watch the computation, which are checked, and the rest, which is not read. A value
 * that is not an object is left to the check of the rest.
 */
export function takeWatch<T>(name: string, given: T & Watch): { watch: CheckedWatch; rest: T } {
  if (typeof given !== 'object' || given === null) return { watch: checkWatch(name, {}), rest: given };
  const watch: Record<string, unknown> = {};
  const rest = {};
  let part: Name = name;
  try {
    // Arrays, maps and so on are refused as a whole.
    if (Object.prototype.toString.call(given) !== '[object Object]') {
      return { watch: checkWatch(name, {}), rest: given };
    }
    for (const key of Object.keys(given)) {
      part = within(name, key);
      // Other keys are read later, once.
      if ((WATCH_KEYS as readonly string[]).includes(key)) watch[key] = Reflect.get(given, key);
      else Object.defineProperty(rest, key, Object.getOwnPropertyDescriptor(given, key) ?? {});
    }
  } catch (error) {
    throw new InputError(part, `cannot be read: ${said(error)}`);
  }
  return { watch: checkWatch(name, watch as Watch), rest: rest as T };
}

function pauseByMessage(resolve: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    resolve();
  };
  port2.postMessage(null);
}

/** Timers of browsers would wait 4 ms each time; workers at the edge of a network may have nothing else. */
function waiting(): (resolve: () => void) => void {
  if (typeof setImmediate === 'function') return setImmediate;
  return typeof MessageChannel === 'function' ? pauseByMessage : setTimeout;
}

const wait = waiting();
/** Lets the event loop run. */
export const pause = (): Promise<void> => new Promise((resolve) => wait(resolve));

/** A Proxy of an AbortSignal, or an object that inherits from its prototype, is not one: its methods would throw. */
function isAbortSignal(value: unknown): value is AbortSignal {
  try {
    return value instanceof AbortSignal && typeof value.aborted === 'boolean';
  } catch {
    return false;
  }
}

/** The budget, in nanoseconds, of a single step to the end. */
export const UNBOUNDED = Number.POSITIVE_INFINITY;

/** The nanoseconds that a step may last in slices of `slice` milliseconds. */
export function budgetOf({ slice }: CheckedWatch): number {
  return 1e6 * slice;
}

/**
 * Steps that are a part of a longer computation: their progress runs from the share `from` of its work to the share
 * `to`.
 */
export function* share<T>(steps: Steps<T>, from: number, to: number): Steps<T> {
  try {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      yield step.value === undefined ? undefined : from + (to - from) * step.value;
    }
  } finally {
    // Releases what the steps hold when this generator is ended early.
    steps.return(undefined as T);
  }
}

/** Steps that may not suffice, whose progress is kept in `reached`, where what takes over goes on. */
export function* noted<T>(steps: Steps<T>, reached: { fraction: number }): Steps<T> {
  try {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      reached.fraction = Math.max(reached.fraction, step.value ?? 0);
      yield step.value;
    }
  } finally {
    steps.return(undefined as T);
  }
}

/** Runs steps to their end without a pause. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Waits for what `onProgress` returned if it is a promise, whose rejection nobody else would see, and no longer than until the
 * signal aborts.
 */
async function waited(returned: unknown, signal?: AbortSignal): Promise<void> {
  if (!isThenable(returned)) return;
  let leave = () => {};
  const aborted = new Promise<void>((resolve) => {
    leave = resolve;
  });
  signal?.addEventListener('abort', leave);
  try {
    await Promise.race([returned, aborted]);
  } finally {
    signal?.removeEventListener('abort', leave);
  }
  signal?.throwIfAborted();
}

/** Runs steps to their end, with a pause after each step in which a slice ends. */
export async function inSlices<T>(steps: Steps<T>, { onProgress, signal, slice }: CheckedWatch): Promise<T> {
  try {
    signal?.throwIfAborted();
    let progress = 0;
    for (let end = performance.now() + slice; ; ) {
      const step = steps.next();
      if (step.done) {
        await waited(onProgress?.(1), signal);
        return step.value;
      }
      if (performance.now() < end) continue;
      if (step.value !== undefined) {
        progress = Math.max(progress, step.value);
        await waited(onProgress?.(progress), signal);
      }
      await pause();
      signal?.throwIfAborted();
      end = performance.now() + slice;
    }
  } finally {
    // Releases what the generator holds when it did not run to its end.
    steps.return(undefined as T);
  }
}
