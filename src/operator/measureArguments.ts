// The arguments of what is measured in states, checked.
import { checkBoolean, readOptions, show } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { type CheckedWatch, checkWatch } from '../wasm/steps.js';
import type { CorrelationTask } from './correlations.js';
import type { MeasureTask } from './measure.js';
import { computedOf, spinsOf } from './operator.js';
import type { CorrelationAsyncOptions, VectorAsyncOptions } from './types.js';
import { checkVectors } from './vectorArguments.js';

/** Checks the arguments of `expectation`, `variance`, `matrixElements` and their twins. */
export function checkMeasure(
  operator: unknown,
  states: unknown,
  options: VectorAsyncOptions,
  ...keys: readonly string[]
): { task: MeasureTask; watch: CheckedWatch } {
  const computed = computedOf('operator', operator);
  const given = readOptions<VectorAsyncOptions>('options', options, ['complex', ...keys]);
  return {
    task: { computed, ...checkVectors('states', states, computed, given.complex) },
    watch: checkWatch('options', given),
  };
}

/** Checks the arguments of `correlations` and its twin. */
export function checkCorrelations(
  operator: unknown,
  states: unknown,
  options: CorrelationAsyncOptions,
  ...keys: readonly string[]
): { task: CorrelationTask; watch: CheckedWatch } {
  const { operator: spins, computed } = spinsOf('operator', operator);
  const given = readOptions<CorrelationAsyncOptions>('options', options, [
    'complex',
    'op',
    'connected',
    ...keys,
  ]);
  const op = given.op ?? 'zz';
  if (typeof op !== 'string' || !/^[xyz+-]{2}$/.test(op)) {
    throw new InputError(['options', 'op'], `expected two letters of x, y, z, + and -, got ${show(op)}`);
  }
  const task = {
    operator: spins,
    computed,
    ...checkVectors('states', states, computed, given.complex),
    letters: [op[0], op[1]] as unknown as CorrelationTask['letters'],
    connected: checkBoolean(['options', 'connected'], given.connected ?? false),
  };
  return { task, watch: checkWatch('options', given) };
}
