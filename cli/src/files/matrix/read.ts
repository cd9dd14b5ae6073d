// Reads a symmetric or Hermitian matrix from a file whose format its first bytes show.
import { extname } from 'node:path';
import {
  checkEncoding,
  InputError,
  isMatrixMarket,
  matrixMarketLength,
  parseMatrixMarket,
  quoted,
  withoutMark,
} from 'emft/check';
import { checkMatrixOrder, type Matrix, type OrderCheck, symmetrize } from '../../common/matrix/matrix.js';
import { isNpy, npyLength, parseNpy } from '../../common/matrix/npy.js';
import { isText, parseUnseen } from '../../common/matrix/parse.js';
import { isRows } from '../../common/matrix/rows.js';
import { BEYOND_LENGTH, inputName, readInput } from '../inputFile.js';

/** Most bytes of rows, within what a string holds, and of two columns: more than matrices that can be decomposed take. */
const [LONGEST_ROWS, LONGEST_COLUMNS] = [2 ** 28, 2 ** 26];

interface Format {
  endings: readonly string[];
  begins(head: Uint8Array): boolean;
  /** Exact or greatest number of bytes of the whole file, if its beginning shows it. */
  length(name: string, head: Buffer, check: OrderCheck): number | undefined;
  parse(name: string, bytes: Buffer, check: OrderCheck): Matrix;
}

const formats: Format[] = [
  { endings: ['.npy'], begins: isNpy, length: npyLength, parse: parseNpy },
  {
    endings: ['.mtx'],
    begins: isMatrixMarket,
    length: (name, head, check) => matrixMarketLength(name, head, checkMatrixOrder, check),
    parse: (name, bytes, check) => parseMatrixMarket(name, bytes, checkMatrixOrder, check),
  },
  {
    endings: ['.csv', '.tsv', '.txt', '.json'],
    begins: isText,
    length: (_, head) => (isRows(head) ? LONGEST_ROWS : LONGEST_COLUMNS),
    parse: parseUnseen,
  },
];

/** `check` is called with the order before memory is allocated for the matrix. `-` is standard input. */
export async function readMatrix(path: string, check: OrderCheck = () => {}): Promise<Matrix> {
  const name = inputName(path);
  let format: Format | undefined;
  const bytes = await readInput(path, {
    head(bytes) {
      const head = bytes as Buffer;
      format ??= formatOf(name, path, head);
      const length = format.length(name, head, check);
      return length === undefined ? undefined : length + BEYOND_LENGTH;
    },
  });
  const matrix = format!.parse(name, bytes, check);
  symmetrize(name, matrix);
  return matrix;
}

/** The format by the content; for a damaged file the one of its ending, for the error message. */
function formatOf(name: string, path: string, head: Uint8Array): Format {
  const ending = extname(path).toLowerCase();
  const begun = formats.find(({ begins }) => begins(head));
  const named = formats.find(({ endings }) => endings.includes(ending));
  // The entries of a Matrix Market file without its first line look like rows.
  if (begun && !(begun.begins === isText && named && named !== begun && isRows(head))) return begun;
  if (named) return named;
  const packed =
    head[0] === 0x1f && head[1] === 0x8b ? 'gzip' : head[0] === 0x50 && head[1] === 0x4b ? 'zip' : undefined;
  if (packed) throw new InputError(name, `is packed (${packed}); unpack it first`);
  checkEncoding(name, head);
  const start = Buffer.from(withoutMark(head).subarray(0, 20)).toString('latin1');
  const begins = head.length === 0 ? 'is empty' : `begins with ${quoted(start)}`;
  throw new InputError(
    name,
    `${begins}, expected NumPy's .npy, Matrix Market's .mtx, rows of numbers, or two columns of them for a tridiagonal matrix`,
  );
}
