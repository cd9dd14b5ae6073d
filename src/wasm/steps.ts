// Computations in steps: a generator that yields between them, run to its end at once, or with the event loop running
// in between, so that a page stays alive and an AbortSignal is seen.

export type Steps<T> = Generator<void, T, void>;

/** Lets the event loop run. Timers of browsers would wait 4 ms each time. */
export const pause: () => Promise<void> =
  typeof setImmediate === 'function'
    ? () => new Promise((resolve) => setImmediate(resolve))
    : () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            port1.close();
            resolve();
          };
          port2.postMessage(null);
        });

/** A Proxy of one, or an heir of its prototype, is not: its methods would throw. */
export function isAbortSignal(value: unknown): value is AbortSignal {
  try {
    return value instanceof AbortSignal && typeof value.aborted === 'boolean';
  } catch {
    return false;
  }
}

export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** `slice`: milliseconds after which a pause follows the step under way. */
export async function inSlices<T>(steps: Steps<T>, slice: number, signal?: AbortSignal): Promise<T> {
  try {
    signal?.throwIfAborted();
    for (let end = performance.now() + slice; ; ) {
      const step = steps.next();
      if (step.done) return step.value;
      if (performance.now() < end) continue;
      await pause();
      signal?.throwIfAborted();
      end = performance.now() + slice;
    }
  } finally {
    // Releases what the generator holds when it did not come to its end.
    steps.return(undefined as T);
  }
}
