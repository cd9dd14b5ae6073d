// A state of several parts as a matrix M, whose singular value decomposition is the state's Schmidt decomposition: rows are
// configurations of the parts inside, columns those of the parts outside, M[row, column] = amplitude. A configuration is a number in a
// mixed base whose lowest digit is the first part; so are rows and columns. M Mᴴ or its transpose is the reduced density matrix.
// Range: amplitudes of any size: they are multiplied by a power of two near 1/max, so that no square overflows, and only negligible ones
// underflow.
import { powerOfTwoNear } from '../numeric/scaling';

/** The parts: `parts` dimensions and `parts` flags. */
@unmanaged
export class Bipartition {
  parts: i32;
  /** The dimension of each, 32 bits. */
  dimensions: usize;
  /** 1 for a part inside, 0 for one outside, 32 bits. */
  inside: usize;
  rows: i32;
  columns: i32;
}

/**
 * Writes the amplitudes of the configurations from ≤ i < to, finite, to their places in `out`: rows × columns, column after column, and
 * for complex amplitudes (`width` 2, in pairs) a second such plane with the imaginary parts. `most` > 0: the largest |x| of all.
 */
export function bipartition(
  record: usize,
  from: i32,
  to: i32,
  width: i32,
  amplitudes: usize,
  most: f64,
  out: usize,
): void {
  const whole = changetype<Bipartition>(record);
  const plane = (<usize>whole.rows * <usize>whole.columns) << 3;
  // Two factors, because one alone cannot bring subnormal numbers near 1.
  const lift: f64 = most < 1e-290 ? 9007199254740992.0 : 1;
  const factor = powerOfTwoNear(1 / (most * lift));
  let at = out + place(whole, from);
  for (let i = from; i < to; ++i) {
    store<f64>(at, load<f64>(amplitudes) * lift * factor);
    if (width == 2) store<f64>(at + plane, load<f64>(amplitudes, 8) * lift * factor);
    amplitudes += (<usize>width) << 3;
    at = next(whole, i + 1, at);
  }
}

/** Bytes from the beginning of M to the entry of a configuration. */
function place(whole: Bipartition, state: u32): usize {
  let at: usize = 0;
  let row: usize = 8;
  let column = (<usize>whole.rows) << 3;
  for (let p = 0; p < whole.parts; ++p) {
    const part = (<usize>p) << 2;
    const dimension = load<u32>(whole.dimensions + part);
    const digit: usize = state % dimension;
    state /= dimension;
    if (load<i32>(whole.inside + part) != 0) {
      at += digit * row;
      row *= dimension;
    } else {
      at += digit * column;
      column *= dimension;
    }
  }
  return at;
}

/** The place of a configuration after that of the one before: most differ in their lowest digits alone. */
@inline
function next(whole: Bipartition, state: u32, at: usize): usize {
  let row: usize = 8;
  let column = (<usize>whole.rows) << 3;
  for (let p = 0; p < whole.parts; ++p) {
    const part = (<usize>p) << 2;
    const dimension = load<u32>(whole.dimensions + part);
    const inside = load<i32>(whole.inside + part) != 0;
    const unit = inside ? row : column;
    if (state % dimension != 0) return at + unit;
    // The digit begins at 0 again, and carries over to the next one.
    at -= (<usize>dimension - 1) * unit;
    state /= dimension;
    if (inside) row *= dimension;
    else column *= dimension;
  }
  return at;
}
