// Numbers for tests of kernels, the same each time.

/** Reproducible numbers in [-1, 1) for test data. */
export function numbers(seed: number, count: number): Float64Array {
  let state = (seed * 2654435761 + 1013904223) >>> 0;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}
