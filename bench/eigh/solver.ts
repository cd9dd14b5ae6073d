// What the comparison knows of a solver: a name, the sizes it is asked for, and one timed decomposition.

export interface Timing {
  /** Best of the runs made. */
  seconds: number;
  runs: number;
  /** Eigenvalues, ascending. */
  values: ArrayLike<number>;
  /** Eigenvector k in elements k n … (k + 1) n − 1, where the solver gives them that way. */
  vectors?: Float64Array;
}

export interface Solver {
  name: string;
  /** ours: this package; peer: JavaScript or WebAssembly; native: machine code outside the sandbox. */
  kind: 'ours' | 'peer' | 'native';
  /** Version or build, for the report. */
  version: string;
  /** Growth of the time with n, to foresee a run that takes too long. */
  exponent: number;
  /** Largest order worth asking for, whatever the time. */
  maxOrder?: number;
  time(a: Float64Array, n: number): Promise<Timing>;
  close?(): Promise<void>;
}

/** Time spent on one solver and size. */
const BUDGET_SECONDS = 1.5;
const MAX_RUNS = 50;
/** A first run longer than this stands alone, though the engine still compiled during it. */
const LONG_SECONDS = 8;

/** Runs `solve` until the budget is spent, twice at least; the first run warms the engine up and does not count. */
export async function best<T>(
  solve: () => T | Promise<T>,
): Promise<{ seconds: number; runs: number; result: T }> {
  let seconds = Number.POSITIVE_INFINITY;
  let spent = 0;
  let runs = 0;
  let result: T;
  do {
    const start = performance.now();
    result = await solve();
    const elapsed = (performance.now() - start) / 1000;
    ++runs;
    if (runs > 1 || elapsed > LONG_SECONDS) seconds = Math.min(seconds, elapsed);
    spent += elapsed;
  } while (seconds === Number.POSITIVE_INFINITY || (spent < BUDGET_SECONDS && runs < MAX_RUNS));
  return { seconds, runs, result };
}
