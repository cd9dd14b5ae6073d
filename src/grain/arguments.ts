// Checks the arguments of this room; computations rely on the result without checking it again.

import { checkModelGrain } from '../meanfield/statistics.js';
import {
  checkBoolean,
  checkChoice,
  checkInteger,
  checkNumber,
  type Name,
  readList,
  readOptions,
  show,
} from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { ROUNDING } from '../wasm/limits.js';
import { makeSymmetric } from '../wasm/symmetric.js';
import type { CouplingTask } from './coupling.js';
import type { CheckedModel, StatesTask } from './model.js';
import { drawnCouplings, type RandomTask } from './random.js';
import { grainMethods, grainRanges } from './ranges.js';
import { type GrainReadingName, grainReadings } from './readings.js';
import type {
  DiagonalizeOptions,
  GrainModel,
  GrainWindow,
  RandomGrainOptions,
  ReducedCouplingOptions,
  StatesOptions,
} from './types.js';

/** Bound of |H| that leaves room for squares of differences of scaled energies. */
const BELOW_OVERFLOW = 1e300;

function numbers(name: Name, value: unknown): Float64Array {
  return finite(name, readList(name, value), value);
}

/** Checks `list`, which is the copy that was made of `value`. */
function finite(name: Name, list: unknown[] | Float64Array | null, value: unknown): Float64Array {
  if (!list) throw new InputError(name, `expected an array of numbers, got ${show(value)}`);
  const data = list instanceof Float64Array ? list : new Float64Array(list.length);
  for (let i = 0; i < data.length; ++i) {
    const x = list[i];
    if (typeof x !== 'number' || !Number.isFinite(x)) {
      throw new InputError(name, `element ${i} is ${show(x)}, expected a finite number`);
    }
    data[i] = x;
  }
  return data;
}

/** d_g rows of `width` d_g numbers each, or all of them. */
function squareMatrix(value: unknown, width: number): { dg: number; grain: Float64Array } {
  const list = readList('grain', value);
  if (Array.isArray(list) && list.length > 0 && typeof list[0] === 'object') {
    const rows = list.map((row, i) => numbers(['grain', i], row));
    const dg = rows.length;
    rows.forEach((row, i) => {
      if (row.length !== width * dg)
        throw new InputError(
          ['grain', i],
          `expected ${width * dg} elements, ${width === 2 ? 'twice ' : ''}as many as there are rows, got ${row.length}`,
        );
    });
    const grain = new Float64Array(width * dg * dg);
    rows.forEach((row, i) => void grain.set(row, i * width * dg));
    return { dg, grain };
  }
  const grain = finite('grain', list, value);
  const dg = Math.round(Math.sqrt(grain.length / width));
  if (width * dg * dg !== grain.length)
    throw new InputError('grain', `expected ${width === 2 ? '2 ' : ''}d_g² elements, got ${grain.length}`);
  return { dg, grain };
}

export function checkGrainDimension(name: Name, value: unknown, max: number): number {
  const dg = checkInteger(name, value, { min: 2, max });
  if ((dg & (dg - 1)) !== 0) {
    throw new InputError(name, `expected a power of two ≥ 2, got ${dg}`);
  }
  return dg;
}

/** Throws unless there are as many couplings as fields. */
export function checkPerField(fields: Float64Array, couplings: Float64Array): void {
  if (couplings.length === fields.length) return;
  throw new InputError(
    'couplings',
    `expected ${fields.length} elements, one for each of 'fields', got ${couplings.length}`,
  );
}

/** Refuses pairs that differ by more than rounding, `most`, from the conjugate of their mirror image; what differs by less becomes the mean of both. */
function makeHermitian(grain: Float64Array, dg: number, most: number): void {
  for (let i = 0; i < dg; ++i) {
    for (let j = 0; j <= i; ++j) {
      const [p, q] = [2 * (i * dg + j), 2 * (j * dg + i)];
      const [x, y, u, v] = [grain[p], grain[p + 1], grain[q], grain[q + 1]];
      if (Math.abs(x - u) > most || Math.abs(y + v) > most) {
        throw new InputError(
          'grain',
          `not Hermitian: [${i}][${j}] is ${x} + ${y} i, [${j}][${i}] is ${u} + ${v} i`,
        );
      }
      if (x !== u) grain[p] = grain[q] = 0.5 * x + 0.5 * u;
      const imaginary = i === j ? 0 : y === -v ? y : 0.5 * y - 0.5 * v;
      grain[p + 1] = imaginary;
      grain[q + 1] = imaginary === 0 ? 0 : -imaginary;
    }
  }
}

