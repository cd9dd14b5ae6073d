// The record of a search for localized orbitals under way (localized.ts), and where what it works with lies.
import { Job, recordBytes } from '../job';
import { SOLUTION_BYTES, windowWorkspace } from './localOrbital';

/** Poles divided out for one site at most: resonances of that many sites. */
export const POLES = 32;

/** A lattice, the windows for it and where the results go. */
@unmanaged
export class Localization extends Job {
  /** Number of sites. */
  n: i32;
  /** Hopping, a bound on ‖A‖, and up to what two energies are the same. */
  t: f64;
  norm: f64;
  same: f64;
  /** phi0 above which the last window is the wide one. */
  heavy: f64;
  radius: i32;
  /** Margins of windows; `inner` and `limit`: steps from the origin up to which `nearInner` applies and sites count. */
  small: i32;
  inner: i32;
  nearInner: i32;
  nearOuter: i32;
  far: i32;
  wide: i32;
  limit: i32;
  /** Potential and coordinates. */
  v: usize;
  us: usize;
  vs: usize;
  energies: usize;
  peaks: usize;
  phi0: usize;
  /** What a solution leaves (localOrbital.ts), with the poles divided out and their weights behind it; a window. */
  out: usize;
  poles: usize;
  weights: usize;
  window: usize;
}

/** Bytes of workspace of `localizedStart` for windows with margins up to `margin`. */
export function localizedWorkspace(radius: i32, margin: i32): usize {
  return layOut(changetype<Localization>(0)) + windowWorkspace(radius, margin);
}

/** Where what lies behind the record is, unless there is none yet; returns how many bytes come before the window. */
export function layOut(lattice: Localization): usize {
  const out = recordBytes<Localization>();
  const poles = out + SOLUTION_BYTES;
  const weights = poles + (POLES << 3);
  const window = (weights + (POLES << 3) + 63) & ~(<usize>63);
  const work = changetype<usize>(lattice);
  if (work != 0) {
    lattice.out = work + out;
    lattice.poles = work + poles;
    lattice.weights = work + weights;
    lattice.window = work + window;
  }
  return window;
}
