// A native LAPACK in a process of its own, driven by lines; see native.c.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Answer, Problem } from '../../web/src/lab/solver.js';

const source = fileURLToPath(new URL('./native.c', import.meta.url));

/** Compiles the loader into the folder. */
export async function compile(folder: string): Promise<string> {
  const program = join(folder, 'native');
  const wanted = process.env.CC ?? 'cc';
  try {
    await promisify(execFile)(wanted, ['-O2', '-std=gnu11', '-o', program, source, '-pthread', '-ldl']);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Error(missing ? `needs a C compiler: ${wanted} is not there` : `${wanted} failed: ${error}`);
  }
  return program;
}

interface About {
  /** Name of the kernel of OpenBLAS; empty where the library does not give it. */
  kernel: string;
  config: string;
  /** The number of threads that it would use; 0 where it does not give it. */
  threads: number;
  wide: boolean;
}

export interface Native {
  about: About;
  load(problem: Problem, n: number, a: Float64Array): Promise<void>;
  /** Seconds of `count` runs. */
  run(driver: string, count: number): Promise<number>;
  read(driver: string, problem: Problem, n: number): Promise<Answer>;
  /** Matrices of order n one after another, for `loop`. */
  stack(n: number, count: number, all: Float64Array): Promise<void>;
  /** Seconds in which a loop of dsyevd or dsyev decomposes all of them, on that many threads of its own. */
  loop(driver: string, workers: number): Promise<number>;
  /** What the last loop gave: all values, and all vectors. */
  keep(n: number, count: number): Promise<Required<Answer>>;
  close(): void;
}

/** If processor time exceeds wall time by more seconds than this, another thread was at work; short runs show nothing. */
const SLACK = 0.02;

export async function open(
  program: string,
  library: string,
  threads: number,
  folder: string,
): Promise<Native> {
  // A kernel choice forced from outside would measure another machine.
  const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _l2, ...env } = process.env;
  const count = String(threads);
  const child = spawn(program, [library, count], {
    env: {
      ...env,
      OPENBLAS_NUM_THREADS: count,
      OMP_NUM_THREADS: count,
      MKL_NUM_THREADS: count,
      BLIS_NUM_THREADS: count,
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const ask = asker(child);
  const about = (await ask('')) as unknown as About;
  if (about.threads > 0 && about.threads !== threads) {
    child.kill();
    throw new Error(`uses ${about.threads} threads where ${threads} are asked for`);
  }
  const file = join(folder, `${randomUUID()}.f64`);
  return {
    about,
    async load(problem, n, a) {
      await writeFile(file, new Uint8Array(a.buffer, a.byteOffset, a.byteLength));
      await ask(`load ${problem} ${n} ${file}\n`);
    },
    async run(driver, runs) {
      const { seconds, processor, info } = await ask(`run ${driver} ${runs}\n`);
      if (info !== 0) throw new Error(`${driver}: info ${info}`);
      if (processor > threads * seconds + SLACK && processor > 1.2 * threads * seconds) {
        throw new Error(`used ${(processor / seconds).toFixed(1)} cores where ${threads} are allowed`);
      }
      return seconds;
    },
    async read(driver, problem, n) {
      await ask(`save ${driver} ${file}\n`);
      const all = numbersOf(await readFile(file));
      await rm(file);
      const vectors = all.slice(n);
      // LAPACK reads columns where A has rows, which makes it the conjugate of A.
      if (problem === 'hermitian') for (let k = 1; k < vectors.length; k += 2) vectors[k] = -vectors[k];
      return { values: all.slice(0, n), vectors };
    },
    async stack(n, count, all) {
      await writeFile(file, new Uint8Array(all.buffer, all.byteOffset, all.byteLength));
      await ask(`stack ${n} ${count} ${file}\n`);
      await rm(file);
    },
    loop: async (driver, workers) => (await ask(`loop ${driver} ${workers}\n`)).seconds,
    async keep(n, count) {
      await ask(`keep ${file}\n`);
      const all = numbersOf(await readFile(file));
      await rm(file);
      return { values: all.slice(0, n * count), vectors: all.slice(n * count) };
    },
    close: () => child.stdin.end(),
  };
}

export const numbersOf = (bytes: Uint8Array) =>
  new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);

function asker(child: ChildProcess) {
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  return async (request: string): Promise<Record<string, number>> => {
    child.stdin!.write(request);
    const line = await lines.next();
    if (line.done) throw new Error('its process ended');
    const answer = JSON.parse(line.value) as Record<string, number> & { error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  };
}
