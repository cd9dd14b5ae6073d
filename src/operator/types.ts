// What operators are made of, and what they give.
import type { Numbers } from '../wasm/numbers.js';
import type { Watch } from '../wasm/steps.js';

/** A real number, or [re, im]. */
export type ComplexNumber = number | readonly [re: number, im: number];

/** A part of a Hamiltonian of spins ½: `coefficient` times a product of operators of single sites. */
export interface SpinTerm {
  /**
   * One letter a site: `x`, `y`, `z` for S^x, S^y, S^z (eigenvalues ±½), `+` and `-` for S^+ and S^−. The product is taken in
   * the order written.
   */
  op: string;
  /** One site a letter, 0 … sites − 1; a site may come again. */
  sites: readonly number[];
  /** 1 by default. */
  coefficient?: ComplexNumber;
}

/** A symmetry of the Hamiltonian, and the number by which it multiplies the states of the sector. */
export interface SpinSymmetry {
  /** Site i goes to `permutation[i]`; all sites stay by default. */
  permutation?: readonly number[];
  /** Whether all spins are turned over as well; false by default. */
  flip?: boolean;
  /** P v = character v: ±1, or a complex number of modulus 1 whose power, the order of P, is 1. */
  character: ComplexNumber;
}

/** The part of the space in which the Hamiltonian is. */
export interface SpinSector {
  /** Number of up spins; any by default. */
  up?: number;
  /** Generators of a group, whose characters must not contradict one another. */
  symmetries?: readonly SpinSymmetry[];
}

/** A Hamiltonian of spins ½. */
export interface SpinOptions {
  /** Number of sites, 1 … 32. */
  sites: number;
  /**
   * H is the sum of these; it must be Hermitian as a whole. Coefficients of the same product are added up in doubles, and products of an
   * entry then so that one of the diagonal is right to an ulp of itself where large ones cancel, others to 4 ulp of their terms.
   */
  terms: readonly SpinTerm[];
  /** The whole space by default. */
  sector?: SpinSector;
  /**
   * `free`: products are computed from the terms, without a matrix; `csr`: the matrix in compressed rows; `auto`, the default: `free`
   * without symmetries, and with them `csr` as long as the matrix takes no more than 1 GiB, which makes products some hundred times
   * as fast. `bytes` of the operator says what it takes.
   */
  storage?: 'auto' | 'free' | 'csr';
}

/** As `SpinOptions`, with what watches the call. */
export interface SpinAsyncOptions extends SpinOptions, Watch {}

/** A sparse matrix in compressed rows, as scipy.sparse.csr_array has it: both triangles. */
export interface CsrMatrix {
  /** Order. */
  n: number;
  /** n + 1 numbers: the entries of row i are at indptr[i] … indptr[i + 1] − 1. */
  indptr: Int32Array | Uint32Array | readonly number[];
  /** Columns of the entries, each once a row. */
  indices: Int32Array | Uint32Array | readonly number[];
  /** The entries; with `complex` two numbers each, real and imaginary part. */
  data: Float64Array | readonly number[];
  /** Whether entries are complex; false by default. */
  complex?: boolean;
}

/** The same, and how the call is watched. */
export interface CsrAsyncMatrix extends CsrMatrix, Watch {}

/** A sparse matrix as a list of entries, as scipy.sparse.coo_array has it: both triangles, in any order. */
export interface CooMatrix {
  /** Order. */
  n: number;
  /** Row of each entry. */
  row: Int32Array | Uint32Array | readonly number[];
  /** Column of each entry. */
  col: Int32Array | Uint32Array | readonly number[];
  /** The entries, of which those at one place are added up; with `complex` two numbers each, real and imaginary part. */
  data: Float64Array | readonly number[];
  /** Whether entries are complex; false by default. */
  complex?: boolean;
}

/** The same, and how the call is watched. */
export interface CooAsyncMatrix extends CooMatrix, Watch {}

