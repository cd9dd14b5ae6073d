// Complex vectors as pairs, real and imaginary part side by side: the operations that real kernels do not cover. The real product of two
// such vectors, taken as doubles, is Re(v̄·w); that of v with −i w is Im(v̄·w).
// Range: as plain products and sums.
import { laneSum } from '../numeric/lanes';

/** y ← −i x of n pairs: (a, b) becomes (b, −a). */
export function timesMinusI(n: i32, x: usize, y: usize): void {
  const sign = f64x2.replace_lane(f64x2.splat(1), 1, -1);
  for (let i = 0; i < n; ++i) {
    const value = v128.load(x);
    v128.store(y, f64x2.mul(sign, v128.shuffle<f64>(value, value, 1, 0)));
    x += 16;
    y += 16;
  }
}

/** Conjugates n pairs in place. */
export function conjugatePairs(n: i32, x: usize): void {
  for (let i = 0; i < n; ++i) {
    store<f64>(x, -load<f64>(x, 8), 8);
    x += 16;
  }
}

/** y ← y + i x of n pairs. */
export function addTimesI(n: i32, x: usize, y: usize): void {
  const sign = f64x2.replace_lane(f64x2.splat(1), 0, -1);
  for (let i = 0; i < n; ++i) {
    const value = v128.load(x);
    const turned = f64x2.mul(sign, v128.shuffle<f64>(value, value, 1, 0));
    v128.store(y, f64x2.add(v128.load(y), turned));
    x += 16;
    y += 16;
  }
}

/** x̄·y: its parts go to `out`. */
export function dotPairs(n: i32, x: usize, y: usize, out: usize): void {
  let same = f64x2.splat(0);
  let cross = f64x2.splat(0);
  for (let i = 0; i < n; ++i) {
    const a = v128.load(x);
    const b = v128.load(y);
    same = f64x2.add(same, f64x2.mul(a, b));
    cross = f64x2.add(cross, f64x2.mul(a, v128.shuffle<f64>(b, b, 1, 0)));
    x += 16;
    y += 16;
  }
  store<f64>(out, laneSum(same));
  store<f64>(out, f64x2.extract_lane(cross, 0) - f64x2.extract_lane(cross, 1), 8);
}

/** y ← y + (re + i im) x of n pairs. */
export function addPairs(n: i32, re: f64, im: f64, x: usize, y: usize): void {
  const r = f64x2.splat(re);
  const t = f64x2.replace_lane(f64x2.splat(im), 0, -im);
  for (let i = 0; i < n; ++i) {
    const a = v128.load(x);
    const sum = f64x2.add(v128.load(y), f64x2.mul(r, a));
    v128.store(y, f64x2.add(sum, f64x2.mul(t, v128.shuffle<f64>(a, a, 1, 0))));
    x += 16;
    y += 16;
  }
}
