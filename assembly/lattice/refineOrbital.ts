// x := x − (A − σ)⁻¹ r, r = (A − λ)x summed in twice the working precision, λ := λ + xᵀr / xᵀx. The component of x
// along an eigenvector with energy E_j shrinks by |σ − λ| / |E_j − λ| a step, down to the rounding of x itself,
// whatever the gap. Orthogonal reductions, by contrast, leave a component of ε‖A‖ / |E_j − λ|. After J. J.
// Dongarra, C. B. Moler, J. H. Wilkinson, SIAM J. Numer. Anal. 20, 23 (1983), with a shift off the eigenvalue in
// place of their bordered matrix.
// A is a diagonal plus two off-diagonals at distances k and k + 1: a planar lattice in diagonal order.
// Range: ‖A‖ between 1e-100 and 1e100; for components of x below 1e-140 the rounding errors
// of products are not included.

import { recordBytes } from '../job';
import { amax, axpy, dot, scal } from '../kernel/vectors';
import { ULP } from '../numeric/constants';
import { productError, sumError } from '../numeric/exact';
import { NOT_CONVERGED, OK } from '../status';
import { bandStride, factor, solve } from './bandLdl';
import { bandLu, bandLuBytes, bandLuSolve } from './bandLu';

/** Inverse iterations that make the first x. */
const INVERSE_ITERATIONS = 2;
/** Steps allowed with L D Lᵀ, usually three; more of them show that its pivots have grown, and pivoting takes over. */
const CAP_PLAIN = 8;
const CAP_PIVOTED = 24;
/** The iteration ends when the largest element of a correction is below this: x is then as good as its rounding. */
const SETTLED: f64 = 2 * ULP;
/** Pivots below this share of ‖A‖ are moved to it. */
const LEAST_PIVOT: f64 = 1e-20;

/** What is found, at the beginning of the workspace. */
@unmanaged
export class RefinedOrbital {
  /** The eigenvalue. */
  energy: f64;
  /** |x| at row `origin`, where ‖x‖ = 1. */
  phi: f64;
}

/** Bytes of workspace of `refineOrbital`. */
export function refineOrbitalWorkspace(n: i32, k: i32): usize {
  return recordBytes<RefinedOrbital>() + bandLuBytes(n, k + 1) + ((3 * <usize>n) << 3);
}

/**
 * The eigenvector of A (diagonal v, off-diagonals a and b, n each) whose eigenvalue is nearest to `shift`, which must
 * not be an eigenvalue. norm ≥ ‖A‖. `work` begins with the RefinedOrbital that was found. NOT_CONVERGED after 24 steps with
 * pivoting, which a gap of about 1e-12 ‖A‖ may cause.
 */
export function refineOrbital(
  n: i32,
  k: i32,
  v: usize,
  a: usize,
  b: usize,
  norm: f64,
  origin: i32,
  shift: f64,
  work: usize,
): i32 {
  if (iterate(n, k, v, a, b, norm, origin, shift, false, work) == OK) return OK;
  return iterate(n, k, v, a, b, norm, origin, shift, true, work);
}

function iterate(
  n: i32,
  k: i32,
  v: usize,
  a: usize,
  b: usize,
  norm: f64,
  origin: i32,
  shift: f64,
  pivoted: boolean,
  work: usize,
): i32 {
  const width = k + 1;
  const band = work + recordBytes<RefinedOrbital>();
  const x = band + bandLuBytes(n, width);
  const r = x + ((<usize>n) << 3);
  const pivots = r + ((<usize>n) << 3);
  if (pivoted) {
    fillBand(n, k, v, a, b, shift, band);
    bandLu(n, width, band, pivots, LEAST_PIVOT * norm);
  } else {
    fillLower(n, k, v, a, b, shift, band);
    factor(n, width, band, LEAST_PIVOT * norm);
  }
  for (let i = 0; i < n; ++i) {
    // Any start will do that is not orthogonal to the eigenvector.
    const turn = 0.6180339887498949 * <f64>i;
    store<f64>(x + ((<usize>i) << 3), 0.25 + turn - Math.floor(turn));
  }
  for (let step = 0; step < INVERSE_ITERATIONS; ++step) {
    if (pivoted) bandLuSolve(n, width, band, pivots, x);
    else solve(n, width, band, 0, x);
    normalize(n, x);
  }
  let energy = shift;
  const cap = pivoted ? CAP_PIVOTED : CAP_PLAIN;
  for (let step = 0; step < cap; ++step) {
    residual(n, k, v, a, b, energy, x, r);
    const change = dot(n, x, r) / dot(n, x, x);
    energy += change;
    axpy(n, -change, x, r);
    if (pivoted) bandLuSolve(n, width, band, pivots, r);
    else solve(n, width, band, 0, r);
    const largest = amax(n, r);
    axpy(n, -1, r, x);
    if (largest <= SETTLED) {
      const found = changetype<RefinedOrbital>(work);
      found.energy = energy;
      found.phi = abs(load<f64>(x + ((<usize>origin) << 3))) / sqrt(dot(n, x, x));
      return OK;
    }
  }
  return NOT_CONVERGED;
}

