// Arguments for every public function: valid ones and those at the borders of what is valid. Small enough that a call
// takes milliseconds. A function without an entry fails the test.
import type { Core } from 'emft';
import { dynamicsFunctions } from './functions/dynamics.js';
import { eigenFunctions } from './functions/eigen.js';
import { energyFunctions } from './functions/energy.js';
import type { Fuzzed } from './functions/fuzzed.js';
import { grainFunctions } from './functions/grain.js';
import { latticeFunctions } from './functions/lattice.js';
import { meanFieldFunctions } from './functions/meanField.js';
import { operatorFunctions } from './functions/operator.js';
import { randomFunctions } from './functions/random.js';
import { statesFunctions } from './functions/states.js';
import { statisticsFunctions } from './functions/statistics.js';
import { sunFunctions } from './functions/sun.js';

export { eigenFunctions } from './functions/eigen.js';
export type { Fuzzed } from './functions/fuzzed.js';

/** The functions of a core; `core` makes what some of them take. */
export function coreFunctions(core: Core): Record<string, Fuzzed> {
  return {
    ...eigenFunctions,
    ...meanFieldFunctions,
    ...energyFunctions,
    ...latticeFunctions(core),
    ...grainFunctions,
    ...operatorFunctions(core),
    ...dynamicsFunctions(core),
    ...randomFunctions,
    ...statesFunctions,
    ...statisticsFunctions,
    ...sunFunctions,
  };
}
