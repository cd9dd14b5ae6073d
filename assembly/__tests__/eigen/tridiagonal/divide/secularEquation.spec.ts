// Roots of the secular equation: where they lie, to what they satisfy it, and the vectors that come of them.

import { secularRoots } from '../../../../eigen/tridiagonal/divide/secularEquation';
import { secularVectors, secularWeights } from '../../../../eigen/tridiagonal/divide/secularVectors';
import { EPS } from '../../../../numeric/constants';

const K: i32 = 64;

function at(p: usize, i: i32): f64 {
  return load<f64>(p + ((<usize>i) << 3));
}

function put(p: usize, i: i32, x: f64): void {
  store<f64>(p + ((<usize>i) << 3), x);
}

/** A linear congruential generator is enough to spread poles and weights. */
function next(seed: u64): u64 {
  return seed * 6364136223846793005 + 1442695040888963407;
}

function unit(seed: u64): f64 {
  return <f64>(seed >> 11) / 9007199254740992.0;
}

/** Fills poles and couplings of one of several kinds; returns ρ. */
function problem(kind: i32, k: i32, d: usize, z: usize): f64 {
  let seed: u64 = 12345 + <u64>(kind + 1000 * k);
  let pole = -1.0;
  let norm = 0.0;
  for (let i = 0; i < k; ++i) {
    seed = next(seed);
    const r = unit(seed);
    seed = next(seed);
    const s = unit(seed) - 0.5;
    // 0: spread poles; 1: clusters of three at 1e-12; 2: couplings from 1 down to 1e-12; 3: both; 4: even grid
    if (kind == 1 || kind == 3) pole += i % 3 == 0 ? r + 0.1 : 1e-12 * (r + 0.1);
    else pole += kind == 4 ? 1.0 : r + 1e-3;
    put(d, i, pole);
    const x = kind == 4 ? 1.0 : kind >= 2 ? s * 10 ** (-12 * unit(next(seed))) : s;
    put(z, i, x == 0 ? 1e-3 : x);
    norm += at(z, i) * at(z, i);
  }
  for (let i = 0; i < k; ++i) {
    put(d, i, at(d, i) / (pole + 2));
    put(z, i, at(z, i) / Math.sqrt(norm));
  }
  return kind == 2 ? 1e-3 : 0.7;
}

describe('secular equation', () => {
  test('roots interlace, satisfy the equation to rounding and take two to four passes', () => {
    const d = heap.alloc(8 * K);
    const z = heap.alloc(8 * K);
    const w = heap.alloc(8 * K);
    const origin = heap.alloc(8 * K);
    const tau = heap.alloc(8 * K);
    const work = heap.alloc(16);
    let passes = 0;
    let roots = 0;
    for (let kind = 0; kind < 5; ++kind) {
      for (let k = 1; k <= K; k += k < 12 ? 1 : 13) {
        const rho = problem(kind, k, d, z);
        let norm = 0.0;
        for (let i = 0; i < k; ++i) put(w, i, at(z, i) * at(z, i));
        for (let i = 0; i < k; ++i) norm += at(w, i);
        const count = secularRoots(0, k, k, d, w, rho, origin, tau, work);
        expect(count).toBeGreaterThan(0);
        passes += count;
        roots += k;
        for (let j = 0; j < k; ++j) {
          const o = at(origin, j);
          const t = at(tau, j);
          // Strictly between its poles, as the differences d_i − λ_j show.
          expect(at(d, j) - o - t).toBeLessThan(0);
          if (j + 1 < k) expect(at(d, j + 1) - o - t).toBeGreaterThan(0);
          else expect(o + t).toBeLessThanOrEqual(at(d, j) + rho * norm * (1 + 4 * EPS));
          let f = 1 / rho;
          let size = 1 / rho;
          let slope = 0.0;
          for (let i = 0; i < k; ++i) {
            const delta = at(d, i) - o - t;
            f += at(w, i) / delta;
            size += Math.abs(at(w, i) / delta);
            slope += at(w, i) / delta / delta;
          }
          // Small residual, or a τ that is right to working precision.
          const bound = 64 * EPS * size + 16 * EPS * slope * Math.abs(t);
          expect(Math.abs(f)).toBeLessThanOrEqual(bound, `kind ${kind}, k ${k}, root ${j}`);
        }
      }
    }
    const mean = <f64>passes / <f64>roots;
    expect(mean).toBeLessThan(4);
    heap.free(d);
    heap.free(z);
    heap.free(w);
    heap.free(origin);
    heap.free(tau);
    heap.free(work);
  });

  test('a slice of the roots has the bits of the whole', () => {
    const d = heap.alloc(8 * K);
    const z = heap.alloc(8 * K);
    const w = heap.alloc(8 * K);
    const whole = heap.alloc(16 * K);
    const slice = heap.alloc(16 * K);
    const work = heap.alloc(16);
    const rho = problem(3, K, d, z);
    for (let i = 0; i < K; ++i) put(w, i, at(z, i) * at(z, i));
    secularRoots(0, K, K, d, w, rho, whole, whole + 8 * K, work);
    for (let lo = 0; lo < K; lo += 7)
      secularRoots(lo, min(K, lo + 7), K, d, w, rho, slice, slice + 8 * K, work);
    expect(memory.compare(whole, slice, 16 * K)).toBe(0);
    heap.free(d);
    heap.free(z);
    heap.free(w);
    heap.free(whole);
    heap.free(slice);
    heap.free(work);
  });

  test('vectors are orthonormal to working precision, clusters and tiny couplings included', () => {
    const d = heap.alloc(8 * K);
    const z = heap.alloc(8 * K);
    const w = heap.alloc(8 * K);
    const origin = heap.alloc(8 * K);
    const tau = heap.alloc(8 * K);
    const weights = heap.alloc(8 * K);
    const s = heap.alloc(8 * K * K);
    const work = heap.alloc(16);
    for (let kind = 0; kind < 5; ++kind) {
      for (let k = 1; k <= K; k += k < 12 ? 1 : 13) {
        const rho = problem(kind, k, d, z);
        for (let i = 0; i < k; ++i) put(w, i, at(z, i) * at(z, i));
        secularRoots(0, k, k, d, w, rho, origin, tau, work);
        secularWeights(0, k, k, d, z, origin, tau, weights);
        secularVectors(0, k, k, d, weights, origin, tau, s);
        let worst = 0.0;
        for (let i = 0; i < k; ++i) {
          expect(at(weights, i) * at(z, i)).toBeGreaterThan(0);
          // ẑ √ρ⁻¹ is z up to rounding.
          const ratio = at(weights, i) / Math.sqrt(rho) / at(z, i);
          expect(Math.abs(ratio - 1)).toBeLessThan(1e-9, `kind ${kind}, k ${k}, weight ${i}`);
          for (let j = 0; j <= i; ++j) {
            let dot = i == j ? -1.0 : 0.0;
            for (let l = 0; l < k; ++l) dot += at(s, l + k * i) * at(s, l + k * j);
            worst = Math.max(worst, Math.abs(dot));
          }
        }
        expect(worst).toBeLessThan(60 * EPS, `kind ${kind}, k ${k}`);
      }
    }
    heap.free(d);
    heap.free(z);
    heap.free(w);
    heap.free(origin);
    heap.free(tau);
    heap.free(weights);
    heap.free(s);
    heap.free(work);
  });
});
