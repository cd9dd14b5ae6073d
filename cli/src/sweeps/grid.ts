// The grid of parameters of an ensemble.
import { InputError } from 'emft/check';
import type { ParameterValue, ParameterValues } from '../common/parameters.js';
import { type Axis, axisValues } from './axis.js';
import type { SweepKind } from './kind.js';

/**
 * The product of the axes (the last varies fastest, samples faster still), with `samples` realizations at each point.
 */
export interface Ensemble {
  samples: number;
  /** Every parameter that has a value. */
  axes: Record<string, Axis>;
}

/** Most points of a grid: each is checked before the run begins. */
const MAX_POINTS = 10_000_000;

/** Most tasks: they are numbered in 32 bits. */
export const MAX_TASKS = 2 ** 31 - 1;

export function checkEnsemble(name: string, kind: SweepKind, ensemble: Ensemble): Ensemble {
  const { points, parametersAt } = grid(ensemble);
  if (points * ensemble.samples > MAX_TASKS) {
    throw new InputError(name, `${points * ensemble.samples} tasks, more than ${MAX_TASKS}`);
  }
  if (points > MAX_POINTS) {
    throw new InputError(name, `the grid has ${points} points, expected at most ${MAX_POINTS}`);
  }
  for (let p = 0; p < points; ++p) {
    const parameters = parametersAt(p);
    try {
      kind.check?.(parameters);
    } catch (error) {
      throw error instanceof InputError ? new InputError(name, error.message) : error;
    }
    if (ensemble.samples > 1 && !kind.random(parameters)) {
      throw new InputError(`${name}: samples`, `nothing is random here: expected 1, got ${ensemble.samples}`);
    }
  }
  return ensemble;
}

/** The points of an ensemble's grid. */
export function grid({ axes }: Ensemble): { points: number; parametersAt(point: number): ParameterValues } {
  const names = Object.keys(axes);
  const values = names.map((name) => axisValues(axes[name]));
  const points = values.reduce((product, axis) => product * axis.length, 1);
  return {
    points,
    parametersAt(point) {
      const parameters: Record<string, ParameterValue> = {};
      let stride = points;
      for (let k = 0; k < names.length; ++k) {
        const axis = values[k];
        stride /= axis.length;
        parameters[names[k]] = axis[Math.floor(point / stride) % axis.length];
      }
      return parameters;
    },
  };
}
