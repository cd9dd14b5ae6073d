// The spectral form factor K(τ) = ⟨|A(τ)|²⟩/Z, A(τ) = Σ_j ρ_j e^{−2πi ε_j τ}, Z = ⟨Σ_j ρ_j²⟩, of unfolded levels ε_j, the mean
// over spectra, with weights ρ = exp(−(ε − m)²/(2 w² σ²)), m the mean and σ the standard deviation of the levels of a spectrum,
// which take away what its ends would add (J. Šuntajs, J. Bonča, T. Prosen and L. Vidmar, Phys. Rev. E 102, 062144 (2020)).
// The connected part is the same of A − ⟨A⟩, without bias by the number of spectra.
// Range: |ε τ| < 2^50; absolute errors of A about 2^-52 max|ε τ| Σρ.
import { laneSum } from '../numeric/lanes';
import { turnPair } from '../numeric/turn';

/** Sums over spectra of one time: of A, and of B = A − A₀, A₀ that of the first spectrum, whose moments do not cancel. */
@unmanaged
class Sums {
  /** Spectra so far. */
  spectra: f64;
  re0: f64;
  im0: f64;
  /** |A|² and its square. */
  square: f64;
  fourth: f64;
  /** B, B², |B|² B, |B|² and its square. */
  re: f64;
  im: f64;
  pairRe: f64;
  pairIm: f64;
  cubeRe: f64;
  cubeIm: f64;
  square0: f64;
  fourth0: f64;
}

/** What the sums of all times have in common; they follow it, and behind them a Turn and the weights of a spectrum. */
@unmanaged
class Whole {
  /** Sum over spectra of the squares of their weights. */
  squares: f64;
  padding: f64;
}

/** cos and sin of two levels; then A in its first two numbers. */
@unmanaged
class Turn {
  re: f64;
  im: f64;
  sine: f64;
  padding: f64;
}

/** Bytes of the sums of `times` times and of the workspace behind them for spectra of `count` levels: cleared at first. */
export function formFactorWorkspace(count: i32, times: i32): usize {
  return turnOf(0, times) + offsetof<Turn>() + ((<usize>(count + 1)) << 3);
}

@inline
function sumsOf(work: usize, t: i32): Sums {
  return changetype<Sums>(work + offsetof<Whole>() + <usize>t * offsetof<Sums>());
}

@inline
function turnOf(work: usize, times: i32): usize {
  return work + offsetof<Whole>() + <usize>times * offsetof<Sums>();
}

/** Adds one spectrum of `count` levels to the sums of all times. width = 0: all weights are 1. */
export function formFactorAdd(
  count: i32,
  levels: usize,
  width: f64,
  times: i32,
  tau: usize,
  work: usize,
): void {
  const turn = turnOf(work, times);
  const weights = turn + offsetof<Turn>();
  changetype<Whole>(work).squares += weigh(count, levels, width, weights);
  const a = changetype<Turn>(turn);
  for (let t = 0; t < times; ++t) {
    const sums = sumsOf(work, t);
    transform(count, levels, weights, load<f64>(tau + ((<usize>t) << 3)), a);
    add(sums, a.re, a.im);
  }
}

function add(sums: Sums, re: f64, im: f64): void {
  const square = re * re + im * im;
  sums.square += square;
  sums.fourth += square * square;
  if (sums.spectra == 0) {
    sums.re0 = re;
    sums.im0 = im;
  }
  sums.spectra += 1;
  re -= sums.re0;
  im -= sums.im0;
  const square0 = re * re + im * im;
  sums.re += re;
  sums.im += im;
  sums.pairRe += re * re - im * im;
  sums.pairIm += 2 * re * im;
  sums.cubeRe += square0 * re;
  sums.cubeIm += square0 * im;
  sums.square0 += square0;
  sums.fourth0 += square0 * square0;
}

/** The weights, a last one of 0 where their number is odd; returns the sum of their squares. */
function weigh(count: i32, levels: usize, width: f64, weights: usize): f64 {
  store<f64>(weights + ((<usize>count) << 3), 0);
  let mean: f64 = 0;
  for (let j = 0; j < count; ++j) mean += load<f64>(levels + ((<usize>j) << 3)) / count;
  let variance: f64 = 0;
  for (let j = 0; j < count; ++j) {
    const d = load<f64>(levels + ((<usize>j) << 3)) - mean;
    variance += (d * d) / count;
  }
  const scale = width > 0 && variance > 0 ? -0.5 / (width * width * variance) : 0;
  let squares: f64 = 0;
  for (let j = 0; j < count; ++j) {
    const d = load<f64>(levels + ((<usize>j) << 3)) - mean;
    const rho = Math.exp(scale * d * d);
    store<f64>(weights + ((<usize>j) << 3), rho);
    squares += rho * rho;
  }
  return squares;
}

