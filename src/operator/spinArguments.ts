// Checks a Hamiltonian of spins; nothing below checks it again.
import {
  checkBoolean,
  checkChoice,
  checkInteger,
  type Name,
  readOptions,
  show,
  within,
} from '../wasm/check.js';
import { type ArgumentPath, InputError } from '../wasm/errors.js';
import { MAX_BYTES } from '../wasm/heap.js';
import { hasLists } from '../wasm/numbers.js';
import { complexNumber } from './arguments.js';
import { type Element, generate, offRoot, orderOf } from './group.js';
import { list } from './lists.js';
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
import type { SpinOptions, SpinSector, SpinSymmetry, SpinTerm } from './types.js';

/** Bits of a configuration. */
const MOST_SITES = 32;
/** Sites of one product: it is a sum of up to 2 to this power of Pauli products. */
const LONGEST_TERM = 16;
/** How far a character may be from a root of unity. */
const OFF_ROOT = 1e-9;

/** What others write for a product of two vectors of spin. */
const SCALAR = /^s[^a-z]?(dot)?[^a-z]?s$/i;
/** For messages. */
const MOMENTUM = 'a momentum is a translation with a character, one of the symmetries';

/** The sites of one term; the pairs of many bonds in one list are what other libraries take. */
function checkSites(name: ArgumentPath, op: string, value: unknown, sites: number): number[] {
  const at = list(name, value, `sites, one for each letter of ${show(op)}`).map((site, i) => {
    const place = within(name, i);
    if (hasLists([site])) throw new InputError(place, 'is a list, expected a site: each bond is a term');
    return checkInteger(place, site, { min: 0, max: sites - 1 });
  });
  if (at.length === op.length) return at;
  throw new InputError(
    name,
    `expected ${op.length} sites, one for each letter of ${show(op)}, got ${at.length}`,
  );
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
        `has the letter ${show(letter)}, expected ${LETTER_NAMES.join(', ')}${SCALAR.test(op) ? '; S·S is the three terms xx, yy and zz' : ''}`,
      );
    }
  }
  const at = checkSites(within(name, 'sites'), op, given.sites, sites);
  return { op, sites: at, coefficient: complexNumber(within(name, 'coefficient'), given.coefficient ?? 1) };
}

function checkSymmetry(i: number, value: unknown, sites: number): Element {
  const name = ['options', 'sector', 'symmetries', i];
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
      `is ${show(character[0])} + ${show(character[1])}i, expected a number whose power ${orderOf(element)}, the order of the symmetry, is 1`,
    );
  }
  return element;
}

function checkSector(value: unknown, sites: number, sum: readonly Pauli[]) {
  const hints = { momentum: MOMENTUM };
  const given = readOptions<SpinSector>(['options', 'sector'], value, ['up', 'symmetries'], { hints });
  const up =
    given.up === undefined
      ? undefined
      : checkInteger(['options', 'sector', 'up'], given.up, { min: 0, max: sites });
  if (up !== undefined && !conservesUp(sum)) {
    throw new InputError(['options', 'sector', 'up'], 'is given, but H does not keep the number of up spins');
  }
  const generators = list(['options', 'sector', 'symmetries'], given.symmetries ?? [], 'symmetries').map(
    (symmetry, i) => checkSymmetry(i, symmetry, sites),
  );
  generators.forEach(({ permutation, flip }, i) => {
    if (!isSymmetric(sum, permutation, flip)) {
      throw new InputError(
        ['options', 'sector', 'symmetries', i],
        'is no symmetry of H: it changes some term',
      );
    }
    if (flip && up !== undefined && 2 * up !== sites) {
      throw new InputError(
        ['options', 'sector', 'symmetries', i, 'flip'],
        `turns ${up} up spins of ${sites} into ${sites - up}: expected up = ${sites / 2}, or none`,
      );
    }
  });
  return { up, elements: generate(sites, generators) };
}

export function checkSpins(options: unknown): SpinTask {
  const given = readOptions<SpinOptions>('options', options, ['sites', 'terms', 'sector', 'storage']);
  const sites = checkInteger(['options', 'sites'], given.sites, { min: 1, max: MOST_SITES });
  const terms = list(['options', 'terms'], given.terms, 'terms').map((term, i) =>
    checkTerm(['options', 'terms', i], term, sites),
  );
  const sum = pauliSum(terms);
  checkHermitian(sum, terms);
  const { up, elements } = checkSector(given.sector, sites, sum);
  const storages = ['auto', 'free', 'csr'] as const;
  const storage = checkChoice(['options', 'storage'], given.storage ?? 'auto', storages);
  const n = configurations({ sites, down: up === undefined ? -1 : sites - up, elements });
  // A diagonal and one vector, or 32 bits for each configuration that may stand for a state.
  const least = storage !== 'csr' && elements.length === 1 ? 16 * n : (8 * n) / elements.length;
  if (least > MAX_BYTES) {
    throw new InputError(
      up === undefined ? ['options', 'sites'] : ['options', 'sector', 'up'],
      `leaves ${n} configurations, which take ${Math.ceil(least / 2 ** 30)} GiB of the 4 GiB that there are`,
    );
  }
  return { sites, sum, up, elements, storage };
}
