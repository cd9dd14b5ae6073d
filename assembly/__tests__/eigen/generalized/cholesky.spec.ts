// The Cholesky factor and what is done with it, real and complex, against plain loops, for orders on both sides of every halving
// and of the width of a block; and that steps of any size change no bit.

import {
  choleskyStart,
  Elimination,
  eliminationWorkspace,
  solveRightLowerStart,
} from '../../../eigen/generalized/cholesky';
import { ADJOINT, INVERSE } from '../../../eigen/generalized/triangularColumns';
import { triangularStart, triangularWorkspace } from '../../../eigen/generalized/triangularJob';
import { finish, step } from '../../../job';
import { ULP } from '../../../numeric/constants';
import { MORE, NOT_DEFINITE, OK } from '../../../status';

function at(p: usize, i: i32): usize {
  return p + ((<usize>i) << 3);
}

function bytes(n: i32): usize {
  return ((<usize>n * <usize>n) << 4) + 64;
}

/** Numbers between −1 and 1 in both planes. */
function fill(x: usize, count: i32, seed: u64): void {
  let s = seed * 2862933555777941757 + 3037000493;
  for (let i = 0; i < count; ++i) {
    s = s * 6364136223846793005 + 1442695040888963407;
    store<f64>(at(x, i), <f64>(<i64>(s >> 11)) / 4503599627370496.0 - 1);
  }
}

/** The lower triangle of a Hermitian matrix of unit diagonal that is dominated by it; NaN above. */
function definite(n: i32, plane: usize, b: usize): void {
  fill(b, 2 * n * n, <u64>n);
  for (let j = 0; j < n; ++j) {
    for (let i = 0; i < n; ++i) {
      const p = at(b, i + j * n);
      const keep = i < j ? NaN : i == j ? 0 : 0.5 / <f64>n;
      store<f64>(p, keep == 0 ? 1 : keep * load<f64>(p));
      if (plane != 0) store<f64>(p + plane, keep * load<f64>(p + plane));
    }
  }
}

function finishBy(budget: f64, work: usize): i32 {
  if (budget == Infinity) return finish(work);
  while (true) {
    const status = step(work, budget);
    if (status != MORE) return status;
  }
}

/** The largest |B − L Lᴴ| in ulp of 1, or the place of the pivot that failed. */
function factorError(n: i32, complex: bool): f64 {
  const plane: usize = complex ? (<usize>(n * n)) << 3 : 0;
  const b = heap.alloc(bytes(n));
  const l = heap.alloc(bytes(n));
  const work = heap.alloc(eliminationWorkspace(n));
  definite(n, plane, b);
  definite(n, plane, l);
  choleskyStart(n, l, plane, work);
  let worst = finish(work) == OK ? 0.0 : Infinity;
  for (let j = 0; j < n; ++j) {
    for (let i = j; i < n; ++i) {
      let re = load<f64>(at(b, i + j * n));
      let im = complex ? load<f64>(at(b, i + j * n) + plane) : 0;
      for (let k = 0; k <= j; ++k) {
        const x = at(l, i + k * n);
        const y = at(l, j + k * n);
        const u = complex ? load<f64>(x + plane) : 0;
        const v = complex ? load<f64>(y + plane) : 0;
        re -= load<f64>(x) * load<f64>(y) + u * v;
        im -= u * load<f64>(y) - load<f64>(x) * v;
      }
      worst = max(worst, max(abs(re), abs(im)));
    }
  }
  heap.free(b);
  heap.free(l);
  heap.free(work);
  return worst / ULP;
}

