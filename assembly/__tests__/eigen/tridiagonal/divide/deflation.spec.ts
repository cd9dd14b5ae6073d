// Which eigenvalues of a merge are set aside, and what the others keep.
import { deflate, FULL, LOWER, UPPER } from '../../../../eigen/tridiagonal/divide/deflation';

function setValues(p: usize, values: StaticArray<f64>): void {
  for (let i = 0; i < values.length; ++i) store<f64>(p + ((<usize>i) << 3), values[i]);
}

describe('deflate', () => {
  test('sets aside small couplings and rotates close poles together', () => {
    const n = 6;
    const n1 = 3;
    const d = heap.alloc(8 * n);
    const z = heap.alloc(8 * n);
    const q = heap.alloc(8 * n * n);
    const integers = heap.alloc(16 * n);
    const order = integers;
    const shape = integers + 4 * n;
    const kept = integers + 8 * n;
    const deflated = integers + 12 * n;
    // Pole 2 = 3 equals pole 4, one in each block; pole 1 has no coupling.
    setValues(d, [1, 2, 3, 0.5, 3, 4]);
    setValues(z, [0.5, 1e-17, 0.3, 0.5, 0.4, 0.5]);
    memory.fill(q, 0xff, 8 * n * n);
    for (let j = 0; j < n; ++j) {
      for (let i = j < n1 ? 0 : n1; i < (j < n1 ? n1 : n); ++i)
        store<f64>(q + 8 * (i + n * j), i == j ? 1 : 0);
    }
    const k = deflate(n, n1, d, z, 1, q, n, order, shape, kept, deflated);
    expect(k).toBe(4);
    const expectKept: StaticArray<i32> = [3, 0, 4, 5];
    const expectDeflated: StaticArray<i32> = [1, 2];
    for (let i = 0; i < k; ++i) expect(load<i32>(kept + 4 * i)).toBe(expectKept[i]);
    for (let i = 0; i < n - k; ++i) expect(load<i32>(deflated + 4 * i)).toBe(expectDeflated[i]);
    const expectShape: StaticArray<i32> = [UPPER, UPPER, FULL, LOWER, FULL, LOWER];
    for (let i = 0; i < n; ++i) expect(load<i32>(shape + 4 * i)).toBe(expectShape[i]);
    expect(load<f64>(z + 8 * 2)).toBe(0);
    expect(load<f64>(z + 8 * 4)).toBeCloseTo(0.5);
    // Rotated columns are orthonormal in all rows, and carry z: zᵀ column gives the new couplings.
    for (let a = 2; a <= 4; a += 2) {
      for (let b = 2; b <= 4; b += 2) {
        let dot = 0.0;
        for (let i = 0; i < n; ++i) dot += load<f64>(q + 8 * (i + n * a)) * load<f64>(q + 8 * (i + n * b));
        expect(dot).toBeCloseTo(a == b ? 1 : 0);
      }
      const coupling = 0.3 * load<f64>(q + 8 * (2 + n * a)) + 0.4 * load<f64>(q + 8 * (4 + n * a));
      expect(coupling).toBeCloseTo(load<f64>(z + 8 * a));
    }
    heap.free(d);
    heap.free(z);
    heap.free(q);
    heap.free(integers);
  });

  test('keeps nothing when the coupling is negligible, in ascending order', () => {
    const n = 4;
    const d = heap.alloc(8 * n);
    const z = heap.alloc(8 * n);
    const q = heap.alloc(8 * n * n);
    const integers = heap.alloc(16 * n);
    setValues(d, [1, 4, 2, 3]);
    setValues(z, [0.5, 0.5, 0.5, 0.5]);
    const k = deflate(n, 2, d, z, 1e-17, q, n, integers, integers + 16, integers + 32, integers + 48);
    expect(k).toBe(0);
    const ascending: StaticArray<i32> = [0, 2, 3, 1];
    for (let i = 0; i < n; ++i) expect(load<i32>(integers + 48 + 4 * i)).toBe(ascending[i]);
    heap.free(d);
    heap.free(z);
    heap.free(q);
    heap.free(integers);
  });
});
