// η, [S] and Czz from the fits; outside them the leading terms, exact to rounding:
//   g < e^−46:   η = g (B − 8 log g), [S] = 1 − Czz = 2πg
//   g ≥ e^18.5:  log 2 − η = (3/(4π³))²/(4g⁴), log 2 − [S] = 3/(8π³g²), Czz = 3/(4π³g²)
// Range: every g from 2^-1074 to 1.8e308; complements below 2^-1022 come out as multiples of a quantum, 0 included.
import { ETA_TABLE } from '../generated/etaTable';
import { MIX_TABLE } from '../generated/mixTable';
import { SLOPE_TABLE } from '../generated/slopeTable';
import { LOG2, LOG2_LO } from '../numeric/constants';
import { logVector } from '../numeric/logVectors';
import {
  CZZ,
  CZZ_COMPLEMENT,
  ENTROPY,
  ENTROPY_COMPLEMENT,
  ETA,
  ETA_COMPLEMENT,
  ETA_SLOPE,
  put,
} from './columns';
import { FIT_FIRST, FIT_LAST, FIT_SWITCH, fitInterval, fitOne, fitPair } from './fit';
import { ETA_B, TWO_PI } from './quadrature';

export const ETA_TAIL: f64 = 0.00014627270718222922;
const ENTROPY_TAIL: f64 = 0.012094325412449808;
const CZZ_TAIL: f64 = 0.024188650824899616;

/** η(e^u) from the table: base − p or p, chosen without a branch, which random couplings would make V8 mispredict. */
@inline
function etaInside(u: f64): f64 {
  const i = fitInterval(u);
  const p = fitOne(ETA_TABLE, i, u);
  return select<f64>(p, LOG2 - p, i < FIT_SWITCH);
}

/** η(e^u). */
@inline
export function etaAt(u: f64): f64 {
  return u >= FIT_FIRST && u < FIT_LAST ? etaInside(u) : f64x2.extract_lane(etaOutside(u), 0);
}

/** η(e^u) in lane 0, dη/du in lane 1. */
export function etaPair(u: f64): v128 {
  if (u >= FIT_FIRST && u < FIT_LAST) {
    return f64x2(etaInside(u), fitOne(SLOPE_TABLE, fitInterval(u), u));
  }
  return etaOutside(u);
}

function etaOutside(u: f64): v128 {
  if (u < FIT_FIRST) {
    if (u < -746) return f64x2.splat(0);
    const g = Math.exp(u);
    const eta = g * (ETA_B - 8 * u);
    return f64x2(eta, eta - 8 * g);
  }
  const r = Math.exp(-4 * u) * ETA_TAIL;
  return f64x2(LOG2 - r, 4 * r);
}

/**
 * η alone for n couplings 0 ≤ g < ∞. Two passes: short independent chains of operations overlap better than long ones.
 */
export function etaFit(n: i32, g: usize, out: usize): void {
  logVector(n, g, out);
  for (let i = 0; i < n; ++i, out += 8) {
    const u = load<f64>(out);
    let eta: f64;
    if (u >= FIT_FIRST && u < FIT_LAST) eta = etaInside(u);
    else eta = f64x2.extract_lane(etaOutside(u), 0);
    store<f64>(out, eta);
  }
}

/** η, [S], Czz as three columns of n doubles, for n values of u = log g (−∞ allowed). */
export function responseFit(n: i32, u: usize, out: usize): void {
  for (let k = 0; k < n; ++k, u += 8, out += 8) {
    const x = load<f64>(u);
    let eta: f64;
    let entropy: f64;
    let czz: f64;
    if (x >= FIT_FIRST && x < FIT_LAST) {
      const i = fitInterval(x);
      const m = fitPair(MIX_TABLE, i, x);
      const low = i < FIT_SWITCH;
      eta = etaInside(x);
      entropy = f64x2.extract_lane(m, 0);
      czz = f64x2.extract_lane(m, 1);
      entropy = select<f64>(entropy, LOG2 - entropy, low);
      czz = select<f64>(1 - czz, czz, low);
    } else {
      eta = etaAt(x);
      if (x < 0) {
        entropy = TWO_PI * Math.exp(x);
        czz = 1 - entropy;
      } else {
        const r = Math.exp(-2 * x);
        entropy = LOG2 - ENTROPY_TAIL * r;
        czz = CZZ_TAIL * r;
      }
    }
    put(out, n, ETA, eta);
    put(out, n, ENTROPY, entropy);
    put(out, n, CZZ, czz);
  }
}

/** log 2 − η, log 2 − [S], 1 − Czz, dη/du as four columns of n doubles, for n values of u = log g. */
export function responseComplementsFit(n: i32, u: usize, out: usize): void {
  for (let k = 0; k < n; ++k, u += 8, out += 8) {
    const x = load<f64>(u);
    let eta: f64;
    let slope: f64;
    let entropy: f64;
    let czz: f64;
    if (x >= FIT_FIRST && x < FIT_LAST) {
      const i = fitInterval(x);
      const m = fitPair(MIX_TABLE, i, x);
      eta = fitOne(ETA_TABLE, i, x);
      slope = fitOne(SLOPE_TABLE, i, x);
      entropy = f64x2.extract_lane(m, 0);
      czz = f64x2.extract_lane(m, 1);
      if (i < FIT_SWITCH) {
        eta = LOG2 - eta + LOG2_LO;
        entropy = LOG2 - entropy + LOG2_LO;
      } else czz = 1 - czz;
    } else if (x < 0) {
      const e = etaPair(x);
      eta = LOG2 - f64x2.extract_lane(e, 0);
      slope = f64x2.extract_lane(e, 1);
      czz = TWO_PI * Math.exp(x);
      entropy = LOG2 - czz;
    } else {
      const r = Math.exp(-2 * x);
      eta = ETA_TAIL * (r * r);
      slope = 4 * eta;
      entropy = ENTROPY_TAIL * r;
      czz = 1 - CZZ_TAIL * r;
    }
    put(out, n, ETA_COMPLEMENT, eta);
    put(out, n, ENTROPY_COMPLEMENT, entropy);
    put(out, n, CZZ_COMPLEMENT, czz);
    put(out, n, ETA_SLOPE, slope);
  }
}