/** The largest difference of X and op(L)⁻¹ (op(L) X) in ulp; m columns. */
function roundTrip(n: i32, m: i32, complex: bool, adjoint: i32): f64 {
  const plane: usize = complex ? (<usize>(n * n)) << 3 : 0;
  const l = heap.alloc(bytes(n));
  const x = heap.alloc(bytes(n));
  const y = heap.alloc(bytes(n));
  const work = heap.alloc(max(eliminationWorkspace(n), triangularWorkspace(n)));
  definite(n, plane, l);
  choleskyStart(n, l, plane, work);
  finish(work);
  fill(x, 2 * n * n, 7);
  fill(y, 2 * n * n, 7);
  triangularStart(adjoint, n, m, l, y, plane, work);
  finish(work);
  // The product is not X itself.
  let moved = 0.0;
  for (let i = 0; i < n * m; ++i) moved = max(moved, abs(load<f64>(at(x, i)) - load<f64>(at(y, i))));
  triangularStart(adjoint | INVERSE, n, m, l, y, plane, work);
  finish(work);
  let worst = n > 8 && moved < 1e-6 ? Infinity : 0.0;
  for (let i = 0; i < n * m; ++i) {
    worst = max(worst, abs(load<f64>(at(x, i)) - load<f64>(at(y, i))));
    if (complex) worst = max(worst, abs(load<f64>(at(x, i) + plane) - load<f64>(at(y, i) + plane)));
  }
  heap.free(l);
  heap.free(x);
  heap.free(y);
  heap.free(work);
  return worst / ULP;
}

/** The sum of X in the end, whatever the budget: of the factor (kind −1), of X L⁻ᴴ (−2), of a product (0 … 3). */
function sumOf(n: i32, kind: i32, complex: bool, budget: f64): f64 {
  const plane: usize = complex ? (<usize>(n * n)) << 3 : 0;
  const l = heap.alloc(bytes(n));
  const x = heap.alloc(bytes(n));
  const work = heap.alloc(max(eliminationWorkspace(n), triangularWorkspace(n)));
  definite(n, plane, l);
  choleskyStart(n, l, plane, work);
  finishBy(kind == -1 ? budget : Infinity, work);
  fill(x, 2 * n * n, 5);
  if (kind == -2) solveRightLowerStart(n, l, x, plane, work);
  else if (kind >= 0) triangularStart(kind, n, n, l, x, plane, work);
  if (kind != -1) finishBy(budget, work);
  let sum = 0.0;
  for (let j = 0; j < n; ++j)
    for (let i = j; i < n; ++i) sum = 0.9 * sum + load<f64>(at(kind == -1 ? l : x, i + j * n) + plane);
  heap.free(l);
  heap.free(x);
  heap.free(work);
  return sum;
}

describe('B = L Lᴴ', () => {
  test('within the bound of n ulp, whatever stands above the diagonal', () => {
    for (let n = 1; n <= 50; ++n) {
      expect(factorError(n, false)).toBeLessThan(4 + 0.1 * <f64>n);
      expect(factorError(n, true)).toBeLessThan(4 + 0.1 * <f64>n);
    }
    for (let n = 127; n <= 321; n += 97) {
      expect(factorError(n, false)).toBeLessThan(4 + 0.1 * <f64>n);
      expect(factorError(n, true)).toBeLessThan(4 + 0.1 * <f64>n);
    }
  });

  test('stops at the first pivot that is not positive', () => {
    const n = 300;
    for (let bad = 0; bad < n; bad += 23) {
      const b = heap.alloc(bytes(n));
      const work = heap.alloc(eliminationWorkspace(n));
      definite(n, 0, b);
      store<f64>(at(b, bad * (n + 1)), bad % 2 == 0 ? -1 : NaN);
      choleskyStart(n, b, 0, work);
      expect(finish(work)).toBe(NOT_DEFINITE);
      expect(changetype<Elimination>(work).failed).toBe(bad);
      heap.free(b);
      heap.free(work);
    }
  });
});

describe('products with L', () => {
  test('and solutions undo each other', () => {
    for (let n = 1; n <= 300; n = n < 34 ? n + 1 : n + 89) {
      for (let adjoint = 0; adjoint <= ADJOINT; adjoint += ADJOINT) {
        expect(roundTrip(n, n, false, adjoint)).toBeLessThan(10);
        expect(roundTrip(n, n, true, adjoint)).toBeLessThan(10);
        expect(roundTrip(n, max(1, n - 1), true, adjoint)).toBeLessThan(10);
      }
    }
  });

  test('have the same bits in steps of any size', () => {
    const n = 290;
    for (let kind = -2; kind < 4; ++kind) {
      for (let complex = 0; complex < 2; ++complex) {
        const whole = sumOf(n, kind, complex != 0, Infinity);
        expect(whole).not.toBe(0);
        expect(sumOf(n, kind, complex != 0, 0)).toBe(whole);
        expect(sumOf(n, kind, complex != 0, 3e5)).toBe(whole);
      }
    }
  });
});
