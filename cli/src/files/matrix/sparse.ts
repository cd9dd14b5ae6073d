// Sparse symmetric and Hermitian matrices from Matrix Market files, as compressed rows: memory goes by the entries.
import type { Core, Operator } from 'emft';
import {
  checkSparseOrder,
  InputError,
  LARGEST_ENTRY,
  marketLayout,
  matrixMarketLength,
  parseMatrixMarket,
  parseSparseMatrix,
} from 'emft/check';
import { checkMatrixOrder, symmetrize } from '../../common/matrix/matrix.js';
import { BEYOND_LENGTH, inputName, readInput } from '../inputFile.js';

interface Sparse {
  n: number;
  complex: boolean;
  operator(core: Core): Operator;
}

/** `-` is standard input. */
export async function readSparse(path: string): Promise<Sparse> {
  const name = inputName(path);
  const bytes = await readInput(path, {
    head(bytes) {
      const length = matrixMarketLength(name, bytes, checkSparseOrder, () => {});
      return length === undefined ? undefined : length + BEYOND_LENGTH;
    },
  });
  return parseSparse(name, bytes);
}

export function parseSparse(name: string, bytes: Uint8Array): Sparse {
  if (marketLayout(name, bytes) === 'array') return wholeMatrix(name, bytes);
  const matrix = parseSparseMatrix(name, bytes);
  return { n: matrix.n, complex: matrix.complex, operator: (core) => core.csr(matrix) };
}

/** An array of numbers, for which a core has faster products. */
function wholeMatrix(name: string, bytes: Uint8Array): Sparse {
  const matrix = parseMatrixMarket(name, bytes, checkMatrixOrder, () => {});
  symmetrize(name, matrix);
  const bad = matrix.a.findIndex((x) => Math.abs(x) > LARGEST_ENTRY);
  if (bad >= 0) {
    throw new InputError(name, `has an element ${matrix.a[bad]}, expected at most ${LARGEST_ENTRY} in size`);
  }
  const { n, a } = matrix;
  const complex = matrix.kind === 'complex';
  return { n, complex, operator: (core) => core.operator({ n, matrix: a, complex }) };
}