/** A − shift as bandLu.ts stores it. */
function fillBand(n: i32, k: i32, v: usize, a: usize, b: usize, shift: f64, ab: usize): void {
  const width = k + 1;
  memory.fill(ab, 0, bandLuBytes(n, width));
  const down = (<usize>width * 3 + 1) << 3;
  const near = (<usize>k) << 3;
  let diagonal = ab + ((<usize>width) << 4);
  for (let i = 0; i < n; ++i) {
    const o = (<usize>i) << 3;
    store<f64>(diagonal, load<f64>(v + o) - shift);
    if (i + k < n) {
      store<f64>(diagonal + near, load<f64>(a + o));
      store<f64>(diagonal + <usize>k * down - near, load<f64>(a + o));
    }
    if (i + k + 1 < n) {
      store<f64>(diagonal + near + 8, load<f64>(b + o));
      store<f64>(diagonal + <usize>width * down - near - 8, load<f64>(b + o));
    }
    diagonal += down;
  }
}

/** A − shift as bandLdl.ts stores it. */
function fillLower(n: i32, k: i32, v: usize, a: usize, b: usize, shift: f64, band: usize): void {
  const stride = bandStride(k + 1);
  memory.fill(band, 0, <usize>n * stride);
  let column = band;
  for (let i = 0; i < n; ++i) {
    const o = (<usize>i) << 3;
    store<f64>(column, load<f64>(v + o) - shift);
    if (i + k < n) store<f64>(column + ((<usize>k) << 3), load<f64>(a + o));
    if (i + k + 1 < n) store<f64>(column + ((<usize>k) << 3), load<f64>(b + o), 8);
    column += stride;
  }
}

function normalize(n: i32, x: usize): void {
  scal(n, 1 / sqrt(dot(n, x, x)), x);
}

/** r := (A − energy) x, every sum as if formed in twice the precision and rounded once. */
function residual(n: i32, k: i32, v: usize, a: usize, b: usize, energy: f64, x: usize, r: usize): void {
  const near = (<usize>k) << 3;
  for (let i = 0; i < n; ++i) {
    const o = (<usize>i) << 3;
    const xi = load<f64>(x + o);
    let sum = load<f64>(v + o) * xi;
    let low = productError(load<f64>(v + o), xi, sum);
    for (let term = 0; term < 5; ++term) {
      let factor: f64;
      let element: f64;
      if (term == 0) {
        factor = -energy;
        element = xi;
      } else if (term == 1) {
        if (i + k >= n) continue;
        factor = load<f64>(a + o);
        element = load<f64>(x + o + near);
      } else if (term == 2) {
        if (i + k + 1 >= n) continue;
        factor = load<f64>(b + o);
        element = load<f64>(x + o + near, 8);
      } else if (term == 3) {
        if (i < k) continue;
        factor = load<f64>(a + o - near);
        element = load<f64>(x + o - near);
      } else {
        if (i < k + 1) continue;
        factor = load<f64>(b + o - near - 8);
        element = load<f64>(x + o - near - 8);
      }
      const product = factor * element;
      const next = sum + product;
      low += sumError(sum, product, next) + productError(factor, element, product);
      sum = next;
    }
    store<f64>(r + o, sum + low);
  }
}
