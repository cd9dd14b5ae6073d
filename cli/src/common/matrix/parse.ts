// Any matrix that somebody has at hand, from its bytes alone: NumPy's .npy, Matrix Market, two columns of a tridiagonal matrix,
// or rows of numbers. Nothing here knows of files or of Node: the page reads with it, too.
import { isMatrixMarket, parseMatrixMarket } from 'emft/check';
import { decodeText } from '../text.js';
import { isColumns, parseColumns } from './columns.js';
import { checkMatrixOrder, type Matrix, type OrderCheck, symmetrize } from './matrix.js';
import { isNpy, parseNpy } from './npy.js';
import { parseRows } from './rows.js';

/** Lines with numbers: two columns of two rows, or a single number, are a whole matrix. */
function lines(text: string): number {
  return text.split(/[\r\n]+/).filter((line) => /\d/.test(line.replace(/[#%].*/, ''))).length;
}

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
  const text = decodeText(name, bytes);
  return isColumns(bytes) && lines(text) > 2
    ? parseColumns(name, bytes, check)
    : parseRows(name, text, check);
}

/** A tridiagonal matrix in full. */
function whole({ n, a, tolerance }: Matrix): Matrix {
  const full = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    full[i + i * n] = a[i];
    if (i + 1 < n) full[i + 1 + i * n] = full[i + (i + 1) * n] = a[n + i];
  }
  return { kind: 'real', n, a: full, tolerance };
}
