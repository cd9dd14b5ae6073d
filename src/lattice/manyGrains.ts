// Grains at several sites of a lattice: |φ_n(a)| of every orbital n at the site of every grain a, which only whole orbitals
// have, and the mean field of the grains that share them (src/meanfield/manyGrains.ts). Its solution is monotone in every
// coupling, so that bounds on the couplings give bounds on η_tot; where collars decide on mergers it need not be.
import {
  type Grains,
  type GrainsMerging,
  type GrainsSolution,
  grainsSteps,
} from '../meanfield/manyGrains.js';
import { LOG2 } from '../wasm/constants.js';
import { ConvergenceError } from '../wasm/errors.js';
import { allFinite } from '../wasm/finite.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share, type Watch } from '../wasm/steps.js';
import { ABSOLUTE_ERROR, UNDERFLOW } from './couplings.js';
import { componentsAt, denseOrbitals, type Orbitals } from './dense.js';
import { latticeBytes } from './memory.js';
import { type CheckedModel, type Lattice, type LatticeModel, placeLattice } from './model.js';
import { mixingErrors, refineMixed } from './refine.js';
import { SHARED_ORBITALS_FOUND } from './tuning.js';

/** A lattice, its grains, and how the mean field of several grains is meant. */
export interface LatticeGrainsOptions extends LatticeModel, GrainsMerging {
  /** Sites [n1, n2] of up to 1024 grains, each once, |n1| + |n2| ≤ R; R is at most 30. */
  grains: readonly (readonly [number, number])[];
  /** Overall coupling g0 of [CC22] (18), above 0; 1 by default. */
  g0?: number;
  /** Share of the maximal N log 2 that η_tot must exceed for an avalanche, in (0, 1); ½ by default. */
  threshold?: number;
}

/** Options of `latticeGrainsAsync`. */
export interface LatticeGrainsAsyncOptions extends LatticeGrainsOptions, Watch {}

/** A lattice with several grains; orbitals are in the order of `energies`. */
export interface LatticeGrains extends GrainsSolution {
  /** The model with every default filled in. */
  model: CheckedModel;
  /** (n1, n2) of every site, interleaved, ordered by n1 + n2, then n1 − n2. */
  sites: Int32Array;
  /** V(θ_n) of every site in that order. */
  potential: Float64Array;
  /** Energies of the orbitals, ascending. */
  energies: Float64Array;
  /** Site (row of `sites`) of each orbital: the permutation that maximizes Π|φ_{n,n}|. Distances are counted from there. */
  site: Int32Array;
  /** |φ_n(a)|, one list for each grain: couplings in units of g0. */
  phi: Float64Array[];
  /** η_tot with every coupling at its lower bound, and with every coupling at its upper bound: by `collars` no strict bounds. */
  etaTotBounds: [number, number];
  /** η_tot > threshold · N log 2. */
  avalanche: boolean;
  /** Whether both bounds of the couplings give that verdict. */
  certain: boolean;
}

/** Checked options: `grains` are rows of the lattice's sites. */
export interface GrainsOnLattice {
  model: CheckedModel;
  grains: readonly (readonly [number, number])[];
  merging: Omit<Grains, 'couplings' | 'places'>;
  g0: number;
  threshold: number;
}

const steps = (a: readonly [number, number], b: readonly [number, number]) =>
  Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);

/** Distances of the orbitals from the grains, and of the grains from each other, in steps on the lattice. */
function placesOf({ sites }: Lattice, site: Int32Array, grains: GrainsOnLattice['grains']) {
  const at = (n: number) => [sites[2 * n], sites[2 * n + 1]] as const;
  return {
    distances: grains.map((a) => Float64Array.from(site, (n) => steps(at(n), a))),
    spacings: grains.map((a) => Float64Array.from(grains, (b) => steps(a, b))),
  };
}

/** |φ_n(a)| of one grain, and its errors. Those at the origin are the ones of `latticeCouplings`, by the same refinement. */
function* rowOf(runtime: Runtime, lattice: Lattice, orbitals: Orbitals, place: number) {
  const phi0 = componentsAt(orbitals, place);
  const measure = { energies: orbitals.energies.slice(), phi0, rest: 0, steps: lattice.n };
  const mixing =
    place === (lattice.n - 1) / 2
      ? yield* refineMixed(runtime, lattice, measure)
      : yield* mixingErrors(runtime, lattice.norm, measure);
  if (!allFinite(measure.phi0)) throw new ConvergenceError('the orbitals of the lattice are not finite');
  return { phi: measure.phi0, errors: mixing.map((x) => x + ABSOLUTE_ERROR) };
}

export function* latticeGrains(
  runtime: Runtime,
  task: GrainsOnLattice,
  budget: number,
): Steps<LatticeGrains> {
  const { model, grains, merging, g0, threshold } = task;
  const lattice = placeLattice(runtime, model);
  const { n, sites, potential } = lattice;
  runtime.heap.reserve(latticeBytes(runtime, lattice, ['dense'], 0));
  const orbitals = yield* share(denseOrbitals(runtime, lattice, budget), 0, SHARED_ORBITALS_FOUND);
  const rows: { phi: Float64Array; errors: Float64Array }[] = [];
  for (const [n1, n2] of grains) {
    const place = potential.findIndex((_, i) => sites[2 * i] === n1 && sites[2 * i + 1] === n2);
    rows.push(
      yield* share(rowOf(runtime, lattice, orbitals, place), SHARED_ORBITALS_FOUND, SHARED_ORBITALS_FOUND),
    );
  }
  const places = placesOf(lattice, orbitals.site, grains);
  const solve = (k: number, part: (x: number, error: number) => number) =>
    share(
      grainsSteps(
        runtime,
        {
          ...merging,
          places,
          couplings: rows.map(({ phi, errors }) => phi.map((x, k) => g0 * part(x, errors[k]))),
        },
        budget,
      ),
      SHARED_ORBITALS_FOUND + ((1 - SHARED_ORBITALS_FOUND) * k) / 3,
      SHARED_ORBITALS_FOUND + ((1 - SHARED_ORBITALS_FOUND) * (k + 1)) / 3,
    );
  const solution = yield* solve(0, (x) => x);
  const { etaTot: low } = yield* solve(1, (x, error) => Math.max(0, x - error));
  const { etaTot: high } = yield* solve(2, (x, error) => Math.max(UNDERFLOW, x + error));
  const bar = threshold * n * LOG2;
  const avalanche = solution.etaTot > bar;
  return {
    ...solution,
    model,
    sites,
    potential,
    energies: orbitals.energies,
    site: orbitals.site,
    phi: rows.map(({ phi }) => phi),
    etaTotBounds: [Math.min(low, solution.etaTot), Math.max(high, solution.etaTot)],
    avalanche,
    certain: [low, high].every((etaTot) => etaTot > bar === avalanche),
  };
}
