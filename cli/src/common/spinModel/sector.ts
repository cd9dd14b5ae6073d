// The sector of a model of spins ½ at one point of a sweep: spins up, momentum, parities.

import type { SpinSector, SpinSymmetry } from 'emft';
import { InputError } from 'emft/check';
import { statesWithUp } from '../counts.js';
import type { ParameterValues } from '../parameters.js';
import { groupOrder, orderOf } from './group.js';
import type { ModelSymmetry, SpinModel } from './model.js';

const PARITY = { any: undefined, even: 1, odd: -1 } as const;
type Parity = keyof typeof PARITY;
export const parities = Object.keys(PARITY) as Parity[];

/** Number of up spins: as given, or half of the sites; undefined where any number is allowed. */
export function upOf({ up, filling, sites }: ParameterValues): number | undefined {
  return filling === 'half' ? (sites as number) / 2 : (up as number | undefined);
}

/** Throws an InputError for a sector that no model has. */
export function checkSector({ sites, up, filling, momentum, reflection }: ParameterValues): void {
  if (filling === 'half' && up !== undefined) throw new InputError('up', "is not for filling = 'half'");
  if (filling === 'half' && (sites as number) % 2 !== 0) {
    throw new InputError('filling', `half of ${sites} sites is no whole number`);
  }
  // A reflection turns momentum k into −k.
  if (
    momentum !== undefined &&
    reflection !== 'any' &&
    (2 * (momentum as number)) % (sites as number) !== 0
  ) {
    const allowed = (sites as number) % 2 === 0 ? `0 or ${(sites as number) / 2}` : '0';
    throw new InputError(
      'momentum',
      `is ${momentum}, which a reflection turns into ${(sites as number) - (momentum as number)}: with reflection expected ${allowed}, of ${sites} sites`,
    );
  }
  const most = { up: sites as number, momentum: (sites as number) - 1 };
  for (const [name, x] of Object.entries({ up, momentum })) {
    const limit = most[name as keyof typeof most];
    if (x !== undefined && (x as number) > limit) {
      throw new InputError(name, `expected at most ${limit}, of ${sites} sites, got ${x}`);
    }
  }
}

/** e^{2πi turns}, 0 ≤ turns < 1, by its series: near enough for the library, which takes the nearest root of unity. */
function turned(turns: number): [re: number, im: number] {
  const angle = 2 * Math.PI * (turns > 0.5 ? turns - 1 : turns);
  let [re, im] = [1, 0];
  let [a, b] = [1, 0];
  for (let m = 1; m <= 40; ++m) {
    [a, b] = [(-b * angle) / m, (a * angle) / m];
    re += a;
    im += b;
  }
  return [re, im];
}

/** The model's own symmetries at a point of the sweep. */
function ownSymmetries({ symmetries = [] }: SpinModel, parameters: ParameterValues): SpinSymmetry[] {
  return symmetries.map((symmetry) => ({
    permutation: symmetry.permutation,
    flip: symmetry.flip,
    character: characterOf(symmetry, parameters),
  }));
}

function characterOf(symmetry: ModelSymmetry, parameters: ParameterValues): number | [number, number] {
  const given = (x: number | string) => (typeof x === 'string' ? (parameters[x] as number) : x);
  const { character, momentum } = symmetry;
  if (momentum === undefined) return Array.isArray(character) ? character : given(character!);
  const [k, m] = [given(momentum), orderOf(symmetry)];
  if (2 * k === m) return -1;
  return k === 0 ? 1 : turned(k / m);
}

/** A bound on rounding: what `core.spins` allows is less. */
const FAR = 1e-6;

/** Throws an InputError for a character that no symmetry of this order has, before any point of a sweep is computed. */
function checkCharacter(symmetry: ModelSymmetry, parameters: ParameterValues, name: string): void {
  const character = characterOf(symmetry, parameters);
  const [re, im] = typeof character === 'number' ? [character, 0] : character;
  const order = orderOf(symmetry);
  let [x, y] = [1, 0];
  for (let power = 0; power < order; ++power) [x, y] = [x * re - y * im, x * im + y * re];
  if (Math.abs(x - 1) + Math.abs(y) <= FAR) return;
  throw new InputError(
    typeof symmetry.character === 'string' ? symmetry.character : name,
    `is ${re} + ${im}i, expected a number whose power ${order}, the order of the symmetry, is 1`,
  );
}

