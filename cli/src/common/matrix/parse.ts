// Any matrix that somebody has at hand, from its bytes alone: NumPy's .npy, Matrix Market, two columns of a tridiagonal matrix,
// or rows of numbers. Nothing here knows of files or of Node: the page reads with it, too.
import { InputError, isMatrixMarket, parseMatrixMarket } from 'emft/check';
import { decodeText } from '../text.js';
import { isColumns, parseColumns } from './columns.js';
import { checkMatrixOrder, type Matrix, type OrderCheck, symmetrize } from './matrix.js';
import { isNpy, parseNpy } from './npy.js';
import { isRows, pairOf, parseRows } from './rows.js';

/** Whether a text begins with numbers, or with names above numbers. */
export const isText = (head: Uint8Array): boolean => isRows(head) || isColumns(head);

/**
 * A text of numbers: two columns are a tridiagonal matrix unless they must be, or can be, two rows of a whole one; all else is rows.
 * `unseen`: nobody sees what is read, so that what could be either is refused, as `[[2, 1], [1, 0]]`, which has other eigenvalues.
 */
function parseText(name: string, bytes: Uint8Array, check: OrderCheck, unseen: boolean): Matrix {
  const text = decodeText(name, bytes);
  if (isRows(bytes)) return parseRows(name, text, check);
  const pair = pairOf(text);
  // Of a diagonal matrix both are the same.
  if (unseen && pair?.whole && pair.columns && pair.beside !== 0) {
    throw new InputError(
      name,
      'two rows of two numbers could be a symmetric matrix or the two columns of a tridiagonal one: leave the last 0 out for the columns, or write the matrix as JSON, as [[2, 1], [1, 0]]',
    );
  }
  const columns = !pair || (pair.columns && !pair.whole);
  return columns ? parseColumns(name, bytes, check) : parseRows(name, text, check);
}

/** A text of numbers from a file. */
export const parseUnseen = (name: string, bytes: Uint8Array, check: OrderCheck = () => {}): Matrix =>
  parseText(name, bytes, check, true);

/**
 * Reads a symmetric or Hermitian matrix, made so to the last bit, and refuses one that is not; `name` stands for it in messages.
 * Of a complex matrix elements come row by row, and of a tridiagonal one the whole is given.
 */
export function parseMatrix(name: string, bytes: Uint8Array, check: OrderCheck = () => {}): Matrix {
  const matrix = parsed(name, bytes, check);
  if (matrix.kind === 'tridiagonal') return whole(matrix);
  symmetrize(name, matrix);
  return matrix;
}

function parsed(name: string, bytes: Uint8Array, check: OrderCheck): Matrix {
  if (isNpy(bytes)) return parseNpy(name, bytes, check);
  if (isMatrixMarket(bytes)) return parseMatrixMarket(name, bytes, checkMatrixOrder, check);
  return parseText(name, bytes, check, false);
}

/** A tridiagonal matrix in full. */
function whole({ n, a, tolerance }: Matrix): Matrix {
  const full = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    full[i + i * n] = a[i];
    if (i + 1 < n) full[i + 1 + i * n] = full[i + (i + 1) * n] = a[n + i];
  }
  return { kind: 'real', n, a: full, tolerance, columns: true };
}
