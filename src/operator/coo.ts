// Matrices as lists of entries in any order, those of one place added up, as scipy.sparse.coo_array has them.
import { checkBoolean, checkInteger, readOptions } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { magnitude } from '../wasm/magnitude.js';
import { byRows } from '../wasm/order.js';
import { entries, words } from './arguments.js';
import type { CheckedCsr } from './entries.js';
import type { CooMatrix } from './types.js';

/**
 * Sums may differ by this from the conjugates of those in the other triangle, relative to the largest of all, or to what was added up
 * in the two places: that rounds, and what cancels leaves less than it.
 */
const ROUNDING = 1e-12;

/** Checks a list of entries; gives rows with ascending columns, Hermitian to the bit. */
export function checkCoo(matrix: unknown): CheckedCsr {
  const given = readOptions<CooMatrix>('matrix', matrix, ['n', 'row', 'col', 'data', 'complex']);
  const n = checkInteger(['matrix', 'n'], given.n, { min: 0, max: 2 ** 28 });
  const complex = checkBoolean(['matrix', 'complex'], given.complex ?? false);
  const row = words(['matrix', 'row'], given.row);
  const col = words(['matrix', 'col'], given.col, row.length);
  for (const [name, places] of Object.entries({ row, col })) {
    const bad = places.findIndex((place) => place >= n);
    if (bad >= 0) {
      throw new InputError(['matrix', name, bad], `is ${places[bad]}, expected a number below ${n}`);
    }
  }
  const data = entries(['matrix', 'data'], given.data, complex ? 2 * row.length : row.length);
  const { matrix: sums, sizes } = summed(n, complex, row, col, data);
  return hermitian(sums, sizes);
}

/** Compressed rows; what stands at one place is added up in the order given. `sizes`: of what was added up for each entry. */
function summed(
  n: number,
  complex: boolean,
  row: Uint32Array,
  col: Uint32Array,
  given: Float64Array,
): { matrix: CheckedCsr; sizes: Float64Array } {
  const width = complex ? 2 : 1;
  const order = byRows(row, col, n);
  const indptr = new Uint32Array(n + 1);
  const indices = new Uint32Array(row.length);
  const data = new Float64Array(width * row.length);
  const sizes = new Float64Array(row.length);
  let end = 0;
  let before = -1;
  for (const k of order) {
    if (before < 0 || row[before] !== row[k] || col[before] !== col[k]) {
      indices[end++] = col[k];
    }
    for (let part = 0; part < width; ++part) data[width * (end - 1) + part] += given[width * k + part];
    sizes[end - 1] += magnitude(given[width * k], complex ? given[2 * k + 1] : 0);
    indptr[row[k] + 1] = end;
    before = k;
  }
  for (let i = 0; i < n; ++i) indptr[i + 1] = Math.max(indptr[i], indptr[i + 1]);
  const matrix = { n, complex, indptr, indices: indices.slice(0, end), data: data.slice(0, width * end) };
  return { matrix, sizes };
}

/** Where the entry of a column is in a row, or −1. */
function find({ indptr, indices }: CheckedCsr, row: number, column: number): number {
  let [low, high] = [indptr[row], indptr[row + 1]];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (indices[middle] < column) low = middle + 1;
    else high = middle;
  }
  return low < indptr[row + 1] && indices[low] === column ? low : -1;
}

/** The lower triangle for both, where the upper one is its adjoint but for rounding. */
function hermitian(of: CheckedCsr, sizes: Float64Array): CheckedCsr {
  const { n, complex, indptr, indices, data } = of;
  const width = complex ? 2 : 1;
  const at = (p: number): [number, number] =>
    p < 0 ? [0, 0] : [data[width * p], complex ? data[2 * p + 1] : 0];
  let largest = 0;
  for (let p = 0; p < indices.length; ++p) largest = Math.max(largest, magnitude(...at(p)));
  const shown = ([re, im]: [number, number]) => (complex ? `[${re}, ${im}]` : `${re}`);
  /** For each row how many entries it has, those of the upper triangle as the lower one has them. */
  const counts = new Uint32Array(n + 1);
  for (let i = 0; i < n; ++i) {
    for (let p = indptr[i]; p < indptr[i + 1]; ++p) {
      const j = indices[p];
      const mirrored = find(of, j, i);
      const [here, there] = [at(p), at(mirrored)];
      const most = Math.max(largest, sizes[p], mirrored < 0 ? 0 : sizes[mirrored]);
      if (!(magnitude(here[0] - there[0], here[1] + there[1]) <= ROUNDING * most)) {
        throw new InputError(
          'matrix',
          `is not Hermitian: row ${i} has ${shown(here)} in column ${j}, and row ${j} has ${shown(there)} in column ${i}`,
        );
      }
      if (j > i) continue;
      counts[i + 1]++;
      if (j < i) counts[j + 1]++;
    }
  }
  for (let i = 0; i < n; ++i) counts[i + 1] += counts[i];
  const next = counts.slice(0, n);
  const out = {
    n,
    complex,
    indptr: counts,
    indices: new Uint32Array(counts[n]),
    data: new Float64Array(width * counts[n]),
  };
  const put = (row: number, column: number, re: number, im: number) => {
    const p = next[row]++;
    out.indices[p] = column;
    out.data[width * p] = re;
    if (complex) out.data[2 * p + 1] = im;
  };
  // Rows in order: a row gets its own part before the rows behind it add theirs, in ascending columns.
  for (let i = 0; i < n; ++i) {
    for (let p = indptr[i]; p < indptr[i + 1] && indices[p] <= i; ++p) {
      const [re, im] = at(p);
      const j = indices[p];
      put(i, j, re, i === j ? 0 : im);
      if (j < i) put(j, i, re, 0 - im);
    }
  }
  return out;
}
