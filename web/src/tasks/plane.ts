// The plane: η_tot by the fast couplings at once, the map when the orbitals have their sites, then η_tot along a scan.
import type { Core, LatticeCouplings, LatticeModel } from 'emft';
import type { Report } from '../tasks.js';

export interface PlaneInput {
  radius: number;
  strength: number;
  theta0: number | null;
  seed: number;
  g0: number;
  /** Values of θ0, or seeds when theta0 is null, in the order they are to be computed. */
  scan: number[];
}

export interface PlaneState {
  etaTot: number;
  slope: number;
  avalanche: boolean;
  sites?: Int32Array;
  /** [S] by site, nats. */
  entropy?: Float64Array;
  scanned: { at: number; etaTot: number }[];
}

export function plane(input: PlaneInput, core: Core, report: Report): PlaneState {
  const { radius, strength, g0, scan } = input;
  const model = (at: number): LatticeModel =>
    input.theta0 === null ? { radius, strength, random: true, seed: at } : { radius, strength, theta0: at };
  const here = model(input.theta0 ?? input.seed);
  const { etaTot, slope, avalanche } = core.latticeMeanField(core.latticeCouplings(here), { g0 });
  const state: PlaneState = { etaTot, slope, avalanche, scanned: [] };
  report(0, state);
  const labelled = withSites(core, here);
  const { entropy } = core.latticeMeanField(labelled, { g0 });
  const map = new Float64Array(labelled.potential.length);
  labelled.site?.forEach((site, orbital) => {
    map[site] = entropy[orbital];
  });
  state.sites = labelled.sites;
  state.entropy = map;
  report(0.05, state);
  scan.forEach((at, i) => {
    const { etaTot } = core.latticeMeanField(core.latticeCouplings(model(at)), { g0 });
    state.scanned.push({ at, etaTot });
    if (i % 4 === 3) report(0.05 + (0.95 * (i + 1)) / scan.length, state);
  });
  return state;
}

/** Orbitals with the site each belongs to: `local` is fastest where they are localized. */
function withSites(core: Core, model: LatticeModel): LatticeCouplings {
  if (model.strength >= 18) {
    try {
      return core.latticeCouplings({ ...model, method: 'local' });
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ConvergenceError') throw error;
    }
  }
  return core.latticeCouplings({ ...model, method: 'dense' });
}
