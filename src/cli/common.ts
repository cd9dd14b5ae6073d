// What the commands share: exit statuses, number parsing and printing of results.
import { InvalidArgumentError } from 'commander';
import { InputError, MemoryError } from '../core/errors.js';
import { MAX_BYTES } from '../core/heap.js';
import type { Core } from '../index.js';

/** 2 for bad input, which asking for more than WebAssembly can address is; 130 when interrupted; 1 otherwise. */
export function exitStatus(error: unknown): number {
  if (error instanceof InputError) return 2;
  if (error instanceof MemoryError && error.needed > MAX_BYTES - 2 ** 24) return 2;
  if (error instanceof DOMException && error.name === 'AbortError') return 130;
  return 1;
}

/** Parses a command-line number; commander reports the option's name. */
export function parseNumber(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('expected a finite number.');
  return value;
}

/** Parses a command-line whole number. */
export function parseInteger(text: string): number {
  const value = parseNumber(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('expected a whole number.');
  return value;
}

/** Runs `body` with a core that is disposed of afterwards. The import is late: --help needs no WebAssembly. */
export async function withCore<T>(body: (core: Core) => Promise<T> | T): Promise<T> {
  const { createCore } = await import('../index.js');
  const core = await createCore();
  try {
    return await body(core);
  } finally {
    core.dispose();
  }
}

/** Writes one JSON document on stdout; typed arrays become plain arrays. */
export function printJson(value: unknown): void {
  const text = JSON.stringify(value, (_key, item) =>
    ArrayBuffer.isView(item) ? Array.from(item as Float64Array) : item,
  );
  process.stdout.write(`${text}\n`);
}

/** A number for reading: up to ten significant digits. */
export function shown(x: number): string {
  return String(Number(x.toPrecision(10)));
}

/** Writes columns of equal length on stdout, aligned, each under its name. */
export function printTable(columns: Record<string, ArrayLike<number | string>>): void {
  const cells = Object.entries(columns).map(([name, column]) => [
    name,
    ...Array.from(column, (x) => (typeof x === 'number' ? shown(x) : x)),
  ]);
  const widths = cells.map((column) => column.reduce((w, c) => Math.max(w, c.length), 0));
  const rows = cells[0].length;
  const lines = [];
  for (let i = 0; i < rows; ++i) {
    lines.push(cells.map((column, k) => column[i].padStart(widths[k])).join('  '));
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Writes named single values on stdout, one a line. */
export function printFacts(facts: Record<string, number | string | boolean>): void {
  for (const [name, value] of Object.entries(facts)) {
    process.stdout.write(`${name}: ${typeof value === 'number' ? shown(value) : value}\n`);
  }
}
