// What the commands share: exit statuses, number parsing and printing of results.
import { InvalidArgumentError } from 'commander';
import { InputError } from '../core/errors.js';

/** 2 for bad input, 1 for everything else. */
export function exitStatus(error: unknown): number {
  return error instanceof InputError ? 2 : 1;
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

/** Writes one JSON document on stdout; typed arrays become plain arrays. */
export function printJson(value: unknown): void {
  const text = JSON.stringify(value, (_key, item) =>
    item instanceof Float64Array ? Array.from(item) : item,
  );
  process.stdout.write(`${text}\n`);
}