export function checkModel(model: GrainModel): CheckedModel {
  const complex = checkBoolean('complex', model.complex ?? false);
  const { dg, grain } = squareMatrix(model.grain, complex ? 2 : 1);
  checkGrainDimension('grain dimension', dg, 2 ** 15);
  let largest = 0;
  for (const x of grain) largest = Math.max(largest, Math.abs(x));
  if (complex) makeHermitian(grain, dg, ROUNDING * largest);
  else makeSymmetric('grain', grain, dg, ROUNDING * largest);
  const fields = numbers('fields', model.fields);
  const couplings = numbers('couplings', model.couplings);
  checkPerField(fields, couplings);
  const bits = fields.length;
  let bound = dg * largest;
  for (let n = 0; n < bits; ++n) bound += Math.abs(fields[n]) + 2 * Math.abs(couplings[n]);
  if (!(bound < BELOW_OVERFLOW)) {
    throw new InputError('options', `elements of H reach ${bound}, expected less than ${BELOW_OVERFLOW}`);
  }
  if (bits > grainRanges.n.max)
    throw new InputError('fields', `expected at most ${grainRanges.n.max} l-bits, got ${bits}`);
  return { dg, bits, dimension: dg * 2 ** bits, complex, grain, fields, couplings };
}

/** A model without any other options. */
export function checkModelAlone(model: unknown): CheckedModel {
  return checkModel(readOptions<GrainModel>('model', model, ['grain', 'complex', 'fields', 'couplings']));
}

const WINDOW = ['energy', 'count', 'from', 'to', 'fraction'] as const;

function checkWindow(window: GrainWindow | undefined): GrainWindow | undefined {
  if (window === undefined) return undefined;
  const w = readOptions<Record<string, unknown>>('window', window, WINDOW);
  const keys = Object.keys(w).sort().join(' ');
  if (keys === 'count energy') {
    return {
      energy: checkNumber(['window', 'energy'], w.energy),
      count: checkInteger(['window', 'count'], w.count, { min: 1 }),
    };
  }
  if (keys === 'from to') {
    const from = checkNumber(['window', 'from'], w.from);
    return { from, to: checkNumber(['window', 'to'], w.to, { min: from }) };
  }
  if (keys === 'fraction') {
    return { fraction: checkNumber(['window', 'fraction'], w.fraction, { above: 0, max: 1 }) };
  }
  throw new InputError(
    'window',
    `expected { energy, count }, { from, to } or { fraction }, got keys ${keys || '(none)'}`,
  );
}

const STATES = ['window', 'method', 'vectors', 'verify'] as const;
const known = ['grain', 'complex', 'fields', 'couplings', ...STATES] as const;

/** Joins the options of two objects; an option given in both is refused. */
function readBoth(options: DiagonalizeOptions, more: StatesOptions | undefined): DiagonalizeOptions {
  if (options === undefined)
    throw new InputError('options', 'expected an object with grain, fields, couplings');
  const first = readOptions<DiagonalizeOptions>('options', options, known);
  const second = readOptions<StatesOptions>('more', more, STATES);
  const twice = STATES.find((key) => key in first && key in second);
  if (twice) throw new InputError(['more', twice], `give it here or as options.${twice}, not both`);
  return { ...first, ...second };
}

