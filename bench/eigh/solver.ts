// What the comparison knows of a solver: a name, the sizes it is asked for, and one timed decomposition.
import { leastTime } from 'emft/accuracy';

export interface Timing {
  /** Best of the runs made. */
  seconds: number;
  runs: number;
  /** Eigenvalues, ascending. */
  values: ArrayLike<number>;
  /** Eigenvector k in elements k n … (k + 1) n − 1, where the solver gives them that way. */
  vectors?: Float64Array;
}

/** What is decomposed: a symmetric A, a Hermitian A in pairs, or A x = λ B x with B behind A. */
export type Problem = 'symmetric' | 'hermitian' | 'generalized';

export interface Solver {
  name: string;
  /** symmetric when left out. */
  problem?: Problem;
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

/** Runs until 1.5 s are spent, twice at least; the first does not count, unless it took so long that it stands alone. */
export const best = <T>(run: () => T) =>
  leastTime(run, { warm: 0, batch: 0, batches: 49, enough: 1.5, alone: 8 });
