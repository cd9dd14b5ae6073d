// Failures as files: matrices in hexadecimal doubles, what was asked, and where: `npm run torture -- --replay FILE`.
import { readFileSync } from 'node:fs';
import type { Ask } from './calls.js';
import { fromHex, toHex } from './doubles.js';

/** Rows of the lower triangle, 16 hexadecimal digits a double. */
type Rows = string[];

export interface Case {
  torture: 1;
  what: string;
  detail: string;
  kind: string;
  changes: string[];
  seed: number;
  round: number;
  build: 'simd' | 'relaxed';
  threads: number;
  node: string;
  flags: string[];
  /** Programs that kept cores busy beside a cold process. */
  hogs: number;
  /** Cold processes run all asks on each matrix in turn; others have one matrix and one ask. */
  cold: boolean;
  asks: Ask[];
  n: number[];
  /** The first numbers, for people. */
  preview: string;
  /** Empty where they are too large: then the round has to be run again. */
  matrices: Rows[];
  /** Instead of matrices: the arguments of another computation. */
  model?: unknown;
}

export function toRows(a: Float64Array, n: number): Rows {
  return Array.from({ length: n }, (_, i) =>
    Array.from(a.subarray(i * n, i * n + i + 1), (x) => toHex(x)).join(' '),
  );
}

export function fromRows(rows: Rows): Float64Array {
  const n = rows.length;
  const a = new Float64Array(n * n);
  for (const [i, row] of rows.entries()) {
    for (const [j, digits] of row.split(' ').entries()) {
      a[i * n + j] = a[j * n + i] = fromHex(digits);
    }
  }
  return a;
}

/** JSON has no infinite numbers, which ranges may hold, and no typed arrays. */
export function toText(value: unknown): string {
  const replace = (_: string, x: unknown) => {
    if (typeof x === 'number' && (!Number.isFinite(x) || Object.is(x, -0))) {
      return { number: Object.is(x, -0) ? '-0' : String(x) };
    }
    return x instanceof Float64Array ? { doubles: Array.from(x, toHex).join(' ') } : x;
  };
  return `${JSON.stringify(value, replace, 1)}\n`;
}

function fromText(text: string): unknown {
  return JSON.parse(text, (_, x) => {
    if (typeof x?.number === 'string') return Number(x.number);
    if (typeof x?.doubles !== 'string') return x;
    return Float64Array.from(x.doubles === '' ? [] : x.doubles.split(' '), fromHex);
  });
}

export function readCase(file: string): Case {
  const found = fromText(readFileSync(file, 'utf8')) as Case;
  if (found?.torture !== 1) throw new Error(`${file}: not a case of the torture`);
  return found;
}
