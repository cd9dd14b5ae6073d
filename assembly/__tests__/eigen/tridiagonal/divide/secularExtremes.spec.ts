// The secular equation where poles and couplings are of any size beside each other.

import { deflate } from '../../../../eigen/tridiagonal/divide/deflation';
import { secularRoots } from '../../../../eigen/tridiagonal/divide/secularEquation';
import { secularVectors, secularWeights } from '../../../../eigen/tridiagonal/divide/secularVectors';
import { EPS } from '../../../../numeric/constants';

const N: i32 = 24;

function at(p: usize, i: i32): f64 {
  return load<f64>(p + ((<usize>i) << 3));
}

function put(p: usize, i: i32, x: f64): void {
  store<f64>(p + ((<usize>i) << 3), x);
}

let seed: u64 = 1;
/** A uniform number in [0, 1). */
function unit(): f64 {
  seed = seed * 6364136223846793005 + 1442695040888963407;
  return <f64>(seed >> 11) / 9007199254740992.0;
}

/** 2^−k, k up to 1074. */
function power(k: i32): f64 {
  return k > 1022 ? 5e-324 * <f64>((<u64>1) << (1074 - k)) : reinterpret<f64>((<u64>(1023 - k)) << 52);
}

/** A number of either sign of any of the sizes that doubles have. */
function any(): f64 {
  const x = (1 + unit()) * power(<i32>(1074 * unit()));
  return unit() < 0.5 ? -x : x;
}

/** A pole: of any size, at most 2, or one of few values and what is within some ulp of them. */
function pole(kind: i32): f64 {
  if (kind == 0) return any();
  if (kind == 1) return Math.floor(3 * unit()) * 0.5 + Math.floor(5 * unit()) * EPS * Math.floor(20 * unit());
  if (kind == 2) return unit() < 0.5 ? 0 : any();
  return unit() - 0.5;
}

function sortRange(p: usize, from: i32, to: i32): void {
  for (let i = from + 1; i < to; ++i) {
    const x = at(p, i);
    let j = i;
    for (; j > from && at(p, j - 1) > x; --j) put(p, j, at(p, j - 1));
    put(p, j, x);
  }
}

/**
 * Deflates a random D + ρ z zᵀ of extreme sizes and solves what is left: the largest error of its S and Λ, in
 * |SᵀS − 1| / (n eps) and |D + ρ z zᵀ − Q S Λ SᵀQᵀ| / (n eps (|D| + ρ)).
 */
function worst(n: i32, n1: i32, poles: i32, couplings: i32, x: usize): f64 {
  const row = (<usize>N) << 3;
  const d = x;
  const z = d + row;
  const p = z + row;
  const w = p + row;
  const c = w + row;
  const origin = c + row;
  const tau = origin + row;
  const weights = tau + row;
  const integers = weights + row;
  const q = integers + 2 * row;
  const s = q + row * N;
  const m = s + row * N;
  const v = m + row * N;
  let norm = 0.0;
  let size = 0.0;
  for (let i = 0; i < n; ++i) {
    put(d, i, pole(poles));
    size = max(size, abs(at(d, i)));
    const y =
      couplings == 0 ? any() : couplings == 1 ? unit() - 0.5 : unit() < 0.5 ? 1e-8 * any() : unit() + 0.1;
    put(z, i, y);
    norm += y * y;
  }
  if (!(norm > 1e-200)) return 0;
  // As in a tridiagonal matrix of norm 1: D or ρ is of that size.
  put(d, 0, -1);
  size = max(size, 1);
  sortRange(d, 0, n1);
  sortRange(d, n1, n);
  const rho = couplings == 0 ? 4 * power(<i32>(80 * unit())) : 0.5 + unit();
  for (let i = 0; i < n; ++i) put(z, i, at(z, i) / sqrt(norm));
  memory.fill(q, 0, row * N);
  for (let i = 0; i < n; ++i) put(q, i * (n + 1), 1);
  // M = D + ρ z zᵀ; of the columns of Q deflation turns some.
  for (let j = 0; j < n; ++j) {
    for (let i = 0; i < n; ++i) put(m, i + n * j, (i == j ? at(d, i) : 0) + rho * at(z, i) * at(z, j));
  }
  const kept = integers + 8 * N;
  const k = deflate(n, n1, d, z, rho, q, n, integers, integers + 4 * N, kept, integers + 12 * N);
  for (let j = 0; j < k; ++j) {
    const column = load<i32>(kept + ((<usize>j) << 2));
    put(p, j, at(d, column));
    put(c, j, at(z, column));
    put(w, j, at(z, column) * at(z, column));
  }
  if (k > 0 && secularRoots(0, k, k, p, w, rho, origin, tau, v) < 0) return Infinity;
  secularWeights(0, k, k, p, c, origin, tau, weights);
  secularVectors(0, k, k, p, weights, origin, tau, s);
  let result = 0.0;
  for (let i = 0; i < k; ++i) {
    for (let j = 0; j <= i; ++j) {
      let dot = i == j ? -1.0 : 0.0;
      for (let l = 0; l < k; ++l) dot += at(s, l + k * i) * at(s, l + k * j);
      result = abs(dot) <= result ? result : dot == dot ? abs(dot) : Infinity;
    }
  }
  result /= n * EPS;
  // M − Q S Λ SᵀQᵀ, the deflated pairs as they stand.
  for (let t = 0; t < n; ++t) {
    const root = t < k;
    const value = root
      ? at(origin, t) + at(tau, t)
      : at(d, load<i32>(integers + 12 * N + ((<usize>(t - k)) << 2)));
    for (let i = 0; i < n; ++i) {
      let sum = 0.0;
      if (root)
        for (let l = 0; l < k; ++l)
          sum += at(q, i + n * load<i32>(kept + ((<usize>l) << 2))) * at(s, l + k * t);
      else sum = at(q, i + n * load<i32>(integers + 12 * N + ((<usize>(t - k)) << 2)));
      put(v, i, sum);
    }
    for (let j = 0; j < n; ++j) {
      for (let i = 0; i < n; ++i) put(m, i + n * j, at(m, i + n * j) - value * at(v, i) * at(v, j));
    }
  }
  let residual = 0.0;
  for (let i = 0; i < n * n; ++i) residual = max(residual, abs(at(m, i)));
  return max(result, residual / (n * EPS * (size + rho)));
}

describe('what deflation leaves of poles and couplings of any size beside a norm of 1', () => {
  test('has roots, orthonormal vectors, and is the sum that it was', () => {
    const x = heap.alloc(8 * N * (10 + 4 * N) + 64);
    let most = 0.0;
    for (let t = 0; t < 12000; ++t) {
      const n = 2 + (t % (N - 1));
      seed = <u64>t * 2862933555777941757 + 3037000493;
      most = max(most, worst(n, 1 + <i32>((n - 1) * unit()), t % 4, (t >> 2) % 3, x));
    }
    expect(most).toBeLessThan(8);
    heap.free(x);
  });
});
