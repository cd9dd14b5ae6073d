// Sorting of eigenpairs: columns move with their values.
import { sortEigenpairs, sortEigenpairsWorkspace } from '../../eigen/eigenpairs';

describe('sortEigenpairs', () => {
  test('moves each column with its value, ties in their old order', () => {
    for (let n = 0; n <= 17; ++n) {
      const d = heap.alloc(8 * n + 8);
      const z = heap.alloc(24 * n + 8);
      const work = heap.alloc(sortEigenpairsWorkspace(n, 2));
      for (let i = 0; i < n; ++i) {
        const value = <f64>((7 * i + 3) % 5);
        store<f64>(d + 8 * i, value);
        store<f64>(z + 24 * i, value);
        store<f64>(z + 24 * i, i, 8);
        store<f64>(z + 24 * i, 99, 16);
      }
      sortEigenpairs(n, d, z, 3, 2, work);
      for (let i = 0; i < n; ++i) {
        expect(load<f64>(z + 24 * i)).toBe(load<f64>(d + 8 * i));
        expect(load<f64>(z + 24 * i, 16)).toBe(99);
        expect(<f64>((7 * <i32>load<f64>(z + 24 * i, 8) + 3) % 5)).toBe(load<f64>(d + 8 * i));
        if (i > 0) {
          const before = load<f64>(d + 8 * (i - 1));
          expect(before).toBeLessThanOrEqual(load<f64>(d + 8 * i));
          if (before == load<f64>(d + 8 * i)) {
            expect(load<f64>(z + 24 * (i - 1), 8)).toBeLessThan(load<f64>(z + 24 * i, 8));
          }
        }
      }
      heap.free(d);
      heap.free(z);
      heap.free(work);
    }
  });
});
