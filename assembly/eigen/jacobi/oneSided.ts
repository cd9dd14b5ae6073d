// X V = U Σ by plane rotations of the columns of X until they are orthogonal (M. R. Hestenes, 1958). With X = L of
// Pᵀ (A + σ) P = L Lᵀ this gives A = (P U) (Σ² − σ) (P U)ᵀ without ever forming V: K. Veselić and V. Hari, Numer. Math.
// 56 (1989) 627. A positive definite A needs no shift, and its smallest eigenvalues have small relative errors as far
// as A determines them (J. Demmel and K. Veselić, SIAM J. Matrix Anal. Appl. 13 (1992) 1204).
// Range: columns of norm 2^-450 … 2^500, which may differ in size by as much: squares are normal numbers, and the angle
// of a rotation that still matters, t ≥ eps |y|/|x|, is above 2^-1010. Columns are rotated block against block, so that
// both blocks stay in the second-level cache meanwhile.

import { end, recordBytes, start } from '../../job';
import { dot } from '../../kernel/vectors';
import { EPS } from '../../numeric/constants';
import { laneSum } from '../../numeric/lanes';
import { NOT_CONVERGED, OK } from '../../status';
import { JACOBI_BLOCK_BYTES } from '../tuning';
import { MOST_SWEEPS, Rotations, sweepProgress } from './cyclic';
import { tangent } from './tangent';

/** Cosines up to NOISE times the tolerance may be rounding noise: the columns themselves are rounded too. */
const NOISE: f64 = 4;
/** A squared norm that a rotation reduces to less than this share has lost half of its digits to cancellation. */
const CANCELLED: f64 = 1.5e-8;
/** A sweep whose largest cosine is more than this share of that of the sweep before has not converged any further: convergence is quadratic. */
const STALLED: f64 = 0.5;
/** Above a cosine times this, which is less than 1 by the roundings of a product and of a quotient, the quotient is formed. */
const SURELY_BELOW: f64 = 1 - 4 * EPS;
/**
 * Columns of a block. The least bounds what loading a block costs beside its rotations when columns are long; the most bounds a step, which
 * ends between blocks. Bounds, not tuned.
 */
const LEAST_BLOCK: i32 = 4;
const MOST_BLOCK: i32 = 64;

/** State of an iteration between two steps. */
@unmanaged
class OneSided extends Rotations {
  x: usize;
  squares: usize;
  /** Rotations of this sweep. */
  rotations: i32;
  /** The first columns of the two blocks to be rotated next; from ≥ n when the sweep is over. */
  from: i32;
  other: i32;
  /** Largest cosine of two columns found in this sweep and in the one before. */
  cosine: f64;
  before: f64;
}

/** Bytes of workspace of `jacobiOneSidedStart`. */
@inline
export function jacobiOneSidedWorkspace(): usize {
  return recordBytes<OneSided>();
}

/**
 * Starts to make the n columns of X (n rows, contiguous) orthogonal as a job; squares (n) receives their squared norms.
 * At the end any two columns have a cosine of at most eps √n, or of 4 eps √n if further sweeps do not reduce it. At
 * most MOST_SWEEPS sweeps. work: jacobiOneSidedWorkspace() bytes.
 */
export function jacobiOneSidedStart(n: i32, x: usize, squares: usize, work: usize): void {
  const sweep = changetype<OneSided>(work);
  sweep.sweeps = 0;
  sweep.n = n;
  sweep.x = x;
  sweep.squares = squares;
  // The state after a sweep that rotated something, so that a first sweep follows.
  sweep.rotations = 1;
  sweep.from = n;
  sweep.other = 0;
  sweep.cosine = Infinity;
  sweep.before = Infinity;
  start(sweep, rotateBlocks.index);
}

/** Step: some pairs of blocks of a sweep. */
function rotateBlocks(work: usize, budget: f64): void {
  const sweep = changetype<OneSided>(work);
  const n = sweep.n;
  const x = sweep.x;
  const squares = sweep.squares;
  const column = (<usize>n) << 3;
  const block = max(LEAST_BLOCK, min(MOST_BLOCK, JACOBI_BLOCK_BYTES / (8 * n)));
  // Columns count as orthogonal when their cosine is rounding noise of a dot product of this length.
  const tolerance = EPS * max(1.0, sqrt(<f64>n));
  let spent = 0.0;
  while (spent <= budget) {
    if (sweep.from >= n) {
      if (sweep.rotations == 0 || stagnated(sweep, tolerance)) {
        end(sweep, OK);
        return;
      }
      if (sweep.sweeps == MOST_SWEEPS) {
        end(sweep, sweep.cosine <= NOISE * tolerance ? OK : NOT_CONVERGED);
        return;
      }
      for (let j = 0; j < n; ++j) {
        const p = x + <usize>j * column;
        store<f64>(squares + ((<usize>j) << 3), dot(n, p, p));
      }
      sweep.rotations = 0;
      sweep.before = sweep.cosine;
      sweep.cosine = 0;
      sweep.from = 0;
      sweep.other = 0;
      spent += 0.5 * <f64>n * <f64>n;
    }
    const from = sweep.from;
    const other = sweep.other;
    const to = min(n, from + block);
    const end = min(n, other + block);
    if (other == from) for (let p = from; p < to - 1; ++p) rotateAgainst(sweep, p, p + 1, to, tolerance);
    else for (let p = from; p < to; ++p) rotateAgainst(sweep, p, other, end, tolerance);
    spent += <f64>(to - from) * <f64>(end - other) * <f64>n;
    sweep.other = end;
    if (end == n) {
      sweep.from = to;
      sweep.other = to;
      if (to == n) ++sweep.sweeps;
    }
  }
  note(sweep);
}