/** A(τ) in `a`. */
function transform(count: i32, levels: usize, weights: usize, tau: f64, a: Turn): void {
  const cos = changetype<usize>(a);
  const sin = cos + offsetof<Turn>('sine');
  let re = f64x2.splat(0);
  let im = f64x2.splat(0);
  const time = f64x2.splat(-tau);
  for (let j = 0; j < count; j += 2) {
    const at = (<usize>j) << 3;
    // Of an odd number the last lane is a copy, whose weight is 0.
    const levelsAt = j + 1 < count ? v128.load(levels + at) : f64x2.splat(load<f64>(levels + at));
    turnPair(f64x2.mul(levelsAt, time), cos, sin);
    const rho = v128.load(weights + at);
    re = f64x2.add(re, f64x2.mul(rho, v128.load(cos)));
    im = f64x2.add(im, f64x2.mul(rho, v128.load(sin)));
  }
  a.re = laneSum(re);
  a.im = laneSum(im);
}

/** K and its standard error, the connected part and its own at every time; all but K are NaN for one spectrum. */
export function formFactorEnd(
  times: i32,
  work: usize,
  values: usize,
  errors: usize,
  connected: usize,
  connectedErrors: usize,
): void {
  for (let t = 0; t < times; ++t) {
    const sums = sumsOf(work, t);
    const n = sums.spectra;
    const z = changetype<Whole>(work).squares / n;
    const at = (<usize>t) << 3;
    const mean = sums.square / n;
    store<f64>(values + at, mean / z);
    store<f64>(errors + at, standardError(n, sums.fourth / n - mean * mean) / z);
    const re = sums.re / n;
    const im = sums.im / n;
    const apart = re * re + im * im;
    const square = sums.square0 / n;
    store<f64>(connected + at, n > 1 ? ((square - apart) * n) / (n - 1) / z : NaN);
    // Of |B − m|² = X − Y, X = |B|², Y = 2 Re(B m*) up to a constant.
    const yy = 2 * ((sums.pairRe * (re * re - im * im) + sums.pairIm * 2 * re * im) / n + square * apart);
    const xy = (2 * (sums.cubeRe * re + sums.cubeIm * im)) / n;
    const x = sums.fourth0 / n - square * square;
    const variance = x + (yy - 4 * apart * apart) - 2 * (xy - square * 2 * apart);
    store<f64>(connectedErrors + at, standardError(n, variance) / z);
  }
}

/** √(variance/(n − 1)), NaN for one; rounding may leave a variance of 0 below it. */
function standardError(n: f64, variance: f64): f64 {
  return n > 1 ? Math.sqrt(Math.max(variance, 0) / (n - 1)) : NaN;
}

/**
 * t_Th in units of the Heisenberg time and log10(t_H/t_Th), at `out`: the time, at most 1, from which on K is what random matrices have: the last crossing of |log10(K/reference)| = bound, straight
 * lines between the points. The first time where it never is above; NaN where it still is at the last time up to 1.
 */
export function thoulessTime(
  count: i32,
  tau: usize,
  k: usize,
  reference: usize,
  bound: f64,
  out: usize,
): void {
  const time = lastCrossing(count, tau, k, reference, bound);
  store<f64>(out, time);
  store<f64>(out, -Math.log10(time), 8);
}

function lastCrossing(count: i32, tau: usize, k: usize, reference: usize, bound: f64): f64 {
  // Of the point that follows; NaN where there is none yet.
  let after: f64 = NaN;
  let afterTime: f64 = NaN;
  for (let t = count - 1; t >= 0; --t) {
    const at = (<usize>t) << 3;
    const time = load<f64>(tau + at);
    if (time > 1) continue;
    const away = Math.abs(Math.log10(load<f64>(k + at) / load<f64>(reference + at)));
    if (!(away < bound)) {
      if (afterTime != afterTime) return NaN;
      // An infinite or undefined distance is one beyond any bound.
      const part = away < Infinity ? (bound - after) / (away - after) : 0;
      return afterTime * (time / afterTime) ** part;
    }
    after = away;
    afterTime = time;
  }
  return afterTime;
}
