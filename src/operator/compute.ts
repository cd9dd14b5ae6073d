// Operators inside a computation: each is brought into WebAssembly memory for the duration of a call, and multiplies there,
// W ← alpha H X + sigma X + beta W + gamma Y.
import type { Arena, Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import type { Entries } from './entries.js';
import type { Sector } from './sectorIdentity.js';

/** The factors of a product; alpha is 1 by default, the others 0. */
export interface Factors {
  alpha?: number;
  sigma?: number;
  beta?: number;
  gamma?: number;
}

/**
 * W ← alpha H X + sigma X + beta W + gamma Y at addresses, of one vector or of `columns` that follow one another, with the
 * same bits as one by one; W must not overlap X, and may be Y.
 */
export type Apply = (x: number, w: number, factors?: Factors, y?: number, columns?: number) => void;

/** Most vectors that are multiplied between two pauses, and most doubles in them, 8 MiB. Bounds on memory and on the length of a step. */
const [BLOCK, BLOCK_LENGTH] = [16, 2 ** 20];

/** How many vectors of `length` doubles are multiplied at a time. */
export function blockOf(length: number): number {
  return Math.max(1, Math.min(BLOCK, Math.floor(BLOCK_LENGTH / length)));
}

/** W ← H X of `columns` vectors, in one step, or in one step each if the cost of a product is unknown. */
export function* applySteps(
  { alone }: Pick<Computed, 'alone'>,
  apply: Apply,
  length: number,
  columns: number,
  [x, w]: readonly [number, number],
): Steps<void> {
  const together = alone ? 1 : Math.max(1, columns);
  for (let k = 0; k < columns; k += together) {
    if (k > 0) yield undefined;
    const at = 8 * length * k;
    apply(x + at, w + at, undefined, 0, Math.min(together, columns - k));
  }
}

/** A polynomial of 2 Ĥ = alpha H + sigma, by its coefficients of Chebyshev's. */
export interface FilterPlan {
  alpha: number;
  sigma: number;
  /** c_0 … c_order, order ≥ 1. */
  coefficients: Float64Array;
  /** Vectors in a block. */
  columns: number;
}

/** V ← 2 p(Ĥ) V for a block at an address, in steps of about the given number of nanoseconds. */
export type Filter = (at: number, budget: number) => Steps<void>;

/** A kernel for whole polynomials of an operator. */
export interface FilterKernel {
  place(runtime: Runtime, arena: Arena, plan: FilterPlan): Filter;
  /** Bytes that `place` takes from an arena beside the coefficients. */
  bytes(runtime: Runtime, columns: number): number;
}

/** mantissa · 2^exponent, 1 ≤ |mantissa| < 2, or 0. */
export interface BinaryFactor {
  mantissa: number;
  exponent: number;
}

/** What a sum is made of: operators that are no sums, their factors, and multiples of 1. */
export interface Summands {
  terms: readonly { of: Computed; factor: BinaryFactor }[];
  shifts: readonly BinaryFactor[];
}

/** An operator behind the public one. */
export interface Computed {
  readonly n: number;
  readonly complex: boolean;
  /** Bytes that `place` takes from an arena, at most: real vectors and pairs may differ. */
  readonly bytes: number;
  /** About how many multiplications by an entry a product with one vector takes. */
  readonly cost: number;
  /** Whether a function of the program multiplies, vector by vector, at a cost that is unknown. */
  readonly alone?: boolean;
  /** Brings it into the arena; `pairs`: vectors are complex. */
  place(runtime: Runtime, arena: Arena, pairs: boolean): Apply;
  /** A kernel for whole polynomials, if the operator has one: faster than product by product. */
  readonly filter?: FilterKernel;
  /** The entries, if they are known. */
  readonly entries?: Entries;
  /** The configurations of spins ½ that vectors refer to, if they do. */
  readonly basis?: Sector;
  /** Of a sum. */
  readonly summands?: Summands;
  /** Refuses a function of the program that is not linear, before its products are relied on. */
  checkLinear?(): void;
}

/**
 * What a record takes beside its arrays, which `bytes` counts: the record itself, workspace of a product, where tasks begin, and the gaps
 * between up to eight blocks. A bound on memory.
 */
const RECORD = 1024;

/** An operator of assembly/operator: its record is written by `put`, and `operatorApply` multiplies by it. */
export function recorded(
  about: Pick<Computed, 'n' | 'complex' | 'bytes' | 'cost' | 'entries' | 'basis'>,
  put: (runtime: Runtime, arena: Arena) => number,
): Computed {
  return {
    ...about,
    bytes: about.bytes + RECORD,
    place(runtime, arena, pairs) {
      const record = put(runtime, arena);
      const work = arena.bytes(runtime.wasm.operatorWorkspace() >>> 0);
      return (x, w, { alpha = 1, sigma = 0, beta = 0, gamma = 0 } = {}, y = 0, columns = 1) =>
        runtime.wasm.operatorApply(record, Number(pairs), columns, x, w, y, alpha, sigma, beta, gamma, work);
    },
  };
}
