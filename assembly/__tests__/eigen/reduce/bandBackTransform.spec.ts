// A Q = Q T for bands of every half-width and order around it, from the reflectors that the reduction keeps; and that neither
// the panels, the groups nor the steps change a bit.
import {
  bandBytes,
  bandColumns,
  bandReflectorsBytes,
  bandResult,
  bandWorkspace,
} from '../../../eigen/reduce/band';
import {
  bandBackTransform,
  bandBackTransformStart,
  bandBackTransformWorkspace,
} from '../../../eigen/reduce/bandBackTransform';
import { step } from '../../../job';
import { MORE } from '../../../status';

function entry(i: i32, j: i32): f64 {
  return <f64>((7 * max(i, j) + 5 * min(i, j)) % 11) / 11 - 0.4;
}
function get(p: usize, i: i32): f64 {
  return load<f64>(p + ((<usize>i) << 3));
}
function set(p: usize, i: i32, x: f64): void {
  store<f64>(p + ((<usize>i) << 3), x);
}

/** Reduces the band; `d` and behind it e receive T, `kept` the reflectors. */
function reduce(n: i32, b: i32, d: usize, kept: usize): void {
  const bytes = bandBytes(n, b);
  const ab = heap.alloc(bytes);
  const work = heap.alloc(bandWorkspace(b));
  memory.fill(ab, 0, bytes);
  for (let j = 0; j < n; ++j) {
    for (let i = j; i < n && i - j <= b; ++i) set(ab, i - j + 2 * b * j, entry(i, j));
  }
  bandColumns(n, b, 0, n, ab, 0, kept, work);
  bandResult(n, b, ab, d, d + ((<usize>n) << 3));
  heap.free(ab);
  heap.free(work);
}

/** The first `count` columns of the unit matrix. */
function unit(n: i32, count: i32, z: usize): void {
  memory.fill(z, 0, (<usize>(n * count)) << 3);
  for (let k = 0; k < count; ++k) set(z, k * (n + 1), 1);
}

/** The largest element of A Q − Q T, and of QᵀQ − 1. */
function deviation(n: i32, b: i32): f64 {
  const d = heap.alloc((<usize>(2 * n)) << 3);
  const kept = heap.alloc(bandReflectorsBytes(n, b) + 8);
  const z = heap.alloc((<usize>(n * n)) << 3);
  const work = heap.alloc(bandBackTransformWorkspace(n));
  reduce(n, b, d, kept);
  unit(n, n, z);
  bandBackTransform(n, b, n, kept, z, work);
  const e = d + ((<usize>n) << 3);
  let worst = 0.0;
  for (let k = 0; k < n; ++k) {
    for (let i = 0; i < n; ++i) {
      let sum = -get(z, k * n + i) * get(d, k);
      if (k > 0) sum -= get(z, (k - 1) * n + i) * get(e, k - 1);
      if (k + 1 < n) sum -= get(z, (k + 1) * n + i) * get(e, k);
      for (let j = max(0, i - b); j <= min(n - 1, i + b); ++j) sum += entry(i, j) * get(z, k * n + j);
      let dot = i == k ? -1.0 : 0.0;
      for (let j = 0; j < n; ++j) dot += get(z, k * n + j) * get(z, i * n + j);
      worst = max(worst, max(abs(sum), abs(dot)));
    }
  }
  heap.free(d);
  heap.free(kept);
  heap.free(z);
  heap.free(work);
  return worst;
}

describe('bandBackTransform', () => {
  test('turns the vectors of T into those of A, for every size around the half-width', () => {
    for (let b = 1; b <= 6; ++b) {
      for (let n = 1; n <= 3 * b + 5; ++n) expect(deviation(n, b)).toBeLessThan(5e-15);
    }
  });

  test('also where there are several groups of columns and panels', () => {
    expect(deviation(40, 2)).toBeLessThan(1e-14);
    expect(deviation(67, 3)).toBeLessThan(1e-14);
    expect(deviation(70, 33)).toBeLessThan(1e-14);
    expect(deviation(66, 65)).toBeLessThan(1e-14);
  });

  test('gives the same bits of some vectors, and in steps of any length', () => {
    const n = 67;
    const b = 5;
    const d = heap.alloc((<usize>(2 * n)) << 3);
    const kept = heap.alloc(bandReflectorsBytes(n, b));
    const z = heap.alloc((<usize>(n * n)) << 3);
    const y = heap.alloc((<usize>(n * n)) << 3);
    const work = heap.alloc(bandBackTransformWorkspace(n));
    reduce(n, b, d, kept);
    unit(n, n, z);
    bandBackTransform(n, b, n, kept, z, work);
    for (let count = 0; count <= n; count += 11) {
      for (let budget = 0.0; budget < 1e7; budget = 30 * budget + 1) {
        unit(n, count, y);
        bandBackTransformStart(n, b, count, kept, y, work);
        let steps = 0;
        while (step(work, budget) == MORE) ++steps;
        expect(memory.compare(y, z, (<usize>(n * count)) << 3)).toBe(0);
        if (budget == 0 && count > 0) expect(steps).toBeGreaterThan(n - 3);
      }
    }
    heap.free(d);
    heap.free(kept);
    heap.free(z);
    heap.free(y);
    heap.free(work);
  });
});
