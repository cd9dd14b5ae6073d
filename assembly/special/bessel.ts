// Modified Bessel functions of the second kind, orders 0 and 1.
//
// x ≤ 1, with z = x²/4, L = log 2 − γ − log x and harmonic numbers H_k (DLMF 10.31.1, 10.31.2):
//   K0 = Σ z^k / k!² · (L + H_k)
//   K1 = 1/x − (x/2) Σ z^k / (k! (k+1)!) · (L + (H_k + H_{k+1})/2)
// Both brackets are positive, so nothing cancels except mildly in the difference of K1.
// x > 1: K = e^{−x} f(1/x) / √x with f from besselTables.ts.
import {
  I0_SERIES,
  I1_SERIES,
  K0_DEGREE_0,
  K0_DEGREE_1,
  K0_DEGREE_2,
  K0_DEGREE_3,
  K0_SERIES,
  K0_TABLE_0,
  K0_TABLE_1,
  K0_TABLE_2,
  K0_TABLE_3,
  K1_DEGREE_0,
  K1_DEGREE_1,
  K1_DEGREE_2,
  K1_DEGREE_3,
  K1_SERIES,
  K1_TABLE_0,
  K1_TABLE_1,
  K1_TABLE_2,
  K1_TABLE_3,
} from '../generated/besselTables';
import { productError } from '../numeric/exact';
import { horner } from './horner';

/** log 2 − γ, as the sum of two doubles. */
const C_HI: f64 = 0.11593151565841245;
const C_LO: f64 = 3.7780767526472776e-19;
/** The series up to z^9: for z ≤ 1/4 the remainder is 2⁻⁶³ of the first term. */
const TERMS: i32 = 9;

/** √x e^x K0(x), x > 1. */
function f0(x: f64): f64 {
  const v = 1 / x;
  if (v <= 0.0625) return horner(K0_DEGREE_0, K0_TABLE_0, (v - 0.03125) * 32);
  if (v <= 0.25) return horner(K0_DEGREE_1, K0_TABLE_1, (v - 0.15625) * (1 / 0.09375));
  if (v <= 0.5) return horner(K0_DEGREE_2, K0_TABLE_2, (v - 0.375) * 8);
  return horner(K0_DEGREE_3, K0_TABLE_3, (v - 0.75) * 4);
}

/** √x e^x K1(x), x > 1. */
function f1(x: f64): f64 {
  const v = 1 / x;
  if (v <= 0.0625) return horner(K1_DEGREE_0, K1_TABLE_0, (v - 0.03125) * 32);
  if (v <= 0.25) return horner(K1_DEGREE_1, K1_TABLE_1, (v - 0.15625) * (1 / 0.09375));
  if (v <= 0.5) return horner(K1_DEGREE_2, K1_TABLE_2, (v - 0.375) * 8);
  return horner(K1_DEGREE_3, K1_TABLE_3, (v - 0.75) * 4);
}

function k0Small(x: f64): f64 {
  const z = 0.25 * x * x;
  const l = C_HI - Math.log(x) + C_LO;
  return l + z * (l * horner(TERMS - 1, I0_SERIES + 8, z) + horner(TERMS - 1, K0_SERIES + 8, z));
}

function k1Small(x: f64): f64 {
  const r = 1 / x;
  if (x < 1e-100) return r;
  const z = 0.25 * x * x;
  const l = C_HI - Math.log(x);
  const p = r * x;
  const e = (1 - p - productError(r, x, p)) * r; // 1/x = r + e
  return r + (e - 0.5 * x * (l * horner(TERMS, I1_SERIES, z) + horner(TERMS, K1_SERIES, z)));
}

/** K0(x) for x > 0; +∞ at 0, NaN below. */
function besselK0(x: f64): f64 {
  if (x <= 1) return x > 0 ? k0Small(x) : x == 0 ? Infinity : NaN;
  return (f0(x) / Math.sqrt(x)) * Math.exp(-x);
}

/** K1(x) for x > 0; +∞ at 0, NaN below. */
function besselK1(x: f64): f64 {
  if (x <= 1) return x > 0 ? k1Small(x) : x == 0 ? Infinity : NaN;
  return (f1(x) / Math.sqrt(x)) * Math.exp(-x);
}

/** e^x K0(x) for x > 0; +∞ at 0, NaN below. */
export function besselK0Scaled(x: f64): f64 {
  if (x <= 1) return x > 0 ? k0Small(x) * Math.exp(x) : x == 0 ? Infinity : NaN;
  return f0(x) / Math.sqrt(x);
}

/** e^x K1(x) for x > 0; +∞ at 0, NaN below. */
export function besselK1Scaled(x: f64): f64 {
  if (x <= 1) return x > 0 ? k1Small(x) * Math.exp(x) : x == 0 ? Infinity : NaN;
  return f1(x) / Math.sqrt(x);
}

/** y[i] = K_order(x[i]) (order 0 or 1), times e^x when scaled. */
export function besselKVector(n: i32, order: i32, scaled: bool, x: usize, y: usize): void {
  for (let i = 0; i < n; ++i, x += 8, y += 8) {
    const t = load<f64>(x);
    let k: f64;
    if (order == 0) k = scaled ? besselK0Scaled(t) : besselK0(t);
    else k = scaled ? besselK1Scaled(t) : besselK1(t);
    store<f64>(y, k);
  }
}
