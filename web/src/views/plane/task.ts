// The plane: a quick η_tot at once, then η_tot and the map with every small coupling, then η_tot along a scan.

import type { Core, GrainStatistics, LatticeMeanField, LatticeModel } from 'emft';
import { RELATIVE } from '../../../../cli/src/common/constants.js';
import { latticeSites } from '../../../../cli/src/common/counts.js';
import type { Cores, Report } from '../../tasks/task.js';

interface PlaneInput {
  radius: number;
  strength: number;
  theta0: number | null;
  seed: number;
  g0: number;
  /** Level statistics; GOE by default. */
  grain?: GrainStatistics;
  /** Values of θ0, or seeds when theta0 is null, in the order they are to be computed. */
  scan: number[];
  /** Milliseconds for the scan, beyond which the rest of it is left. */
  patience?: number;
}

export interface PlaneState {
  etaTot: number;
  slope: number;
  avalanche: boolean;
  /** Over every coupling, as `emft lattice` computes it: not only a first look. */
  complete: boolean;
  sites?: Int32Array;
  /** [S] by site, nats. */
  entropy?: Float64Array;
  /** No orbital was given a site: all have the same entropy to within ALIKE. */
  even?: boolean;
  scanned: { at: number; etaTot: number }[];
  /** Iterates of (13), entropies by site, row by row; sent once. */
  played?: { count: number; rows: Float32Array; totals: Float64Array };
}

/** √(Σ|φ|²) that the first look leaves out, and what it may leave open of η_tot, in nats. */
const RESOLUTION = 1e-9;
const OPEN = 1e-3;
/** Difference of entropies, nats, that no map shows: then it does not matter which orbital belongs to which site. */
const ALIKE = 1e-3;
/**
 * Lattices with larger N/W show η_tot before their map, which takes 33, 47 and 60 ms at this N/W and radii of 15, 20 and 25 (AMD EPYC,
 * Zen 4, Node 20).
 */
const LONG = 11;
/** Milliseconds before iterates and the scan, for which a slider that moves on finds the machine free. */
const REST = 200;
const SLICE = 25;

export async function plane(
  input: PlaneInput,
  { core }: Cores,
  report: Report<PlaneState>,
  signal: AbortSignal,
): Promise<PlaneState> {
  const { radius, strength, g0, grain, scan } = input;
  const how = { g0, grain };
  const model = (at: number): LatticeModel =>
    input.theta0 === null ? { radius, strength, random: true, seed: at } : { radius, strength, theta0: at };
  const here = model(input.theta0 ?? input.seed);
  const sites = latticeSites(radius);
  const first = sites > LONG * strength ? await look(core, here, how, signal) : null;
  if (first?.whole || first?.certain) {
    const { entropy } = first.solution;
    const even = first.whole && spread(entropy) < ALIKE && { sites: first.sites, entropy, even: true };
    await report(0, { ...answer(first.solution), ...even, complete: false, scanned: [] });
  }

  const couplings = await core.latticeCouplingsAsync({ ...here, relative: RELATIVE, signal });
  const solution = core.latticeMeanField(couplings, how);
  const state: PlaneState = { ...answer(solution), complete: true, scanned: [] };
  let { site } = couplings;
  let { entropy } = solution;
  let { phi0 } = couplings;
  if (!site) state.even = spread(entropy) < ALIKE;
  if (!site && !state.even) {
    // Where orbitals are extended, labels come from the whole eigenproblem.
    await report(0, state);
    const labelled = await core.latticeCouplingsAsync({ ...here, method: 'dense', signal });
    ({ site, phi0 } = labelled);
    entropy = core.latticeMeanField(labelled, how).entropy;
  }
  const map = new Float64Array(sites);
  for (let k = 0; k < entropy.length; ++k) map[site ? site[k] : k] = entropy[k];
  state.sites = couplings.sites;
  state.entropy = map;
  await report(0.05, state);
  if (input.patience === undefined) {
    // In slices, so that a task that is stopped meanwhile ends in time and its worker lives on.
    for (let waited = 0; waited < REST; waited += SLICE) {
      await new Promise((resolve) => setTimeout(resolve, SLICE));
      await report(0.05);
    }
    if (site) {
      const bare = phi0.map((phi) => g0 * phi);
      await report(0.05, { ...state, played: iterates(core, bare, grain, site, sites) });
    }
  }
  const end = performance.now() + (input.patience ?? Number.POSITIVE_INFINITY);
  for (let i = 0; i < scan.length && performance.now() < end; ++i) {
    const there = model(scan[i]);
    const { certain, solution } = await look(core, there, how, signal);
    const { etaTot } = certain
      ? solution
      : core.latticeMeanField(
          await core.latticeCouplingsAsync({ ...there, relative: RELATIVE, signal }),
          how,
        );
    state.scanned.push({ at: scan[i], etaTot });
    await report(0.05 + (0.95 * (i + 1)) / scan.length, i % 4 === 3 ? state : undefined);
  }
  return state;
}

/** Iterates that are played at most, and how little the last one adds to log g. */
const PLAYED = { maxIterations: 120, tolerance: 1e-3 };

function iterates(
  core: Core,
  bare: Float64Array,
  grain: PlaneInput['grain'],
  site: Int32Array,
  sites: number,
) {
  const { count, entropy, etaTot } = core.meanFieldIterates(bare, { ...PLAYED, grain });
  const rows = new Float32Array(count * sites);
  for (let k = 0; k < count; ++k) {
    for (let i = 0; i < bare.length; ++i) rows[k * sites + site[i]] = entropy[k * bare.length + i];
  }
  return { count, rows, totals: etaTot };
}

/** The solution over the couplings that are cheap to have. */
async function look(
  core: Core,
  model: LatticeModel,
  how: Pick<PlaneInput, 'g0' | 'grain'>,
  signal: AbortSignal,
) {
  const couplings = await core.latticeCouplingsAsync({ ...model, resolution: RESOLUTION, signal });
  const solution = core.latticeMeanField(couplings, how);
  const [low, high] = solution.etaTotBounds;
  return {
    solution,
    sites: couplings.sites,
    /** Every orbital has a coupling, small ones without relative accuracy. */
    whole: couplings.missing === 0,
    /** The couplings left out do not matter. */
    certain: high - low < OPEN,
  };
}

function spread(x: Float64Array): number {
  let [least, most] = [x[0], x[0]];
  for (const value of x) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return most - least;
}

function answer({ etaTot, slope, avalanche }: LatticeMeanField) {
  return { etaTot, slope, avalanche };
}
