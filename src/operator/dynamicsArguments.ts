// The arguments of time evolution, checked.
import { checkBoolean, checkChoice, checkInteger, checkNumber, readOptions } from '../wasm/check.js';
import { checkNumbers } from '../wasm/numbers.js';
import { type CheckedWatch, checkWatch } from '../wasm/steps.js';
import type { EvolveTask } from './dynamics/record.js';
import type { EvolveAsyncOptions } from './dynamicsTypes.js';
import { computedOf } from './operator.js';
import { checkOperators, checkVectors } from './vectorArguments.js';

const KEYS = ['complex', 'imaginary', 'observables', 'states'] as const;

/** Of `evolve` and its twin. */
export function checkEvolve(
  operator: unknown,
  psi: unknown,
  times: unknown,
  options: EvolveAsyncOptions,
  ...keys: readonly string[]
): { task: EvolveTask; watch: CheckedWatch } {
  const computed = computedOf('operator', operator);
  const known = [...KEYS, 'method', 'tolerance', 'maxProducts', ...keys];
  const given = readOptions<EvolveAsyncOptions>('options', options, known);
  const observables = checkOperators(['options', 'observables'], given.observables, computed.n);
  const methods = ['auto', 'chebyshev', 'krylov'] as const;
  const task = {
    computed,
    ...checkVectors('psi', psi, computed, given.complex),
    times: checkNumbers('times', times),
    imaginary: checkBoolean(['options', 'imaginary'], given.imaginary ?? false),
    observables,
    states: checkBoolean(['options', 'states'], given.states ?? observables.length === 0),
    method: checkChoice(['options', 'method'], given.method ?? 'auto', methods),
    tolerance: checkNumber(['options', 'tolerance'], given.tolerance ?? 1e-13, { min: 1e-15, max: 0.1 }),
    most: checkInteger(['options', 'maxProducts'], given.maxProducts ?? 1e6, { min: 1 }),
  };
  return { task, watch: checkWatch('options', given) };
}
