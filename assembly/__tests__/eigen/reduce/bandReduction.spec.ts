// The reduction by way of a band against the one in one stage, and the product with a symmetric matrix on which it rests.
import { tridiagonalizeTwoStage, tridiagonalizeTwoStageWorkspace } from '../../../eigen/reduce/bandReduction';
import { tridiagonalize, tridiagonalizeWorkspace } from '../../../eigen/reduce/tridiagonalize';
import { symm, symmWorkspace } from '../../../kernel/gemm/symm';

function at(p: usize, i: i32): usize {
  return p + ((<usize>i) << 3);
}

function fill(x: usize, count: i32, seed: u64): void {
  let s = seed * 2862933555777941757 + 3037000493;
  for (let i = 0; i < count; ++i) {
    s = s * 6364136223846793005 + 1442695040888963407;
    store<f64>(at(x, i), <f64>(<i64>(s >> 11)) / 4503599627370496.0 - 1);
  }
}

/** Number of eigenvalues of T below x, by Sturm's sequence. */
function below(n: i32, d: usize, e: usize, x: f64): i32 {
  let count = 0;
  let q: f64 = 1;
  for (let i = 0; i < n; ++i) {
    const b = i > 0 ? load<f64>(at(e, i - 1)) : 0;
    q = load<f64>(at(d, i)) - x - (i > 0 ? (b * b) / q : 0);
    if (q == 0) q = 1e-300;
    if (q < 0) ++count;
  }
  return count;
}

/** Eigenvalue k of T by bisection within [−bound, bound]. */
function eigenvalue(n: i32, d: usize, e: usize, k: i32, bound: f64): f64 {
  let low = -bound;
  let high = bound;
  for (let i = 0; i < 60; ++i) {
    const middle = 0.5 * (low + high);
    if (below(n, d, e, middle) > k) high = middle;
    else low = middle;
  }
  return 0.5 * (low + high);
}

/**
 * Largest difference of the eigenvalues in one and two stages, over n eps. With `sparse` > 0 only one coupling of that
 * many is not zero, and every third of those is a quantum, so that reflectors vanish on the way.
 */
function difference(n: i32, b: i32, pad: i32, sparse: i32 = 0, seed: i32 = 0): f64 {
  const lda = n + pad;
  const a = heap.alloc(<usize>(lda * n + 1) * 16);
  const copy = at(a, lda * n + 1);
  fill(a, lda * n, <u64>(n + 31 * b + 997 * seed));
  for (let j = 0; j < n; ++j) {
    for (let i = j + 1; sparse > 0 && i < n; ++i) {
      const p = at(a, i + j * lda);
      const choice = (<u64>reinterpret<u64>(load<f64>(p)) >> 16) % <u64>(3 * sparse);
      if (choice % sparse != 0) store<f64>(p, 0);
      else if (choice == 0) store<f64>(p, 5e-324);
    }
  }
  for (let j = 0; j < n; ++j) for (let i = 0; i < j; ++i) store<f64>(at(a, i + j * lda), NaN);
  memory.copy(copy, a, <usize>(lda * n) * 8);
  const d = heap.alloc(<usize>(5 * n + 1) * 8);
  const work = heap.alloc(max(tridiagonalizeTwoStageWorkspace(n, b), tridiagonalizeWorkspace(n)));
  tridiagonalize(n, a, lda, d, at(d, n), at(d, 4 * n), work);
  tridiagonalizeTwoStage(n, copy, lda, at(d, 2 * n), at(d, 3 * n), b, work);
  let worst: f64 = 0;
  for (let k = 0; k < n; k += 1 + n / 20) {
    const one = eigenvalue(n, d, at(d, n), k, <f64>n);
    const two = eigenvalue(n, at(d, 2 * n), at(d, 3 * n), k, <f64>n);
    const error = abs(one - two);
    worst = error <= worst ? worst : error == error ? error : Infinity;
  }
  heap.free(a);
  heap.free(d);
  heap.free(work);
  return worst / (n * 2.2e-16);
}

describe('two-stage reduction', () => {
  test('has the eigenvalues of the one-stage reduction at every small size and half-width', () => {
    for (let n = 1; n <= 14; ++n) {
      for (let b = 1; b <= n + 1; ++b) expect(difference(n, b, n % 3)).toBeLessThan(10);
    }
  });

  test('at sizes around multiples of the half-width', () => {
    for (let n = 95; n <= 98; ++n) expect(difference(n, 16, 1)).toBeLessThan(10);
    expect(difference(145, 48, 0)).toBeLessThan(10);
    expect(difference(301, 32, 0)).toBeLessThan(10);
  });

  test('carries the bulges on where a reflector is the identity', () => {
    // A sweep that stopped at an identity left the rest of earlier bulges below the band: wrong by as much as ‖A‖.
    let worst: f64 = 0;
    for (let seed = 0; seed < 400; ++seed) {
      worst = max(worst, difference(9, 4, 0, 8, seed));
      worst = max(worst, difference(13 + (seed % 12), 5 + (seed % 3), 0, 6 + (seed % 12), seed));
    }
    expect(worst).toBeLessThan(10);
  });
});

describe('symm', () => {
  test('agrees with the sum over the whole matrix around every block edge', () => {
    const sizes: i32[] = [1, 2, 3, 4, 5, 7, 9, 143, 145, 255, 258, 290];
    for (let q = 0; q < sizes.length; ++q) {
      const n = sizes[q];
      const m = 1 + (n % 6);
      const lda = n + 1;
      const a = heap.alloc(<usize>(lda * n) * 8);
      const b = heap.alloc(<usize>(n * m) * 8);
      const c = heap.alloc(<usize>(n * m) * 8);
      const work = heap.alloc(symmWorkspace(n, m));
      fill(a, lda * n, 5);
      fill(b, n * m, 6);
      for (let j = 0; j < n; ++j) for (let i = 0; i < j; ++i) store<f64>(at(a, i + j * lda), NaN);
      for (let i = 0; i < n * m; ++i) store<f64>(at(c, i), NaN);
      symm(n, m, a, lda, b, n, c, n, work);
      let worst: f64 = 0;
      for (let j = 0; j < m; ++j) {
        for (let i = 0; i < n; ++i) {
          let sum: f64 = 0;
          for (let l = 0; l < n; ++l)
            sum += load<f64>(at(a, max(i, l) + min(i, l) * lda)) * load<f64>(at(b, l + j * n));
          const error = abs(sum - load<f64>(at(c, i + j * n)));
          worst = error <= worst ? worst : error == error ? error : Infinity;
        }
      }
      expect(worst).toBeLessThan(n * 1e-15);
      heap.free(a);
      heap.free(b);
      heap.free(c);
      heap.free(work);
    }
  });
});
