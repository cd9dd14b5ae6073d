// Entries of operators, where they are known.
import type { SparseMatrix } from '../sparse/types.js';

/** A sparse matrix as it is computed with: checked. */
export type CheckedCsr = SparseMatrix;

/** H = factor · matrix + shift. */
export interface Entries {
  /** The same one at each call; that of a sum is made by the first, of all its terms at once. */
  matrix: () => CheckedCsr;
  factor: number;
  shift: number;
}

/** One of the operators of a sum, times its factor. */
interface Term {
  of: Entries;
  factor: number;
}

/** Those of a sum of one operator or more, and of a shift. */
export function entriesOfSum(terms: readonly Term[], shift: number): Entries {
  const whole = terms.reduce((sum, { of, factor }) => sum + factor * of.shift, shift);
  if (terms.length === 1) {
    const [{ of, factor }] = terms;
    return { matrix: of.matrix, factor: factor * of.factor, shift: whole };
  }
  let made: CheckedCsr | undefined;
  const matrix = () => {
    made ??= sumOf(terms);
    return made;
  };
  return { matrix, factor: 1, shift: whole };
}

/** The sum without the shifts. */
function sumOf(terms: readonly Term[]): CheckedCsr {
  const parts = terms.map(({ of, factor }) => ({ ...of.matrix(), factor: factor * of.factor }));
  const { n } = parts[0];
  const complex = parts.some((part) => part.complex);
  const width = complex ? 2 : 1;
  const indptr = new Uint32Array(n + 1);
  const count = parts.reduce((sum, { indices }) => sum + indices.length, 0);
  const indices = new Uint32Array(count);
  const data = new Float64Array(width * count);
  // Where the entry of a column is, if it is one of the row at work.
  const places = new Int32Array(n).fill(-1);
  let end = 0;
  for (let i = 0; i < n; ++i) {
    const first = end;
    for (const part of parts) {
      const own = part.complex ? 2 : 1;
      for (let k = part.indptr[i]; k < part.indptr[i + 1]; ++k) {
        const column = part.indices[k];
        if (places[column] < first) {
          places[column] = end;
          indices[end++] = column;
        }
        const at = width * places[column];
        for (let c = 0; c < own; ++c) data[at + c] += part.factor * part.data[own * k + c];
      }
    }
    indptr[i + 1] = end;
  }
  return { n, complex, indptr, indices: indices.slice(0, end), data: data.slice(0, width * end) };
}
