// Zeros on the diagonal have signs, which a rotation in lanes may change and one of a matrix alone does not: vectors of a batch had
// other signs than those of the same matrix.
import { createCore } from 'emft';
import { expect, test } from 'vitest';

/** Symmetric matrices of 0, −0, 1 and −1, all that an odd number between them can tell apart. */
function matrices(n: number, count: number): Float64Array {
  const values = [0, -0, 1, -1, -0, 0];
  const all = new Float64Array(count * n * n);
  let state = 12345 + n;
  for (let k = 0; k < count; ++k) {
    for (let i = 0; i < n; ++i) {
      for (let j = 0; j <= i; ++j) {
        state = (Math.imul(state, 1103515245) + 12345) >>> 0;
        const value = values[(state >>> 16) % values.length];
        all[(k * n + i) * n + j] = value;
        all[(k * n + j) * n + i] = value;
      }
    }
  }
  return all;
}

test.each([2, 3, 4, 5, 6])('order %i: zeros of either sign have the vectors of a batch', async (n) => {
  const core = await createCore();
  const count = 400;
  const all = matrices(n, count);
  for (const uplo of ['L', 'U'] as const) {
    const batch = core.eighBatch(all, n, count, { uplo });
    for (let k = 0; k < count; ++k) {
      const own = all.slice(k * n * n, (k + 1) * n * n);
      const { vectors } = core.eigh(own, n, { uplo });
      const theirs = batch.vectors.subarray(k * n * n, (k + 1) * n * n);
      expect(vectors, `matrix ${k}, uplo ${uplo}: ${own}`).toEqual(theirs);
    }
  }
  core.dispose();
});
