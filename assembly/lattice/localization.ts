// The record of a search for localized orbitals (localized.ts), and the layout of its workspace.
import { Job, recordBytes } from '../job';
import { align } from '../numeric/align';
import { LocalOrbital, windowWorkspace } from './localOrbital';

/** Most poles divided out for one site: resonances of that many sites. */
export const POLES = 32;

/** A lattice, the windows to use for it, and the addresses of the results. */
@unmanaged
export class Localization extends Job {
  /** Number of sites. */
  n: i32;
  /** Hopping, a bound on ‖A‖, and the distance within which two energies are the same. */
  t: f64;
  norm: f64;
  same: f64;
  /** The last window is the wide one for a phi0 above this. */
  heavy: f64;
  radius: i32;
  /**
   * Margins of windows; `inner` and `limit`: steps from the origin within which `nearInner` applies, and
   * within which sites are searched.
   */
  small: i32;
  inner: i32;
  nearInner: i32;
  nearOuter: i32;
  far: i32;
  wide: i32;
  limit: i32;
  /** Potential and coordinates of the sites. */
  v: usize;
  us: usize;
  vs: usize;
  energies: usize;
  peaks: usize;
  phi0: usize;
  /** A solution (localOrbital.ts), after it the poles divided out and their weights; memory for a window. */
  out: usize;
  poles: usize;
  weights: usize;
  window: usize;
}

/** Bytes of workspace of `localizedStart` for windows with margins up to `margin`. */
export function localizedWorkspace(radius: i32, margin: i32): usize {
  return layOut(changetype<Localization>(0)) + windowWorkspace(radius, margin);
}

/**
 * Stores the addresses of the parts after the record, if there is a record yet; returns the bytes before the window.
 */
export function layOut(lattice: Localization): usize {
  const out = recordBytes<Localization>();
  const poles = out + recordBytes<LocalOrbital>();
  const weights = poles + (POLES << 3);
  const window = align(weights + (POLES << 3));
  const work = changetype<usize>(lattice);
  if (work != 0) {
    lattice.out = work + out;
    lattice.poles = work + poles;
    lattice.weights = work + weights;
    lattice.window = work + window;
  }
  return window;
}