/** An operator that a program multiplies by, or a whole matrix. */
export interface OperatorOptions {
  /** Order. */
  n: number;
  /** Entry (i, j) at i·n + j, or with `complex` in pairs at 2(i·n + j), both triangles; in place of `multiply`. Copied. */
  matrix?: Float64Array;
  /**
   * Writes H x to `y`, which is 0 before, for `columns` vectors that follow one another: n numbers each, or with `complex` 2n, real
   * and imaginary parts side by side. H must be Hermitian. Called with arrays of its own, of which it may change x too; must be done
   * when it returns. A function of two parameters is called with one vector at a time. What is assigned beyond the end of `y`,
   * which JavaScript drops without a word, is an error up to some order: after the first product the function multiplies random
   * numbers once more, up to 1024 of them, with a `y` that notices this, a Proxy. Where a function throws with that, as code does that
   * asks for a typed array itself, nothing is concluded from it. At larger orders, and in later products, nobody notices.
   */
  multiply?: (x: Float64Array, y: Float64Array, columns: number) => void;
  /** Whether H has complex entries; false by default. */
  complex?: boolean;
}

/** An object of the program that multiplies, in place of an operator: what `operator` takes with `multiply`, which may use `this`. */
export interface Multiplier {
  /** Order. */
  readonly n: number;
  /** Whether H has complex entries; false by default. */
  readonly complex?: boolean;
  /** As `multiply` of `OperatorOptions`. */
  multiply(x: Float64Array, y: Float64Array, columns: number): void;
}

/** An operator, or an object that multiplies. */
export type AnyOperator = Operator | Multiplier;

/**
 * A Hermitian operator of order n. It holds what it is made of in JavaScript memory, so there is nothing to free. The one that
 * `multiply` was called of last stays in WebAssembly memory besides, until something else needs the room.
 */
export interface Operator {
  /** Order. */
  readonly n: number;
  /** Whether entries are complex: vectors then are 2n numbers, real and imaginary parts side by side. */
  readonly complex: boolean;
  /** Bytes that it takes in WebAssembly memory while a call uses it, its vectors apart. */
  readonly bytes: number;
  /**
   * H x for `columns` vectors that follow one another.
   *
   * @param x - n·columns finite numbers, or 2n·columns of an operator with complex entries. One with real entries takes
   *   both: 2n·columns numbers are complex vectors if `complexVectors` says so.
   * @param columns - Number of vectors; by default all of an array that `eigsh` or `evolve` gave, else 1.
   * @param complexVectors - Whether vectors are complex; by default as `eigsh` or `evolve` gave them, else whether the operator is.
   * @param out - Where to put the products, as many numbers as `x` has: in a loop this spares a new array each time. May be
   *   `x` itself. By default a new array.
   * @returns As many numbers as `x` has: `out` if it is given.
   * @throws InputError for a wrong length, a number that is not finite, or an `out` that lies partly over `x`.
   */
  multiply(x: Numbers, columns?: number, complexVectors?: boolean, out?: Float64Array): Float64Array;
  /**
   * The matrix, entry (i, j) at i·n + j, or in pairs at 2(i·n + j).
   *
   * @returns n² numbers, or 2n² of an operator with complex entries: what `eigh` and `eighComplex` take.
   * @throws InputError when it is too large for an array, is not Hermitian, or has entries that are not finite.
   */
  toDense(): Float64Array;
  /** `factor` H. */
  scaled(factor: number): Operator;
  /** H + `by`. */
  shifted(by: number): Operator;
  /** H + `other`, of the same order and, where both are made of spins, in the same sector. Shifts that cancel leave nothing. */
  plus(other: AnyOperator): Operator;
}

/** An operator on spins ½: its basis is known. */
export interface SpinOperator extends Operator {
  /** Number of sites. */
  readonly sites: number;
  /**
   * Basis configurations, ascending: bit i is site i, 0 up. With symmetries the least of each orbit stands for it.
   *
   * @returns n numbers.
   */
  states(): Uint32Array;
  /**
   * Vectors of the sector in the whole space of 2^sites configurations, where entry s is the amplitude of configuration s: what
   * `entanglementEntropy` takes.
   *
   * @param x - n·columns numbers, or 2n·columns of complex vectors: eigenvectors, say.
   * @param columns - Number of vectors, 1 by default.
   * @param complexVectors - Whether vectors are complex; by default as `eigsh` or `evolve` gave them, of others whether the operator is.
   * @returns 2^sites·columns numbers, twice as many of complex vectors; norms stay as they are.
   * @throws InputError for a wrong length, a number that is not finite, or more numbers than an array holds.
   */
  embed(x: Numbers, columns?: number, complexVectors?: boolean): Float64Array;
  /**
   * The parts in the sector of vectors in the whole space, the inverse of `embed`: what lies outside of the sector is left out.
   *
   * @param x - 2^sites·columns numbers, or twice as many of complex vectors. A sector with complex characters takes both.
   * @param columns - Number of vectors, 1 by default; by default all of an array that `embed` or `eigsh` gave.
   * @param complexVectors - As for `embed`; of arrays that fit real vectors alone false.
   * @returns n·columns numbers, or 2n·columns of complex vectors and of an operator with complex entries.
   * @throws InputError as `embed`.
   */
  project(x: Numbers, columns?: number, complexVectors?: boolean): Float64Array;
}

