// Spectra for tests of level statistics: of random matrices, and without correlations.
import type { Core } from 'emft';

export const range = (n: number, f: (k: number) => number) =>
  Float64Array.from({ length: n }, (_, k) => f(k));

/** Levels of `spectra` GOE matrices of order n, one after another. */
export function goeLevels(core: Core, n: number, spectra: number): Float64Array {
  const all = new Float64Array(n * spectra);
  for (let k = 0; k < spectra; ++k) {
    all.set(core.eigh(core.goe(n, { seed: 5, index: k }), n, { vectors: false }).values, n * k);
  }
  return all;
}

/** Levels without correlations: sums of exponential spacings. */
export function poissonLevels(core: Core, n: number, spectra: number): Float64Array {
  let sum = 0;
  return core.uniforms({ seed: 9 }, n * spectra).map((x, i) => {
    if (i % n === 0) sum = 0;
    sum -= Math.log(x);
    return sum;
  });
}
