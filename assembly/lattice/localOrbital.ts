// (A − E) x = e_s on a window of the planar lattice: x_s = G_ss(E) and ‖x‖² = G'_ss(E), so that E + x_s/‖x‖² is
// Newton's step for a pole of G_ss near E, and at the pole x is the orbital. L D Lᵀ without pivoting runs from the
// origin's side to s, so that the components towards the origin come from a back substitution in which each is a short
// sum of products of larger ones. Where the orbital decays exponentially they keep their relative accuracy however
// small they are, which no orthogonal reduction achieves.
//
// Sites are given by u = n1 + n2, v = n1 − n2, −R ≤ u, v ≤ R, u ≡ v (mod 2), in rows by u, then by v.
// Range: |E| + t between 1e-100 and 1e100; lattices have 1e-9 … 6e9. Components below 1e-300 ‖x‖ lose digits, and
// below 1e-320 ‖x‖ come out as 0.
import { bandStride, factor, solve } from './bandLdl';

/** Pivots are kept away from 0 by this share of |E| + t. */
const PIVOT_SHARE: f64 = 1e-17;

/** The result of a solution. */
@unmanaged
export class LocalOrbital {
  /** x_s, ‖x‖², and from `pathSolve` x at the origin. */
  own: f64;
  square: f64;
  origin: f64;
  /** From `nearSolve`: the site where |x| is largest. */
  u: i32;
  v: i32;
}

/** Row of the site (u, v). */
@inline
export function siteIndex(radius: i32, u: i32, v: i32): i32 {
  const layer = u + radius;
  const odd = layer & 1;
  return (layer >> 1) * (2 * radius + 1) + odd * (radius + 1) + ((v + radius - odd) >> 1);
}

/** Bytes of workspace of `nearSolve` and `pathSolve` with margins up to `margin`. */
export function windowWorkspace(radius: i32, margin: i32): usize {
  const long = <usize>min(2 * radius + 1, radius + 2 * margin + 1);
  const short = <usize>min(2 * radius + 1, radius / 2 + 2 * margin + 1);
  return (long * short * (short + 3) + 64) * 8;
}

/**
 * The window of all sites within `margin` steps of s = (us, vs): |u − us|, |v − vs| ≤ margin. It is eliminated by
 * layers of u, starting from the side of s where more of the lattice lies: pivots before that of s then do not vanish
 * with E − V_s. potential: one value for each site; t: hopping.
 */
export function nearSolve(
  radius: i32,
  t: f64,
  potential: usize,
  us: i32,
  vs: i32,
  margin: i32,
  energy: f64,
  out: LocalOrbital,
  work: usize,
): void {
  const sign = us < 0 ? -1 : 1;
  us *= sign;
  const uLow = max(us - margin, -radius);
  const vLow = max(vs - margin, -radius);
  const uHigh = min(us + margin, radius);
  const vHigh = min(vs + margin, radius);
  // Layers are of two kinds in turn; each kind has its first v and its number of sites.
  const firstA = vLow + ((vLow ^ uLow) & 1);
  const firstB = vLow + ((vLow ^ uLow ^ 1) & 1);
  const countA = ((vHigh - firstA) >> 1) + 1;
  const countB = ((vHigh - firstB) >> 1) + 1;
  const shift = firstB > firstA ? 1 : 0;
  const width = max(countA + 1 - shift, countB + shift);
  const layers = uHigh - uLow + 1;
  const pair = countA + countB;
  const n = (layers >> 1) * pair + (layers & 1) * countA;
  const column = bandStride(width);
  const band = emptyBand(n, column, work);

  let cell = band;
  for (let k = 0; k < layers; ++k) {
    const odd = k & 1;
    const first = odd ? firstB : firstA;
    const count = odd ? countB : countA;
    const nextFirst = odd ? firstA : firstB;
    const nextCount = k + 1 < layers ? (odd ? countA : countB) : 0;
    let site = potential + ((<usize>siteIndex(radius, sign * (uLow + k), first)) << 3);
    for (let s = 0; s < count; ++s) {
      store<f64>(cell, load<f64>(site) - energy);
      // The neighbours v − 1 and v + 1 in the next layer.
      const low = (first + 2 * s - 1 - nextFirst) >> 1;
      const ahead = cell + ((<usize>(count - s + low)) << 3);
      if (low >= 0 && low < nextCount) store<f64>(ahead, t);
      if (low + 1 >= 0 && low + 1 < nextCount) store<f64>(ahead, t, 8);
      cell += column;
      site += 8;
    }
  }
  const layer = us - uLow;
  const start = (layer >> 1) * pair;
  const target = layer & 1 ? start + countA + ((vs - firstB) >> 1) : start + ((vs - firstA) >> 1);
  const peak = orbital(n, width, band, PIVOT_SHARE * (abs(energy) + t), target, work, out);
  const inPair = peak % pair;
  const second = inPair >= countA;
  out.u = sign * (uLow + 2 * (peak / pair) + (second ? 1 : 0));
  out.v = second ? firstB + 2 * (inPair - countA) : firstA + 2 * inPair;
}

