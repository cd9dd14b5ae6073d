// The arguments of this room, checked: what comes out of here is computed without another look.
import {
  checkBoolean,
  checkChoice,
  checkInteger,
  checkNumber,
  isFloat64Array,
  type Name,
  readList,
  readOptions,
  show,
  within,
} from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { MAX_BYTES } from '../wasm/heap.js';
import type { CheckedCsr } from './csr.js';
import { type Element, generate, offRoot } from './group.js';
import {
  type CheckedTerm,
  checkHermitian,
  conservesUp,
  isSymmetric,
  LETTER_NAMES,
  type Pauli,
  pauliSum,
} from './paulis.js';
import { configurations } from './sector.js';
import type { SpinTask } from './spins.js';
import type { CallbackOptions, CsrMatrix, SpinOptions, SpinSector, SpinSymmetry, SpinTerm } from './types.js';

/** Bits of a configuration. */
const MOST_SITES = 32;
/** Sites of one product: it is a sum of up to 2 to this power of Pauli products. */
const LONGEST_TERM = 16;
/** How far a character may be from a root of unity. */
const OFF_ROOT = 1e-9;
/** Largest entry or coefficient: sums of them, squared, stay in range. */
const LARGEST = 1e150;

function list(name: Name, value: unknown, of: string): unknown[] {
  const found = readList(name, value);
  if (!found) throw new InputError(name, `expected an array of ${of}, got ${show(value)}`);
  return found;
}

function complexNumber(name: Name, value: unknown): [number, number] {
  if (typeof value === 'number') return [checkNumber(name, value, { min: -LARGEST, max: LARGEST }), 0];
  const parts = list(name, value, 'two numbers, or a number');
  if (parts.length !== 2) throw new InputError(name, `expected [re, im], got ${parts.length} elements`);
  const [re, im] = parts.map((part, i) =>
    checkNumber(within(name, i), part, { min: -LARGEST, max: LARGEST }),
  );
  return [re, im];
}

function checkTerm(name: Name, value: unknown, sites: number): CheckedTerm {
  const given = readOptions<SpinTerm>(name, value, ['op', 'sites', 'coefficient']);
  const { op } = given;
  if (typeof op !== 'string' || op.length === 0 || op.length > LONGEST_TERM) {
    throw new InputError(
      within(name, 'op'),
      `expected a string of 1 … ${LONGEST_TERM} letters, got ${show(op)}`,
    );
  }
  for (const letter of op) {
    if (!LETTER_NAMES.includes(letter)) {
      throw new InputError(
        within(name, 'op'),
        `has the letter ${show(letter)}, expected ${LETTER_NAMES.join(', ')}`,
      );
    }
  }
  const at = list(within(name, 'sites'), given.sites, 'sites').map((site, i) =>
    checkInteger(within(name, 'sites', i), site, { min: 0, max: sites - 1 }),
  );
  if (at.length !== op.length) {
    throw new InputError(
      within(name, 'sites'),
      `expected ${op.length} sites, one for each letter of ${show(op)}, got ${at.length}`,
    );
  }
  return { op, sites: at, coefficient: complexNumber(within(name, 'coefficient'), given.coefficient ?? 1) };
}

function checkSymmetry(i: number, value: unknown, sites: number): Element {
  const name = ['sector', 'symmetries', i];
  const given = readOptions<SpinSymmetry>(name, value, ['permutation', 'flip', 'character']);
  const permutation =
    given.permutation === undefined
      ? Array.from({ length: sites }, (_, site) => site)
      : list([...name, 'permutation'], given.permutation, 'sites').map((site, k) =>
          checkInteger([...name, 'permutation', k], site, { min: 0, max: sites - 1 }),
        );
  if (permutation.length !== sites || new Set(permutation).size !== sites) {
    throw new InputError(
      [...name, 'permutation'],
      `expected each of the ${sites} sites once, got ${permutation.length} of which ${new Set(permutation).size} differ`,
    );
  }
  const flip = checkBoolean([...name, 'flip'], given.flip ?? false);
  if (given.character === undefined) throw new InputError([...name, 'character'], 'is missing');
  const character = complexNumber([...name, 'character'], given.character);
  const element = { permutation, flip, character };
  if (!(offRoot(element) <= OFF_ROOT)) {
    throw new InputError(
      [...name, 'character'],
      `is ${show(character[0])} + ${show(character[1])}i, expected a number whose power, the order of the symmetry, is 1`,
    );
  }
  return element;
}

function checkSector(value: unknown, sites: number, sum: readonly Pauli[]) {
  const given = readOptions<SpinSector>('sector', value, ['up', 'symmetries']);
  const up =
    given.up === undefined ? undefined : checkInteger(['sector', 'up'], given.up, { min: 0, max: sites });
  if (up !== undefined && !conservesUp(sum)) {
    throw new InputError(['sector', 'up'], 'is given, but H does not keep the number of up spins');
  }
  const generators = list(['sector', 'symmetries'], given.symmetries ?? [], 'symmetries').map((symmetry, i) =>
    checkSymmetry(i, symmetry, sites),
  );
  generators.forEach(({ permutation, flip }, i) => {
    if (!isSymmetric(sum, permutation, flip)) {
      throw new InputError(['sector', 'symmetries', i], 'is no symmetry of H: it changes some term');
    }
    if (flip && up !== undefined && 2 * up !== sites) {
      throw new InputError(
        ['sector', 'symmetries', i, 'flip'],
        `turns ${up} up spins of ${sites} into ${sites - up}: expected up = ${sites / 2}, or none`,
      );
    }
  });
  return { up, elements: generate(sites, generators) };
}

