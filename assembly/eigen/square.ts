// The imaginary parts of a Hermitian A, in a plane of their own: of both triangles, for products with A from one side,
// and of vectors split from pairs.
// Range: any numbers; nothing is computed but signs.
import { scal } from '../kernel/vectors';

/**
 * Corrects the sign of the imaginary parts above the diagonal, copied by a mirror from below: columns from ≤ j < to.
 */
export function conjugateUpper(n: i32, from: i32, to: i32, a2: usize): void {
  for (let j = from; j < to; ++j) {
    const column = a2 + ((<usize>j * <usize>n) << 3);
    scal(j, -1, column);
    store<f64>(column + ((<usize>j) << 3), 0);
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
