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

/** Whether realizations have values of their own. */
function isDrawn({ uniform, normal }: Coefficient): boolean {
  return uniform !== undefined || normal !== undefined;
}

/** FNV-1a (G. Fowler, L. Noll and P. Vo) of a text, into the streams that are no other's. */
function streamOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return STREAMS.spinTerms + (hash % (2 ** 32 - STREAMS.spinTerms));
}

/** What draws of a term are keyed by beside seed, sample and sites: its name, else its words and its number among drawn terms of these. */
function keyOf(terms: readonly SpinTerms[], t: number): string {
  const wordsOf = ({ op }: SpinTerms) => op.toSorted().join(' ');
  const { name } = terms[t];
  // Of one site or several: the number of a place does not say how many sites it has.
  if (name !== undefined) return `name ${name} ${terms[t].op[0].length}`;
  const words = wordsOf(terms[t]);
  const before = terms.slice(0, t).filter((one) => isDrawn(one.coefficient) && one.name === undefined);
  return `${words} ${before.filter((one) => wordsOf(one) === words).length}`;
}

/** Sites of a place that say which number of a sequence is drawn; those after them say of which sequence. */
const COUNTED = 3;

/** The stream from which a term draws for a place. */
export function drawStream(terms: readonly SpinTerms[], t: number, sites: readonly number[]): number {
  return streamOf(`${keyOf(terms, t)} ${sites.slice(COUNTED).join()}`);
}

/** The number in the sequence of the stream that is drawn for a place. */
const drawPlace = (sites: readonly number[]) =>
  sites.slice(0, COUNTED).reduceRight((place, site) => 32 * place + site, 0);

/** Values of a coefficient before its factors: draws depend on the sites of a place, and not on the other places. */
function valuesOf(
  core: Core,
  terms: readonly SpinTerms[],
  t: number,
  { seed, sample }: Realization,
  places: readonly (readonly number[])[],
) {
  const { value, uniform, normal } = terms[t].coefficient;
  if (!uniform && !normal) return places.map(() => value!);
  const most = places.reduce((last, sites) => Math.max(last, drawPlace(sites)), 0);
  const drawn = new Map<number, Float64Array>();
  return places.map((sites) => {
    const stream = drawStream(terms, t, sites);
    const key = { seed, stream, index: sample };
    if (!drawn.has(stream)) drawn.set(stream, (uniform ? core.uniforms : core.normals)(key, most + 1));
    const x = drawn.get(stream)![drawPlace(sites)];
    return uniform ? uniform[0] + (uniform[1] - uniform[0]) * x : normal![0] + normal![1] * x;
  });
}

/** The terms at a point of the sweep, for one realization. */
export function termsAt(
  core: Core,
  { terms }: SpinModel,
  parameters: ParameterValues,
  realization: Realization,
): SpinTerm[] {
  return terms.flatMap((term, t) => {
    const places = placesOf(term, parameters.sites as number);
    const { times } = term.coefficient;
    const factor = times.reduce((product, name) => product * (parameters[name] as number), 1);
    const values = valuesOf(core, terms, t, realization, places);
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
  return terms.some(({ coefficient }) => isDrawn(coefficient));
}

/** The parameters that coefficients and symmetries name. */
export function namesOf({ terms, symmetries = [] }: SpinModel): string[] {
  const named = symmetries.flatMap(({ momentum, character }) =>
    [momentum, character].filter((x) => typeof x === 'string'),
  );
  return [...new Set([...terms.flatMap(({ coefficient }) => coefficient.times), ...named])];
}
