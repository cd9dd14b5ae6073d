// The arguments of what is measured in states of several parts, checked.
import { checkBoolean, checkInteger, readList, show } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { binaryExponent } from '../wasm/magnitude.js';
import { checkNumbers } from '../wasm/numbers.js';
import type { PartsTask } from './density.js';
import { spinsOf } from './operator.js';
import type { SectorTask } from './sectorParts.js';
import type { ParticipationOptions, SubsystemOptions } from './types.js';
import { checkVectors } from './vectorArguments.js';
import { ambiguous, writtenAs } from './written.js';

/** Most configurations of a state, and sites that have so many. */
const MOST_SITES = 28;
const MOST_CONFIGURATIONS = 2 ** MOST_SITES;
export const KEYS = ['dimensions', 'subsystem', 'complex', 'operator'] as const;
export const PLAIN_KEYS = ['order', 'length', 'complex'] as const;

/**
 * The dimensions that are given; by default L twos for 2^L amplitudes of a state. How many a state has is known of vectors that this library
 * returned; any other list counts as one state.
 */
function readDimensions(value: unknown, amplitudes: number): number[] {
  if (value === undefined) {
    const sites = binaryExponent(amplitudes);
    if (sites >= 0 && amplitudes === 2 ** sites) return Array(sites).fill(2);
    throw new InputError(
      ['options', 'dimensions'],
      `expected the dimension of each part: ${amplitudes} amplitudes are no power of two; of copies say also whether they are complex`,
    );
  }
  const list = readList(['options', 'dimensions'], value);
  if (!list) throw new InputError(['options', 'dimensions'], `expected numbers, got ${show(value)}`);
  const dimensions = Array.from(list, (d, p) =>
    checkInteger(['options', 'dimensions', p], d, { min: 1, max: MOST_CONFIGURATIONS }),
  );
  const product = dimensions.reduce((a, d) => a * d, 1);
  if (product > MOST_CONFIGURATIONS) {
    throw new InputError(
      ['options', 'dimensions'],
      `expected a product of at most ${MOST_CONFIGURATIONS}, got ${product}`,
    );
  }
  return dimensions;
}

function readInside(value: unknown, parts: number): boolean[] {
  const list = readList(['options', 'subsystem'], value);
  if (!list)
    throw new InputError(
      ['options', 'subsystem'],
      `expected a list of the places of parts, got ${show(value)}${typeof value === 'number' ? `: [${value}] is that part alone` : ''}`,
    );
  const inside: boolean[] = Array(parts).fill(false);
  list.forEach((item, k) => {
    const name = ['options', 'subsystem', k] as const;
    const place = checkInteger(name, item, { min: 0, max: parts - 1 });
    if (inside[place]) throw new InputError(name, `${place} is there twice`);
    inside[place] = true;
  });
  return inside;
}

/** Counts the states in a list of amplitudes, and refuses a state that is zero. */
function countOf(amplitudes: Float64Array, numbers: number): number {
  const count = amplitudes.length / numbers;
  if (!Number.isInteger(count)) {
    throw new InputError(
      'states',
      `expected a whole number of states of ${numbers} numbers, got ${amplitudes.length} numbers`,
    );
  }
  for (let k = 0; k < count; ++k) {
    const state = amplitudes.subarray(numbers * k, numbers * (k + 1));
    if (state.every((x) => x === 0)) throw new InputError('states', `state ${k} is zero`);
  }
  return count;
}

/** How states are written: as is said, as they were handed out, or real if they cannot be anything else. */
function readWritten(states: unknown, complex: unknown) {
  const said = complex === undefined ? undefined : checkBoolean(['options', 'complex'], complex);
  const written = writtenAs(states, said, false);
  return { ...written, open: said === undefined && written.length === undefined };
}

/** Refuses an array that could be real states of `length` numbers or, with complex amplitudes, half as many or half as long. */
function checkReal(amplitudes: Float64Array, length: number, whole: boolean): void {
  const count = amplitudes.length / length;
  const said = (states: number, long: number) =>
    `${states} ${states === 1 ? 'state' : 'states'} of ${long} amplitudes`;
  if (whole && count === 1 && length % 2 === 0)
    throw ambiguous('states', amplitudes, [said(1, length), said(1, length / 2)]);
  if (!whole && count > 0 && count % 2 === 0)
    throw ambiguous('states', amplitudes, [said(count, length), said(count / 2, length)]);
}

/** Vectors of an operator of spins, and which sites are inside. */
function checkSectorStates(states: unknown, given: SubsystemOptions): SectorTask {
  const { operator, computed } = spinsOf(['options', 'operator'], given.operator);
  // States of a sector, small as it may be, are measured in the whole space.
  if (operator.sites > MOST_SITES)
    throw new InputError(
      ['options', 'operator'],
      `has ${operator.sites} sites, expected at most ${MOST_SITES}: its states are measured in the space of all 2^${operator.sites} configurations`,
    );
  if (given.dimensions !== undefined)
    throw new InputError(['options', 'dimensions'], 'are those of the sites of the operator, expected none');
  const { psi, width, columns } = checkVectors('states', states, computed, given.complex);
  return { operator, vectors: psi, width, columns, inside: readInside(given.subsystem, operator.sites) };
}

/** States of several parts, in the whole space or in that of an operator of spins. */
export function checkStates(states: unknown, given: SubsystemOptions): PartsTask | SectorTask {
  if (given.operator !== undefined) return checkSectorStates(states, given);
  const { width, length: known, basis, open } = readWritten(states, given.complex);
  if (basis && known !== 2 ** basis.sites && given.dimensions === undefined) {
    throw new InputError(
      'states',
      `are those of a sector of ${basis.sites} sites, got ${known} amplitudes of 2^${basis.sites}: say of which operator, as options.operator, or make whole states of them by its embed`,
    );
  }
  const amplitudes = checkNumbers('states', states);
  const dimensions = readDimensions(given.dimensions, known ?? amplitudes.length / width);
  const length = dimensions.reduce((a, d) => a * d, 1);
  if (open) checkReal(amplitudes, length, given.dimensions === undefined);
  const count = countOf(amplitudes, width * length);
  return {
    amplitudes,
    length,
    width,
    count,
    dimensions,
    inside: readInside(given.subsystem, dimensions.length),
  };
}

export function checkOrder(order: unknown): number {
  if (typeof order === 'number' && order >= 0) return order;
  throw new InputError(['options', 'order'], `expected a number ≥ 0, Infinity too, got ${show(order)}`);
}

/** States of `length` amplitudes, all one state by default. */
export function checkPlain(states: unknown, given: ParticipationOptions) {
  const { width, length: known, open } = readWritten(states, given.complex);
  const amplitudes = checkNumbers('states', states);
  const whole = known ?? Math.max(1, Math.floor(amplitudes.length / width));
  const length = checkInteger(['options', 'length'], given.length ?? whole, {
    min: 1,
    max: MOST_CONFIGURATIONS,
  });
  if (open) checkReal(amplitudes, length, given.length === undefined);
  return { width, amplitudes, length, count: countOf(amplitudes, width * length) };
}
