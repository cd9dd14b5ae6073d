// Starts cold processes: one order each, answered or not within the time that it may take.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Ask } from './calls.js';
import { toText } from './cases.js';

export interface ColdJob {
  /** The matrix, its doubles in base64; or a model instead. */
  a?: string;
  n?: number;
  ask?: Ask;
  model?: unknown;
  /** SHA-256 of the bits that one thread gives. */
  expected: string;
}

export interface ColdOrder {
  threads: number;
  build: 'simd' | 'relaxed';
  hogs: number;
  /** How many times the jobs are done, one after another. */
  turns: number;
  jobs: ColdJob[];
}

interface ColdAnswer {
  calls: number;
  wrong: { index: number; turn: number; what: string; detail: string }[];
  threads?: number;
  build?: string;
  notes?: string[];
}

const script = fileURLToPath(new URL('./cold.mjs', import.meta.url));
/** Many times what one takes on a busy machine: for those that never end. */
const SECONDS = 240;

export function toBase64(a: Float64Array): string {
  return Buffer.from(a.buffer, a.byteOffset, a.byteLength).toString('base64');
}

export async function askCold(
  binary: string,
  flags: readonly string[],
  order: ColdOrder,
): Promise<ColdAnswer> {
  const child = spawn(binary, [...flags, script, '--run'], { stdio: 'pipe' });
  const texts = ['', ''];
  for (const [k, stream] of [child.stdout, child.stderr].entries()) {
    stream.setEncoding('utf8').on('data', (part) => {
      texts[k] += part;
    });
  }
  child.stdin.on('error', () => {});
  child.stdin.end(toText(order));
  const timer = setTimeout(() => child.kill('SIGKILL'), 1000 * SECONDS);
  const end = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ? `signal ${signal}` : `exit status ${code}`));
  });
  clearTimeout(timer);
  try {
    return JSON.parse(texts[0]) as ColdAnswer;
  } catch {
    const detail = `${end}; ${texts[1].slice(-600)}`;
    return { calls: 0, wrong: [{ index: -1, turn: 0, what: 'no answer', detail }] };
  }
}
