// The Hamiltonian of a model of spins ½ at one point of a sweep, and what no model has.
import type { Core, SpinOperator, SpinTerm } from 'emft';
import { InputError } from 'emft/check';
import type { ParameterValues } from '../parameters.js';
import type { SpinModel } from './model.js';
import { checkOwnSymmetries, checkSector, sectorAt, symmetryOf } from './sector.js';
import { isRandom, placesOf, termOf } from './terms.js';

/** Throws an InputError for sites or a sector that the model does not have. */
export function checkModel(model: SpinModel, p: ParameterValues): void {
  checkSector(p);
  checkOwnSymmetries(model, p);
  for (const term of model.terms) placesOf(term, p.sites as number);
  const moved = isRandom(model) && (p.momentum !== undefined || p.reflection !== 'any');
  if (moved) {
    const name = p.momentum !== undefined ? 'momentum' : 'reflection';
    throw new InputError(name, 'a model with drawn coefficients does not have this symmetry');
  }
}

/** The operator; an error of the library gets the name that the file has for what is at fault. */
export function operatorOf(
  core: Core,
  model: SpinModel,
  p: ParameterValues,
  terms: SpinTerm[],
): SpinOperator {
  try {
    return core.spins({ sites: p.sites as number, terms, sector: sectorAt(p, model) });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [, part, place, ...rest] = error.path;
    if (part === 'terms' && typeof place === 'number') {
      const name = ['model', 'terms', termOf(model, p, place) + 1, ...rest.slice(0, 1)].join('.');
      throw new InputError(name, error.reason);
    }
    if (part !== 'sector') throw error;
    if (place === 'up') throw new InputError(p.filling === 'half' ? 'filling' : 'up', error.reason);
    if (place === 'symmetries' && typeof rest[0] === 'number')
      throw new InputError(symmetryOf(p, model, rest[0], rest[1]), error.reason);
    throw error;
  }
}
