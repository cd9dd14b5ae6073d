// Checks the arguments of this room; computations rely on the result without checking it again.
import { bitCount } from '../operator/paulis.js';
import { checkChoice, checkInteger, checkNumber, type Name, readOptions, show } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { HOLDS, MAX_BYTES, mebibytes } from '../wasm/heap.js';
import { LARGEST_ENTRY, ROUNDING } from '../wasm/limits.js';
import { binaryExponent } from '../wasm/magnitude.js';
import { checkNumbers, readNumbers } from '../wasm/numbers.js';
import { makeSymmetric } from '../wasm/symmetric.js';
import type { CheckedSun, RandomSunTask } from './model.js';
import { entryBytes } from './operator.js';
import { sunRanges, sunSymmetries } from './ranges.js';
import type { RandomSunOptions, SunCouplingsOptions, SunModel, SunSector } from './types.js';

const MODEL = ['dot', 'fields', 'couplings', 'partners', 'conserve'] as const;
const entry = { min: -LARGEST_ENTRY, max: LARGEST_ENTRY };

/** H_dot, exactly symmetric. */
function checkDot(name: Name, value: unknown): { dot: Float64Array; dotSpins: number } {
  const { data, shape } = readNumbers(name, value, 'rows of numbers, or numbers');
  const d = Math.round(Math.sqrt(data.length));
  const rows = shape.length === 1 || (shape.length === 2 && shape[0] === d);
  const { max } = sunRanges.dotSpins;
  const dotSpins = binaryExponent(d);
  if (!rows || d * d !== data.length || d !== 2 ** dotSpins || dotSpins < 1 || dotSpins > max) {
    throw new InputError(
      name,
      `expected a square matrix of order 2, 4, … ${2 ** max}, got ${shape.join(' × ')} numbers`,
    );
  }
  const dot = Float64Array.from(checkNumbers(name, data, entry));
  const largest = dot.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  makeSymmetric(name, dot, d, ROUNDING * largest);
  return { dot, dotSpins };
}

function checkModel(name: string, given: SunModel): CheckedSun {
  const { dot, dotSpins } = checkDot([name, 'dot'], given.dot);
  const fields = checkNumbers([name, 'fields'], given.fields, entry);
  const { spins } = sunRanges;
  if (fields.length < 1 || fields.length > spins.max) {
    throw new InputError([name, 'fields'], `expected 1 … ${spins.max} numbers, got ${fields.length}`);
  }
  const each = { length: fields.length, expected: `${fields.length} numbers, one for each field` };
  const couplings = checkNumbers([name, 'couplings'], given.couplings, { ...entry, ...each });
  const partners = checkNumbers([name, 'partners'], given.partners, each);
  partners.forEach((site, j) => {
    checkInteger([name, 'partners', j], site, { min: 0, max: dotSpins - 1 });
  });
  const conserve = checkChoice([name, 'conserve'], given.conserve ?? 'none', sunSymmetries);
  const d = 2 ** dotSpins;
  const leads = conserve === 'u1' ? dot.findIndex((x, k) => x !== 0 && moves(k, d)) : -1;
  if (leads >= 0) {
    throw new InputError(
      [name, 'dot'],
      `[${Math.floor(leads / d)}][${leads % d}] is ${dot[leads]} between states with different numbers of up spins, expected 0 with conserve 'u1'`,
    );
  }
  return {
    dotSpins,
    dot,
    fields: fields.slice(),
    couplings: couplings.slice(),
    partners: Int32Array.from(partners),
    conserve,
  };
}

/** Whether an entry of the dot changes the number of up spins. */
function moves(k: number, d: number): boolean {
  return bitCount(Math.floor(k / d)) !== bitCount(k % d);
}

