// What a solver is to the lab: a name, and three functions. Only the middle one is timed. The benchmark and the explorer time
// the same solvers.

/** What is decomposed: a symmetric A, a Hermitian A in pairs of numbers, or A x = λ B x with B behind A. */
export type Problem = 'symmetric' | 'hermitian' | 'generalized';

/** Eigenvalues ascending; eigenvector k in entries k n … (k + 1) n − 1, pairs of numbers where they are complex. */
export interface Answer {
  values: Float64Array;
  /** Left out by what computes eigenvalues alone. */
  vectors?: Float64Array;
}

/** `Input` is what the solver takes and `Output` what it gives, in its own types; neither conversion is timed. */
// biome-ignore lint/suspicious/noExplicitAny: the types of one solver are nobody else's concern
export interface Solver<Input = any, Output = any> {
  name: string;
  /** peer by default; ours: this package; native: machine code outside the sandbox; generic: such code that is no baseline. */
  kind?: 'ours' | 'peer' | 'native' | 'generic';
  /** Version or build, for the report. */
  version?: string;
  /** What computes with the matrix that was prepared last, where that depends on the matrix. */
  by?(): string;
  /** symmetric by default. */
  problem?: Problem;
  /** Threads, 1 by default. */
  threads?: number;
  /** Computes eigenvalues alone, and is not compared with those that compute vectors too. */
  valuesOnly?: boolean;
  /** Largest order worth asking for, whatever the time. */
  maxOrder?: number;
  /** Seconds of a sample at least, for clocks of its own that tick slowly or have to be asked over a distance. */
  sample?: number;
  /** The matrix in the solver's own type; row i of the symmetric A is in a[i n …]. By default it is given as it is. */
  prepare?(a: Float64Array, n: number): Input | Promise<Input>;
  /** Decomposes once; this is timed. */
  solve(input: Input, n: number): Output | Promise<Output>;
  /** What it gave. By default it is an `Answer` already. */
  read?(output: Output, n: number): Answer | Promise<Answer>;
  /** Decomposes `count` times and returns seconds by a clock of its own, in place of the lab's around `solve`. */
  time?(input: Input, n: number, count: number): Promise<number>;
  close?(): void | Promise<void>;
}

/** Eigenvalues in ascending order with vectors that go with them: `component(k, i)` is component i of eigenvector k. */
export function ascending(
  values: ArrayLike<number>,
  component: (k: number, i: number) => number,
): Required<Answer> {
  const n = values.length;
  const order = Array.from(values, (_, k) => k).sort((p, q) => values[p] - values[q]);
  const vectors = new Float64Array(n * n);
  order.forEach((from, k) => {
    for (let i = 0; i < n; ++i) vectors[k * n + i] = component(from, i);
  });
  return { values: Float64Array.from(order, (k) => values[k]), vectors };
}

/** The rows of a matrix, for libraries that take arrays of arrays. */
export function rowsOf(a: Float64Array, n: number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from(a.subarray(i * n, (i + 1) * n)));
}
