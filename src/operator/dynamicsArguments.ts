// The arguments of time evolution, checked.
import { checkBoolean, checkChoice, checkInteger, checkNumber, readOptions } from '../wasm/check.js';
import { checkNumbers } from '../wasm/numbers.js';
import { type CheckedWatch, checkWatch } from '../wasm/steps.js';
import type { EvolveTask, ExactTask, StateTask } from './dynamics/record.js';
import type { EvolutionOptions, EvolveAsyncOptions, EvolveExactAsyncOptions } from './dynamicsTypes.js';
import { computedOf } from './operator.js';
import { checkOperators, checkVectors } from './vectorArguments.js';

const KEYS = ['complex', 'imaginary', 'observables', 'states'] as const;

/** What both have in common. */
function checkStates(operator: unknown, psi: unknown, times: unknown, given: EvolutionOptions): StateTask {
  const computed = computedOf('operator', operator);
  const observables = checkOperators(['options', 'observables'], given.observables, computed.n);
  return {
    computed,
    ...checkVectors('psi', psi, computed, given.complex),
    times: checkNumbers('times', times),
    imaginary: checkBoolean(['options', 'imaginary'], given.imaginary ?? false),
    observables,
    states: checkBoolean(['options', 'states'], given.states ?? observables.length === 0),
  };
}

/** Of `evolve` and its twin. */
export function checkEvolve(
  operator: unknown,
  psi: unknown,
  times: unknown,
  options: EvolveAsyncOptions,
  ...keys: readonly string[]
): { task: EvolveTask; watch: CheckedWatch } {
  const known = [...KEYS, 'method', 'tolerance', 'maxProducts', ...keys];
  const given = readOptions<EvolveAsyncOptions>('options', options, known);
  const methods = ['auto', 'chebyshev', 'krylov'] as const;
  const task = {
    ...checkStates(operator, psi, times, given),
    method: checkChoice(['options', 'method'], given.method ?? 'auto', methods),
    tolerance: checkNumber(['options', 'tolerance'], given.tolerance ?? 1e-13, { min: 1e-15, max: 0.1 }),
    most: checkInteger(['options', 'maxProducts'], given.maxProducts ?? 1e6, { min: 1 }),
  };
  return { task, watch: checkWatch('options', given) };
}

/** Of `evolveExact` and its twin. */
export function checkEvolveExact(
  operator: unknown,
  psi: unknown,
  times: unknown,
  options: EvolveExactAsyncOptions,
  ...keys: readonly string[]
): { task: ExactTask; watch: CheckedWatch } {
  const given = readOptions<EvolveExactAsyncOptions>('options', options, [
    ...KEYS,
    'levelTolerance',
    ...keys,
  ]);
  const name = ['options', 'levelTolerance'];
  const task = {
    ...checkStates(operator, psi, times, given),
    tolerance: checkNumber(name, given.levelTolerance ?? 1e-12, { min: 0, max: 1 }),
  };
  return { task, watch: checkWatch('options', given) };
}