/**
 * The window of all sites that a walk from s to the origin can visit with at most 2·margin steps more than the
 * shortest, eliminated by layers of the coordinate, n1 or n2, in which s is farther from the origin.
 */
export function pathSolve(
  radius: i32,
  t: f64,
  potential: usize,
  us: i32,
  vs: i32,
  margin: i32,
  energy: f64,
  out: LocalOrbital,
  work: usize,
): void {
  const n1 = (us + vs) >> 1;
  const n2 = (us - vs) >> 1;
  const swap = abs(n2) > abs(n1);
  const sa = swap ? abs(n2) : abs(n1);
  const sb = swap ? abs(n1) : abs(n2);
  const signA = (swap ? n2 : n1) < 0 ? -1 : 1;
  const signB = (swap ? n1 : n2) < 0 ? -1 : 1;
  const aLow = max(-margin, -radius);
  const bLow = max(-margin, -radius);
  const aHigh = min(sa + margin, radius);
  const bHigh = min(sb + margin, radius);
  const width = bHigh - bLow + 1;
  const n = (aHigh - aLow + 1) * width;
  const longest = sa + sb + 2 * margin;
  const column = bandStride(width);
  const band = emptyBand(n, column, work);

  // Positions of the rectangle outside the window stay as decoupled rows with 1 on the diagonal.
  let cell = band;
  for (let a = aLow; a <= aHigh; ++a) {
    for (let b = bLow; b <= bHigh; ++b) {
      if (inWindow(radius, a, b, sa, sb, longest)) {
        const m1 = swap ? signB * b : signA * a;
        const m2 = swap ? signA * a : signB * b;
        const site = siteIndex(radius, m1 + m2, m1 - m2);
        store<f64>(cell, load<f64>(potential + ((<usize>site) << 3)) - energy);
        if (b < bHigh && inWindow(radius, a, b + 1, sa, sb, longest)) store<f64>(cell, t, 8);
        if (a < aHigh && inWindow(radius, a + 1, b, sa, sb, longest))
          store<f64>(cell + ((<usize>width) << 3), t);
      } else store<f64>(cell, 1);
      cell += column;
    }
  }
  orbital(n, width, band, PIVOT_SHARE * (abs(energy) + t), (sa - aLow) * width + sb - bLow, work, out);
  out.origin = load<f64>(work + ((<usize>(-aLow * width - bLow)) << 3));
}

@inline
function inWindow(radius: i32, a: i32, b: i32, sa: i32, sb: i32, longest: i32): boolean {
  const near = abs(a) + abs(b);
  return near <= radius && near + abs(a - sa) + abs(b - sb) <= longest;
}

/** The cleared band of n rows. It lies behind the n elements of the vector x, which is at `work`. */
function emptyBand(n: i32, column: usize, work: usize): usize {
  const band = work + ((<usize>n + 1) << 3);
  memory.fill(band, 0, <usize>n * column);
  return band;
}

/** Solves for e_target; stores x_target and ‖x‖² at `out`; returns the row of the largest |x|. */
function orbital(n: i32, width: i32, band: usize, least: f64, target: i32, x: usize, out: LocalOrbital): i32 {
  factor(n, width, band, least);
  memory.fill(x, 0, (<usize>n) << 3);
  store<f64>(x + ((<usize>target) << 3), 1);
  solve(n, width, band, target, x);
  let square: f64 = 0;
  let largest: f64 = -1;
  let peak = 0;
  for (let i = 0; i < n; ++i) {
    const xi = load<f64>(x + ((<usize>i) << 3));
    square += xi * xi;
    if (abs(xi) > largest) {
      largest = abs(xi);
      peak = i;
    }
  }
  out.own = load<f64>(x + ((<usize>target) << 3));
  out.square = square;
  return peak;
}
