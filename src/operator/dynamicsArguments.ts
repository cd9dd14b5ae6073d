// The arguments of time evolution, checked.
import { copyOf } from '../wasm/arena.js';
import {
  checkBoolean,
  checkChoice,
  checkInteger,
  checkNumber,
  readList,
  readOptions,
  show,
} from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { checkNumbers } from '../wasm/numbers.js';
import { type CheckedWatch, checkWatch } from '../wasm/steps.js';
import type { EvolveTask, ExactTask, StateTask } from './dynamics/record.js';
import type { TypicalityTask } from './dynamics/typicality.js';
import type {
  EvolutionOptions,
  EvolveAsyncOptions,
  EvolveExactAsyncOptions,
  TypicalityAsyncOptions,
} from './dynamicsTypes.js';
import { computedOf } from './operator.js';
import { checkOperators, checkVectors } from './vectorArguments.js';

const KEYS = ['complex', 'imaginary', 'observables', 'states'] as const;

/** The options that `evolve` and `evolveExact` have in common. */
function checkStates(operator: unknown, psi: unknown, times: unknown, given: EvolutionOptions): StateTask {
  const computed = computedOf('operator', operator);
  const observables = checkOperators(['options', 'observables'], given.observables, computed);
  return {
    computed,
    ...checkVectors('psi', psi, computed, given.complex),
    times: checkNumbers('times', times),
    imaginary: checkBoolean(['options', 'imaginary'], given.imaginary ?? false),
    observables,
    states: checkBoolean(['options', 'states'], given.states ?? observables.length === 0),
  };
}

/** Checks the arguments of `evolve` and its twin. */
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

/** Checks the arguments of `evolveExact` and its twin. */
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

/** Checks the arguments of `typicality` and its twin. */
export function checkTypicality(
  operator: unknown,
  options: TypicalityAsyncOptions,
  ...keys: readonly string[]
): { task: TypicalityTask; watch: CheckedWatch } {
  const computed = computedOf('operator', operator);
  if (computed.n === 0) throw new InputError('operator', 'has order 0, expected at least 1');
  const given = readOptions<TypicalityAsyncOptions>('options', options, [
    'betas',
    'observables',
    'functions',
    'samples',
    'vectors',
    'seed',
    ...keys,
  ]);
  const functions = readList(['options', 'functions'], given.functions ?? []);
  if (!Array.isArray(functions)) {
    throw new InputError(['options', 'functions'], `expected an array, got ${show(given.functions)}`);
  }
  functions.forEach((f, k) => {
    if (typeof f === 'function') return;
    throw new InputError(['options', 'functions', k], `expected a function, got ${show(f)}`);
  });
  const betas = copyOf(checkNumbers(['options', 'betas'], given.betas ?? []));
  if (betas.length === 0 && functions.length === 0) {
    throw new InputError('options', 'has neither betas nor functions, expected one at least');
  }
  const task = {
    computed,
    betas,
    observables: checkOperators(['options', 'observables'], given.observables, computed),
    functions: functions as TypicalityTask['functions'],
    samples: checkInteger(['options', 'samples'], given.samples ?? 20, { min: 1, max: 1e6 }),
    vectors: checkInteger(['options', 'vectors'], given.vectors ?? 80, { min: 1, max: 1000 }),
    seed: checkInteger(['options', 'seed'], given.seed ?? 0),
  };
  return { task, watch: checkWatch('options', given) };
}
