// A Python in a process of its own, which answers one line at a time: so its parts take turns with ours.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pythons } from './native/discover.js';

/** Milliseconds in which a Python has to say whether it has a module. */
const PATIENCE = 60_000;

interface Python {
  /** What it answers to a line, as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: each script has answers of its own
  ask(line: string): Promise<any>;
  close(): void;
}

/** The first Python that imports the module, on one thread, with a script of this folder; null where none does. */
export async function openPython(
  module: string,
  script: string,
  args: readonly string[] = [],
): Promise<Python | null> {
  const python = pythons(process.env).find(
    (path) => spawnSync(path, ['-c', `import ${module}`], { timeout: PATIENCE }).status === 0,
  );
  if (python === undefined) return null;
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child: ChildProcess = spawn(python, [path, ...args], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error(`${module}: no pipes`);
  const lines = createInterface({ input: stdout });
  const gone = once(child, 'exit').then(() => {
    throw new Error(`${module} ended without an answer`);
  });
  gone.catch(() => {});
  return {
    async ask(line) {
      const answer = once(lines, 'line') as Promise<[string]>;
      stdin.write(`${line}\n`);
      const [text] = await Promise.race([answer, gone]);
      return JSON.parse(text);
    },
    close: () => stdin.end(),
  };
}
