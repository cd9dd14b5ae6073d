// η, [S] and Czz from the fits; outside them the leading terms, exact to rounding, with m = E x⁻² = 3/π³ of the GOE:
//   g < e^−46:   η = g (B − 8 log g), [S] = 1 − Czz = 2πg
//   g ≥ e^18.5:  log 2 − η = m²/(64g⁴), log 2 − [S] = m/(8g²), Czz = m/(4g²)
// `fits`: the address of the fits of the grain's level statistics, 0 for the GOE (fits.ts).
// Range: every g from 2^-1074 to 1.8e308; complements below 2^-1022 come out as multiples of a quantum, 0 included.
import { LOG2, LOG2_LO, TWO_PI } from '../numeric/constants';
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
import { czzTail, entropyTail, etaB, etaTable, etaTail, mixTable, slopeTable } from './fits';

/** η(e^u) from the table: base − p or p, chosen without a branch, which random couplings would make V8 mispredict. */
@inline
function etaInside(table: usize, u: f64): f64 {
  const i = fitInterval(u);
  const p = fitOne(table, i, u);
  return select<f64>(p, LOG2 - p, i < FIT_SWITCH);
}

/** η(e^u). */
@inline
export function etaAt(fits: usize, u: f64): f64 {
  return u >= FIT_FIRST && u < FIT_LAST
    ? etaInside(etaTable(fits), u)
    : f64x2.extract_lane(etaOutside(fits, u), 0);
}

/** η(e^u) in lane 0, dη/du in lane 1. */
export function etaPair(fits: usize, u: f64): v128 {
  if (u >= FIT_FIRST && u < FIT_LAST) {
    return f64x2(etaInside(etaTable(fits), u), fitOne(slopeTable(fits), fitInterval(u), u));
  }
  return etaOutside(fits, u);
}

function etaOutside(fits: usize, u: f64): v128 {
  if (u < FIT_FIRST) {
    if (u < -746) return f64x2.splat(0);
    const g = Math.exp(u);
    const eta = g * (etaB(fits) - 8 * u);
    return f64x2(eta, eta - 8 * g);
  }
  const r = Math.exp(-4 * u) * etaTail(fits);
  return f64x2(LOG2 - r, 4 * r);
}

/**
 * η alone for n couplings 0 ≤ g < ∞. Two passes: short independent chains of operations overlap better than long ones.
 */
export function etaFit(fits: usize, n: i32, g: usize, out: usize): void {
  logVector(n, g, out);
  const table = etaTable(fits);
  for (let i = 0; i < n; ++i, out += 8) {
    const u = load<f64>(out);
    let eta: f64;
    if (u >= FIT_FIRST && u < FIT_LAST) eta = etaInside(table, u);
    else eta = f64x2.extract_lane(etaOutside(fits, u), 0);
    store<f64>(out, eta);
  }
}

/** η, [S], Czz as three columns of n doubles, for n values of u = log g (−∞ allowed). */
export function responseFit(fits: usize, n: i32, u: usize, out: usize): void {
  const single = etaTable(fits);
  const pairs = mixTable(fits);
  for (let k = 0; k < n; ++k, u += 8, out += 8) {
    const x = load<f64>(u);
    let eta: f64;
    let entropy: f64;
    let czz: f64;
    if (x >= FIT_FIRST && x < FIT_LAST) {
      const i = fitInterval(x);
      const m = fitPair(pairs, i, x);
      const low = i < FIT_SWITCH;
      eta = etaInside(single, x);
      entropy = f64x2.extract_lane(m, 0);
      czz = f64x2.extract_lane(m, 1);
      entropy = select<f64>(entropy, LOG2 - entropy, low);
      czz = select<f64>(1 - czz, czz, low);
    } else {
      eta = etaAt(fits, x);
      if (x < 0) {
        entropy = TWO_PI * Math.exp(x);
        czz = 1 - entropy;
      } else {
        const r = Math.exp(-2 * x);
        entropy = LOG2 - entropyTail(fits) * r;
        czz = czzTail(fits) * r;
      }
    }
    put(out, n, ETA, eta);
    put(out, n, ENTROPY, entropy);
    put(out, n, CZZ, czz);
  }
}

/** log 2 − η, log 2 − [S], 1 − Czz, dη/du as four columns of n doubles, for n values of u = log g. */
export function responseComplementsFit(fits: usize, n: i32, u: usize, out: usize): void {
  const single = etaTable(fits);
  const slopes = slopeTable(fits);
  const pairs = mixTable(fits);
  for (let k = 0; k < n; ++k, u += 8, out += 8) {
    const x = load<f64>(u);
    let eta: f64;
    let slope: f64;
    let entropy: f64;
    let czz: f64;
    if (x >= FIT_FIRST && x < FIT_LAST) {
      const i = fitInterval(x);
      const m = fitPair(pairs, i, x);
      eta = fitOne(single, i, x);
      slope = fitOne(slopes, i, x);
      entropy = f64x2.extract_lane(m, 0);
      czz = f64x2.extract_lane(m, 1);
      if (i < FIT_SWITCH) {
        eta = LOG2 - eta + LOG2_LO;
        entropy = LOG2 - entropy + LOG2_LO;
      } else czz = 1 - czz;
    } else if (x < 0) {
      const e = etaPair(fits, x);
      eta = LOG2 - f64x2.extract_lane(e, 0);
      slope = f64x2.extract_lane(e, 1);
      czz = TWO_PI * Math.exp(x);
      entropy = LOG2 - czz;
    } else {
      const r = Math.exp(-2 * x);
      eta = etaTail(fits) * (r * r);
      slope = 4 * eta;
      entropy = entropyTail(fits) * r;
      czz = 1 - czzTail(fits) * r;
    }
    put(out, n, ETA_COMPLEMENT, eta);
    put(out, n, ENTROPY_COMPLEMENT, entropy);
    put(out, n, CZZ_COMPLEMENT, czz);
    put(out, n, ETA_SLOPE, slope);
  }
}
