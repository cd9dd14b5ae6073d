// scipy's side of operator.ts, in a process of its own (operator.py).
import { openPython } from './python.js';

export interface Scipy {
  version: string;
  /** Milliseconds of a part, and a number to check its result with. */
  run(part: string): Promise<{ ms: number; value: number }>;
  close(): void;
}

/** The first Python with scipy, on one thread; null where none has it. */
export async function openScipy(args: readonly number[]): Promise<Scipy | null> {
  const python = await openPython('scipy.sparse.linalg', './operator.py', args.map(String));
  if (python === null) return null;
  const { value: version } = await python.ask('version');
  return { version, run: python.ask, close: python.close };
}
