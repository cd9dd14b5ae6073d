// Values that are off by some ulp of the norm, brought to within one: of Clement's matrices, whose eigenvalues are whole numbers.

import {
  refineEigenvaluesStart,
  refineEigenvaluesWorkspace,
} from '../../../eigen/tridiagonal/refineEigenvalues';
import { finish } from '../../../job';
import { ULP } from '../../../numeric/constants';
import { OK } from '../../../status';

const N: i32 = 43;

function at(p: usize, i: i32): usize {
  return p + ((<usize>i) << 3);
}

/** T of Clement with eigenvalues −N + 1, −N + 3, …, N − 1, and `split` in place of the off-diagonal after row 20. */
function clement(d: usize, e: usize, split: f64): void {
  for (let i = 0; i < N; ++i) {
    store<f64>(at(d, i), 0);
    if (i + 1 < N) store<f64>(at(e, i), sqrt(<f64>((i + 1) * (N - 1 - i))));
  }
  if (split >= 0) store<f64>(at(e, 20), split);
}

/** The largest error, in ulp of ‖T‖, of values that were `off` ulp away, every other one to the other side. */
function errorFrom(off: f64): f64 {
  const d = heap.alloc((<usize>N) << 3);
  const e = heap.alloc((<usize>N) << 3);
  const x = heap.alloc((<usize>N) << 3);
  const work = heap.alloc(refineEigenvaluesWorkspace(N));
  clement(d, e, -1);
  const ulp = ULP * <f64>(N - 1);
  for (let k = 0; k < N; ++k) {
    const value = <f64>(2 * k - N + 1);
    store<f64>(at(x, k), value + (k & 1 ? -off : off) * ulp);
  }
  refineEigenvaluesStart(N, d, e, x, work);
  let worst: f64 = finish(work) == OK ? 0 : Infinity;
  for (let k = 0; k < N; ++k) worst = max(worst, abs(load<f64>(at(x, k)) - <f64>(2 * k - N + 1)) / ulp);
  heap.free(d);
  heap.free(e);
  heap.free(x);
  heap.free(work);
  return worst;
}

describe('refineEigenvalues', () => {
  test('brings values from up to 60 ulp of the norm to within one, and what rounding of T changes', () => {
    const offs: f64[] = [0, 0.4, 0.9, 1.1, 2, 2.9, 3.1, 5, 6.9, 7.1, 13, 30, 45, 60];
    for (let i = 0; i < offs.length; ++i) expect(errorFrom(offs[i])).toBeLessThan(1.6);
  });

  test('leaves right values as they are, 0 among them, where a pivot is 0', () => {
    expect(errorFrom(0)).toBe(0);
  });

  test('of a matrix that falls apart, or nearly, is that of its parts', () => {
    const splits: f64[] = [0, 5e-324, 1e-200, 1e-160, 1e-140];
    const d = heap.alloc((<usize>N) << 3);
    const e = heap.alloc((<usize>N) << 3);
    const x = heap.alloc((<usize>N) << 3);
    const before = heap.alloc((<usize>N) << 3);
    const work = heap.alloc(refineEigenvaluesWorkspace(N));
    for (let s = 0; s < splits.length; ++s) {
      clement(d, e, splits[s]);
      for (let k = 0; k < N; ++k) store<f64>(at(before, k), bisected(d, e, k));
      for (let k = 0; k < N; ++k) store<f64>(at(x, k), load<f64>(at(before, k)) + (k % 3) * 7 * ULP * 40);
      refineEigenvaluesStart(N, d, e, x, work);
      expect(finish(work)).toBe(OK);
      for (let k = 0; k < N; ++k) {
        expect(abs(load<f64>(at(x, k)) - load<f64>(at(before, k)))).toBeLessThan(3 * ULP * 42);
      }
    }
    heap.free(d);
    heap.free(e);
    heap.free(x);
    heap.free(before);
    heap.free(work);
  });
});

/** Eigenvalue k of T by bisection with guarded pivots. */
function bisected(d: usize, e: usize, k: i32): f64 {
  let low: f64 = -100;
  let high: f64 = 100;
  for (let i = 0; i < 70; ++i) {
    const middle = 0.5 * (low + high);
    let count = 0;
    let q: f64 = 1;
    for (let row = 0; row < N; ++row) {
      const b = row > 0 ? load<f64>(at(e, row - 1)) : 0;
      q = load<f64>(at(d, row)) - middle - (row > 0 ? (b * b) / q : 0);
      if (abs(q) < 1e-290) q = -1e-290;
      if (q < 0) ++count;
    }
    if (count > k) high = middle;
    else low = middle;
  }
  return 0.5 * (low + high);
}
