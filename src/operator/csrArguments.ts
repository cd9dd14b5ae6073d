// Checks a matrix in compressed rows, in steps.
import { listSteps, rowSteps } from '../sparse/steps.js';
import { checkBoolean, checkInteger, type Name, readOptions } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { type Steps, share } from '../wasm/steps.js';
import type { CheckedCsr } from './entries.js';
import { checkLength, copyEntries, copyWords, entrySteps, wordSteps } from './lists.js';
import { PROGRESS } from './tuning.js';
import type { CsrMatrix } from './types.js';

/** What is copied before the first step, and the steps. */
export function csrSteps(matrix: unknown): Steps<CheckedCsr> {
  const given = readOptions<CsrMatrix>('matrix', matrix, ['n', 'indptr', 'indices', 'data', 'complex']);
  const n = checkInteger(['matrix', 'n'], given.n, { min: 0, max: 2 ** 28 });
  const complex = checkBoolean(['matrix', 'complex'], given.complex ?? false);
  const ends = copyWords(['matrix', 'indptr'], given.indptr);
  checkLength(['matrix', 'indptr'], ends, n + 1);
  const columns = copyWords(['matrix', 'indices'], given.indices);
  const numbers = copyEntries(['matrix', 'data'], given.data);
  const at = PROGRESS.csr;
  return (function* () {
    const indptr = yield* share(wordSteps(['matrix', 'indptr'], ends), 0, at.indptr);
    yield* share(ascendingSteps(indptr), at.indptr, at.ascending);
    const count = indptr[n];
    checkLength(['matrix', 'indices'], columns, count);
    const indices = yield* share(wordSteps(['matrix', 'indices'], columns), at.ascending, at.indices);
    const length = complex ? 2 * count : count;
    const data = yield* share(entrySteps(['matrix', 'data'], numbers, length), at.indices, at.data);
    const checked = { n, complex, indptr, indices, data };
    yield* share(columnSteps(checked), at.data, at.columns);
    yield* share(adjointSteps('matrix', checked), at.columns, 1);
    return checked;
  })();
}

function* ascendingSteps(indptr: Uint32Array): Steps<void> {
  if (indptr[0] !== 0) throw new InputError(['matrix', 'indptr', 0], `is ${indptr[0]}, expected 0`);
  yield* listSteps(indptr.length - 1, (from, to) => {
    for (let i = from; i < to; ++i) {
      if (indptr[i + 1] < indptr[i]) {
        throw new InputError(
          ['matrix', 'indptr', i + 1],
          `is ${indptr[i + 1]}, expected at least ${indptr[i]}, the number before it`,
        );
      }
    }
  });
}

/** Checks that columns are in range and that no row names one twice; sorts the entries of every row by column. */
function columnSteps({ n, complex, indptr, indices, data }: CheckedCsr): Steps<void> {
  const width = complex ? 2 : 1;
  const row = (i: number) => {
    const [from, to] = [indptr[i], indptr[i + 1]];
    let ascending = true;
    for (let p = from; p < to; ++p) {
      if (indices[p] >= n) {
        throw new InputError(['matrix', 'indices', p], `is ${indices[p]}, expected a column below ${n}`);
      }
      if (p > from && indices[p] <= indices[p - 1]) ascending = false;
    }
    if (!ascending) sortRow(indices.subarray(from, to), data.subarray(width * from, width * to), width);
    for (let p = from + 1; p < to; ++p) {
      if (indices[p] === indices[p - 1]) {
        throw new InputError(['matrix', 'indices'], `has column ${indices[p]} twice in row ${i}`);
      }
    }
  };
  return rowSteps(indptr, (from, to) => {
    for (let i = from; i < to; ++i) row(i);
  });
}

function sortRow(indices: Uint32Array, data: Float64Array, width: number): void {
  const order = Array.from(indices, (_, k) => k).sort((a, b) => indices[a] - indices[b]);
  const [columns, values] = [indices.slice(), data.slice()];
  order.forEach((k, place) => {
    indices[place] = columns[k];
    for (let part = 0; part < width; ++part) data[width * place + part] = values[width * k + part];
  });
}

/** Checks that entry (j, i) is the conjugate of entry (i, j). */
export function adjointSteps(name: Name, { n, complex, indptr, indices, data }: CheckedCsr): Steps<void> {
  const width = complex ? 2 : 1;
  // Where in each row the next partner is: rows are gone through in order, so partners come in order too.
  const next = indptr.slice(0, n);
  const row = (i: number) => {
    for (let p = indptr[i]; p < indptr[i + 1]; ++p) {
      const j = indices[p];
      const q = next[j]++;
      const here = q < indptr[j + 1] && indices[q] === i;
      const same =
        here && data[width * q] === data[width * p] && (!complex || data[2 * q + 1] === -data[2 * p + 1]);
      if (!same) {
        const found = here ? 'the conjugate of which is not' : 'which is not matched by one';
        throw new InputError(
          name,
          `is not Hermitian: row ${i} has an entry in column ${j}, ${found} in row ${j}`,
        );
      }
    }
  };
  return rowSteps(indptr, (from, to) => {
    for (let i = from; i < to; ++i) row(i);
  });
}
