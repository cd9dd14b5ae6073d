// How long something takes: the least time of one run of several. What else runs on a machine only ever adds to a time.

/** When runs are repeated, and how often. Seconds are from 0 to 86 400. */
export interface TimingOptions {
  /** Seconds of runs at the beginning that do not count, one run at least: the engine compiles meanwhile; 0.04. */
  warm?: number;
  /** Seconds of a batch: short runs are timed many at once, as clocks of browsers tick every 0.1 ms; 0.01. */
  batch?: number;
  /** Batches at most, 1 … 1 000 000; 5. */
  batches?: number;
  /** Seconds after which no second batch begins; 1. */
  enough?: number;
  /** A first run that takes more seconds than this is the only one; `enough` by default. */
  alone?: number;
  /** Awaited between batches and not timed. What it throws ends the timing. */
  pause?: () => unknown;
}

/** What was timed. */
export interface Timing<T> {
  /** Of one run, the least of all batches. */
  seconds: number;
  /** Runs made, including those that do not count. */
  runs: number;
  /** The result of the last run. */
  result: T;
}

/** Doublings of the number of runs, for clocks that stand still. */
const MOST_RUNS = 2 ** 24;

export async function leastTime<T>(
  run: () => T,
  { warm, batch, batches, enough, alone, pause }: Required<Omit<TimingOptions, 'pause'>> & TimingOptions,
): Promise<Timing<Awaited<T>>> {
  let result!: Awaited<T>;
  let [spent, runs] = [0, 0];
  /** Seconds of one of `count` runs. Only a promise is awaited, because awaiting takes time too. */
  const timed = async (count: number) => {
    const start = performance.now();
    for (let k = 0; k < count; ++k) {
      const given = run();
      const waits = typeof (given as PromiseLike<T> | undefined)?.then === 'function';
      result = waits ? await given : (given as Awaited<T>);
    }
    const took = (performance.now() - start) / 1000;
    [spent, runs] = [spent + took, runs + count];
    return took / count;
  };

  let seconds = await timed(1);
  if (seconds > alone) return { seconds, runs, result };
  for (let count = 1; spent < Math.max(warm, batch) && count < MOST_RUNS; count *= 2) {
    await pause?.();
    seconds = await timed(count);
  }
  const count = seconds > 0 ? Math.min(MOST_RUNS, Math.max(1, Math.ceil(batch / seconds))) : 1;
  let least = Number.POSITIVE_INFINITY;
  for (let done = 0; done < batches && (done === 0 || spent < enough); ++done) {
    await pause?.();
    least = Math.min(least, await timed(count));
  }
  return { seconds: least, runs, result };
}
