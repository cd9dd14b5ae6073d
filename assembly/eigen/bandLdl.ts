// A = L D Lᵀ for a symmetric band matrix, without pivoting, and x := (L D Lᵀ)⁻¹ x. For the inverse iteration of
// localOrbital.ts: growth of a pivot's reciprocal is tolerated, exact zeros are moved.

/** Pivots below this are replaced: E is a pole to the last bit. ‖x‖² stays finite. */
const TINY: f64 = 1e-120;

/** A = L D Lᵀ in place: D on the diagonal, the columns of L below it; element (i, j) at (i − j) + j·(width + 1). */
export function factor(n: i32, width: i32, band: usize): void {
  const ld = (<usize>width + 1) << 3;
  let column = band;
  for (let j = 0; j < n; ++j) {
    let pivot = load<f64>(column);
    if (abs(pivot) < TINY) {
      pivot = TINY;
      store<f64>(column, pivot);
    }
    const inverse = 1 / pivot;
    const rows = min(width, n - 1 - j);
    for (let k = 1; k <= rows; ++k) {
      const a = load<f64>(column + (<usize>k << 3));
      if (a == 0) continue;
      update(rows - k + 1, a * inverse, column + (<usize>k << 3), column + <usize>k * ld);
    }
    for (let k = 1; k <= rows; ++k) {
      const at = column + (<usize>k << 3);
      store<f64>(at, load<f64>(at) * inverse);
    }
    column += ld;
  }
}

/** y := y − s x. */
@inline
function update(n: i32, s: f64, x: usize, y: usize): void {
  const factor = f64x2.splat(s);
  let i = 0;
  for (; i + 2 <= n; i += 2) {
    v128.store(y, f64x2.sub(v128.load(y), f64x2.mul(factor, v128.load(x))));
    x += 16;
    y += 16;
  }
  if (i < n) store<f64>(y, load<f64>(y) - s * load<f64>(x));
}

/** x := (L D Lᵀ)⁻¹ x, where x is zero before row `from`. */
export function solve(n: i32, width: i32, band: usize, from: i32, x: usize): void {
  const ld = (<usize>width + 1) << 3;
  for (let j = from; j < n; ++j) {
    const xj = load<f64>(x + (<usize>j << 3));
    const column = band + <usize>j * ld;
    if (xj != 0) update(min(width, n - 1 - j), xj, column + 8, x + (<usize>(j + 1) << 3));
    store<f64>(x + (<usize>j << 3), xj / load<f64>(column));
  }
  for (let j = n - 2; j >= 0; --j) {
    const column = band + <usize>j * ld;
    const rows = min(width, n - 1 - j);
    const below = x + (<usize>j << 3);
    let sum: f64 = 0;
    for (let k = 1; k <= rows; ++k) sum += load<f64>(column + (<usize>k << 3)) * load<f64>(below + (<usize>k << 3));
    store<f64>(below, load<f64>(below) - sum);
  }
}
