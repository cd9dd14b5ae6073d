// Couplings of one lattice by each method, the verdict on the avalanche, and how they compare with dense eigh.
import type { Core } from 'emft';
import { leastTime } from 'emft/accuracy';

const THETA0 = 2.954;

/** Best of a few runs, ms; one of more than a second stands alone. */
const best = async (run: () => unknown) =>
  1000 * (await leastTime(run, { warm: 0, batch: 0, batches: 3 })).seconds;

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
export async function benchLattice(
  core: Core,
  radii: readonly number[],
  dense: boolean,
  log: (text: string) => void,
): Promise<void> {
  for (const radius of radii) {
    let eigh = Number.NaN;
    if (dense) {
      const { a, n } = matrix(core, radius, 45);
      eigh = await best(() => {
        const { convergence } = core.eigh(a, n);
        if (!convergence.converged) throw new Error('eigh did not converge');
      });
      log(`R = ${radius}: dense eigh with vectors, n = ${n}: ${(eigh / 1000).toFixed(2)} s`);
    }
    for (const strength of [2, 45, 120]) {
      const model = { radius, strength, theta0: THETA0 };
      const ways = strength < 20 ? (['band'] as const) : (['local', 'band', 'lanczos'] as const);
      const times: string[] = [];
      for (const method of ways) {
        const time = await best(() => {
          const { phi0 } = core.latticeCouplings({ ...model, method });
          const weight = phi0.reduce((sum, x) => sum + x * x, 0);
          if (!(Math.abs(weight - 1) < 1e-12)) throw new Error(`${method}: Σ|φ|² = ${weight}`);
        });
        const ratio = dense ? ` (eigh / ${(eigh / time).toFixed(0)})` : '';
        times.push(`${method} ${time.toFixed(1)} ms${ratio}`);
      }
      const verdict = await best(() => core.latticeVerdict(model));
      log(`R = ${radius}, W = ${strength}: ${times.join(', ')}; verdict ${verdict.toFixed(1)} ms`);
    }
  }
}
