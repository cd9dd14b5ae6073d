// Every orbital of a localized lattice, one site at a time: Newton's iteration for poles of G_ss(E) from E = V_s on a
// small window around s, then the component at the origin on a window that reaches the origin (localOrbital.ts). A pole
// of another orbital is divided out, G̃ = G − w/(E_k − E), and the iteration goes on to the next pole.
// Range: as for localOrbital.ts.
import { end, enter, portion, start } from '../job';
import { NOT_CONVERGED, OK } from '../status';
import { Localization, layOut, POLES } from './localization';
import { LocalOrbital, nearSolve, pathSolve, siteIndex } from './localOrbital';
import { ELIMINATION_COST, NEAR_SOLUTIONS, PATH_SOLUTIONS } from './tuning';

const NEWTON_CAP = 60;
/** Weight on a site from which an orbital belongs to that site: no other orbital can have as much weight there. */
const OWN: f64 = 0.5;
/**
 * Change of a Newton step, as a share of the norm of A, at which the iteration ends on the small
 * window, and on the whole one.
 */
const COARSE: f64 = 1e-5;
const FINE: f64 = 1e-9;
/** Changes of the energy below which the narrow and the wide last window are not solved again. */
const ROUGH: f64 = 1e-8;
const EXACT: f64 = 1e-14;
const POLISH_CAP = 4;

/**
 * Prepares a lattice at `work`: `v` is the potential of its sites in diagonal order (by u, then v; coordinates at `us`,
 * `vs` as i32), norm ≥ ‖A‖. Energies found from sites with overlapping windows are the same pole when they agree to
 * `same`. Outputs for each site: the energy, NaN on entry; the row of the site where the orbital peaks; phi0 = |x| of
 * the normalized orbital at the origin.
 */
export function localizedLattice(
  radius: i32,
  t: f64,
  v: usize,
  us: usize,
  vs: usize,
  norm: f64,
  same: f64,
  energies: usize,
  peaks: usize,
  phi0: usize,
  work: usize,
): void {
  const lattice = changetype<Localization>(work);
  lattice.n = 2 * radius * (radius + 1) + 1;
  lattice.radius = radius;
  lattice.t = t;
  lattice.v = v;
  lattice.us = us;
  lattice.vs = vs;
  lattice.norm = norm;
  lattice.same = same;
  lattice.energies = energies;
  lattice.peaks = peaks;
  lattice.phi0 = phi0;
  layOut(lattice);
}

/**
 * Starts the search for the orbitals as a job, with the given windows. Newton's iteration starts with margin `small`.
 * It ends with margin `nearInner` for sites up to `inner` steps from the origin, with `nearOuter` ≤ nearInner for the
 * others; windows of sites less than 2·nearInner apart overlap. The last window, to the origin, has margin `far`, or
 * `wide` where phi0 exceeds `heavy`. Sites more than `limit` steps from the origin are left out.
 * Pass 1 gives each site the orbital that has at least half of its weight there. Pass 2, after pass 1 over all sites,
 * gives each remaining site (in resonance) the free orbital with the largest weight there. NOT_CONVERGED when some site
 * finds no free pole: the orbitals are not localized enough.
 */
export function localizedStart(
  small: i32,
  inner: i32,
  nearInner: i32,
  nearOuter: i32,
  far: i32,
  wide: i32,
  heavy: f64,
  limit: i32,
  work: usize,
): void {
  const lattice = changetype<Localization>(work);
  lattice.small = small;
  lattice.inner = inner;
  lattice.nearInner = nearInner;
  lattice.nearOuter = nearOuter;
  lattice.far = far;
  lattice.wide = wide;
  lattice.heavy = heavy;
  lattice.limit = limit;
  start(lattice, firstPass.index);
}

