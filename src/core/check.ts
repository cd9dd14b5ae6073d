// Argument checks shared by the public API. Each value is checked once, here; nothing below checks again.
import { InputError } from './errors.js';

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value == null) return String(value);
  if (typeof value === 'function') return 'a function';
  return `a ${(value as object).constructor?.name ?? 'object'}`;
}

export interface Range {
  min?: number;
  max?: number;
  /** exclusive lower bound */
  above?: number;
}

function rangeText({ min, max, above }: Range): string {
  const low = above !== undefined ? `> ${above}` : min !== undefined ? `≥ ${min}` : '';
  const high = max !== undefined ? `≤ ${max}` : '';
  return [low, high].filter(Boolean).join(' and ');
}

function inRange(x: number, { min, max, above }: Range): boolean {
  return (
    (min === undefined || x >= min) && (max === undefined || x <= max) && (above === undefined || x > above)
  );
}

/** A finite number in range. */
export function checkNumber(name: string, value: unknown, range: Range = {}): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || !inRange(value, range)) {
    const allowed = rangeText(range);
    throw new InputError(name, `expected a finite number${allowed && ` ${allowed}`}, got ${show(value)}`);
  }
  return value;
}

/** A whole number in range. */
export function checkInteger(name: string, value: unknown, range: Range = {}): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || !inRange(value, range)) {
    const allowed = rangeText(range);
    throw new InputError(name, `expected a whole number${allowed && ` ${allowed}`}, got ${show(value)}`);
  }
  return value;
}

/** One of a few words. */
export function checkChoice<T extends string>(name: string, value: unknown, choices: readonly T[]): T {
  if (!choices.includes(value as T)) {
    throw new InputError(
      name,
      `expected one of ${choices.map((c) => `'${c}'`).join(', ')}, got ${show(value)}`,
    );
  }
  return value as T;
}

export function checkBoolean(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new InputError(name, `expected true or false, got ${show(value)}`);
  return value;
}

/** A Float64Array of finite numbers; `length` and the range of its elements are checked when given. */
export function checkFloat64Array(
  name: string,
  value: unknown,
  { length, ...range }: Range & { length?: number } = {},
): Float64Array {
  if (!(value instanceof Float64Array))
    throw new InputError(name, `expected a Float64Array, got ${show(value)}`);
  if (length !== undefined && value.length !== length) {
    throw new InputError(name, `expected ${length} elements, got ${value.length}`);
  }
  for (let i = 0; i < value.length; ++i) {
    if (!Number.isFinite(value[i]) || !inRange(value[i], range)) {
      const allowed = rangeText(range);
      throw new InputError(
        name,
        `element ${i} is ${value[i]}, expected a finite number${allowed && ` ${allowed}`}`,
      );
    }
  }
  return value;
}

/** Options objects: refuses anything but a plain object, and unknown keys by name. */
export function checkOptions(name: string, value: unknown, known: readonly string[]): void {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(name, `expected an object, got ${show(value)}`);
  }
  for (const key of Object.keys(value)) {
    if (!known.includes(key))
      throw new InputError(`${name}.${key}`, `unknown option; known are ${known.join(', ')}`);
  }
}
