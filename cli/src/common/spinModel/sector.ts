// The sector of a model of spins ½ at one point of a sweep: spins up, momentum, parities.

import type { SpinSector, SpinSymmetry } from 'emft';
import { InputError } from 'emft/check';
import { statesWithUp } from '../counts.js';
import type { ParameterValues } from '../parameters.js';

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

/** The sector as `core.spins` takes it. Momentum k has T v = e^{2πi k/sites} v for the translation T by one site. */
export function sectorAt(parameters: ParameterValues): SpinSector {
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
  return { up: upOf(parameters), symmetries };
}

/** The parameter that made a symmetry of `sectorAt`. */
export function symmetryOf({ momentum, reflection }: ParameterValues, place: number): string {
  const made = [
    ...(momentum === undefined ? [] : ['momentum']),
    ...(reflection === 'any' ? [] : ['reflection']),
    'flip',
  ];
  return made[place];
}

/** Whether symmetries make the sector smaller than its number of up spins does. */
export function isReduced({ momentum, reflection, flip }: ParameterValues): boolean {
  return momentum !== undefined || [reflection, flip].some((parity) => parity !== 'any');
}

/** How many states the sector has, about where it is reduced. */
export function sizeOf(parameters: ParameterValues): number {
  const sites = parameters.sites as number;
  const up = upOf(parameters);
  let size = up === undefined ? 2 ** sites : statesWithUp(sites, up);
  if (parameters.momentum !== undefined) size /= sites;
  for (const parity of [parameters.reflection, parameters.flip]) if (parity !== 'any') size /= 2;
  return Math.max(1, size);
}
