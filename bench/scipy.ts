// scipy in a process of its own, which answers one line at a time (operator.py): so its parts take turns with ours.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pythons } from './native/discover.js';

const script = fileURLToPath(new URL('./operator.py', import.meta.url));
/** Milliseconds in which a Python has to say whether it has scipy. */
const PATIENCE = 60_000;

export interface Scipy {
  version: string;
  /** Milliseconds of a part, and a number to check its result with. */
  run(part: string): Promise<{ ms: number; value: number }>;
  close(): void;
}

/** The first Python with scipy, on one thread; null where none has it. */
export async function openScipy(args: readonly number[]): Promise<Scipy | null> {
  const python = pythons(process.env).find(
    (path) => spawnSync(path, ['-c', 'import scipy.sparse.linalg'], { timeout: PATIENCE }).status === 0,
  );
  if (python === undefined) return null;
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' };
  const child: ChildProcess = spawn(python, [script, ...args.map(String)], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('scipy: no pipes');
  const lines = createInterface({ input: stdout });
  const gone = once(child, 'exit').then(() => {
    throw new Error('scipy ended without an answer');
  });
  gone.catch(() => {});
  const ask = async (part: string) => {
    const answer = once(lines, 'line') as Promise<[string]>;
    stdin.write(`${part}\n`);
    const [line] = await Promise.race([answer, gone]);
    return JSON.parse(line);
  };
  const { value: version } = await ask('version');
  return { version, run: ask, close: () => stdin.end() };
}
