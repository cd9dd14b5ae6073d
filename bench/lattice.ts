// Couplings of one lattice by each method, the verdict on the avalanche, and how they compare with dense eigh.
import type { Core } from 'emft';

const THETA0 = 2.954;

/** Best of a few runs, ms. */
function best(runs: number, body: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; ++i) {
    const start = performance.now();
    body();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** The matrix of a lattice, for dense eigh: n×n. */
function matrix(core: Core, radius: number, strength: number): { a: Float64Array; n: number } {
  const { potential, sites } = core.latticeCouplings({
    radius,
    strength,
    theta0: THETA0,
    method: 'lanczos',
    resolution: 1e-2,
  });
  const n = potential.length;
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    a[i * n + i] = potential[i];
    for (const j of [i + radius, i + radius + 1]) {
      if (j >= n) continue;
      const steps = Math.abs(sites[2 * i] - sites[2 * j]) + Math.abs(sites[2 * i + 1] - sites[2 * j + 1]);
      if (steps === 1) a[j * n + i] = 1;
    }
  }
  return { a, n };
}

/** Prints a line per (R, W); with `dense`, the ratio to dense eigh with vectors of the same order, one thread. */
export function benchLattice(
  core: Core,
  radii: readonly number[],
  dense: boolean,
  log: (text: string) => void,
) {
  for (const radius of radii) {
    let eigh = Number.NaN;
    if (dense) {
      const { a, n } = matrix(core, radius, 45);
      eigh = best(1, () => {
        const { convergence } = core.eigh(a, n);
        if (!convergence.converged) throw new Error('eigh did not converge');
      });
      log(`R = ${radius}: dense eigh with vectors, n = ${n}: ${(eigh / 1000).toFixed(2)} s`);
    }
    for (const strength of [2, 45, 120]) {
      const model = { radius, strength, theta0: THETA0 };
      const ways = strength < 20 ? (['band'] as const) : (['local', 'band', 'lanczos'] as const);
      const runs = radius > 40 ? 1 : 3;
      const times = ways.map((method) => {
        const time = best(runs, () => {
          const { phi0 } = core.latticeCouplings({ ...model, method });
          const weight = phi0.reduce((sum, x) => sum + x * x, 0);
          if (!(Math.abs(weight - 1) < 1e-12)) throw new Error(`${method}: Σ|φ|² = ${weight}`);
        });
        const ratio = dense ? ` (eigh / ${(eigh / time).toFixed(0)})` : '';
        return `${method} ${time.toFixed(1)} ms${ratio}`;
      });
      const verdict = best(runs, () => core.latticeVerdict(model));
      log(`R = ${radius}, W = ${strength}: ${times.join(', ')}; verdict ${verdict.toFixed(1)} ms`);
    }
  }
}
