// Times one eigensolver on one matrix and checks what it gave: for `emft time` and for the explorer, which has no Node.

export interface Decomposition {
  /** Ascending. */
  values: ArrayLike<number>;
  /** Eigenvector k in elements k n … (k + 1) n − 1. */
  vectors: Float64Array;
}

export interface SolverTime {
  /** Of one decomposition, the least of several. */
  seconds: number;
  /** ‖AZ − ZD‖₁ / (‖A‖₁ n ulp), LAPACK's ratio, over a fixed set of columns of Z at n > 64. */
  residual: number;
  /** ‖I − ZᵀZ‖₁ / (n ulp) over the same columns. */
  orthogonality: number;
}

const ULP = 2 ** -52;
/** Clocks of browsers tick every 0.1 ms: short runs are timed many at once. */
const BATCH_SECONDS = 0.01;
/** Compilers of JavaScript take their time. */
const WARM_SECONDS = 0.04;
const BATCHES = 5;
const COLUMNS = 64;

/** A solver with its matrix: what is timed, and the last result in the form that is checked. */
export interface Prepared {
  solve(): void;
  result(): Decomposition;
}

/** For solvers that take and give these arrays themselves. */
export function prepare(
  eigh: (a: Float64Array, n: number) => Decomposition,
  a: Float64Array,
  n: number,
): Prepared {
  let last: Decomposition = { values: [], vectors: new Float64Array(0) };
  return {
    solve: () => {
      last = eigh(a, n);
    },
    result: () => last,
  };
}

/** Least time of up to five batches after runs that let the engine compile; no new batch after `enough` seconds. */
export function timeSolver(solver: Prepared, a: Float64Array, n: number, enough = 1): SolverTime {
  const timed = (runs: number) => {
    const start = performance.now();
    for (let run = 0; run < runs; ++run) solver.solve();
    return (performance.now() - start) / 1000;
  };
  let seconds = timed(1);
  let spent = seconds;
  for (let runs = 1; spent < WARM_SECONDS; runs *= 2) {
    const took = timed(runs);
    spent += took;
    seconds = took / runs;
  }
  const runs = Math.max(1, Math.ceil(BATCH_SECONDS / seconds));
  for (let batch = 0; batch < BATCHES && spent < enough; ++batch) {
    const took = timed(runs);
    spent += took;
    seconds = Math.min(seconds, took / runs);
  }
  return { seconds, ...ratios(a, n, solver.result()) };
}

/** Plain triple loops over all columns would cost more than the solver. */
export function ratios(a: Float64Array, n: number, { values, vectors }: Decomposition) {
  let norm = 0;
  for (let j = 0; j < n; ++j) {
    let sum = 0;
    for (let i = 0; i < n; ++i) sum += Math.abs(a[i + j * n]);
    norm = Math.max(norm, sum);
  }
  const stride = Math.max(1, Math.floor(n / COLUMNS));
  let [residual, orthogonality] = [0, 0];
  for (let k = 0; k < n; k += stride) {
    const v = vectors.subarray(k * n, (k + 1) * n);
    let [r, o] = [0, 0];
    for (let i = 0; i < n; ++i) {
      let [product, overlap] = [0, 0];
      for (let j = 0; j < n; ++j) {
        product += a[i * n + j] * v[j];
        overlap += v[j] * vectors[i * n + j];
      }
      r += Math.abs(product - values[k] * v[i]);
      o += Math.abs(overlap - (i === k ? 1 : 0));
    }
    residual = Math.max(residual, r);
    orthogonality = Math.max(orthogonality, o);
  }
  return { residual: residual / (norm * n * ULP), orthogonality: orthogonality / (n * ULP) };
}
