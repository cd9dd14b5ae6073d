// Complex vectors as pairs, real and imaginary part side by side: what real products cannot do with them.
// With Re(v̄·w) the real product of two such runs of doubles, Im(v̄·w) is that of v with −i w.
// Range: as plain products and sums; for norms see norm2.ts.
import { norm2 } from '../kernel/norm2';
import { lanes } from '../kernel/vectors';

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
function dotPairs(n: i32, x: usize, y: usize, out: usize): void {
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
  store<f64>(out, lanes(same));
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

/**
 * Modified Gram–Schmidt, twice, of complex columns: V = Q R, Q overwrites V; goes on with column `from` where those before are
 * orthonormal already. Range and threshold as `orthonormalizeFrom` for real ones.
 * @param n    pairs in a column
 * @param r    added to: pairs, `columns` × `columns`, column-major, upper triangular
 * @param work 16 bytes
 * @returns the first dependent column, in which what is left of it stays and whose length is on the diagonal of r, or −1
 */
export function orthonormalizePairs(
  n: i32,
  from: i32,
  columns: i32,
  least: f64,
  v: usize,
  r: usize,
  work: usize,
): i32 {
  const stride = (<usize>n) << 4;
  for (let j = from; j < columns; ++j) {
    const own = v + <usize>j * stride;
    const before = norm2(2 * n, own);
    for (let pass = 0; pass < 2; ++pass) {
      for (let i = 0; i < j; ++i) {
        const other = v + <usize>i * stride;
        dotPairs(n, other, own, work);
        const re = load<f64>(work);
        const im = load<f64>(work, 8);
        addPairs(n, -re, -im, other, own);
        const at = r + ((<usize>(i + j * columns)) << 4);
        store<f64>(at, load<f64>(at) + re);
        store<f64>(at, load<f64>(at, 8) + im, 8);
      }
    }
    const norm = norm2(2 * n, own);
    store<f64>(r + ((<usize>(j + j * columns)) << 4), norm);
    if (!(norm > max(1e-10 * before, least))) return j;
    for (let q: usize = 0; q < stride; q += 8) store<f64>(own + q, load<f64>(own + q) / norm);
  }
  return -1;
}
