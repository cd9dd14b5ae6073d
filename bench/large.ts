// One large decomposition: time, peak memory and LAPACK's ratios on a sample of eigenvectors.
import { createCore } from 'emft';
import { decompositionRatios, leastTime } from 'emft/accuracy';

/** Eigenvectors whose residual and products with all others are formed. */
const SAMPLE = 24;

export async function benchLarge(n: number, threads: number, log: (text: string) => void): Promise<void> {
  const core = await createCore({ threads });
  const a = core.goe(n, { seed: 1 });
  const { seconds, result } = await leastTime(() => core.eigh(a, n), { alone: 0 });
  const { values, vectors, convergence } = result;
  if (!convergence.converged) throw new Error('did not converge');
  const { residual, orthogonality } = decompositionRatios(a, n, values, vectors, { columns: SAMPLE });
  log(`n = ${n}, ${threads} thread(s), with vectors: ${seconds.toFixed(1)} s`);
  log(
    `WebAssembly memory ${(core.memoryBytes / 2 ** 20).toFixed(0)} MiB, process ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB at most`,
  );
  log(
    `residual ratio ${residual.toFixed(3)}, orthogonality ratio ${orthogonality.toFixed(3)} (${SAMPLE} eigenvectors against all)`,
  );
  core.dispose();
}
