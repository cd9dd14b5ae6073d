// How bare couplings are given, checked once for every method that takes them.
import {
  checkBoolean,
  checkFloat64Array,
  checkInteger,
  checkMemory,
  checkNumber,
  readOptions,
} from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import type { IteratesOptions } from './iterates.js';
import { type Bare, type BareOptions, DEFAULT_SOLVE, MAX_SPINS } from './solve.js';
import { checkGrain } from './statistics.js';

export const BARE_KEYS = ['log', 'maxIterations', 'grain'] as const;

/** How the couplings are to be understood. */
export function checkHow({ log, grain }: Pick<BareOptions, 'log' | 'grain'>) {
  return { log: checkBoolean(['options', 'log'], log ?? false), grain: checkGrain('options', grain) };
}

export function checkBare(bare: unknown, { log, grain }: Omit<Bare, 'values'>): Bare {
  const values = log ? checkMemory('bare', bare) : checkFloat64Array('bare', bare, { min: 0 });
  const bad = values.findIndex((b) => Number.isNaN(b) || b === Infinity);
  if (bad >= 0) {
    throw new InputError(
      'bare',
      `element ${bad} is ${values[bad]}, expected a finite logarithm or -Infinity`,
    );
  }
  if (values.length === 0) throw new InputError('bare', 'expected at least 1 coupling, got 0');
  if (values.length > MAX_SPINS) {
    throw new InputError(
      'bare',
      `${values.length} couplings are beyond memory, expected at most ${MAX_SPINS}`,
    );
  }
  return { values, log, grain };
}

/** Couplings of all iterates together: at 16 bytes each they take 128 MiB. */
const MOST_ITERATED = 2 ** 23;

/** Checks the arguments of `meanFieldIterates`. */
export function checkIterates(bare: unknown, options: IteratesOptions) {
  const given = readOptions<IteratesOptions>('options', options, [...BARE_KEYS, 'tolerance']);
  const checked = checkBare(bare, checkHow(given));
  const max = Math.floor(MOST_ITERATED / checked.values.length) - 1;
  const name = ['options', 'maxIterations'] as const;
  if (max < 1) {
    throw new InputError(
      'bare',
      `expected at most ${MOST_ITERATED / 2} couplings, got ${checked.values.length}`,
    );
  }
  const maxIterations = checkInteger(name, given.maxIterations ?? Math.min(1000, max), { min: 1, max });
  const tolerance = checkNumber(['options', 'tolerance'], given.tolerance ?? DEFAULT_SOLVE.tolerance, {
    min: 0,
  });
  return { bare: checked, follow: { maxIterations, tolerance } };
}
