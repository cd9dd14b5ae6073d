// A list of couplings from a JSON, CSV or text file.

import { InputError, parseDecimal, quoted, show } from 'emft/check';
import { records, type Separator, separatorOf, type TableRecord } from '../common/table.js';
import { parseJson } from '../common/text.js';
import { inputName, readText } from './inputFile.js';

/** Columns that are read from a table with a header, in this order of preference. */
const COLUMNS = ['g0', 'g', 'coupling', 'couplings'];

/** Most bytes of a file: more couplings than it holds cannot be solved in memory. */
const LONGEST_TABLE = 2 ** 26;

/**
 * Reads couplings: a JSON array or an object with an array `couplings`; or numbers separated by blanks,
 * commas, semicolons or line ends, `#` beginning a comment; or a table whose first line names its columns, with a
 * comma, semicolon, tab or blanks between fields and quotation marks as in RFC 4180. `-` is standard input.
 */
export async function readCouplings(path: string): Promise<Float64Array> {
  const name = inputName(path);
  const text = await readText(path, LONGEST_TABLE);
  const values = /^\s*[[{]/.test(text) ? fromJson(name, text) : fromTable(name, text);
  if (values.length === 0) throw new InputError(name, 'holds no couplings');
  return values;
}

function fromJson(name: string, text: string): Float64Array {
  const value = parseJson(name, text);
  const list = Array.isArray(value) ? value : (value as { couplings?: unknown }).couplings;
  if (!Array.isArray(list)) throw new InputError(name, "expected an array, or an object with 'couplings'");
  list.forEach((x, i) => {
    if (typeof x !== 'number') throw new InputError(name, `element ${i} is ${show(x)}, expected a number`);
    if (!Number.isFinite(x)) throw new InputError(name, `element ${i} is beyond the range of a double`);
  });
  return Float64Array.from(list);
}

function fromTable(name: string, text: string): Float64Array {
  const separator = separatorOf(text);
  const table = records(name, text, separator);
  const first = table.next();
  if (first.done) return new Float64Array(0);
  const header = first.value.fields;
  const plain = header.flatMap((word) => word.split(/[\s,;]+/)).filter(Boolean);
  if (plain.some((word) => parseDecimal(word) !== undefined)) return fromList(name, text, separator);
  const k = columnOf(name, first.value);
  const values = new Numbers();
  for (const { line, fields } of table) {
    if (fields.length !== header.length) {
      throw new InputError(name, `line ${line}: ${fields.length} fields, expected ${header.length}`);
    }
    values.add(toNumber(name, line, fields[k]));
  }
  return values.all();
}

function columnOf(name: string, { line, fields }: TableRecord): number {
  const column = fields.length === 1 ? fields[0] : COLUMNS.find((c) => fields.includes(c));
  if (column === undefined) {
    throw new InputError(name, `line ${line}: none of the columns is called ${COLUMNS.join(', ')}`);
  }
  const k = fields.indexOf(column);
  if (fields.lastIndexOf(column) !== k)
    throw new InputError(name, `line ${line}: two columns are called ${column}`);
  return k;
}

/** Numbers alone, with any separators. */
function fromList(name: string, text: string, separator: Separator): Float64Array {
  const values = new Numbers();
  for (const { line, fields } of records(name, text, separator)) {
    for (const field of fields) {
      // Otherwise 0,5;0,3 would be four numbers.
      const comma = separator === ';' && /\d,\d/.test(field);
      for (const word of comma ? [field] : field.split(/[\s,;]+/)) {
        if (word !== '') values.add(toNumber(name, line, word));
      }
    }
  }
  return values.all();
}

function toNumber(name: string, line: number, text: string): number {
  const value = parseDecimal(text);
  if (value !== undefined && Number.isFinite(value)) return value;
  const hint = /\d,\d/.test(text) ? ': decimals are written with a point' : '';
  throw new InputError(name, `line ${line}: ${quoted(text)} is not a finite number${hint}`);
}

/** A growing list of doubles, eight bytes each. */
class Numbers {
  #held = new Float64Array(1024);
  #count = 0;

  add(x: number): void {
    if (this.#count === this.#held.length) {
      const larger = new Float64Array(2 * this.#count);
      larger.set(this.#held);
      this.#held = larger;
    }
    this.#held[this.#count++] = x;
  }

  all(): Float64Array {
    return this.#held.slice(0, this.#count);
  }
}
