// Every orbital of a localized lattice, one site at a time: Newton's iteration for poles of G_ss(E) from E = V_s on a
// small window around s, then the component at the origin on a window that reaches it (localOrbital.ts). A pole that
// is not the one looked for is divided out, G̃ = G − w/(E_k − E), and the iteration goes on with the next.
// Range: as of localOrbital.ts.
import { NOT_CONVERGED, OK } from '../status';
import { nearSolve, pathSolve, siteIndex } from './localOrbital';

const NEWTON_CAP = 60;
/** Poles divided out for one site at most: resonances of that many sites. */
const POLES = 32;
/** Weight on a site from which an orbital is that site's own: no other site can have as much of it. */
const OWN: f64 = 0.5;
/** Shares of the norm of A: change at which a Newton step on the small, then on the whole window is the last. */
const COARSE: f64 = 1e-5;
const FINE: f64 = 1e-9;
/** Changes of the energy below which the narrow and the wide last window are not solved again. */
const ROUGH: f64 = 1e-8;
const EXACT: f64 = 1e-14;
const POLISH_CAP = 4;

/** Bytes that `localizedOrbitals` needs beside windowWorkspace. */
export function localizedWorkspace(): usize {
  return (<usize>(8 + 2 * POLES)) << 3;
}

/**
 * Sites `from` … `to` − 1 in diagonal order (by u, then v; coordinates at `us`, `vs` as i32). Pass 1 gives every site
 * the orbital that has at least half of its weight there; pass 2, after pass 1 over all sites, gives the others (in
 * resonance) the heaviest free one each. Outputs per site: the energy (on entry NaN for all), the row of the site where
 * the orbital peaks, and phi0 = |x| of the normalized orbital at the origin.
 * Windows: Newton's iteration starts with margin `small` and ends with `nearInner` for sites up to `inner` steps from the
 * origin and with `nearOuter` ≤ nearInner beyond; the last window, to the origin, has margin `far`, and `wide` where phi0
 * exceeds `heavy`. Sites more than `limit` steps from the origin are left out. Energies of sites less than 2·nearInner apart are one pole when they agree to `same`. norm ≥ ‖A‖. NOT_CONVERGED when some site finds no free pole: the orbitals are not localized enough.
 */
export function localizedOrbitals(
  radius: i32,
  t: f64,
  v: usize,
  us: usize,
  vs: usize,
  norm: f64,
  same: f64,
  small: i32,
  inner: i32,
  nearInner: i32,
  nearOuter: i32,
  far: i32,
  wide: i32,
  heavy: f64,
  limit: i32,
  from: i32,
  to: i32,
  pass: i32,
  energies: usize,
  peaks: usize,
  phi0: usize,
  scratch: usize,
  work: usize,
): i32 {
  const n = 2 * radius * (radius + 1) + 1;
  const out = scratch;
  const poles = scratch + 64;
  const weights = poles + (POLES << 3);
  for (let s = from; s < to; ++s) {
    if (pass == 2 && load<f64>(energies + ((<usize>s) << 3)) == load<f64>(energies + ((<usize>s) << 3)))
      continue;
    const u = load<i32>(us + ((<usize>s) << 2));
    const w = load<i32>(vs + ((<usize>s) << 2));
    if (max(abs(u), abs(w)) > limit) continue;
    const own = load<f64>(v + ((<usize>s) << 3));
    const near = max(abs(u), abs(w)) <= inner ? nearInner : nearOuter;
    let energy = own;
    let held = 0;
    let best: f64 = -1;
    let bestEnergy: f64 = 0;
    let pu = 0;
    let pv = 0;
    for (;;) {
      energy = findPole(radius, t, v, u, w, norm, small, near, held, energy, out, work);
      // NaN: no pole was reached; a pole divided out already came back: nothing more to find.
      if (energy != energy || isHeld(held, energy, same, poles)) break;
      const share = (load<f64>(out) * load<f64>(out)) / load<f64>(out, 8);
      store<f64>(poles + ((<usize>held) << 3), energy);
      store<f64>(weights + ((<usize>held) << 3), share);
      ++held;
      if (share > best && !isTaken(n, s, u, w, us, vs, 2 * nearInner, energies, energy, same)) {
        best = share;
        bestEnergy = energy;
        pu = <i32>load<f64>(out, 24);
        pv = <i32>load<f64>(out, 32);
      }
      // What is left of e_s with these orbitals projected out: its norm and its Rayleigh quotient.
      let rest: f64 = 1;
      let mean = own;
      for (let k = 0; k < held; ++k) {
        rest -= load<f64>(weights + ((<usize>k) << 3));
        mean -= load<f64>(weights + ((<usize>k) << 3)) * load<f64>(poles + ((<usize>k) << 3));
      }
      if (best >= rest || held == POLES || rest < (pass == 1 ? OWN : 1e-12)) break;
      energy = max(-norm, min(norm, mean / rest));
    }
    if (pass == 1 && best < OWN) continue;
    if (best < 0) return NOT_CONVERGED;
    energy = bestEnergy;
    // The narrower window has its own, slightly different pole: the energy found with `near` is kept.
    polish(radius, t, v, pu, pv, far, energy, norm, ROUGH, out, work);
    if (component(out) > heavy) energy = polish(radius, t, v, pu, pv, wide, energy, norm, EXACT, out, work);
    store<f64>(energies + ((<usize>s) << 3), energy);
    store<i32>(peaks + ((<usize>s) << 2), siteIndex(radius, pu, pv));
    store<f64>(phi0 + ((<usize>s) << 3), component(out));
  }
  return OK;
}

