// Unfolding: levels E_i become ε_i = N(E_i), N a smooth staircase, so that their mean spacing is 1. Three staircases:
//   polynomial: least squares over all levels of all spectra, in polynomials that are orthogonal on these very points
//     (G. E. Forsythe, J. SIAM 5, 74 (1957): p_{k+1} = (x − α_k) p_k − β_k p_{k−1}), which stays accurate at degrees where
//     powers would not;
//   ensemble: the mean staircase of all spectra, steps and all;
//   local: gaps divided by the mean gap of their neighbours.
// Range: levels of any size whose differences do not overflow, ascending within each spectrum.
import { get, set } from '../numeric/elements';
import { powerOfTwo } from '../numeric/scaling';
import { heapSort } from '../numeric/sort';

/** Levels all smaller than this are lifted by its inverse: halves and reciprocals of their differences may not be doubles. */
const TINY: f64 = powerOfTwo(-900);

/** A power of two by which levels between these two are multiplied, so that their differences have reciprocals. */
@inline
function liftOf(least: f64, most: f64): f64 {
  return Math.max(Math.abs(least), Math.abs(most)) < TINY ? powerOfTwo(900) : 1;
}

/** Bytes of workspace of unfoldPolynomial for `total` levels, and of unfoldEnsemble. */
export function unfoldWorkspace(total: i32): usize {
  return (<usize>total * 4) << 3;
}

/** All levels, sorted, at x. */
function pool(total: i32, levels: usize, x: usize): void {
  memory.copy(x, levels, (<usize>total) << 3);
  heapSort(total, x, 0, 0);
}

/**
 * ε of `total` levels, those of `spectra` spectra together, by a polynomial of at most this degree. The staircase at the k-th
 * of all levels is (k + ½)/spectra; degrees beyond the number of different levels are left out.
 */
export function unfoldPolynomial(
  total: i32,
  spectra: i32,
  degree: i32,
  levels: usize,
  out: usize,
  work: usize,
): void {
  const bytes = (<usize>total) << 3;
  const x = work;
  const rest = x + bytes;
  const p = rest + bytes;
  const before = p + bytes;
  pool(total, levels, x);
  const lift = liftOf(get(x, 0), get(x, total - 1));
  for (let k = 0; k < total; ++k) set(x, k, get(x, k) * lift);
  const centre = 0.5 * get(x, 0) + 0.5 * get(x, total - 1);
  const half = 0.5 * get(x, total - 1) - 0.5 * get(x, 0);
  const unit = half > 0 ? 1 / half : 0;
  for (let k = 0; k < total; ++k) {
    set(x, k, (get(x, k) - centre) * unit);
    set(rest, k, (<f64>k + 0.5) / spectra);
    set(p, k, 1);
    set(before, k, 0);
  }
  fit(total, degree, x, rest, p, before);
  // The fit at x is the staircase less the rest, and is looked up at the place of each level.
  for (let k = 0; k < total; ++k) set(rest, k, (<f64>k + 0.5) / spectra - get(rest, k));
  for (let i = 0; i < total; ++i) {
    set(out, i, get(rest, place(total, x, (get(levels, i) * lift - centre) * unit)));
  }
}

/** Subtracts from the values y at x the polynomial of this degree that fits them best; p holds ones, q zeros. */
function fit(total: i32, degree: i32, x: usize, y: usize, p: usize, q: usize): void {
  let last: f64 = 1;
  for (let k = 0; ; ++k) {
    let squares: f64 = 0;
    let first: f64 = 0;
    let overlap: f64 = 0;
    for (let i = 0; i < total; ++i) {
      const v = get(p, i);
      squares += v * v;
      first += v * v * get(x, i);
      overlap += v * get(y, i);
    }
    // Polynomials of this order vanish on all points there are.
    if (!(squares > 1e-20 * last)) return;
    const c = overlap / squares;
    const alpha = first / squares;
    const beta = k > 0 ? squares / last : 0;
    for (let i = 0; i < total; ++i) {
      const v = get(p, i);
      set(y, i, get(y, i) - c * v);
      set(p, i, (get(x, i) - alpha) * v - beta * get(q, i));
      set(q, i, v);
    }
    if (k == degree) return;
    last = squares;
  }
}

/** First of the ascending x that is not below the value. */
function place(total: i32, x: usize, value: f64): i32 {
  let low = 0;
  let high = total - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (get(x, middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** ε of the levels by the mean staircase of all spectra: half of the step at a level counts, and half of those of its equals. */
export function unfoldEnsemble(total: i32, spectra: i32, levels: usize, out: usize, work: usize): void {
  pool(total, levels, work);
  for (let i = 0; i < total; ++i) {
    const value = get(levels, i);
    const first = place(total, work, value);
    const end = behind(total, work, value, first);
    set(out, i, (0.5 * (<f64>first + <f64>end)) / spectra);
  }
}

/** The first of x from `low` on that is above the value, or `total`. */
function behind(total: i32, x: usize, value: f64, low: i32): i32 {
  let high = total;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (get(x, middle) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * ε of one spectrum, the first ½: each gap is divided by the mean of the gaps from `window` before it to `window` behind it, as
 * far as there are any. Where these are all zero so is the gap.
 */
export function unfoldLocal(count: i32, window: i32, levels: usize, out: usize): void {
  const lift = liftOf(get(levels, 0), get(levels, count - 1));
  let sum: f64 = 0.5;
  set(out, 0, sum);
  for (let i = 0; i + 1 < count; ++i) {
    const from = max(0, i - window);
    const to = min(count - 1, i + window + 1);
    const mean = ((get(levels, to) - get(levels, from)) * lift) / (to - from);
    if (mean > 0) sum += ((get(levels, i + 1) - get(levels, i)) * lift) / mean;
    set(out, i + 1, sum);
  }
}
