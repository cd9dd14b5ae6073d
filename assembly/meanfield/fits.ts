// Where the fits of the single-spin response and its limits are: those of the GOE in static data, those of other level
// statistics in a block of memory that the caller made (src/meanfield/fits.ts) and whose address the kernels take; the
// address 0 is the GOE. The block is the record Limits and behind it the tables in the layout of fit.ts.
import { ETA_TABLE } from '../generated/etaTable';
import { MIX_TABLE } from '../generated/mixTable';
import { PSI_TABLE } from '../generated/psiTable';
import { SLOPE_TABLE } from '../generated/slopeTable';
import { FIT_INTERVALS, FIT_STRIDE } from './fit';
import { ETA_B } from './quadrature';

/** The limits of the response, and the peaks of its slopes, all doubles. */
@unmanaged
export class Limits {
  /** B of η = g (B − 8 log g), g → 0. */
  etaB: f64;
  /** g⁴ (log 2 − η), g² (log 2 − [S]) and g² Czz as g → ∞. */
  etaTail: f64;
  entropyTail: f64;
  czzTail: f64;
  /** Positions of the peaks of dψ/dy and dη/du, and bounds on them (rounded up). */
  psiPeak: f64;
  psiPeakSlope: f64;
  etaPeak: f64;
  etaPeakSlope: f64;
}

/** (3/(4π³))²/4, 3/(8π³), 3/(4π³). */
const ETA_TAIL: f64 = 0.00014627270718222922;
const ENTROPY_TAIL: f64 = 0.012094325412449808;
const CZZ_TAIL: f64 = 0.024188650824899616;
const PSI_PEAK: f64 = -3.16962;
const PSI_PEAK_SLOPE: f64 = 0.17300637;
const ETA_PEAK: f64 = -3.38417;
const ETA_PEAK_SLOPE: f64 = 0.18938914;

const SINGLE: usize = <usize>FIT_INTERVALS * (FIT_STRIDE >> 1);
/** Offsets of the tables in a block, and its size. */
export const FITS_ETA: usize = 64;
export const FITS_SLOPE: usize = FITS_ETA + SINGLE;
export const FITS_MIX: usize = FITS_SLOPE + SINGLE;
export const FITS_PSI: usize = FITS_MIX + 2 * SINGLE;
export const FITS_BYTES: usize = FITS_PSI + 2 * SINGLE;

@inline
export function etaTable(fits: usize): usize {
  return fits == 0 ? ETA_TABLE : fits + FITS_ETA;
}

@inline
export function slopeTable(fits: usize): usize {
  return fits == 0 ? SLOPE_TABLE : fits + FITS_SLOPE;
}

@inline
export function mixTable(fits: usize): usize {
  return fits == 0 ? MIX_TABLE : fits + FITS_MIX;
}

@inline
export function psiTable(fits: usize): usize {
  return fits == 0 ? PSI_TABLE : fits + FITS_PSI;
}

export function etaB(fits: usize): f64 {
  return fits == 0 ? ETA_B : changetype<Limits>(fits).etaB;
}

export function etaTail(fits: usize): f64 {
  return fits == 0 ? ETA_TAIL : changetype<Limits>(fits).etaTail;
}

export function entropyTail(fits: usize): f64 {
  return fits == 0 ? ENTROPY_TAIL : changetype<Limits>(fits).entropyTail;
}

export function czzTail(fits: usize): f64 {
  return fits == 0 ? CZZ_TAIL : changetype<Limits>(fits).czzTail;
}

export function psiPeak(fits: usize): f64 {
  return fits == 0 ? PSI_PEAK : changetype<Limits>(fits).psiPeak;
}

export function psiPeakSlope(fits: usize): f64 {
  return fits == 0 ? PSI_PEAK_SLOPE : changetype<Limits>(fits).psiPeakSlope;
}

export function etaPeak(fits: usize): f64 {
  return fits == 0 ? ETA_PEAK : changetype<Limits>(fits).etaPeak;
}

export function etaPeakSlope(fits: usize): f64 {
  return fits == 0 ? ETA_PEAK_SLOPE : changetype<Limits>(fits).etaPeakSlope;
}
