// [S](g), Czz(g), η(g) by quadrature ([CC22] (A13), (A14), (A27)).
//
// With h = g/w and w = e^t every average is ∫ F(g e^{−t}) ρ(e^t) e^t dt, analytic in a strip of half-width about
// π/2 around the real axis, so the trapezoidal rule with step 3/32 is exact to rounding. η = 2 log E[K] with
// K² = 1 + √(1−a²), a = c c'; depending on g either K − 1 = v/(1+K) or √2 − K = a²/((1+v)(√2+K)), v = √(1−a²),
// is summed, 1 − a² = d(2−d) with d = q + q' − q q'. All terms are positive.
// Below g = 10⁻²⁰ the leading terms η = g (B − 8 log g), [S] = 2πg, 1 − Czz = 2πg are exact to rounding.

import { LOG2, LOG2_LO, TWO_PI } from '../numeric/constants';
import { GSE, GUE, POISSON } from '../numeric/ensembles';
import { laneSum } from '../numeric/lanes';
import {
  CZZ,
  CZZ_COMPLEMENT,
  ENTROPY,
  ENTROPY_COMPLEMENT,
  ETA,
  ETA_COMPLEMENT,
  ETA_SLOPE,
  put,
  RESPONSES,
} from './columns';
import { logNodes, SMALL_G } from './density';
import { binaryEntropy, depolarization, entropyDeficit, polarization } from './mixing';

const STEP: f64 = 0.09375;
/** t runs from −87 (40 below log 10⁻²⁰) to 1.4, where ρ is below e^{−51}. */
const FIRST_NODE: i32 = -928;
const LAST_NODE: i32 = 15;
const NODES: i32 = LAST_NODE - FIRST_NODE + 1;
/** 40 units of t: e^{−40} is the relative size of the part cut off at the lower end. */
const REACH_NODES: i32 = 428;

/**
 * B of η = g (B − 8 log g), g → 0. The integral of K − 1 over g' ≪ g gives 8 (log 2 − 1), that of g √(x² + x'²) over
 * both small the rest, which E e^{−σ²x²/(4π)} decides: (1 + σ) e^{−2σ} of the GUE, (1 + 5σ/3 + 8σ²/9) e^{−8σ/3} of the GSE, e^{−σ} of
 * Poisson levels.
 */
export const ETA_B: f64 = -13.69327426353982;
/** −1 − 8 log 2 − 4γ − 4 log π, γ Euler's constant. */
export const ETA_B_GUE: f64 = -13.432959647483294;
/** 35/24 − 24 log 2 + 8 log 3 − 4γ − 4 log π. */
export const ETA_B_GSE: f64 = -13.276082893764205;
/** −8 − 4γ − 4 log π. */
export const ETA_B_POISSON: f64 = -14.887782203003733;
/** Below this g the small quantities are η, S, 1 − Czz; above, their complements. */
const SWITCH_G: f64 = 0.05;
const SQRT2: f64 = 1.4142135623730951;

/** Bytes of workspace of responseQuadrature. */
export function responseQuadratureWorkspace(): usize {
  return (<usize>(4 * (NODES + 1))) << 3;
}

function etaBOf(statistics: i32): f64 {
  if (statistics == GUE) return ETA_B_GUE;
  if (statistics == GSE) return ETA_B_GSE;
  return statistics == POISSON ? ETA_B_POISSON : ETA_B;
}

/**
 * For each of n couplings g ≥ 0 (finite): η, [S], Czz, log 2 − η, log 2 − [S], 1 − Czz, dη/d log g, as seven columns of
 * n doubles at out. All have small relative errors.
 */
export function responseQuadrature(statistics: i32, n: i32, g: usize, out: usize, work: usize): void {
  const etaB = etaBOf(statistics);
  const w = work;
  const weight = work + ((NODES + 1) << 3);
  logNodes(statistics, FIRST_NODE, NODES, STEP, w, weight);
  for (let i = 0; i < n; ++i) one(load<f64>(g + (i << 3)), etaB, n, out + (i << 3), w, weight);
}

@inline
function putComplement(out: usize, n: i32, column: i32, value: f64): void {
  put(out, n, RESPONSES + column, value);
}

