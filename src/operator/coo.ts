// Matrices as lists of entries in any order, those of one place added up, as scipy.sparse.coo_array has them; in steps.
import { type Entry, hermitianSteps } from '../sparse/hermitian.js';
import { sortSteps } from '../sparse/sort.js';
import { listSteps } from '../sparse/steps.js';
import { checkBoolean, checkInteger, readOptions } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { LARGEST_ENTRY, ROUNDING } from '../wasm/limits.js';
import { type Steps, share } from '../wasm/steps.js';
import type { CheckedCsr } from './entries.js';
import { checkLength, copyEntries, copyWords, entrySteps, wordSteps } from './lists.js';
import { PROGRESS } from './tuning.js';
import type { CooMatrix } from './types.js';

/** Rows with ascending columns, Hermitian to the bit, of a list of entries: what is copied before the first step, and the steps. */
export function cooSteps(matrix: unknown): Steps<CheckedCsr> {
  const given = readOptions<CooMatrix>('matrix', matrix, ['n', 'row', 'col', 'data', 'complex']);
  const n = checkInteger(['matrix', 'n'], given.n, { min: 0, max: 2 ** 28 });
  const complex = checkBoolean(['matrix', 'complex'], given.complex ?? false);
  const rowWords = copyWords(['matrix', 'row'], given.row);
  const columnWords = copyWords(['matrix', 'col'], given.col);
  checkLength(['matrix', 'col'], columnWords, rowWords.length);
  const numbers = copyEntries(['matrix', 'data'], given.data);
  const at = PROGRESS.coo;
  return (function* () {
    const rows = yield* share(wordSteps(['matrix', 'row'], rowWords), 0, at.row);
    const columns = yield* share(wordSteps(['matrix', 'col'], columnWords), at.row, at.col);
    yield* share(placeSteps('row', rows, n), at.col, at.rowPlaces);
    yield* share(placeSteps('col', columns, n), at.rowPlaces, at.places);
    const length = complex ? 2 * rows.length : rows.length;
    const data = yield* share(entrySteps(['matrix', 'data'], numbers, length), at.places, at.data);
    const sorted = yield* share(sortSteps({ n, complex, rows, columns, data }), at.data, at.sorted);
    const rules = { lower: false, rounding: ROUNDING, tooLarge, apart: apart(complex) };
    return yield* share(hermitianSteps(sorted, rules), at.sorted, 1);
  })();
}

/** Checks that places lie in a matrix of order n. */
function placeSteps(name: string, places: Uint32Array, n: number): Steps<void> {
  return listSteps(places.length, (from, to) => {
    let bad = from;
    while (bad < to && places[bad] < n) ++bad;
    if (bad < to) {
      throw new InputError(['matrix', name, bad], `is ${places[bad]}, expected a number below ${n}`);
    }
  });
}

function tooLarge(i: number, j: number, sum: number): InputError {
  return new InputError(
    ['matrix', 'data'],
    `adds up to ${sum} in row ${i} and column ${j}, expected at most ${LARGEST_ENTRY} in size`,
  );
}

function apart(complex: boolean) {
  const shown = ([re, im]: Entry) => (complex ? `[${re}, ${im}]` : `${re}`);
  return (i: number, j: number, entry: Entry, mirrored: Entry) =>
    new InputError(
      'matrix',
      `is not Hermitian: row ${i} has ${shown(entry)} in column ${j}, and row ${j} has ${shown(mirrored)} in column ${i}`,
    );
}
