// Products with a chain of spins, and its lowest levels, beside scipy's sparse products and ARPACK, on one thread each.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Core } from 'emft';

/** Sites of the ring whose products are timed, and of the one whose levels are. */
const [PRODUCT, LOWEST] = [20, 18];
const STORAGES = ['free', 'csr'] as const;

interface Scipy {
  scipy: string;
  product: number;
  lowest: number;
  lowest12: number;
}

/** Milliseconds, or null where python3 has no scipy. */
function scipy(): Scipy | null {
  const script = fileURLToPath(new URL('./operator.py', import.meta.url));
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' };
  const args = [script, String(PRODUCT), String(LOWEST)];
  const { status, stdout } = spawnSync('python3', args, { env, encoding: 'utf8' });
  return status === 0 ? (JSON.parse(stdout) as Scipy) : null;
}

function ring(core: Core, sites: number, storage: (typeof STORAGES)[number]) {
  const terms = Array.from({ length: sites }, (_, i) => [
    { op: 'xx', sites: [i, (i + 1) % sites] },
    { op: 'yy', sites: [i, (i + 1) % sites] },
    { op: 'zz', sites: [i, (i + 1) % sites], coefficient: 0.7 },
  ]).flat();
  return core.spins({ sites, terms, sector: { up: sites / 2 }, storage });
}

function median(run: () => unknown, times: number): number {
  const samples = Array.from({ length: times }, () => {
    const begin = performance.now();
    run();
    return performance.now() - begin;
  });
  return samples.sort((a, b) => a - b)[times >> 1];
}

/** Prints a line for each way to store the ring. */
export function benchOperator(core: Core, log: (text: string) => void): void {
  const peer = scipy();
  log(peer ? `scipy ${peer.scipy}` : 'not measured: scipy: python3 does not import it');
  const beside = (ours: number, theirs: number | undefined, name: string) =>
    theirs === undefined
      ? ''
      : `, ${name} ${theirs.toFixed(2)} ms: ${(ours / theirs).toFixed(2)} times as long`;
  for (const storage of STORAGES) {
    const h = ring(core, PRODUCT, storage);
    const x = Float64Array.from({ length: h.n }, (_, i) => (i % 17) - 8);
    const product = median(() => h.multiply(x), 41);
    log(
      `H·v, L = ${PRODUCT}, ${storage}: ${product.toFixed(2)} ms${beside(product, peer?.product, 'csr @ x')}`,
    );
    const chain = ring(core, LOWEST, storage);
    const lowest = median(() => {
      const { converged } = core.eigsh(chain, { k: 10 });
      if (!converged) throw new Error('eigsh did not converge');
    }, 3);
    log(
      `10 lowest, L = ${LOWEST}, ${storage}: ${lowest.toFixed(0)} ms${beside(lowest, peer?.lowest, 'ARPACK')}` +
        beside(lowest, peer?.lowest12, 'to 1e-12'),
    );
  }
}