function one(g: f64, etaB: f64, n: i32, out: usize, w: usize, weight: usize): void {
  if (g < SMALL_G) {
    const l = g > 0 ? Math.log(g) : 0;
    const eta = g > 0 ? g * (etaB - 8 * l) : 0;
    put(out, n, ETA, eta);
    put(out, n, ENTROPY, TWO_PI * g);
    put(out, n, CZZ, 1 - TWO_PI * g);
    putComplement(out, n, ETA_COMPLEMENT, LOG2 - eta);
    putComplement(out, n, ENTROPY_COMPLEMENT, LOG2 - TWO_PI * g);
    putComplement(out, n, CZZ_COMPLEMENT, TWO_PI * g);
    putComplement(out, n, ETA_SLOPE, g > 0 ? eta - 8 * g : 0);
    return;
  }
  const low = g < SWITCH_G;
  const q = weight + ((NODES + 1) << 3);
  const c = q + ((NODES + 1) << 3);
  const top = g < 1 ? Math.log(g) : 0;
  let first = <i32>Math.floor(top / STEP) - REACH_NODES - FIRST_NODE;
  if (first < 0) first = 0;
  first &= ~1;

  let entropy = 0.0;
  let czz = 0.0;
  let loss = 0.0;
  for (let j = first; j < NODES; ++j) {
    const h = g / load<f64>(w + (j << 3));
    const m = load<f64>(weight + (j << 3));
    const cj = polarization(h);
    const qj = depolarization(h);
    store<f64>(c + (j << 3), cj);
    store<f64>(q + (j << 3), qj);
    entropy += m * (low ? binaryEntropy(0.5 * qj) : entropyDeficit(cj));
    czz += m * cj * cj;
    loss += m * qj * (2 - qj);
  }
  // one of w, w' must be of order 1 in the double integral
  let from = -REACH_NODES - FIRST_NODE;
  if (from < first) from = first;
  let sum = 0.0;
  let slope = 0.0;
  for (let i = from; i < NODES; ++i) {
    const r = row(low, first, i, c, q, weight);
    const m = load<f64>(weight + (i << 3));
    sum += m * f64x2.extract_lane(r, 0);
    slope += m * f64x2.extract_lane(r, 1);
  }
  if (low) {
    const eta = 2 * Math.log1p(sum);
    put(out, n, ETA, eta);
    putComplement(out, n, ETA_COMPLEMENT, LOG2 - eta + LOG2_LO);
    put(out, n, ENTROPY, entropy);
    putComplement(out, n, ENTROPY_COMPLEMENT, LOG2 - entropy + LOG2_LO);
    putComplement(out, n, ETA_SLOPE, (2 * slope) / (1 + sum));
    put(out, n, CZZ, 1 - loss);
    putComplement(out, n, CZZ_COMPLEMENT, loss);
  } else {
    const complement = -2 * Math.log1p(-sum / SQRT2);
    put(out, n, ETA, LOG2 - complement);
    putComplement(out, n, ETA_COMPLEMENT, complement);
    put(out, n, ENTROPY, LOG2 - entropy);
    putComplement(out, n, ENTROPY_COMPLEMENT, entropy);
    putComplement(out, n, ETA_SLOPE, (2 * slope) / (SQRT2 - sum));
    put(out, n, CZZ, czz);
    putComplement(out, n, CZZ_COMPLEMENT, 1 - czz);
  }
}

/**
 * Row i of the symmetric double sum, terms j < i counted twice:
 * lane 0 holds the sum of K − 1 (low) or √2 − K, lane 1 that of dK/d log g = a² (s + s')/(2 K v), s = 1 − c².
 */
function row(low: bool, first: i32, i: i32, c: usize, q: usize, weight: usize): v128 {
  const one = f64x2.splat(1);
  const two = f64x2.splat(2);
  const root2 = f64x2.splat(SQRT2);
  const ci = f64x2.splat(load<f64>(c + (i << 3)));
  const qi0 = load<f64>(q + (i << 3));
  const qi = f64x2.splat(qi0);
  const pi = f64x2.splat(1 - qi0);
  const si = f64x2.splat(qi0 * (2 - qi0));
  let sum = f64x2.splat(0);
  let slope = f64x2.splat(0);
  const last = i & ~1;
  for (let j = first; j <= last; j += 2) {
    const at = (<usize>j) << 3;
    let m = f64x2.mul(two, v128.load(weight + at));
    if (j == last) {
      m = i & 1 ? f64x2.mul(m, f64x2(1, 0.5)) : f64x2(load<f64>(weight + at), 0);
    }
    const qj = v128.load(q + at);
    const a = f64x2.mul(ci, v128.load(c + at));
    const a2 = f64x2.mul(a, a);
    const d = f64x2.add(qi, f64x2.mul(qj, pi));
    const v = f64x2.sqrt(f64x2.mul(d, f64x2.sub(two, d)));
    const k = f64x2.sqrt(f64x2.add(one, v));
    const sj = f64x2.mul(qj, f64x2.sub(two, qj));
    const term = low
      ? f64x2.div(v, f64x2.add(one, k))
      : f64x2.div(a2, f64x2.mul(f64x2.add(one, v), f64x2.add(root2, k)));
    sum = f64x2.add(sum, f64x2.mul(m, term));
    const dk = f64x2.div(f64x2.mul(a2, f64x2.add(si, sj)), f64x2.mul(k, v));
    slope = f64x2.add(slope, f64x2.mul(m, dk));
  }
  return f64x2(laneSum(sum), 0.5 * laneSum(slope));
}
