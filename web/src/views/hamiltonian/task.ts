// Your Hamiltonian: every eigenstate of a model of spins ½ in one sector or in all momenta, the entropies of half of it, the
// ratios of gaps, and what becomes of a Néel state. Computed by what `emft spins` computes with: the numbers are the same.
import type { Core, SpinOperator } from 'emft';
import { InputError, middleStates } from 'emft/check';
import type { ParameterValues } from '../../../../cli/src/common/parameters.js';
import type { SpinModel } from '../../../../cli/src/common/spinModel/model.js';
import { checkModel, operatorOf } from '../../../../cli/src/common/spinModel/operator.js';
import { sizeOf, upOf } from '../../../../cli/src/common/spinModel/sector.js';
import { entropiesOf, spectrumOf } from '../../../../cli/src/common/spinModel/spectrum.js';
import { termsAt } from '../../../../cli/src/common/spinModel/terms.js';
import type { Cores, Report } from '../../tasks/task.js';
import { solverFor } from '../../tasks/threaded.js';
import { alike, type LevelStatistics, pooled } from '../levels.js';

interface HamiltonianInput {
  model: SpinModel;
  /** As experiment files have them, without momentum where all are computed. */
  parameters: ParameterValues;
  /** One sector of each momentum. */
  each: boolean;
  seed: number;
  /** Share of the states, by number, that gap ratios are taken over. */
  middle: number;
  /** Last time of the Néel state. */
  latest: number;
}

export interface Sector {
  momentum: number | null;
  values: Float64Array;
  /** Of the first half of the sites, nats, one a state. */
  entropies: Float64Array;
  statistics: LevelStatistics;
}

export interface Dynamics {
  times: Float64Array;
  /** (2/L) Σ (−1)^i S^z_i, 1 at first, and 2 S^z of the site in the middle. */
  imbalance: Float64Array;
  middle: Float64Array;
  /** Their averages over all times. */
  averages: [imbalance: number, middle: number];
  /** A bound on the error of a state, relative to its length. */
  error: number;
}

export interface HamiltonianResult {
  sites: number;
  complex: boolean;
  sectors: Sector[];
  /** Of all sectors together, momenta k and L − k with the same levels counting once. */
  statistics: LevelStatistics;
  /** Left out where a Néel state is in no sector that is small enough; then why. */
  dynamics?: Dynamics;
  without?: string;
}

/** States of a sector: their eigenvectors take 8n² bytes, complex ones twice that, and seconds. */
export const MOST_STATES = 2048;
/** Times at which the Néel state is looked at, in equal ratios from the first. */
const TIMES = 181;
const EARLIEST = 0.1;

function checkSize(p: ParameterValues, states: number): void {
  if (states <= MOST_STATES) return;
  throw new InputError(
    'sites',
    `of ${p.sites} there are about ${Math.round(states)} states in this sector, more than the ${MOST_STATES} of which the page computes every one: take fewer sites, a number of up spins, or a symmetry; emft spins takes more`,
  );
}

async function sectorOf(
  { model, seed, middle }: HamiltonianInput,
  p: ParameterValues,
  cores: Cores,
  signal: AbortSignal,
): Promise<Sector & { complex: boolean }> {
  const { core } = cores;
  checkModel(model, p);
  checkSize(p, sizeOf(p, model));
  const operator = operatorOf(core, model, p, termsAt(core, model, p, { seed, sample: 0 }));
  checkSize(p, operator.n);
  const all = { ...p, which: 'all' };
  const found = await spectrumOf(await solverFor(operator.n, cores), operator, all, true, signal);
  const { values } = found;
  const cut = Math.floor((p.sites as number) / 2);
  const whole = { first: 0, last: values.length };
  const entropies = entropiesOf(core, operator, found, whole, { cut, order: 1 });
  const { first, last } = middleStates(values.length, middle);
  return {
    momentum: (p.momentum as number | undefined) ?? null,
    values,
    entropies,
    statistics: pooled(core, [values.subarray(first, last)]),
    complex: operator.complex,
  };
}

/** The diagonal operator with these factors of S^z. */
function magnetization(
  core: Core,
  sites: number,
  up: number | undefined,
  factor: (i: number) => number,
): SpinOperator {
  const all = Array.from({ length: sites }, (_, i) => ({ op: 'z', sites: [i], coefficient: factor(i) }));
  const terms = all.filter(({ coefficient }) => coefficient !== 0);
  return core.spins({ sites, terms, sector: { up } });
}

