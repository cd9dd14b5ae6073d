// Native LAPACK (OpenBLAS) through the first Python that has numpy: what machine code reaches.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Problem, Solver, Timing } from './solver.js';

const script = fileURLToPath(new URL('./native.py', import.meta.url));

/** The first python3, of the system or on PATH, that imports numpy. */
function pythonWithNumpy(): string | undefined {
  const folders = [
    '/usr/bin',
    ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
  ];
  const pythons = new Set(folders.map((folder) => join(folder, 'python3')));
  return [...pythons].find(
    (python) => spawnSync(python, ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0,
  );
}

export async function native(
  threads: number,
  skipped: (name: string, reason: string) => void,
): Promise<Solver[]> {
  const python = pythonWithNumpy();
  const missing = 'needs a python3 with numpy (Debian: python3-numpy, libopenblas0-pthread)';
  if (python === undefined) {
    skipped('native LAPACK', missing);
    return [];
  }
  // A kernel choice forced from outside would measure another machine.
  const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _l2, ...env } = process.env;
  const child = spawn(python, [script], {
    env: { ...env, OPENBLAS_NUM_THREADS: String(threads), OMP_NUM_THREADS: String(threads) },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const hello = await lines.next();
  if (hello.done) {
    skipped('native LAPACK', missing);
    return [];
  }
  const about = JSON.parse(hello.value) as { numpy: string; blas: string; scipy: boolean };
  const folder = await mkdtemp(join(tmpdir(), 'emft-bench-'));
  let open = 0;
  const make = (driver: string, problem: Problem = 'symmetric'): Solver => ({
    name: `native ${driver}`,
    problem,
    kind: 'native',
    version: `numpy ${about.numpy}, ${about.blas}`,
    exponent: 3,
    async time(a, n): Promise<Timing> {
      const file = join(folder, 'a.f64');
      await writeFile(file, new Uint8Array(a.buffer, a.byteOffset, a.byteLength));
      child.stdin.write(`${JSON.stringify({ file, n, driver, budget: 1.5 })}\n`);
      const answer = await lines.next();
      if (answer.done) throw new Error('the Python process ended');
      return JSON.parse(answer.value) as Timing;
    },
    async close() {
      if (--open > 0) return;
      child.stdin.end();
      await rm(folder, { recursive: true });
    },
  });
  const solvers = [
    make('dsyevd'),
    make('zheevd', 'hermitian'),
    ...(about.scipy ? [make('dsyev'), make('dsygvd', 'generalized')] : []),
  ];
  open = solvers.length;
  return solvers;
}