/** The parts that states are made of, and those that are looked at. */
export interface SubsystemOptions {
  /**
   * Dimension of each part, 1 or more, the first part the lowest digit of a configuration; by default sites of dimension 2, as
   * many as a state needs: of arrays that `embed`, `eigsh`, `evolve`, `diagonalizeGrain` or, of orders above 32, `eigh` and its kin gave
   * it is known how long a state is, of others all amplitudes are one state.
   */
  dimensions?: readonly number[];
  /**
   * The operator of spins of whose space the states are, of a sector perhaps, in place of `dimensions`: parts are its sites. By default
   * states have an amplitude for each configuration.
   */
  operator?: SpinOperator;
  /** Places in `dimensions` of the parts inside, each once, or sites of the operator. */
  subsystem: readonly number[];
  /**
   * Whether amplitudes are in pairs, real and imaginary part; by default as they were given, by those that give `dimensions`. Of other
   * arrays it has to be said, unless `dimensions` leave no choice.
   */
  complex?: boolean;
}

/** As `SubsystemOptions`, with the order of the entropy. */
export interface EntropyOptions extends SubsystemOptions {
  /** 1, the default: von Neumann's entropy; else Rényi's of this order, 0 … Infinity. */
  order?: number;
}

/** As `SubsystemOptions`, with what watches the call. */
export interface SubsystemAsyncOptions extends SubsystemOptions, Watch {}

/** As `EntropyOptions`, with what watches the call. */
export interface EntropyAsyncOptions extends EntropyOptions, Watch {}

/** The order of entropies of |ψ|², and the length of states. */
export interface ParticipationOptions {
  /** 1, the default: −Σ p log p; else Rényi's entropy of this order, 0 … Infinity. */
  order?: number;
  /** Amplitudes of a state; by default as `embed`, `eigsh` or `evolve` gave them, all one state of other arrays. */
  length?: number;
  /**
   * Whether amplitudes are in pairs, real and imaginary part; by default as they were given. Of other arrays it has to be said, unless
   * their number is odd, or that of states of this length.
   */
  complex?: boolean;
}

/** As `ParticipationOptions`, with what watches the call. */
export interface ParticipationAsyncOptions extends ParticipationOptions, Watch {}

/** How vectors are written. */
export interface VectorOptions {
  /**
   * Whether they are in pairs, real and imaginary part; by default as `embed`, `eigsh`, `evolve`, `diagonalizeGrain` or, of orders above
   * 32, `eigh` and its kin gave them, of other arrays whether the operator has complex entries. An even number of real vectors in another array might be complex ones: then it has to be said.
   */
  complex?: boolean;
}

/** As `VectorOptions`, with what watches the call. */
export interface VectorAsyncOptions extends VectorOptions, Watch {}

/** Which operators of two sites are looked at. */
export interface CorrelationOptions extends VectorOptions {
  /** Two letters, A and B, as in terms of `spins`: `x`, `y`, `z`, `+`, `-`; `zz` by default. */
  op?: string;
  /** ⟨A_i B_j⟩ − ⟨A_i⟩⟨B_j⟩ in place of ⟨A_i B_j⟩; false by default. */
  connected?: boolean;
}

/** As `CorrelationOptions`, with what watches the call. */
export interface CorrelationAsyncOptions extends CorrelationOptions, Watch {}

/** Correlations of all pairs of sites. */
export interface Correlations {
  /** Real parts, of state c, sites i and j at (c·sites + i)·sites + j. */
  values: Float64Array;
  /** Imaginary parts, likewise: 0 but for rounding where A_i B_j is Hermitian. */
  imaginary: Float64Array;
}
