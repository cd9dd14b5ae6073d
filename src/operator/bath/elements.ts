// Elements of a Hermitian operator L between eigenstates, in pieces: one for each pair of blocks that it connects.
import { exponentOf, scaleByPowerOfTwo } from '../../wasm/magnitude.js';
import type { Steps } from '../../wasm/steps.js';
import { checkHermitian } from '../span.js';

/** Eigenstates of one block: `first` is the number of its first one among all, which are counted block after block. */
export interface Block {
  first: number;
  /** The basis states. */
  states: Uint32Array;
  /** Vector k at k times the order of the block, in pairs where the operator is complex. */
  vectors: Float64Array;
}

/** Eigenstates i of one block and j of another: ⟨i|L|j⟩ at j times the order of the first and i, or in pairs. */
export interface Piece {
  rows: Block;
  columns: Block;
  data: Float64Array;
}

export interface Elements {
  complex: boolean;
  /** Those in which some element is not 0. */
  pieces: readonly Piece[];
}

/**
 * Rows of a matrix of elements between two pauses: 0.2 ms at order 1024, 0.8 ms at 4096 (AMD EPYC, Zen 4, Node 20). It only bounds a
 * wait.
 */
export const ROWS_A_STEP = 16;

/** The pieces with the same columns, by these. */
export function byColumns(pieces: readonly Piece[]): Map<Block, Piece[]> {
  const found = new Map<Block, Piece[]>();
  for (const piece of pieces) {
    const own = found.get(piece.columns);
    if (own) own.push(piece);
    else found.set(piece.columns, [piece]);
  }
  return found;
}

/** For each piece the one with the conjugates of its elements, as far as there is one. */
function mirrorsOf(pieces: readonly Piece[]): Map<Piece, Piece> {
  const at = new Map<Block, Map<Block, Piece>>();
  for (const [columns, own] of byColumns(pieces))
    at.set(columns, new Map(own.map((piece) => [piece.rows, piece])));
  const mirrors = new Map<Piece, Piece>();
  for (const piece of pieces) {
    const mirror = at.get(piece.rows)?.get(piece.columns);
    if (mirror) mirrors.set(piece, mirror);
  }
  return mirrors;
}

/**
 * L as ½ (L + L*), in place, so that ⟨a|L|b⟩ is the conjugate of ⟨b|L|a⟩ to the last bit; refuses an L that is so far from Hermitian that
 * rounding cannot be the cause: an operator given as a function can be anything.
 */
export function* hermitianSteps({ complex, pieces }: Elements): Steps<Elements> {
  const width = complex ? 2 : 1;
  const mirrors = mirrorsOf(pieces);
  let [size, apart] = [0, 0];
  for (const piece of pieces) {
    const { rows, columns, data } = piece;
    const mirrored = mirrors.get(piece)?.data;
    if (mirrored && rows.first < columns.first) continue;
    const [m, n] = [rows.states.length, columns.states.length];
    for (let i = 0; i < m; ++i) {
      if (i % ROWS_A_STEP === 0) yield undefined;
      for (let p = 0; p < width * n; ++p) {
        const [j, part] = [Math.floor(p / width), p % width];
        const [here, there] = [width * (j * m + i) + part, width * n * i + p];
        const sign = part === 0 ? 1 : -1;
        const value = data[here];
        const other = mirrored ? sign * mirrored[there] : 0;
        size = Math.max(size, Math.abs(value));
        apart = Math.max(apart, Math.abs(value - other));
        if (!mirrored) continue;
        data[here] = value / 2 + other / 2;
        mirrored[there] = sign * data[here];
      }
    }
  }
  checkHermitian(apart, size);
  return { complex, pieces: pieces.filter((piece) => mirrors.has(piece)) };
}

/** ⟨a|L|a⟩ of all n states. */
export function diagonalOf({ complex, pieces }: Elements, n: number): Float64Array {
  const width = complex ? 2 : 1;
  const diagonal = new Float64Array(n);
  for (const { rows, columns, data } of pieces) {
    if (rows !== columns) continue;
    const order = rows.states.length;
    for (let i = 0; i < order; ++i) diagonal[rows.first + i] = data[width * (i * order + i)];
  }
  return diagonal;
}

/** Divides all by one power of two, so that the largest becomes 1 to 2 and squares are doubles; returns its exponent. */
export function* normalizeSteps(elements: readonly Elements[]): Steps<number> {
  const all = elements.flatMap(({ pieces }) => pieces.map(({ data }) => data));
  let largest = 0;
  for (const data of all) {
    for (const x of data) largest = Math.max(largest, Math.abs(x));
    yield undefined;
  }
  const exponent = largest === 0 ? 0 : exponentOf(largest);
  for (const data of exponent === 0 ? [] : all) {
    scaleByPowerOfTwo(data, -exponent);
    yield undefined;
  }
  return exponent;
}

/** The largest Σ_b |⟨a|L|b⟩|² of n states a. */
export function* largestSquare({ complex, pieces }: Elements, n: number): Steps<number> {
  const sums = new Float64Array(n);
  for (const { rows, columns, data } of pieces) {
    const length = (complex ? 2 : 1) * rows.states.length;
    for (let j = 0; j < columns.states.length; ++j) {
      if (j % ROWS_A_STEP === 0) yield undefined;
      for (const x of data.subarray(j * length, (j + 1) * length)) sums[columns.first + j] += x * x;
    }
  }
  return sums.reduce((a, b) => Math.max(a, b));
}