/** Checks the arguments of `sunOperator`. */
export function checkSun(model: unknown, sector: unknown): { sun: CheckedSun; up: number | undefined } {
  const sun = checkModel('model', readOptions<SunModel>('model', model, MODEL));
  const given = readOptions<SunSector>('sector', sector, ['up']);
  const sites = sun.dotSpins + sun.fields.length;
  if (given.up !== undefined && sun.conserve === 'none') {
    throw new InputError(
      ['sector', 'up'],
      "is given, but H keeps the number of up spins with conserve 'u1' alone",
    );
  }
  const up =
    given.up === undefined ? undefined : checkInteger(['sector', 'up'], given.up, { min: 0, max: sites });
  const bytes = entryBytes(sun, up);
  if (bytes > MAX_BYTES) {
    throw new InputError(
      ['model', 'fields'],
      `the matrix of ${sites} sites needs ${mebibytes(bytes)} MiB, ${HOLDS}`,
    );
  }
  return { sun, up };
}

/** Checks the arguments of `sunCouplings` and its twin. */
export function checkSunCouplings(options: unknown): { sun: CheckedSun; shell: number | undefined } {
  const given = readOptions<SunCouplingsOptions>('options', options, [...MODEL, 'shell']);
  const sun = checkModel('options', given);
  if (given.shell === undefined) return { sun, shell: undefined };
  return { sun, shell: checkNumber(['options', 'shell'], given.shell, { above: 0, max: LARGEST_ENTRY }) };
}

/** Checks the arguments of `randomSunModel`. */
export function checkRandomSun(options: unknown): RandomSunTask {
  const given = readOptions<RandomSunOptions>('options', options, [
    'spins',
    'alpha',
    'seed',
    'sample',
    'dotSpins',
    'g0',
    'gamma',
    'zeta',
    'fields',
    'conserve',
  ]);
  const name = (key: string) => ['options', key];
  const fields = checkNumbers(name('fields'), given.fields ?? [0.5, 1.5], {
    ...sunRanges.field,
    length: 2,
    expected: 'two numbers',
  });
  if (!(fields[0] <= fields[1])) {
    throw new InputError(name('fields'), `expected [from, to] with from ≤ to, got [${fields.join(', ')}]`);
  }
  const task: RandomSunTask = {
    spins: checkInteger(name('spins'), given.spins, sunRanges.spins),
    alpha: checkNumber(name('alpha'), given.alpha, sunRanges.alpha),
    seed: checkInteger(name('seed'), given.seed),
    index: checkInteger(name('sample'), given.sample ?? 0, { min: 0 }),
    dotSpins: checkInteger(name('dotSpins'), given.dotSpins ?? 3, sunRanges.dotSpins),
    g0: checkNumber(name('g0'), given.g0 ?? 1, sunRanges.g0),
    gamma: checkNumber(name('gamma'), given.gamma ?? 1, sunRanges.gamma),
    zeta: checkNumber(name('zeta'), given.zeta ?? 0.2, sunRanges.zeta),
    fields: [fields[0], fields[1]],
    conserve: checkChoice(name('conserve'), given.conserve ?? 'none', sunSymmetries),
  };
  return task;
}

/** Refuses drawn couplings that are too large: a negative power of an α far below 1 is large. */
export function checkDrawn(couplings: Float64Array, alpha: number): void {
  const most = couplings.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
  if (most <= LARGEST_ENTRY) return;
  throw new InputError(
    ['options', 'alpha'],
    `couplings reach ${most} for alpha ${show(alpha)}: expected at most ${LARGEST_ENTRY}`,
  );
}

/** Refuses bare couplings beyond the largest double: J may be large, and a shell as narrow as the dot's spectrum. */
export function checkBare(bare: Float64Array, couplings: Float64Array): Float64Array {
  const j = bare.findIndex((g) => !Number.isFinite(g));
  if (j < 0) return bare;
  throw new InputError(
    ['options', 'couplings', j],
    `is ${couplings[j]}, which over the width of the shell is beyond the largest double: expected a smaller one, or a wider shell or dot`,
  );
}
