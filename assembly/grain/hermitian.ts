// What is measured in eigenstates of models with a complex Hermitian grain: numbers in pairs, real and imaginary part side by side.
// With ψ_↑, ψ_↓ the parts of a state where an l-bit is up, down,
//     rho = [[|ψ_↑|², ⟨ψ_↓|ψ_↑⟩], [⟨ψ_↑|ψ_↓⟩, |ψ_↓|²]],  λ₋ = det rho / λ₊.
// Range: states of norm 1. λ₋ is known to an ulp of 1: it comes from the determinant, which cancels less than the difference of
// trace and root, and small ones lose digits all the same.
import { laneSum } from '../numeric/lanes';

/**
 * λ₋ and ⟨σ^z⟩ of all l-bits in `count` states of d pairs.
 * @param z      states, one after another
 * @param weight out: λ₋ of l-bit n in state k at n stride + k
 * @param sz     out: ⟨σ_n^z⟩ at n stride + k
 */
export function hermitianWeights(
  d: i32,
  bits: i32,
  count: i32,
  z: usize,
  weight: usize,
  sz: usize,
  stride: i32,
): void {
  for (let k = 0; k < count; ++k) {
    for (let n = 0; n < bits; ++n) {
      const at = (<usize>n * <usize>stride + <usize>k) << 3;
      store<f64>(weight + at, spinWeight(d, n, z, sz + at));
    }
    z += (<usize>d) << 4;
  }
}

/** One l-bit of one state. */
function spinWeight(d: i32, n: i32, z: usize, sz: usize): f64 {
  const step = (<usize>16) << n;
  const end = z + ((<usize>d) << 4);
  const sign = f64x2.replace_lane(f64x2.splat(1), 1, -1);
  let squares = f64x2.splat(0);
  let cross = squares;
  for (let p = z; p < end; p += step << 1) {
    for (let q = p; q < p + step; q += 16) {
      const up = v128.load(q);
      const down = v128.load(q + step);
      const u = f64x2.mul(up, up);
      const v = f64x2.mul(down, down);
      squares = f64x2.add(squares, f64x2.add(v128.shuffle<f64>(u, v, 0, 2), v128.shuffle<f64>(u, v, 1, 3)));
      // ψ_↑* ψ_↓ = (xu + yv) + i (xv − yu).
      const same = f64x2.mul(up, down);
      const other = f64x2.mul(up, v128.shuffle<f64>(down, down, 1, 0));
      const second = f64x2.mul(sign, v128.shuffle<f64>(same, other, 1, 3));
      cross = f64x2.add(cross, f64x2.add(v128.shuffle<f64>(same, other, 0, 2), second));
    }
  }
  const up = f64x2.extract_lane(squares, 0);
  const down = f64x2.extract_lane(squares, 1);
  const c = f64x2.mul(cross, cross);
  const coherence = laneSum(c);
  const polarization = up - down;
  store<f64>(sz, polarization);
  const larger = 0.5 * (up + down + Math.sqrt(polarization * polarization + 4 * coherence));
  return min<f64>(0.5, max<f64>(0, (up * down - coherence) / larger));
}

/** |re + i im|. */
@inline
function magnitude(re: f64, im: f64): f64 {
  const a = Math.abs(re);
  const b = Math.abs(im);
  const most = max(a, b);
  if (most == 0 || most == Infinity) return most;
  const rest = min(a, b) / most;
  return most * Math.sqrt(1 + rest * rest);
}

/** The largest of `most` and of the sums of |entry| over `rows` rows of d pairs. */
export function largestRowSum(d: i32, rows: i32, a: usize, most: f64): f64 {
  for (let i = 0; i < rows; ++i) {
    let sum: f64 = 0;
    for (let j = 0; j < d; ++j) {
      sum += magnitude(load<f64>(a), load<f64>(a, 8));
      a += 16;
    }
    most = max(most, sum);
  }
  return most;
}

/**
 * sums_k ← sums_k + Σ_r |re_kr + i im_kr − value_k z_kr| over `rows` numbers of each of `count` states.
 * @param re     at k rows + r, as im
 * @param z      pairs, those of each state `stride` pairs behind those of the one before
 */
export function addResiduals(
  rows: i32,
  count: i32,
  re: usize,
  im: usize,
  values: usize,
  z: usize,
  stride: i32,
  sums: usize,
): void {
  for (let k = 0; k < count; ++k) {
    const value = load<f64>(values);
    let sum = load<f64>(sums);
    for (let r = 0; r < rows; ++r) {
      const at = z + ((<usize>r) << 4);
      sum += magnitude(load<f64>(re) - value * load<f64>(at), load<f64>(im) - value * load<f64>(at, 8));
      re += 8;
      im += 8;
    }
    store<f64>(sums, sum);
    values += 8;
    sums += 8;
    z += (<usize>stride) << 4;
  }
}

/**
 * sums_k ← sums_k + Σ_r |re_kr + i im_kr − δ_r,own+k|, with re and im as above.
 * @param own number of the first state less that of the first row: where r = own + k a row is that of the state
 */
export function addSkewness(rows: i32, count: i32, re: usize, im: usize, own: i32, sums: usize): void {
  for (let k = 0; k < count; ++k) {
    let sum = load<f64>(sums);
    for (let r = 0; r < rows; ++r) {
      sum += magnitude(load<f64>(re) - (r == own + k ? 1.0 : 0.0), load<f64>(im));
      re += 8;
      im += 8;
    }
    store<f64>(sums, sum);
    sums += 8;
  }
}

/** x_i ← √(x_i² + y_i²), whose squares stay in range. */
export function joinParts(n: i32, x: usize, y: usize): void {
  for (let i = 0; i < n; ++i) {
    const a = load<f64>(x);
    const b = load<f64>(y);
    store<f64>(x, Math.sqrt(a * a + b * b));
    x += 8;
    y += 8;
  }
}