export function checkSpins(options: unknown): SpinTask {
  const given = readOptions<SpinOptions>('options', options, ['sites', 'terms', 'sector', 'storage']);
  const sites = checkInteger('sites', given.sites, { min: 1, max: MOST_SITES });
  const terms = list('terms', given.terms, 'terms').map((term, i) => checkTerm(['terms', i], term, sites));
  const sum = pauliSum(terms);
  checkHermitian(sum, terms);
  const { up, elements } = checkSector(given.sector, sites, sum);
  const storage = checkChoice('storage', given.storage ?? (elements.length > 1 ? 'csr' : 'free'), [
    'free',
    'csr',
  ] as const);
  if (storage === 'free' && elements.length > 1) {
    throw new InputError('storage', "expected 'csr': there are symmetries");
  }
  const n = configurations({ sites, down: up === undefined ? -1 : sites - up, elements });
  // A diagonal and one vector, or 32 bits for each configuration that may stand for a state.
  const least = storage === 'free' ? 16 * n : (8 * n) / elements.length;
  if (least > MAX_BYTES) {
    throw new InputError(
      up === undefined ? 'sites' : ['sector', 'up'],
      `leaves ${n} configurations, which take ${Math.ceil(least / 2 ** 30)} GiB of the 4 GiB that there are`,
    );
  }
  return { sites, sum, up, elements, storage };
}

function words(name: Name, value: unknown, length?: number): Uint32Array {
  const typed = value instanceof Int32Array || value instanceof Uint32Array;
  const given = typed ? value : list(name, value, 'whole numbers');
  if (length !== undefined && given.length !== length) {
    throw new InputError(name, `expected ${length} elements, got ${given.length}`);
  }
  return Uint32Array.from(given as ArrayLike<unknown>, (x, i) =>
    checkInteger(within(name, i), x, { min: 0, max: 2 ** 32 - 1 }),
  );
}

function entries(name: Name, value: unknown, length: number): Float64Array {
  const given = isFloat64Array(value) ? value : list(name, value, 'numbers');
  if (given.length !== length) {
    throw new InputError(name, `expected ${length} elements, got ${given.length}`);
  }
  return Float64Array.from(given as ArrayLike<unknown>, (x, i) =>
    checkNumber(within(name, i), x, { min: -LARGEST, max: LARGEST }),
  );
}

export function checkCsr(matrix: unknown): CheckedCsr {
  const given = readOptions<CsrMatrix>('matrix', matrix, ['n', 'indptr', 'indices', 'data', 'complex']);
  const n = checkInteger(['matrix', 'n'], given.n, { min: 0, max: 2 ** 28 });
  const complex = checkBoolean(['matrix', 'complex'], given.complex ?? false);
  const indptr = words(['matrix', 'indptr'], given.indptr, n + 1);
  const count = indptr[n];
  if (indptr[0] !== 0) throw new InputError(['matrix', 'indptr', 0], `is ${indptr[0]}, expected 0`);
  for (let i = 0; i < n; ++i) {
    if (indptr[i + 1] < indptr[i]) {
      throw new InputError(
        ['matrix', 'indptr', i + 1],
        `is ${indptr[i + 1]}, expected at least ${indptr[i]}, the number before it`,
      );
    }
  }
  const indices = words(['matrix', 'indices'], given.indices, count);
  const data = entries(['matrix', 'data'], given.data, complex ? 2 * count : count);
  const checked = { n, complex, indptr, indices, data };
  checkColumns(checked);
  checkAdjoint(checked);
  return checked;
}

/** Columns in range, and each once a row; sorts the entries of every row by column. */
function checkColumns({ n, complex, indptr, indices, data }: CheckedCsr): void {
  const width = complex ? 2 : 1;
  for (let i = 0; i < n; ++i) {
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
  }
}

function sortRow(indices: Uint32Array, data: Float64Array, width: number): void {
  const order = Array.from(indices, (_, k) => k).sort((a, b) => indices[a] - indices[b]);
  const [columns, values] = [indices.slice(), data.slice()];
  order.forEach((k, place) => {
    indices[place] = columns[k];
    for (let part = 0; part < width; ++part) data[width * place + part] = values[width * k + part];
  });
}

/** Entry (j, i) is the conjugate of entry (i, j). */
function checkAdjoint({ n, complex, indptr, indices, data }: CheckedCsr): void {
  const width = complex ? 2 : 1;
  // Where in each row the next partner is: rows are gone through in order, so partners come in order too.
  const next = indptr.slice(0, n);
  for (let i = 0; i < n; ++i) {
    for (let p = indptr[i]; p < indptr[i + 1]; ++p) {
      const j = indices[p];
      const q = next[j]++;
      const here = q < indptr[j + 1] && indices[q] === i;
      const same =
        here && data[width * q] === data[width * p] && (!complex || data[2 * q + 1] === -data[2 * p + 1]);
      if (!same) {
        const found = here ? 'the conjugate of which is not' : 'which is not matched by one';
        throw new InputError(
          'matrix',
          `is not Hermitian: row ${i} has an entry in column ${j}, ${found} in row ${j}`,
        );
      }
    }
  }
}

export interface CallbackTask {
  n: number;
  complex: boolean;
  multiply: CallbackOptions['multiply'];
}

export function checkCallback(options: unknown): CallbackTask {
  const given = readOptions<CallbackOptions>('options', options, ['n', 'multiply', 'complex']);
  const n = checkInteger(['options', 'n'], given.n, { min: 0, max: 2 ** 28 });
  const { multiply } = given;
  if (typeof multiply !== 'function') {
    throw new InputError(['options', 'multiply'], `expected a function, got ${show(multiply)}`);
  }
  return { n, multiply, complex: checkBoolean(['options', 'complex'], given.complex ?? false) };
}