/**
 * Newton's iteration for a pole of G_ss, from `energy`, with the `held` poles divided out; NaN when it does not settle.
 * `out` holds the solution beside the pole.
 */
function findPole(
  radius: i32,
  t: f64,
  v: usize,
  u: i32,
  w: i32,
  norm: f64,
  small: i32,
  near: i32,
  held: i32,
  energy: f64,
  out: usize,
  work: usize,
): f64 {
  const poles = out + 64;
  const weights = poles + (POLES << 3);
  let window = held == 0 ? small : near;
  let settled = false;
  for (let step = 0; step < NEWTON_CAP && !settled; ++step) {
    nearSolve(radius, t, v, u, w, window, energy, out, work);
    let g = load<f64>(out);
    let slope = load<f64>(out, 8);
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
  // One more solve beside the pole gives the orbital, where it peaks, and the last digits of the energy.
  nearSolve(radius, t, v, u, w, near, energy, out, work);
  const last = load<f64>(out) / load<f64>(out, 8);
  return abs(last) <= FINE * norm ? energy + last : energy;
}

function isHeld(held: i32, energy: f64, same: f64, poles: usize): boolean {
  for (let k = 0; k < held; ++k) if (abs(load<f64>(poles + ((<usize>k) << 3)) - energy) <= same) return true;
  return false;
}

/** Whether a site whose window overlaps has this energy already; energies not found yet are NaN. */
function isTaken(
  n: i32,
  s: i32,
  u: i32,
  w: i32,
  us: usize,
  vs: usize,
  reach: i32,
  energies: usize,
  energy: f64,
  same: f64,
): boolean {
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
function component(out: usize): f64 {
  return abs(load<f64>(out, 16)) / sqrt(load<f64>(out, 8));
}

/** Solves at (u, v) on the window that reaches the origin, again when that moves the pole; returns the energy. */
function polish(
  radius: i32,
  t: f64,
  v: usize,
  u: i32,
  w: i32,
  margin: i32,
  energy: f64,
  norm: f64,
  exact: f64,
  out: usize,
  work: usize,
): f64 {
  for (let round = 0; round < POLISH_CAP; ++round) {
    pathSolve(radius, t, v, u, w, margin, energy, out, work);
    const change = load<f64>(out) / load<f64>(out, 8);
    if (abs(change) <= exact * norm || abs(change) > COARSE * norm) break;
    energy += change;
  }
  return energy;
}
