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
  for (let i = from; i < to; ++i) {
    const at = out + place(whole, i);
    store<f64>(at, load<f64>(amplitudes) * lift * factor);
    if (width == 2) store<f64>(at + plane, load<f64>(amplitudes, 8) * lift * factor);
    amplitudes += (<usize>width) << 3;
  }
}

/** Bytes from the beginning of M to the entry of a configuration. */
@inline
function place(whole: Bipartition, state: u32): usize {
  let row: u32 = 0;
  let column: u32 = 0;
  let rowUnit: u32 = 1;
  let columnUnit: u32 = 1;
  for (let p = 0; p < whole.parts; ++p) {
    const at = (<usize>p) << 2;
    const dimension = load<u32>(whole.dimensions + at);
    const digit = state % dimension;
    state /= dimension;
    if (load<i32>(whole.inside + at) != 0) {
      row += digit * rowUnit;
      rowUnit *= dimension;
    } else {
      column += digit * columnUnit;
      columnUnit *= dimension;
    }
  }
  return (<usize>row + <usize>column * <usize>whole.rows) << 3;
}
