// A Heisenberg chain with an infinite bath at one end: the slowest rate times 4^L against the strength of the field.
import { InputError } from 'emft/check';
import { rowsOfKind } from '../columns.js';
import { example, samplesOf } from '../example.js';
import type { Data, Measured } from '../figure.js';
import { sampled } from '../sampled.js';
import { analyse, type BathColumns, potentials } from './analyse.js';

/** W at which the median of rate × 4^L is the same for two sizes, `spins` their mean. */
export interface Crossing {
  spins: number;
  strength: number;
  strengthError: number;
}

export interface Findings {
  sizes: number[];
  fewest: number;
  crossings: Record<(typeof potentials)[number], Crossing[]>;
  /**
   * How many powers of ten the median rate falls from the smallest to the largest size, in the strongest field in which all medians are
   * rates, none a mere bound.
   */
  falls: Record<(typeof potentials)[number], number>;
  strongest: number;
}

const NAMES = ['spins', 'strength', 'strengthError', 'logRate', 'resolved', 'samples'] as const;

function findings({ columns, parameters }: Measured): Findings {
  const sizes = parameters.sizes as number[];
  const of = <T>(pick: (potential: string) => T) =>
    Object.fromEntries(potentials.map((name) => [name, pick(name)])) as Record<
      (typeof potentials)[number],
      T
    >;
  const medians = of((name) => rowsOfKind(columns, name, NAMES));
  const all = potentials.flatMap((name) => medians[name]);
  const bounds = new Set(all.filter(({ resolved }) => resolved < 0.5).map(({ strength }) => strength));
  const [small, large] = [sizes[0], sizes.at(-1)!];
  const has = (strength: number) =>
    potentials.every((name) =>
      [small, large].every((size) => medians[name].some((r) => r.spins === size && r.strength === strength)),
    );
  const strongest = Math.max(
    ...all.map((r) => r.strength).filter((strength) => !bounds.has(strength) && has(strength)),
  );
  if (!Number.isFinite(strongest)) {
    throw new InputError(
      'strength',
      `L = ${small} and ${large} have no value in common at which no median is a bound`,
    );
  }
  const at = (name: string, size: number) =>
    medians[name as 'random'].find((r) => r.spins === size && r.strength === strongest)!.logRate;
  return {
    sizes,
    fewest: Math.min(...all.map((r) => r.samples)),
    crossings: of((name) => rowsOfKind(columns, `crossing of ${name}`, NAMES)),
    falls: of((name) => at(name, small) - at(name, large)),
    strongest,
  };
}

export const data: Data<Findings> = {
  title: 'Test B1: slowest rate of a chain with an infinite bath at one end',
  drawsRows: true,
  ensemble: (profile) => samplesOf(example('b1', profile), 'spins'),
  async compute(context) {
    const columns = await sampled(context, 'b1', 'spins', { sizes: 2, realizations: 2 });
    return analyse(context.core, columns as unknown as BathColumns, context.profile);
  },
  findings,
};