/** Checks the arguments of `diagonalizeGrain`. */
export function checkStates(options: DiagonalizeOptions, more: StatesOptions | undefined): StatesTask {
  const given = readBoth(options, more);
  const model = checkModel(given);
  const window = checkWindow(given.window);
  const vectors = checkBoolean(['options', 'vectors'], given.vectors ?? false);
  const verify = checkBoolean(['options', 'verify'], given.verify ?? false);
  const asked = checkChoice(['options', 'method'], given.method ?? 'auto', grainMethods);
  if (asked === 'filtered' && model.complex) {
    throw new InputError(['options', 'method'], "'filtered' is for real grains: with a complex one 'dense'");
  }
  if (asked === 'filtered' && !(window && 'energy' in window)) {
    throw new InputError(['options', 'window'], "method 'filtered' needs a window { energy, count }");
  }
  return { model, window, vectors, verify, asked };
}

const COUPLING = ['grain', 'complex', 'fields', 'couplings', 'spin', 'fraction', 'shell'] as const;

/** Checks the arguments of `reducedCoupling`. */
export function checkCoupling(options: ReducedCouplingOptions): CouplingTask {
  if (options === undefined)
    throw new InputError('options', 'expected an object with grain, fields, couplings');
  const given = readOptions<ReducedCouplingOptions>('options', options, COUPLING);
  const model = checkModel(given);
  if (model.bits === 0) throw new InputError('fields', 'expected at least one l-bit');
  const spin = checkInteger(['options', 'spin'], given.spin ?? 0, { min: 0, max: model.bits - 1 });
  const fraction = checkNumber(['options', 'fraction'], given.fraction ?? 0.25, { above: 0, max: 1 });
  const shell =
    given.shell === undefined ? undefined : checkNumber(['options', 'shell'], given.shell, { above: 0 });
  return { model, spin, fraction, shell };
}

const READINGS = Object.keys(grainReadings) as GrainReadingName[];

/** Checks the arguments of `randomGrainModel`. */
export function checkRandom(options: RandomGrainOptions): RandomTask {
  if (options === undefined) throw new InputError('options', 'expected an object with alpha, n and seed');
  const given = readOptions<RandomGrainOptions>('options', options, [
    'alpha',
    'n',
    'seed',
    'sample',
    'reading',
    'grainDimension',
    'h',
    'deltaH',
    'j1',
    'grainScale',
    'grain',
  ]);
  const alpha = checkNumber(['options', 'alpha'], given.alpha, grainRanges.alpha);
  const n = checkInteger(['options', 'n'], given.n, grainRanges.n);
  const seed = checkInteger(['options', 'seed'], given.seed);
  const index = checkInteger(['options', 'sample'], given.sample ?? 0, { min: 0 });
  const name = checkChoice(['options', 'reading'], given.reading ?? 'printed', READINGS);
  const reading = grainReadings[name];
  const dimension = given.grainDimension ?? reading.grainDimension;
  const dg = checkGrainDimension(['options', 'grainDimension'], dimension, grainRanges.grainDimension.max);
  const h = checkNumber(['options', 'h'], given.h ?? 1);
  const deltaH = checkNumber(['options', 'deltaH'], given.deltaH ?? 0.1, grainRanges.deltaH);
  const j1 = checkNumber(['options', 'j1'], given.j1 ?? reading.j1);
  const scale = checkNumber(['options', 'grainScale'], given.grainScale ?? 1.5, grainRanges.grainScale);
  if (!(Math.abs(j1) < BELOW_OVERFLOW)) {
    throw new InputError(['options', 'j1'], `expected less than ${BELOW_OVERFLOW} in size, got ${j1}`);
  }
  const last = drawnCouplings({ j1, alpha, n })[n - 1];
  // The couplings change by one ratio, so the first or the last is the largest.
  if (n > 0 && !(Math.abs(last) < BELOW_OVERFLOW)) {
    throw new InputError(
      ['options', 'alpha'],
      `J_${n} = j1 α^${n - 1} is ${last} for alpha ${alpha}, j1 ${j1}: expected less than ${BELOW_OVERFLOW}`,
    );
  }
  if (!(Math.abs(h) + deltaH < BELOW_OVERFLOW)) {
    throw new InputError(
      ['options', 'h'],
      `|h| + deltaH is ${Math.abs(h) + deltaH}, expected less than ${BELOW_OVERFLOW}`,
    );
  }
  const grain = checkModelGrain('options', given.grain);
  return { alpha, n, seed, index, dg, h, deltaH, j1, scale, grain };
}
