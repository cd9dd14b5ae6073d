// A Heisenberg chain with an infinite bath at one end: the slowest rate times 4^L against the strength of the field.
import { InputError } from 'emft/check';
import { rowsOfKind } from '../columns.js';
import { example, samplesOf } from '../example.js';
import type { Data, Measured } from '../figure.js';
import { sampled } from '../sampled.js';
import { analyse, type BathColumns, potentials } from './analyse.js';
import { isBound } from './crossings.js';

type Potential = (typeof potentials)[number];

/** W at which the median of rate × 4^L is the same for two sizes, `spins` their mean; or how far the last of these is above the first. */
export interface Crossing {
  spins: number;
  strength: number;
  /** 0 where too few draws of the realizations cross. */
  strengthError: number;
  /** Share of the draws that cross. */
  crossed: number;
}

/** By how many powers of ten a median falls. */
interface Fall {
  decades: number;
  error: number;
}

export interface Findings {
  sizes: number[];
  fewest: number;
  strengths: number[];
  /** Of two sizes that do not cross there is none. */
  crossings: Record<Potential, Crossing[]>;
  /** How far the last crossing is above the first, where there are two. */
  drifts: Record<Potential, Crossing | undefined>;
  /** From the smallest to the largest size, in the strongest field in which all medians are rates, none a mere bound. */
  falls: Record<Potential, Fall>;
  strongest: number;
}

const NAMES = ['spins', 'strength', 'logRate', 'low', 'high', 'resolved', 'samples'] as const;
const CROSSING = ['spins', 'strength', 'strengthError', 'crossed'] as const;

function findings({ columns, parameters }: Measured): Findings {
  const sizes = parameters.sizes as number[];
  const of = <T>(pick: (potential: Potential) => T) =>
    Object.fromEntries(potentials.map((name) => [name, pick(name)])) as Record<Potential, T>;
  const medians = of((name) => rowsOfKind(columns, name, NAMES));
  const all = potentials.flatMap((name) => medians[name]);
  const bounds = new Set(all.filter(({ resolved }) => isBound(resolved)).map(({ strength }) => strength));
  const [small, large] = [sizes[0], sizes.at(-1)!];
  const strengths = [...new Set(all.map((r) => r.strength))].sort((a, b) => a - b);
  const has = (strength: number) =>
    potentials.every((name) =>
      [small, large].every((size) => medians[name].some((r) => r.spins === size && r.strength === strength)),
    );
  const strongest = Math.max(...strengths.filter((strength) => !bounds.has(strength) && has(strength)));
  if (!Number.isFinite(strongest)) {
    throw new InputError(
      'strength',
      `L = ${small} and ${large} have no value in common at which no median is a bound`,
    );
  }
  const fall = (name: Potential): Fall => {
    const at = (size: number) => medians[name].find((r) => r.spins === size && r.strength === strongest)!;
    const [first, last] = [at(small), at(large)];
    return {
      decades: first.logRate - last.logRate,
      error: Math.hypot(...[first, last].map(({ low, high }) => (high - low) / 2)),
    };
  };
  return {
    sizes,
    strengths,
    fewest: Math.min(...all.map((r) => r.samples)),
    crossings: of((name) => rowsOfKind(columns, `crossing of ${name}`, CROSSING)),
    drifts: of((name) => rowsOfKind(columns, `drift of ${name}`, CROSSING)[0]),
    falls: of(fall),
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
