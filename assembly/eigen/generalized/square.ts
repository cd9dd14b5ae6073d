// A := Aᴴ in place, and the whole of a Hermitian A from its lower triangle, of which both triangles are wanted where A is
// multiplied from one side. Imaginary parts are in a plane of their own.
// Range: any numbers; nothing is computed but signs.
import { scal } from '../../kernel/vectors';
import { MIRROR_SIDE } from '../tuning';

/** The imaginary parts above the diagonal, which a plain mirror has left with those below: columns from ≤ j < to. */
export function conjugateUpper(n: i32, from: i32, to: i32, a2: usize): void {
  for (let j = from; j < to; ++j) {
    const column = a2 + ((<usize>j * <usize>n) << 3);
    scal(j, -1, column);
    store<f64>(column + ((<usize>j) << 3), 0);
  }
}

/** A plane of A := sign · its transpose (n×n, contiguous), tile by tile: tiles of columns from ≤ j < to, whole ones. */
export function transposeColumns(n: i32, from: i32, to: i32, a: usize, sign: f64): void {
  const column = (<usize>n) << 3;
  for (let jb = from; jb < to; jb += MIRROR_SIDE) {
    const jend = min(to, jb + MIRROR_SIDE);
    for (let ib = jb; ib < n; ib += MIRROR_SIDE) {
      const iend = min(n, ib + MIRROR_SIDE);
      for (let j = jb; j < jend; ++j) {
        for (let i = max(ib, j); i < iend; ++i) {
          const low = a + <usize>j * column + ((<usize>i) << 3);
          const high = a + <usize>i * column + ((<usize>j) << 3);
          const x = load<f64>(low);
          store<f64>(low, sign * load<f64>(high));
          store<f64>(high, sign * x);
        }
      }
    }
  }
}

/** Columns from ≤ j < to of the planes x and x2 (n rows, contiguous) := those of the pairs z. */
export function splitColumns(n: i32, from: i32, to: i32, z: usize, x: usize, x2: usize): void {
  const end = (<usize>to * <usize>n) << 3;
  for (let i = (<usize>from * <usize>n) << 3; i < end; i += 8) {
    store<f64>(x + i, load<f64>(z + 2 * i));
    store<f64>(x2 + i, load<f64>(z + 2 * i, 8));
  }
}
