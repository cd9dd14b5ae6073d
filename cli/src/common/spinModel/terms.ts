// A model of spins ½ at one point of a sweep: its terms with numbers for coefficients.
import type { Core, SpinTerm } from 'emft';
import { InputError } from 'emft/check';
import type { ParameterValues } from '../parameters.js';
import { STREAMS } from '../streams.js';
import type { Coefficient, SpinModel, SpinTerms } from './model.js';

/** What all draws of a realization are keyed by. */
export interface Realization {
  seed: number;
  sample: number;
}

/** The sites of each product of a term: of a chain or a ring those that begin at site 0, 1, …; throws for sites that are not there. */
export function placesOf({ op, sites, distance }: SpinTerms, count: number): readonly (readonly number[])[] {
  const letters = op[0].length;
  if (typeof sites !== 'string') {
    const outside = sites.flat().find((site) => site >= count);
    if (outside === undefined) return sites;
    throw new InputError(
      'sites',
      `a term of the model has site ${outside}; of ${count} the last is ${count - 1}`,
    );
  }
  const reach = (letters - 1) * distance;
  if (reach >= count) {
    throw new InputError('sites', `a term of the model spans ${reach + 1} sites, more than ${count}`);
  }
  const starts = sites === 'chain' ? count - reach : count;
  return Array.from({ length: starts }, (_, i) =>
    Array.from({ length: letters }, (_, k) => (i + k * distance) % count),
  );
}

/** `count` values of a coefficient before its factors: place i of every size has one draw. */
function drawn(core: Core, { value, uniform, normal }: Coefficient, key: Key, count: number) {
  if (uniform) {
    const [from, to] = uniform;
    return Array.from(core.uniforms(key, count), (u) => from + (to - from) * u);
  }
  if (normal) return Array.from(core.normals(key, count), (x) => normal[0] + normal[1] * x);
  return Array.from({ length: count }, () => value!);
}

interface Key {
  seed: number;
  stream: number;
  index: number;
}

/** The terms at a point of the sweep, for one realization. */
export function termsAt(
  core: Core,
  { terms }: SpinModel,
  parameters: ParameterValues,
  { seed, sample }: Realization,
): SpinTerm[] {
  return terms.flatMap((term, t) => {
    const places = placesOf(term, parameters.sites as number);
    const { times } = term.coefficient;
    const factor = times.reduce((product, name) => product * (parameters[name] as number), 1);
    const key = { seed, stream: STREAMS.spinTerms + t, index: sample };
    const values = drawn(core, term.coefficient, key, places.length);
    return term.op.flatMap((op) =>
      places.map((sites, i): SpinTerm => {
        const x = values[i];
        const coefficient = typeof x === 'number' ? factor * x : ([factor * x[0], factor * x[1]] as const);
        return { op, sites, coefficient };
      }),
    );
  });
}

/** Which of the model's terms a term that `termsAt` made comes from. */
export function termOf({ terms }: SpinModel, parameters: ParameterValues, place: number): number {
  let left = place;
  return terms.findIndex((term) => {
    left -= term.op.length * placesOf(term, parameters.sites as number).length;
    return left < 0;
  });
}

/** Whether realizations differ. */
export function isRandom({ terms }: SpinModel): boolean {
  return terms.some(({ coefficient: { uniform, normal } }) => uniform !== undefined || normal !== undefined);
}

/** The parameters that coefficients name. */
export function namesOf({ terms }: SpinModel): string[] {
  return [...new Set(terms.flatMap(({ coefficient }) => coefficient.times))];
}
