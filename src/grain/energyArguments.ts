// Checks the arguments of `grainCouplings`.
import { checkModelGrain } from '../meanfield/statistics.js';
import { checkNumber, type Name, readOptions } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { checkNumbers } from '../wasm/numbers.js';
import { checkGrainDimension, checkPerField } from './arguments.js';
import type { GrainCouplingsOptions, GrainCouplingsTask } from './energy.js';
import { grainRanges } from './ranges.js';

/** Beyond, squares of densities or of energies would not be doubles. */
const LARGEST_SQUARED = 1e100;
/** All 2^N configurations are gone through for each l-bit. */
const MOST = 16;

const sized = (name: Name, value: unknown): Float64Array =>
  checkNumbers(name, value, { min: -LARGEST_SQUARED, max: LARGEST_SQUARED });

export function checkGrainCouplings(options: GrainCouplingsOptions): GrainCouplingsTask {
  if (options === undefined)
    throw new InputError('options', 'expected an object with grainDimension, fields, couplings');
  const given = readOptions<GrainCouplingsOptions>('options', options, [
    'grainDimension',
    'fields',
    'couplings',
    'energy',
    'grainScale',
    'grain',
  ]);
  const dg = checkGrainDimension(
    ['options', 'grainDimension'],
    given.grainDimension,
    grainRanges.grainDimension.max,
  );
  const fields = sized('fields', given.fields);
  const couplings = sized('couplings', given.couplings);
  if (fields.length < 1 || fields.length > MOST)
    throw new InputError('fields', `expected 1 … ${MOST} l-bits, got ${fields.length}`);
  checkPerField(fields, couplings);
  const energy = checkNumber(['options', 'energy'], given.energy ?? 0, {
    min: -LARGEST_SQUARED,
    max: LARGEST_SQUARED,
  });
  const scale = checkNumber(['options', 'grainScale'], given.grainScale ?? 1.5, {
    min: 1 / LARGEST_SQUARED,
    max: LARGEST_SQUARED,
  });
  return { dg, fields, couplings, energy, scale, grain: checkModelGrain('options', given.grain) };
}
