// Couplings with small relative errors where orbitals are localized, however small |φ| at the origin is:
// one small linear system for each site and orbital (assembly/lattice/localized). Two sum rules tell
// whether every orbital was found.

import { LOG2 } from '../wasm/constants.js';
import { jobSteps } from '../wasm/jobs.js';
import type { Runtime } from '../wasm/runtime.js';
import { Status } from '../wasm/status.js';
import type { Steps } from '../wasm/steps.js';
import { type CheckedModel, depth, type Lattice } from './model.js';
import type { Measure } from './originMeasure.js';
import { LEAST_RATIO, ROUNDS } from './tuning.js';

/** |φ| above HEAVY are computed to an absolute accuracy of about ABSOLUTE; both scale together. */
const HEAVY = 1e-12;
const ABSOLUTE = 1e-14;
/** Orbitals found from nearby sites are the same one when their energies agree within this share of ‖H‖. */
const SAME_ENERGY = 1e-9;
/** The same for the wider tolerance of `innerCouplings`, whose windows are smaller. */
const SAME_ENERGY_COARSE = 1e-8;
const SMALL_MARGIN = 4;
/** Largest |ΣE − ΣV| / ‖H‖ and |Σφ² − 1|. */
const TRACE = 1e-6;
const WEIGHT = 1e-12;

export interface LocalMeasure extends Measure {
  /** Row of the site that each orbital belongs to, a permutation. */
  site: Int32Array;
}

/**
 * Layers around the shortest path that matter at a relative accuracy: a detour by one layer and back adds two factors
 * of t/|V − E|, each estimated as 4t/W; two layers are added for resonances.
 */
function marginFor(model: CheckedModel, accuracy: number): number {
  const perLayer = Math.max(0.35, 2 * roughLog(depth(model) / (4 * model.hopping)));
  return Math.ceil(-roughLog(accuracy) / perLayer) + 2;
}

/**
 * Steps from the origin within which |φ| may exceed `heavy`: each step is a factor of t/|V
 * − E|, estimated as 2t/W or ½.
 */
function innerRadius(model: CheckedModel, heavy: number): number {
  return Math.ceil(-roughLog(heavy) / Math.max(0.7, roughLog(depth(model) / (2 * model.hopping))));
}

/**
 * ln x to a few per cent, from the binary exponent and a cubic in the mantissa. Only the widths of windows depend on
 * it, but through them the bits of a result: so it uses + − × / alone, which give the same bits on every host.
 */
function roughLog(x: number): number {
  let exponent = 0;
  let rest = x;
  for (; rest >= 2; rest /= 2) ++exponent;
  for (; rest < 1; rest *= 2) --exponent;
  return LOG2 * (exponent + (rest - 1) * (4 - rest) * (1 / 2) * (1 - (rest - 1) / 6));
}

/**
 * Every orbital, with |φ| to a relative accuracy of about `relative` or an absolute accuracy of 1e-14, whichever is
 * easier to meet; null when the orbitals are not localized enough for that. `limit` restricts the orbitals to sites up
 * to `limit` steps from the origin; `absolute` replaces the 1e-14.
 */
export function localMeasure(
  runtime: Runtime,
  lattice: Lattice,
  relative: number,
  budget: number,
  { limit = 2 * lattice.model.radius, absolute = ABSOLUTE } = {},
): Steps<LocalMeasure | null> {
  const { model, n, potential, sites, norm } = lattice;
  const { radius, hopping } = model;
  const all = 2 * radius;
  const heavy = HEAVY * (absolute / ABSOLUTE);
  const same = absolute > ABSOLUTE ? SAME_ENERGY_COARSE : SAME_ENERGY;
  return runtime.steps(function* (arena) {
    if (depth(model) < LEAST_RATIO * hopping) return null;
    const { wasm } = runtime;
    const us = arena.i32(n);
    const vs = arena.i32(n);
    const v = arena.put(potential);
    const e = arena.f64(n);
    const peaks = arena.i32(n);
    const phi = arena.f64(n);
    const work = arena.bytes(wasm.localizedWorkspace(radius, all) >>> 0);
    wasm.localizedLattice(radius, hopping, v, us, vs, norm, same * norm, e, peaks, phi, work);
    const u = arena.viewI32(us, n);
    const w = arena.viewI32(vs, n);
    for (let i = 0; i < n; ++i) {
      u[i] = sites[2 * i] + sites[2 * i + 1];
      w[i] = sites[2 * i] - sites[2 * i + 1];
    }
    for (let round = 0; round < ROUNDS; ++round) {
      const extra = 4 * round;
      const fine = Math.min(all, marginFor(model, absolute) + extra);
      const far = Math.min(fine, marginFor(model, relative) + extra);
      const near = Math.min(all, fine + 4);
      const wide = Math.min(all, fine + 8);
      const nearOuter = Math.min(near, far + 4);
      const small = Math.min(SMALL_MARGIN, nearOuter);
      const inner = innerRadius(model, heavy) + extra;
      arena.view(e, n).fill(Number.NaN);
      runtime.wasm.localizedStart(small, inner, near, nearOuter, far, wide, heavy, limit, work);
      const status = yield* jobSteps(runtime, work, budget);
      if (status !== Status.ok) continue;
      const energies = arena.take(e, n);
      const phi0 = arena.take(phi, n);
      const found = Array.from(energies.keys()).filter((i) => !Number.isNaN(energies[i]));
      let trace = 0;
      let weight = -1;
      for (const i of found) {
        trace += energies[i] - potential[i];
        weight += phi0[i] * phi0[i];
      }
      // The trace is known only when every orbital was found.
      if (found.length === n && Math.abs(trace) > TRACE * norm) continue;
      if (Math.abs(weight) > Math.max(WEIGHT, absolute)) continue;
      const site = found.length === n ? labels(arena.viewI32(peaks, n)) : Int32Array.from(found);
      return sorted(found, energies, phi0, site);
    }
    return null;
  });
}

/**
 * The site of each orbital: its peak, or the site it started from if the peak is taken; the other
 * orbitals get the other sites.
 */
function labels(peaks: Int32Array): Int32Array {
  const n = peaks.length;
  const site = new Int32Array(n).fill(-1);
  const taken = new Uint8Array(n);
  for (let i = 0; i < n; ++i) {
    if (peaks[i] === i) {
      site[i] = i;
      taken[i] = 1;
    }
  }
  for (const choice of [(i: number) => peaks[i], (i: number) => i]) {
    for (let i = 0; i < n; ++i) {
      const s = choice(i);
      if (site[i] >= 0 || taken[s]) continue;
      site[i] = s;
      taken[s] = 1;
    }
  }
  let free = 0;
  for (let i = 0; i < n; ++i) {
    if (site[i] >= 0) continue;
    while (taken[free]) ++free;
    site[i] = free;
    taken[free] = 1;
  }
  return site;
}

/** The orbitals of the sites `found`, in order of energy; site[k] belongs to found[k]. */
function sorted(
  found: readonly number[],
  energies: Float64Array,
  phi0: Float64Array,
  site: Int32Array,
): LocalMeasure {
  const order = Array.from(found.keys()).sort((i, j) => energies[found[i]] - energies[found[j]] || i - j);
  return {
    energies: Float64Array.from(order, (i) => energies[found[i]]),
    phi0: Float64Array.from(order, (i) => phi0[found[i]]),
    site: Int32Array.from(order, (i) => site[i]),
    rest: 0,
    steps: energies.length,
  };
}