/** Why there is nothing to be seen of a Néel state, or the sector that it is in. */
function neelSector(p: ParameterValues): { up: number | undefined } | { without: string } {
  const sites = p.sites as number;
  const ups = Math.ceil(sites / 2);
  const up = upOf(p);
  if (up !== undefined && up !== ups) {
    return { without: `A Néel state of ${sites} sites has ${ups} up spins, not ${up}.` };
  }
  const size = sizeOf({ ...p, momentum: undefined as never, reflection: 'any', flip: 'any' }, { terms: [] });
  if (size > MOST_STATES) {
    return {
      without: `A Néel state has none of these symmetries: there are ${size} states without them, more than ${MOST_STATES}.`,
    };
  }
  return { up };
}

async function dynamicsOf(
  { model, parameters, seed, latest }: HamiltonianInput,
  cores: Cores,
  { signal, onProgress }: { signal: AbortSignal; onProgress(fraction: number): unknown },
): Promise<Pick<HamiltonianResult, 'dynamics' | 'without'>> {
  const sector = neelSector(parameters);
  if ('without' in sector) return sector;
  const { up } = sector;
  const sites = parameters.sites as number;
  const { core } = cores;
  const terms = termsAt(core, model, parameters, { seed, sample: 0 });
  const h = core.spins({ sites, terms, sector: { up } });
  const solver = await solverFor(h.n, cores);
  // Up, down, up, …: odd sites have their bit set.
  let neel = 0;
  for (let i = 1; i < sites; i += 2) neel += 2 ** i;
  const psi = new Float64Array(h.complex ? 2 * h.n : h.n);
  psi[(h.complex ? 2 : 1) * h.states().indexOf(neel)] = 1;
  const ratio = (latest / EARLIEST) ** (1 / (TIMES - 1));
  const times = Float64Array.from({ length: TIMES }, (_, j) => EARLIEST * ratio ** j);
  const centre = Math.floor(sites / 2);
  const observables = [
    magnetization(core, sites, up, (i) => (i % 2 === 0 ? 2 : -2) / sites),
    magnetization(core, sites, up, (i) => (i === centre ? 2 : 0)),
  ];
  const { expectations, averages, errors } = await solver.evolveExactAsync(h, psi, times, {
    observables,
    signal,
    onProgress,
  });
  return {
    dynamics: {
      times,
      imbalance: expectations[0],
      middle: expectations[1],
      averages: [averages[0][0], averages[1][0]],
      error: Math.max(...errors),
    },
  };
}

/** Without the second of two momenta k and L − k that have the same levels, as those of a real H do, and of one that a reflection keeps. */
const distinctOf = (sectors: readonly Sector[], sites: number): readonly Sector[] =>
  sectors.filter(({ momentum, values }) => {
    const other = sectors[sites - (momentum ?? sites)];
    return momentum === null || 2 * momentum <= sites || !other || !alike(values, other.values);
  });

export async function hamiltonian(
  input: HamiltonianInput,
  cores: Cores,
  report: Report<HamiltonianResult>,
  signal: AbortSignal,
): Promise<HamiltonianResult> {
  const { parameters, each, middle } = input;
  const sites = parameters.sites as number;
  const momenta = each ? Array.from({ length: sites }, (_, momentum) => ({ momentum })) : [{}];
  const sectors: Sector[] = [];
  let complex = false;
  const soFar = (): HamiltonianResult => ({
    sites,
    complex,
    sectors,
    statistics: pooled(
      cores.core,
      distinctOf(sectors, sites).map(({ values }) => {
        const { first, last } = middleStates(values.length, middle);
        return values.subarray(first, last);
      }),
    ),
  });
  for (const one of momenta) {
    await report((0.7 * sectors.length) / momenta.length);
    const found = await sectorOf(input, { ...parameters, ...one }, cores, signal);
    const { complex: pairs, ...sector } = found;
    complex ||= pairs;
    sectors.push(sector);
  }
  const levels = soFar();
  await report(0.7, levels);
  const onProgress = (fraction: number) => report(0.7 + 0.3 * fraction);
  return { ...levels, ...(await dynamicsOf(input, cores, { signal, onProgress })) };
}
