// The single-spin response in bulk (ns a value) and one mean-field solve at N = 5101 (ms).
// Results are checked before anything is timed.
import type { Core } from 'emft';
import type { Bench } from 'tinybench';

const VALUES = 1 << 14;
const SPINS = 5101;

function close(name: string, value: number, expected: number, limit: number): void {
  if (!(Math.abs(value - expected) <= limit * Math.abs(expected))) {
    throw new Error(`${name}: ${value} instead of ${expected}`);
  }
}

/** Couplings spread over log g in [-27, 4.6] in a scrambled order, as a lattice gives them. */
function scrambled(count: number, low: number, high: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) =>
    Math.exp(low + ((high - low) * ((i * 40503) % 65537)) / 65537),
  );
}

/** Registers this file's tasks; `perValue` of a task's name says how many values one run covers. */
export async function meanFieldTasks(bench: Bench, core: Core): Promise<Map<string, number>> {
  const g = scrambled(VALUES, -27.6, 4.6);
  const sample = g.filter((_, i) => i % 1024 === 0);
  const exact = core.responseQuadrature(sample);
  const fit = core.response(sample);
  sample.forEach((_, i) => {
    close('η', fit.eta[i], exact.eta[i], 1e-12);
    close('[S]', fit.entropy[i], exact.entropy[i], 1e-12);
    close('Czz', fit.czz[i], exact.czz[i], 1e-12);
  });

  // one set of couplings that just fails to avalanche, one that avalanches
  const quiet = scrambled(SPINS, -40, -10.5);
  const avalanche = scrambled(SPINS, -40, 0);
  for (const bare of [quiet, avalanche]) {
    const solution = core.solveMeanField(bare);
    const iterated = core.solveMeanField(bare, { method: 'iteration' });
    if (!solution.converged || !iterated.converged) throw new Error('the mean-field solve did not converge');
    close('η_tot', solution.etaTot, iterated.etaTot, 1e-10);
  }

  const values = new Map<string, number>();
  const add = (name: string, count: number, run: () => unknown) => {
    values.set(name, count);
    bench.add(name, () => {
      run();
    });
  };
  add(`η in bulk, ${VALUES} values`, VALUES, () => core.eta(g));
  add(`η, [S], Czz in bulk, ${VALUES} values`, VALUES, () => core.response(g));
  add(`mean-field solve, N = ${SPINS}, stays local`, 1, () => core.solveMeanField(quiet));
  add(`mean-field solve, N = ${SPINS}, avalanche`, 1, () => core.solveMeanField(avalanche));
  add(`every branch, N = ${SPINS}, stays local`, 1, () => core.meanFieldBranches(quiet));
  return values;
}