/** Nominal nanoseconds of a site: factorizations of windows, each costing its rows times the square of its width. */
function siteCost(lattice: Localization): f64 {
  const near = <f64>min(2 * lattice.nearInner + 1, 2 * lattice.radius + 1);
  const long = <f64>min(2 * lattice.radius + 1, lattice.radius + 2 * lattice.far + 1);
  const short = <f64>min(2 * lattice.radius + 1, lattice.radius / 2 + 2 * lattice.far + 1);
  const window = 0.125 * near * near * near * near;
  return ELIMINATION_COST * (NEAR_SOLUTIONS * window + PATH_SOLUTIONS * long * short * short * short);
}

function firstPass(work: usize, budget: f64): void {
  const lattice = changetype<Localization>(work);
  if (passSome(lattice, 1, budget)) enter(lattice, secondPass.index);
}

function secondPass(work: usize, budget: f64): void {
  const lattice = changetype<Localization>(work);
  if (passSome(lattice, 2, budget)) end(lattice, OK);
}

/** Searches some sites of a pass; returns whether the pass is complete. */
function passSome(lattice: Localization, pass: i32, budget: f64): bool {
  const n = lattice.n;
  const to = lattice.position + portion(budget, siteCost(lattice), 1, n - lattice.position);
  for (let s = lattice.position; s < to; ++s) {
    const energy = load<f64>(lattice.energies + ((<usize>s) << 3));
    if (pass == 2 && energy == energy) continue;
    const u = load<i32>(lattice.us + ((<usize>s) << 2));
    const w = load<i32>(lattice.vs + ((<usize>s) << 2));
    if (max(abs(u), abs(w)) > lattice.limit) continue;
    if (!findOrbital(lattice, s, u, w, pass)) {
      end(lattice, NOT_CONVERGED);
      return false;
    }
  }
  lattice.position = to;
  lattice.progress = 0.5 * (<f64>(pass - 1) + <f64>to / <f64>n);
  return to == n;
}

/** Finds the orbital of site s = (u, w) if this pass gives it one; false when there is no free pole. */
function findOrbital(lattice: Localization, s: i32, u: i32, w: i32, pass: i32): bool {
  const out = changetype<LocalOrbital>(lattice.out);
  const norm = lattice.norm;
  const own = load<f64>(lattice.v + ((<usize>s) << 3));
  let energy = own;
  let held = 0;
  let best: f64 = -1;
  let bestEnergy: f64 = 0;
  let pu = 0;
  let pv = 0;
  for (;;) {
    energy = findPole(lattice, u, w, held, energy);
    // NaN: no pole was reached. A pole that was divided out came back: there is nothing more to find.
    if (energy != energy || isHeld(lattice, held, energy)) break;
    const share = (out.own * out.own) / out.square;
    store<f64>(lattice.poles + ((<usize>held) << 3), energy);
    store<f64>(lattice.weights + ((<usize>held) << 3), share);
    ++held;
    if (share > best && !isTaken(lattice, s, u, w, energy)) {
      best = share;
      bestEnergy = energy;
      pu = out.u;
      pv = out.v;
    }
    // The rest of e_s after projection on these orbitals: its squared norm and its Rayleigh quotient.
    let rest: f64 = 1;
    let mean = own;
    for (let k = 0; k < held; ++k) {
      const weight = load<f64>(lattice.weights + ((<usize>k) << 3));
      rest -= weight;
      mean -= weight * load<f64>(lattice.poles + ((<usize>k) << 3));
    }
    if (best >= rest || held == POLES || rest < (pass == 1 ? OWN : 1e-12)) break;
    energy = max(-norm, min(norm, mean / rest));
  }
  if (pass == 1 && best < OWN) return true;
  if (best < 0) return false;
  energy = bestEnergy;
  // The narrower window has its own, slightly different pole: the energy found with `near` is kept.
  polish(lattice, pu, pv, lattice.far, energy, ROUGH);
  if (component(out) > lattice.heavy) energy = polish(lattice, pu, pv, lattice.wide, energy, EXACT);
  store<f64>(lattice.energies + ((<usize>s) << 3), energy);
  store<i32>(lattice.peaks + ((<usize>s) << 2), siteIndex(lattice.radius, pu, pv));
  store<f64>(lattice.phi0 + ((<usize>s) << 3), component(out));
  return true;
}

