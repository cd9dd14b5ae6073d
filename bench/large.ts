// One large decomposition: time, peak memory and LAPACK's ratios on a sample of eigenvectors.
import { createCore } from 'emft';

const ULP = 2 ** -52;
/** Eigenvectors whose residual and products with all others are formed. */
const SAMPLE = 24;

export async function benchLarge(n: number, threads: number, log: (text: string) => void): Promise<void> {
  const core = await createCore({ threads });
  const a = core.goe(n, { seed: 1 });
  const start = performance.now();
  const { values, vectors, convergence } = core.eigh(a, n);
  const seconds = (performance.now() - start) / 1000;
  if (!convergence.converged) throw new Error('did not converge');
  let norm = 0;
  for (let i = 0; i < n; ++i) {
    let sum = 0;
    for (let j = 0; j < n; ++j) sum += Math.abs(a[i * n + j]);
    norm = Math.max(norm, sum);
  }
  let residual = 0;
  let orthogonality = 0;
  for (let s = 0; s < SAMPLE; ++s) {
    const k = Math.floor((s * (n - 1)) / (SAMPLE - 1));
    const v = vectors.subarray(k * n, (k + 1) * n);
    let r = 0;
    let o = 0;
    for (let i = 0; i < n; ++i) {
      let av = 0;
      let vw = 0;
      for (let j = 0; j < n; ++j) {
        av += a[i * n + j] * v[j];
        vw += vectors[i * n + j] * v[j];
      }
      r += Math.abs(av - values[k] * v[i]);
      o += Math.abs(vw - (i === k ? 1 : 0));
    }
    residual = Math.max(residual, r);
    orthogonality = Math.max(orthogonality, o);
  }
  log(`n = ${n}, ${threads} thread(s), with vectors: ${seconds.toFixed(1)} s`);
  log(
    `WebAssembly memory ${(core.memoryBytes / 2 ** 20).toFixed(0)} MiB, process ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB at most`,
  );
  log(
    `residual ratio ${(residual / (norm * n * ULP)).toFixed(3)}, orthogonality ratio ${(orthogonality / (n * ULP)).toFixed(3)} (${SAMPLE} eigenvectors against all)`,
  );
  core.dispose();
}
