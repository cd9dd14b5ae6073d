// η, [S] and Czz from the fits; outside them the leading terms, exact to rounding:
//   g < e^−46:   η = g (B − 8 log g), [S] = 1 − Czz = 2πg
//   g ≥ e^18.5:  log 2 − η = (3/(4π³))²/(4g⁴), log 2 − [S] = 3/(8π³g²), Czz = 3/(4π³g²)
import { ETA_TABLE } from "./etaTable";
import { FIT_FIRST, FIT_LAST, FIT_SWITCH, fitInterval, fitPair } from "./fit";
import { LOG2, LOG2_LO } from "./mixing";
import { MIX_TABLE } from "./mixTable";
import { ETA_B, TWO_PI } from "./quadrature";

export const ETA_TAIL: f64 = 0.00014627270718222922;
const ENTROPY_TAIL: f64 = 0.012094325412449808;
const CZZ_TAIL: f64 = 0.024188650824899616;


/** η(e^u) in lane 0, dη/du in lane 1. */
export function etaPair(u: f64): v128 {
  if (u < FIT_FIRST) {
    if (u < -746) return f64x2.splat(0);
    const g = Math.exp(u);
    const eta = g * (ETA_B - 8 * u);
    return f64x2(eta, eta - 8 * g);
  }
  if (u >= FIT_LAST) {
    const r = Math.exp(-4 * u) * ETA_TAIL;
    return f64x2(LOG2 - r, 4 * r);
  }
  const i = fitInterval(u);
  const p = fitPair(ETA_TABLE, i, u);
  return i < FIT_SWITCH ? p : f64x2.replace_lane(p, 0, LOG2 - f64x2.extract_lane(p, 0));
}

/** u = log g for every element. */
export function logVector(n: i32, g: usize, u: usize): void {
  for (let i = 0; i < n; ++i) store<f64>(u + (i << 3), Math.log(load<f64>(g + (i << 3))));
}

/** e^u for every element. */
export function expVector(n: i32, u: usize, g: usize): void {
  for (let i = 0; i < n; ++i) store<f64>(g + (i << 3), Math.exp(load<f64>(u + (i << 3))));
}

/** η alone for n couplings g. */
export function etaFit(n: i32, g: usize, out: usize): void {
  for (let i = 0; i < n; ++i, g += 8, out += 8) {
    store<f64>(out, f64x2.extract_lane(etaPair(Math.log(load<f64>(g))), 0));
  }
}

/** η, [S], Czz as three columns of n doubles, for n values of u = log g (−∞ allowed). */
export function responseFit(n: i32, u: usize, out: usize): void {
  const column = (<usize>n) << 3;
  for (let k = 0; k < n; ++k, u += 8, out += 8) {
    const x = load<f64>(u);
    let eta: f64;
    let entropy: f64;
    let czz: f64;
    if (x >= FIT_FIRST && x < FIT_LAST) {
      const i = fitInterval(x);
      const e = f64x2.extract_lane(fitPair(ETA_TABLE, i, x), 0);
      const m = fitPair(MIX_TABLE, i, x);
      const low = i < FIT_SWITCH;
      eta = low ? e : LOG2 - e;
      entropy = f64x2.extract_lane(m, 0);
      czz = f64x2.extract_lane(m, 1);
      if (low) czz = 1 - czz;
      else entropy = LOG2 - entropy;
    } else {
      eta = f64x2.extract_lane(etaPair(x), 0);
      if (x < 0) {
        entropy = TWO_PI * Math.exp(x);
        czz = 1 - entropy;
      } else {
        const r = Math.exp(-2 * x);
        entropy = LOG2 - ENTROPY_TAIL * r;
        czz = CZZ_TAIL * r;
      }
    }
    store<f64>(out, eta);
    store<f64>(out + column, entropy);
    store<f64>(out + 2 * column, czz);
  }
}

/** log 2 − η, log 2 − [S], 1 − Czz, dη/du as four columns of n doubles, for n values of u = log g. */
export function responseComplementsFit(n: i32, u: usize, out: usize): void {
  const column = (<usize>n) << 3;
  for (let k = 0; k < n; ++k, u += 8, out += 8) {
    const x = load<f64>(u);
    let eta: f64;
    let slope: f64;
    let entropy: f64;
    let czz: f64;
    if (x >= FIT_FIRST && x < FIT_LAST) {
      const i = fitInterval(x);
      const e = fitPair(ETA_TABLE, i, x);
      const m = fitPair(MIX_TABLE, i, x);
      eta = f64x2.extract_lane(e, 0);
      slope = f64x2.extract_lane(e, 1);
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
    store<f64>(out, eta);
    store<f64>(out + column, entropy);
    store<f64>(out + 2 * column, czz);
    store<f64>(out + 3 * column, slope);
  }
}
