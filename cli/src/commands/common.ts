// Shared by the commands: exit statuses and printing of results.
import type { Core } from 'emft';
import { InputError, MAX_BYTES, MemoryError } from 'emft/check';
import { printable, printableJson } from '../files/printable.js';
import { note, print } from '../files/streams.js';

/** 2 for bad input, including a request for more than WebAssembly can address; 130 when interrupted; 1 otherwise. */
export function exitStatus(error: unknown): number {
  if (error instanceof InputError) return 2;
  if (error instanceof MemoryError && error.needed > MAX_BYTES - 2 ** 24) return 2;
  if (error instanceof DOMException && error.name === 'AbortError') return 130;
  return 1;
}

/**
 * Runs `body` with a core and disposes of the core afterwards; standard error says so if the core is less than was
 * asked for. The import is late because --help needs no WebAssembly.
 */
export async function withCore<T>(
  body: (core: Core) => Promise<T> | T,
  threads: number | 'auto' = 1,
): Promise<T> {
  const { createCore } = await import('emft');
  const core = await createCore({ threads });
  try {
    for (const text of core.notes) note(`emft: ${text}`);
    return await body(core);
  } finally {
    core.dispose();
  }
}

/** Elements of an array converted to text at once, so that no string exceeds what the engine allows. */
const PIECE = 4096;

/** JSON in pieces; typed arrays become plain arrays. */
function* jsonPieces(value: unknown): Generator<string> {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const list = value as ArrayLike<unknown>;
    yield '[';
    for (let i = 0; i < list.length; i += PIECE) {
      const end = Math.min(i + PIECE, list.length);
      const text = JSON.stringify(Array.prototype.slice.call(list, i, end), plain).slice(1, -1);
      yield i === 0 ? text : `,${text}`;
    }
    yield ']';
  } else if (typeof value === 'object' && value !== null) {
    let separator = '{';
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined) continue;
      yield `${separator}${JSON.stringify(key)}:`;
      yield* jsonPieces(item);
      separator = ',';
    }
    yield separator === '{' ? '{}' : '}';
  } else yield JSON.stringify(value);
}

const plain = (_key: string, item: unknown) =>
  ArrayBuffer.isView(item) ? Array.from(item as Float64Array) : item;

/** Writes one JSON document to stdout, on one line, at the pace of its reader. */
export async function printJson(value: unknown): Promise<void> {
  for (const piece of jsonPieces(value)) await print(printableJson(piece));
  await print('\n');
}

/** A number as people read it: up to ten significant digits. */
export function shown(x: number): string {
  return String(Number(x.toPrecision(10)));
}

/** Writes columns of equal length to stdout, aligned, each under its name. */
export async function printTable(columns: Record<string, ArrayLike<number | string>>): Promise<void> {
  const text = (x: number | string) => (typeof x === 'number' ? shown(x) : printable(x));
  const list = Object.entries(columns);
  const widths = list.map(([name, column]) => {
    let width = name.length;
    for (let i = 0; i < column.length; ++i) width = Math.max(width, text(column[i]).length);
    return width;
  });
  await print(`${list.map(([name], k) => name.padStart(widths[k])).join('  ')}\n`);
  for (let i = 0; i < list[0][1].length; ++i) {
    await print(`${list.map(([, column], k) => text(column[i]).padStart(widths[k])).join('  ')}\n`);
  }
}

/** Writes named single values to stdout, one a line. */
export async function printFacts(facts: Record<string, number | string | boolean>): Promise<void> {
  for (const [name, value] of Object.entries(facts)) {
    await print(`${name}: ${typeof value === 'number' ? shown(value) : printable(String(value))}\n`);
  }
}
