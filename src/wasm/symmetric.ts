// Matrices that are given row by row and have to be symmetric.
import type { Name } from './check.js';
import { InputError } from './errors.js';

/** Refuses what differs by more than rounding, `most`, from its mirror image; what differs by less becomes the mean of both. */
export function makeSymmetric(name: Name, a: Float64Array, n: number, most: number): void {
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j < i; ++j) {
      const [x, y] = [a[i * n + j], a[j * n + i]];
      if (Math.abs(x - y) > most) {
        throw new InputError(name, `is not symmetric: [${i}][${j}] is ${x}, [${j}][${i}] is ${y}`);
      }
      // Halves of odd subnormal numbers round, so an element that is already symmetric stays as it is.
      if (x !== y) a[i * n + j] = a[j * n + i] = 0.5 * x + 0.5 * y;
    }
  }
}
