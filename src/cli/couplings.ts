// A list of couplings from a JSON, CSV or text file.
import { show } from '../core/check.js';
import { InputError } from '../core/errors.js';
import { readInput } from './inputFile.js';

/** Columns that are taken from a table with a header, in this order of preference. */
const COLUMNS = ['g0', 'g', 'coupling', 'couplings'];

/**
 * Reads couplings: a JSON array or an object with an array `couplings`; or numbers separated by blanks,
 * commas, semicolons or line ends, `#` beginning a comment; or a table whose first line names its columns.
 */
export async function readCouplings(path: string): Promise<Float64Array> {
  const text = (await readInput(path)).toString('utf8').replace(/^\uFEFF/, '');
  const values = /^\s*[[{]/.test(text) ? fromJson(path, text) : fromLines(path, text);
  if (values.length === 0) throw new InputError(path, 'holds no couplings');
  return Float64Array.from(values);
}

function fromJson(path: string, text: string): number[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(path, `is not valid JSON: ${(error as Error).message}`);
  }
  const list = Array.isArray(value) ? value : (value as { couplings?: unknown }).couplings;
  if (!Array.isArray(list)) throw new InputError(path, "expected an array, or an object with 'couplings'");
  list.forEach((x, i) => {
    if (typeof x !== 'number') throw new InputError(path, `element ${i} is ${show(x)}, expected a number`);
  });
  return list;
}

function fromLines(path: string, text: string): number[] {
  const rows = text
    .split(/\r?\n/)
    .map((row, i) => ({
      line: i + 1,
      tokens: row
        .replace(/#.*/, '')
        .split(/[\s,;]+/)
        .filter(Boolean),
    }))
    .filter(({ tokens }) => tokens.length > 0);
  if (rows.length === 0) return [];
  const header = rows[0].tokens.map((t) => t.replace(/^"(.*)"$/, '$1'));
  if (header.every((t) => Number.isNaN(Number(t)))) {
    const name = header.length === 1 ? header[0] : COLUMNS.find((c) => header.includes(c));
    if (name === undefined) {
      throw new InputError(path, `line ${rows[0].line}: none of the columns is called ${COLUMNS.join(', ')}`);
    }
    const k = header.indexOf(name);
    return rows.slice(1).map(({ line, tokens }) => {
      if (tokens.length !== header.length) {
        throw new InputError(path, `line ${line}: ${tokens.length} fields, expected ${header.length}`);
      }
      return toNumber(path, line, tokens[k]);
    });
  }
  return rows.flatMap(({ line, tokens }) => tokens.map((t) => toNumber(path, line, t)));
}

function toNumber(path: string, line: number, token: string): number {
  const value = Number(token);
  if (!Number.isFinite(value)) throw new InputError(path, `line ${line}: '${token}' is not a finite number`);
  return value;
}
