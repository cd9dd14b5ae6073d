// Bare reduced couplings of the spins around a dot, (3) of P. J. D. Crowley and A. Chandran, Phys. Rev. B 106, 184208 (2022).
import { eighOfSteps } from '../eigen/eighOf.js';
import { ConvergenceError } from '../wasm/errors.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import type { CheckedSun } from './model.js';
import { SOLVED } from './tuning.js';

/**
 * Spin j couples |a⟩|↑⟩ to |b⟩|↓⟩, a and b states of the dot alone, by V_ab = J_j/2 ⟨b|S^x|a⟩, or with `u1` J_j/2 ⟨b|S^+|a⟩, S of
 * its partner, at the distance ω_ab = E_a + h_j − E_b from resonance: g_j = Σ_{2|ω_ab| < Δ} |V_ab| / (Δ d), over all d states a:
 * states of the other spins, which V leaves alone, do not change it. A dot has so few levels that a shell may be empty: g_j is then 0, and
 * the mean over realizations is right.
 */
export function* sunCouplings(
  runtime: Runtime,
  { dotSpins, dot, fields, couplings, partners, conserve }: CheckedSun,
  shell: number | undefined,
  budget: number,
): Steps<Float64Array> {
  const d = 2 ** dotSpins;
  const { values, vectors, convergence } = yield* share(
    eighOfSteps(runtime, dot, d, { vectors: true }, budget),
    0,
    SOLVED,
  );
  if (!convergence.converged) throw new ConvergenceError('sunCouplings: eigh did not converge');
  // Levels that are all equal have no width: any shell holds all that is resonant.
  const width = shell ?? ((values[d - 1] - values[0]) / 8 || 1);
  /** |⟨b|S|a⟩| of one site of the dot. */
  const element = (site: number, a: number, b: number) => {
    const bit = 1 << site;
    let sum = 0;
    for (let s = 0; s < d; ++s) {
      // S^x turns every configuration over, by ½; S^+ those with the spin down, by 1.
      if (conserve === 'u1' && !(s & bit)) continue;
      sum += vectors[b * d + (s ^ bit)] * vectors[a * d + s];
    }
    return Math.abs(conserve === 'u1' ? sum : 0.5 * sum);
  };
  const g = new Float64Array(fields.length);
  for (let j = 0; j < g.length; ++j) {
    yield SOLVED + ((1 - SOLVED) * j) / g.length;
    let sum = 0;
    for (let a = 0; a < d; ++a) {
      for (let b = 0; b < d; ++b) {
        if (2 * Math.abs(values[a] + fields[j] - values[b]) < width) sum += element(partners[j], a, b);
      }
    }
    g[j] = (0.5 * Math.abs(couplings[j]) * sum) / d / width;
  }
  return g;
}
