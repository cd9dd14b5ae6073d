// η, [S] and Czz of an l-bit whose two states have unequal weights p and 1 − p in thermal equilibrium (docs/energy.md).
//
// A state that begins as s keeps the share c(h) of itself, and the rest is thermal: its populations are
// q_t = p_t + (δ_st − p_t) c. With p_s of all states beginning as s,
//   [S]  = Σ_s p_s E H((1 − p_s)(1 − c)),   H the binary entropy,
//   Czz  = (1 − 2p)² + 4p(1 − p) E c²,
//   η    = 2 Σ_s p_s log E K_s,   K_s = √(1 − (1 − p_s) d) + ((1 − p_s)/√p_s) √d,   d = 1 − c c' = q + q' − q q',
// q = 1 − c; at p = ½ they are those of quadrature.ts, and so is the rule: h = g/w, w = e^t, the trapezoid in t, here
// with step 1/8. K_s − 1 is summed, whose two terms are −(1 − p_s) d/(1 + √…) and the larger, positive one.
// Below g = 10⁻²⁰: [S] and 1 − Czz ∝ g, η = g (B − A log g) with A = 8 √(2p(1 − p)) (√p + √(1 − p)) and B from g = 10⁻²⁰.
// Range: every g ≥ 10⁻²⁰, +∞ included, and p in [0, ½], with a relative error of about 1e-13. So it is below for p ≥ 10⁻⁹; for
// rarer states that of η is 10⁻¹⁸/√p, because log E K_s is not yet linear in g at 10⁻²⁰, and below p = 10⁻³⁵ not even its first digit need be right.
import { laneSum } from '../numeric/lanes';
import { CZZ, ENTROPY, ETA, put } from './columns';
import { logNodes, SMALL_G } from './density';
import { binaryEntropy, depolarization } from './mixing';

const STEP: f64 = 0.125;
/** t runs from −84 to 1.375. */
const FIRST_NODE: i32 = -672;
const LAST_NODE: i32 = 11;
const NODES: i32 = LAST_NODE - FIRST_NODE + 1;
/** e^{−37} is the relative size of the part that is cut off at the lower end. */
const REACH_LOG: f64 = 37;

/** Bytes of workspace of unequalResponse. */
export function unequalResponseWorkspace(): usize {
  return (<usize>(3 * (NODES + 1))) << 3;
}

/**
 * For each of n couplings g and weights p of the rarer state: η, [S] and Czz, as three columns of n doubles at out. About
 * 0.3 ms each.
 */
export function unequalResponse(statistics: i32, n: i32, g: usize, p: usize, out: usize, work: usize): void {
  const w = work;
  const weight = w + ((NODES + 1) << 3);
  logNodes(statistics, FIRST_NODE, NODES, STEP, w, weight);
  for (let i = 0; i < n; ++i, g += 8, p += 8, out += 8) {
    const coupling = load<f64>(g);
    const rare = load<f64>(p);
    if (coupling >= SMALL_G && rare > 0) {
      one(coupling, rare, n, out, w);
      continue;
    }
    put(out, n, ETA, 0);
    put(out, n, ENTROPY, 0);
    put(out, n, CZZ, 1);
    if (coupling == 0 || rare == 0) continue;
    one(SMALL_G, rare, n, out, w);
    const ratio = coupling / SMALL_G;
    const a = 8 * Math.sqrt(2 * rare * (1 - rare)) * (Math.sqrt(rare) + Math.sqrt(1 - rare));
    put(out, n, ETA, ratio * load<f64>(out) - a * coupling * Math.log(ratio));
    put(out, n, ENTROPY, ratio * load<f64>(out + ((<usize>n) << 3)));
    put(out, n, CZZ, 1);
  }
}

/** H(x) for any x in [0, 1]. */
@inline
function entropyOf(x: f64): f64 {
  return binaryEntropy(x > 0.5 ? 1 - x : x);
}

function one(g: f64, p: f64, n: i32, out: usize, w: usize): void {
  const other = 1 - p;
  const weight = w + ((NODES + 1) << 3);
  const q = weight + ((NODES + 1) << 3);
  const logG = g < 1 ? Math.log(g) : 0;
  const first = (<i32>Math.floor((logG - REACH_LOG) / STEP) - FIRST_NODE) & ~1;
  let entropy = 0.0;
  let loss = 0.0;
  for (let j = first; j < NODES; ++j) {
    const m = load<f64>(weight + (j << 3));
    const x = depolarization(g / load<f64>(w + (j << 3)));
    store<f64>(q + (j << 3), x);
    entropy += m * (p * entropyOf(other * x) + other * entropyOf(p * x));
    loss += m * x * (2 - x);
  }
  // The terms of row i are at most w_i² together.
  const from = <i32>Math.floor((0.5 * (logG - REACH_LOG)) / STEP) - FIRST_NODE;
  const parts = pair(p, first, from, q, weight);
  const eta =
    2 * (p * Math.log1p(f64x2.extract_lane(parts, 0)) + other * Math.log1p(f64x2.extract_lane(parts, 1)));
  put(out, n, ETA, eta);
  put(out, n, ENTROPY, entropy);
  put(out, n, CZZ, 1 - 4 * p * other * loss);
}

/** E K_s − 1 for the state of weight p in lane 0, for that of weight 1 − p in lane 1. */
function pair(p: f64, first: i32, from: i32, q: usize, weight: usize): v128 {
  // Σ √d, and Σ d/(1 + √(1 − (1 − p_s) d)) for either s
  let roots = 0.0;
  let rare = 0.0;
  let common = 0.0;
  const one = f64x2.splat(1);
  const other = f64x2.splat(1 - p);
  const own = f64x2.splat(p);
  for (let i = from > first ? from : first; i < NODES; ++i) {
    const qi = f64x2.splat(load<f64>(q + (i << 3)));
    const ci = f64x2.sub(one, qi);
    let root = f64x2.splat(0);
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    // Terms j < i count twice; a pair that ends beyond i has weight 0 there.
    const last = i & ~1;
    for (let j = first; j <= last; j += 2) {
      const at = (<usize>j) << 3;
      let m = v128.load(weight + at);
      if (j == last) {
        const half = 0.5 * load<f64>(weight + (i << 3));
        m = i & 1 ? f64x2(load<f64>(weight + at), half) : f64x2(half, 0);
      }
      const d = f64x2.add(qi, f64x2.mul(v128.load(q + at), ci));
      root = f64x2.add(root, f64x2.mul(m, f64x2.sqrt(d)));
      const a = f64x2.add(one, f64x2.sqrt(f64x2.sub(one, f64x2.mul(other, d))));
      const b = f64x2.add(one, f64x2.sqrt(f64x2.sub(one, f64x2.mul(own, d))));
      const r = f64x2.div(f64x2.mul(m, d), f64x2.mul(a, b));
      low = f64x2.add(low, f64x2.mul(r, b));
      high = f64x2.add(high, f64x2.mul(r, a));
    }
    const m = 2 * load<f64>(weight + (i << 3));
    roots += m * laneSum(root);
    rare += m * laneSum(low);
    common += m * laneSum(high);
  }
  const q1 = 1 - p;
  return f64x2((q1 / Math.sqrt(p)) * roots - q1 * rare, (p / Math.sqrt(q1)) * roots - p * common);
}