/**
 * Newton's iteration for a pole of G_ss, from `energy`, with the `held` poles divided out; NaN when it does not
 * converge. The record's `out` then holds the solution next to the pole.
 */
function findPole(lattice: Localization, u: i32, w: i32, held: i32, energy: f64): f64 {
  const out = changetype<LocalOrbital>(lattice.out);
  const poles = lattice.poles;
  const weights = lattice.weights;
  const norm = lattice.norm;
  const small = lattice.small;
  const near = max(abs(u), abs(w)) <= lattice.inner ? lattice.nearInner : lattice.nearOuter;
  let window = held == 0 ? small : near;
  let settled = false;
  for (let step = 0; step < NEWTON_CAP && !settled; ++step) {
    nearSolve(lattice.radius, lattice.t, lattice.v, u, w, window, energy, out, lattice.window);
    let g = out.own;
    let slope = out.square;
    for (let k = 0; k < held; ++k) {
      const gap = load<f64>(poles + ((<usize>k) << 3)) - energy;
      const share = load<f64>(weights + ((<usize>k) << 3)) / gap;
      g -= share;
      slope -= share / gap;
    }
    let change = g / slope;
    if (!(abs(change) <= norm)) change = change > 0 ? 0.01 * norm : -0.01 * norm;
    energy += change;
    if (window < near) {
      if (abs(change) <= COARSE * norm) window = near;
    } else settled = abs(change) <= FINE * norm;
  }
  if (!settled) return NaN;
  // One more solve next to the pole gives the orbital, the site where it peaks, and the last digits of the energy.
  nearSolve(lattice.radius, lattice.t, lattice.v, u, w, near, energy, out, lattice.window);
  const last = out.own / out.square;
  return abs(last) <= FINE * norm ? energy + last : energy;
}

function isHeld(lattice: Localization, held: i32, energy: f64): boolean {
  for (let k = 0; k < held; ++k)
    if (abs(load<f64>(lattice.poles + ((<usize>k) << 3)) - energy) <= lattice.same) return true;
  return false;
}

/** Whether a site whose window overlaps already has this energy; energies not found yet are NaN. */
function isTaken(lattice: Localization, s: i32, u: i32, w: i32, energy: f64): boolean {
  const n = lattice.n;
  const us = lattice.us;
  const vs = lattice.vs;
  const reach = 2 * lattice.nearInner;
  const energies = lattice.energies;
  const same = lattice.same;
  for (let k = s - 1; k >= 0; --k) {
    if (u - load<i32>(us + ((<usize>k) << 2)) > reach) break;
    if (!(abs(load<f64>(energies + ((<usize>k) << 3)) - energy) <= same)) continue;
    if (abs(load<i32>(vs + ((<usize>k) << 2)) - w) <= reach) return true;
  }
  for (let k = s + 1; k < n; ++k) {
    if (load<i32>(us + ((<usize>k) << 2)) - u > reach) break;
    if (!(abs(load<f64>(energies + ((<usize>k) << 3)) - energy) <= same)) continue;
    if (abs(load<i32>(vs + ((<usize>k) << 2)) - w) <= reach) return true;
  }
  return false;
}

/** |x| at the origin of the normalized orbital in `out`. */
@inline
function component(out: LocalOrbital): f64 {
  return abs(out.origin) / sqrt(out.square);
}

/** Solves at (u, v) on the window that reaches the origin, and again if that moves the pole; returns the energy. */
function polish(lattice: Localization, u: i32, w: i32, margin: i32, energy: f64, exact: f64): f64 {
  const out = changetype<LocalOrbital>(lattice.out);
  const norm = lattice.norm;
  for (let round = 0; round < POLISH_CAP; ++round) {
    pathSolve(lattice.radius, lattice.t, lattice.v, u, w, margin, energy, out, lattice.window);
    const change = out.own / out.square;
    if (abs(change) <= exact * norm || abs(change) > COARSE * norm) break;
    energy += change;
  }
  return energy;
}
