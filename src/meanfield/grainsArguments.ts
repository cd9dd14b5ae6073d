// The arguments of the mean field of several grains, checked once; lattices have those of `merging` too.
import { checkChoice, checkNumber, type Name, readList, readOptions, within } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { checkNumbers } from '../wasm/numbers.js';
import { type Grains, type GrainsMerging, type GrainsOptions, MERGE_RULES } from './manyGrains.js';
import { checkGrain } from './statistics.js';

export const MERGING_KEYS = ['dg', 'merge', 'ratio', 'grain'] as const;
/** Most grains: every pair of them is looked at in each round of mergers. */
export const MAX_GRAINS = 1024;
/** Couplings to all grains together: with what follows from them they take some 100 bytes each. */
const MOST_COUPLINGS = 2 ** 22;
const DIMENSION = { min: 2, max: 1e12 };

/** A dimension for each grain. */
function checkDimensions(name: Name, given: unknown, count: number): Float64Array {
  if (typeof given === 'number') return new Float64Array(count).fill(checkNumber(name, given, DIMENSION));
  return checkNumbers(name, given, {
    ...DIMENSION,
    length: count,
    expected: `a number, or ${count} of them`,
  });
}

/** The options of `GrainsMerging` for this number of grains. */
export function checkMerging(name: Name, given: GrainsMerging, count: number) {
  return {
    dg: checkDimensions(within(name, 'dg'), given.dg ?? 8, count),
    merge: checkChoice(within(name, 'merge'), given.merge ?? 'collars', MERGE_RULES),
    ratio: checkNumber(within(name, 'ratio'), given.ratio ?? 0.1, { above: 0, max: 1e12 }),
    grain: checkGrain(name, given.grain),
  };
}

/** Lists of numbers ≥ 0, all of one length. */
function checkRows(name: Name, given: unknown, expected: { rows?: number; length?: number }): Float64Array[] {
  const list = readList(name, given);
  const { rows } = expected;
  if (!list || list.length === 0 || (rows !== undefined && list.length !== rows)) {
    throw new InputError(name, `expected ${rows ?? 'at least 1'} lists of numbers, one for each grain`);
  }
  if (list.length > MAX_GRAINS) {
    throw new InputError(name, `expected at most ${MAX_GRAINS} grains, got ${list.length}`);
  }
  const first = checkNumbers(within(name, 0), list[0], { min: 0, length: expected.length });
  if (first.length === 0) throw new InputError(within(name, 0), 'expected at least one number');
  // Before any row is copied: many can be one and the same array.
  const all = list.length * first.length;
  if (all > MOST_COUPLINGS) {
    throw new InputError(name, `${all} numbers for all grains together, expected at most ${MOST_COUPLINGS}`);
  }
  const others = Array.from(list.slice(1), (row: unknown, i) =>
    checkNumbers(within(name, i + 1), row, { min: 0, length: first.length }).slice(),
  );
  return [first.slice(), ...others];
}

export function checkGrains(options: GrainsOptions): Grains {
  if (options === undefined) throw new InputError('options', 'expected an object with couplings');
  const given = readOptions<GrainsOptions>('options', options, [
    'couplings',
    ...MERGING_KEYS,
    'distances',
    'spacings',
  ]);
  const couplings = checkRows(['options', 'couplings'], given.couplings, {});
  const [rows, length] = [couplings.length, couplings[0].length];
  const merging = checkMerging('options', given, rows);
  const { distances, spacings } = given;
  // A single grain has no other to merge with.
  const apart = rows === 1 || merging.merge !== 'collars';
  if (distances === undefined && spacings === undefined && apart) {
    return { couplings, ...merging };
  }
  for (const key of ['distances', 'spacings'] as const) {
    if (given[key] === undefined) {
      throw new InputError(
        ['options', key],
        "collars need distances and spacings: give both, or another merge: 'coupling', 'never', 'always'",
      );
    }
  }
  const places = {
    distances: checkRows(['options', 'distances'], distances, { rows, length }),
    spacings: checkRows(['options', 'spacings'], spacings, { rows, length: rows }),
  };
  places.spacings.forEach((row, a) => {
    if (row[a] !== 0)
      throw new InputError(
        ['options', 'spacings', a, a],
        `expected 0, of a grain from itself, got ${row[a]}`,
      );
    const b = row.findIndex((x, k) => x !== places.spacings[k][a]);
    if (b >= 0)
      throw new InputError(
        ['options', 'spacings', a, b],
        'differs from that of the same two grains the other way round',
      );
  });
  return { couplings, ...merging, places };
}
