// Matrices as lists of entries in any order, those of one place added up, as scipy.sparse.coo_array has them.
import { checkBoolean, checkInteger, readOptions } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { magnitude } from '../wasm/magnitude.js';
import { entries, words } from './arguments.js';
import type { CheckedCsr } from './entries.js';
import type { CooMatrix } from './types.js';

/**
 * Sums may differ by this from the conjugates of those in the other triangle, relative to the largest of all, or to what was added up
 * in the two places: that rounds, and what cancels leaves less than it.
 */
const APART_FROM_MIRROR = 1e-12;

/** Checks a list of entries; gives rows with ascending columns, Hermitian to the bit. */
export function checkCoo(matrix: unknown): CheckedCsr {
  const given = readOptions<CooMatrix>('matrix', matrix, ['n', 'row', 'col', 'data', 'complex']);
  const n = checkInteger(['matrix', 'n'], given.n, { min: 0, max: 2 ** 28 });
  const complex = checkBoolean(['matrix', 'complex'], given.complex ?? false);
  const row = words(['matrix', 'row'], given.row);
  const col = words(['matrix', 'col'], given.col, row.length);
  for (const [name, places] of Object.entries({ row, col })) {
    let bad = 0;
    while (bad < places.length && places[bad] < n) ++bad;
    if (bad < places.length) {
      throw new InputError(['matrix', name, bad], `is ${places[bad]}, expected a number below ${n}`);
    }
  }
  const data = entries(['matrix', 'data'], given.data, complex ? 2 * row.length : row.length);
  const { matrix: sums, sizes } = summed(n, complex, row, col, data);
  return hermitian(sums, sizes);
}

/** Entries as they are listed: at each place of three arrays a key, what goes with it, and `width` numbers. */
interface Listed {
  keys: Uint32Array;
  others: Uint32Array;
  data: Float64Array;
}

/**
 * The same in the order of their keys, which are below n; those with one key stay as they are. What is listed is moved itself, for to
 * read millions of numbers by an index takes several times as long. `starts`: where each key begins.
 */
function byKeys(n: number, width: number, { keys, others, data }: Listed): Listed & { starts: Uint32Array } {
  const starts = new Uint32Array(n + 1);
  for (let k = 0; k < keys.length; ++k) starts[keys[k] + 1]++;
  for (let i = 0; i < n; ++i) starts[i + 1] += starts[i];
  const next = starts.slice();
  const moved = {
    keys: new Uint32Array(keys.length),
    others: new Uint32Array(keys.length),
    data: new Float64Array(data.length),
  };
  for (let k = 0; k < keys.length; ++k) {
    const key = keys[k];
    const to = next[key]++;
    moved.keys[to] = key;
    moved.others[to] = others[k];
    moved.data[width * to] = data[width * k];
    if (width === 2) moved.data[2 * to + 1] = data[2 * k + 1];
  }
  return { ...moved, starts };
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
  const columns = byKeys(n, width, { keys: col, others: row, data: given });
  const rows = byKeys(n, width, { keys: columns.others, others: columns.keys, data: columns.data });
  const { starts, others: indices, data } = rows;
  const indptr = new Uint32Array(n + 1);
  const sizes = new Float64Array(row.length);
  // Sums go where the first of their entries stood, or before it.
  let end = 0;
  for (let i = 0; i < n; ++i) {
    const first = end;
    for (let k = starts[i]; k < starts[i + 1]; ++k) {
      const re = data[width * k];
      const im = complex ? data[2 * k + 1] : 0;
      if (end === first || indices[end - 1] !== indices[k]) {
        indices[end] = indices[k];
        data[width * end] = 0;
        if (complex) data[2 * end + 1] = 0;
        end++;
      }
      data[width * (end - 1)] += re;
      if (complex) data[2 * end - 1] += im;
      sizes[end - 1] += complex ? magnitude(re, im) : Math.abs(re);
    }
    indptr[i + 1] = end;
  }
  const matrix = {
    n,
    complex,
    indptr,
    indices: indices.subarray(0, end),
    data: data.subarray(0, width * end),
  };
  return { matrix, sizes };
}

/** The first entry of a row at `from` or behind it, before `to`, whose column is not below `column`. */
function passed(indices: Uint32Array, from: number, to: number, column: number): number {
  let p = from;
  while (p < to && indices[p] < column) ++p;
  return p;
}

/** For each row how many entries it has, those of the upper triangle as the lower one has them; refuses a matrix that is not Hermitian. */
function checkedCounts(of: CheckedCsr, sizes: Float64Array): Uint32Array {
  const { n, complex, indptr, indices, data } = of;
  const size = (p: number) => (complex ? magnitude(data[2 * p], data[2 * p + 1]) : Math.abs(data[p]));
  let largest = 0;
  for (let p = 0; p < indices.length; ++p) largest = Math.max(largest, size(p));
  const shown = (p: number) => {
    if (!complex) return `${p < 0 ? 0 : data[p]}`;
    return p < 0 ? '[0, 0]' : `[${data[2 * p]}, ${data[2 * p + 1]}]`;
  };
  const counts = new Uint32Array(n + 1);
  // Where in each row the search for the next partner begins: rows are gone through in order, so partners come in order too.
  const next = indptr.slice(0, n);
  const width = complex ? 2 : 1;
  for (let i = 0; i < n; ++i) {
    for (let p = indptr[i]; p < indptr[i + 1]; ++p) {
      const j = indices[p];
      const q = passed(indices, next[j], indptr[j + 1], i);
      next[j] = q;
      const there = q < indptr[j + 1] && indices[q] === i;
      const re = data[width * p] - (there ? data[width * q] : 0);
      const im = complex ? data[2 * p + 1] + (there ? data[2 * q + 1] : 0) : 0;
      const most = Math.max(largest, sizes[p], there ? sizes[q] : 0);
      if (!((complex ? magnitude(re, im) : Math.abs(re)) <= APART_FROM_MIRROR * most)) {
        throw new InputError(
          'matrix',
          `is not Hermitian: row ${i} has ${shown(p)} in column ${j}, and row ${j} has ${shown(there ? q : -1)} in column ${i}`,
        );
      }
      if (j > i) continue;
      counts[i + 1]++;
      if (j < i) counts[j + 1]++;
    }
  }
  return counts;
}

/** The lower triangle for both, where the upper one is its adjoint but for rounding. */
function hermitian(of: CheckedCsr, sizes: Float64Array): CheckedCsr {
  const { n, complex, indptr, indices, data } = of;
  const width = complex ? 2 : 1;
  const counts = checkedCounts(of, sizes);
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
      const j = indices[p];
      const re = data[width * p];
      const im = complex ? data[2 * p + 1] : 0;
      put(i, j, re, i === j ? 0 : im);
      if (j < i) put(j, i, re, 0 - im);
    }
  }
  return out;
}