function note(sweep: OneSided): void {
  const left = sweep.from >= sweep.n ? 1 : 1 - <f64>sweep.from / <f64>sweep.n;
  sweep.progress = sweepProgress(<f64>sweep.sweeps + 1 - left * left);
}

/**
 * Whether the last sweep found nothing but rounding noise of columns and of dot products: small cosines, hardly smaller
 * than those of the sweep before. Some matrices of low order never get below the tolerance.
 */
function stagnated(sweep: OneSided, tolerance: f64): bool {
  return sweep.cosine <= NOISE * tolerance && sweep.cosine > STALLED * sweep.before;
}

/** Rotates column p against columns from ≤ q < to in turn. */
function rotateAgainst(sweep: OneSided, p: i32, from: i32, to: i32, tolerance: f64): void {
  const n = sweep.n;
  const column = (<usize>n) << 3;
  const xp = sweep.x + <usize>p * column;
  const atP = sweep.squares + ((<usize>p) << 3);
  let xq = sweep.x + <usize>from * column;
  let rotations = 0;
  let cosine = sweep.cosine;
  let below = cosine * SURELY_BELOW;
  let g = from < to ? dot(n, xp, xq) : 0;
  for (let q = from; q < to; ++q) {
    const next = xq + column;
    const atQ = sweep.squares + ((<usize>q) << 3);
    const a = load<f64>(atP);
    const b = load<f64>(atQ);
    const both = sqrt(a) * sqrt(b);
    if (abs(g) <= tolerance * both) {
      if (q + 1 < to) g = dot(n, xp, next);
    } else {
      ++rotations;
      // A division only where it may change the maximum: the product is rounded twice, the quotient once.
      if (!(abs(g) < below * both)) {
        cosine = max(cosine, abs(g) / both);
        below = cosine * SURELY_BELOW;
      }
      const t = tangent(a, b, g);
      const c = 1 / sqrt(1 + t * t);
      const s = t * c;
      const h = t * g;
      store<f64>(atP, a - h);
      store<f64>(atQ, b + h);
      g = rotateAndDot(n, xp, xq, q + 1 < to ? next : xp, s, s / (1 + c));
      if (!(a - h > CANCELLED * a)) store<f64>(atP, dot(n, xp, xp));
      if (!(b + h > CANCELLED * b)) store<f64>(atQ, dot(n, xq, xq));
    }
    xq = next;
  }
  sweep.rotations += rotations;
  sweep.cosine = cosine;
}

/**
 * x := x − s (y + τ x), y := y + s (x − τ y), τ = s/(1 + c): in this form (Rutishauser's) the rounding errors of a small
 * rotation are small, and the norms do not drift over many rotations. Returns the dot product of the new x with z,
 * which saves a pass over x.
 */
@inline
function rotateAndDot(n: i32, x: usize, y: usize, z: usize, s: f64, tau: f64): f64 {
  const ss = f64x2.splat(s);
  const tt = f64x2.splat(tau);
  let sum0 = f64x2.splat(0);
  let sum1 = f64x2.splat(0);
  let i = 0;
  for (; i < (n & ~3); i += 4) {
    const x0 = v128.load(x);
    const y0 = v128.load(y);
    const x1 = v128.load(x, 16);
    const y1 = v128.load(y, 16);
    const u0 = f64x2.sub(x0, f64x2.mul(ss, f64x2.add(y0, f64x2.mul(tt, x0))));
    const u1 = f64x2.sub(x1, f64x2.mul(ss, f64x2.add(y1, f64x2.mul(tt, x1))));
    v128.store(x, u0);
    v128.store(x, u1, 16);
    v128.store(y, f64x2.add(y0, f64x2.mul(ss, f64x2.sub(x0, f64x2.mul(tt, y0)))));
    v128.store(y, f64x2.add(y1, f64x2.mul(ss, f64x2.sub(x1, f64x2.mul(tt, y1)))), 16);
    sum0 = f64x2.add(sum0, f64x2.mul(u0, v128.load(z)));
    sum1 = f64x2.add(sum1, f64x2.mul(u1, v128.load(z, 16)));
    x += 32;
    y += 32;
    z += 32;
  }
  const pair = f64x2.add(sum0, sum1);
  let sum = laneSum(pair);
  for (; i < n; ++i) {
    const u = load<f64>(x);
    const w = load<f64>(y);
    const v = u - s * (w + tau * u);
    store<f64>(x, v);
    store<f64>(y, w + s * (u - tau * w));
    sum += v * load<f64>(z);
    x += 8;
    y += 8;
    z += 8;
  }
  return sum;
}