/** Throws an InputError for symmetries that the model's own do not go with at this point of the sweep. */
export function checkOwnSymmetries({ symmetries = [] }: SpinModel, parameters: ParameterValues): void {
  const sites = parameters.sites as number;
  symmetries.forEach((symmetry, s) => {
    const name = (key: string) => `model.symmetries.${s + 1}.${key}`;
    const { permutation, momentum } = symmetry;
    if (permutation && permutation.length !== sites)
      throw new InputError(name('permutation'), `has ${permutation.length} sites, expected ${sites}`);
    if (momentum === undefined) {
      checkCharacter(symmetry, parameters, name('character'));
      return;
    }
    const k = typeof momentum === 'string' ? (parameters[momentum] as number) : momentum;
    const most = orderOf(symmetry) - 1;
    if (Number.isInteger(k) && k >= 0 && k <= most) return;
    throw new InputError(
      typeof momentum === 'string' ? momentum : name('momentum'),
      `expected a whole number from 0 to ${most}, for the symmetry has the order ${most + 1}, got ${k}`,
    );
  });
}

/** The sector as `core.spins` takes it. Momentum k has T v = e^{2πi k/sites} v for the translation T by one site. */
export function sectorAt(parameters: ParameterValues, model: SpinModel): SpinSector {
  const sites = parameters.sites as number;
  const momentum = parameters.momentum as number | undefined;
  const symmetries: SpinSymmetry[] = [];
  if (momentum !== undefined) {
    const permutation = Array.from({ length: sites }, (_, i) => (i + 1) % sites);
    symmetries.push({ permutation, character: turned(momentum / sites) });
  }
  const reflection = PARITY[parameters.reflection as Parity];
  if (reflection !== undefined) {
    const permutation = Array.from({ length: sites }, (_, i) => sites - 1 - i);
    symmetries.push({ permutation, character: reflection });
  }
  const flip = PARITY[parameters.flip as Parity];
  if (flip !== undefined) symmetries.push({ flip: true, character: flip });
  return { up: upOf(parameters), symmetries: [...symmetries, ...ownSymmetries(model, parameters)] };
}

/** The parameter that made a symmetry of `sectorAt`, or the place of the model's own, and of its key that is at fault. */
export function symmetryOf(
  { momentum, reflection, flip }: ParameterValues,
  { symmetries = [] }: SpinModel,
  place: number,
  key?: string | number,
): string {
  const made = [
    ...(momentum === undefined ? [] : ['momentum']),
    ...(reflection === 'any' ? [] : ['reflection']),
    ...(flip === 'any' ? [] : ['flip']),
  ];
  if (place < made.length) return made[place];
  const own = place - made.length;
  const { character } = symmetries[own];
  if (key === 'character' && typeof character === 'string') return character;
  return ['model', 'symmetries', own + 1, ...(key === undefined ? [] : [key])].join('.');
}

/** Whether symmetries make the sector smaller than its number of up spins does. */
export function isReduced(
  { momentum, reflection, flip }: ParameterValues,
  { symmetries = [] }: SpinModel,
): boolean {
  const parities = [reflection, flip].some((parity) => parity !== 'any');
  return momentum !== undefined || parities || symmetries.length > 0;
}

/** How many states the sector has, about where it is reduced. */
export function sizeOf(parameters: ParameterValues, { symmetries = [] }: SpinModel): number {
  const sites = parameters.sites as number;
  const up = upOf(parameters);
  let size = up === undefined ? 2 ** sites : statesWithUp(sites, up);
  if (parameters.momentum !== undefined) size /= sites;
  for (const parity of [parameters.reflection, parameters.flip]) if (parity !== 'any') size /= 2;
  size /= groupOrder(symmetries);
  return Math.max(1, size);
}
