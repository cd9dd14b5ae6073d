// The Matrix Market exchange format (Boisvert, Pozo, Remington, NISTIR 5935, 1996), with the fields that SciPy adds to it:
// coordinate and array layouts of real and complex numbers; general, symmetric and hermitian matrices.
import { InputError } from '../wasm/errors.js';
import { ROUNDING } from '../wasm/limits.js';
import type { Line } from './lines.js';
import { type Field, parseIndex, parseValue } from './numbers.js';
import { checkEncoding, latin1, quoted } from './text.js';

/**
 * Checks the order of a matrix before its elements are read.
 *
 * @param name - What stands for the file in messages.
 * @param rows - Number of rows.
 * @param columns - Number of columns.
 * @returns The order.
 * @throws InputError for a matrix that is not square, or too large for what is to be done with it.
 */
export type MarketOrderCheck = (name: string, rows: number, columns: number) => number;

interface Banner {
  layout: 'coordinate' | 'array';
  field: Field;
  symmetric: boolean;
  /** Numbers in an element. */
  parts: 1 | 2;
}

export interface MarketSize {
  banner: Banner;
  n: number;
  /** Entries in the file. */
  count: number;
}

/** Refuses a file that is too short for what it announces. */
export function checkLength(name: string, text: Uint8Array, { banner, count }: MarketSize): void {
  // An entry has at least one digit for each number, and the separators between them.
  const shortest =
    banner.layout === 'array' ? 2 * banner.parts : banner.field === 'pattern' ? 4 : 4 + 2 * banner.parts;
  if (count * shortest > text.length + 1) {
    throw new InputError(
      name,
      `is truncated: ${count} entries are announced, and the ${text.length} characters of the file cannot hold them`,
    );
  }
}

export function firstLine(text: Uint8Array): string {
  return latin1(text.subarray(0, 200)).split(/[\r\n]/, 1)[0];
}

/** What is said of the size, by the first of the lines; `checkOrder` refuses orders. */
export function parseSize(
  name: string,
  text: Uint8Array,
  lines: Generator<Line>,
  checkOrder: MarketOrderCheck,
): MarketSize {
  const banner = parseBanner(name, text);
  const size = lines.next();
  if (size.done) throw new InputError(name, 'is truncated: the line with the size is missing');
  const wanted = banner.layout === 'coordinate' ? 3 : 2;
  const { line, words } = size.value;
  const counts = words.map((t) => (/^\d+$/.test(t) ? Number(t) : Number.NaN));
  if (counts.length !== wanted || !counts.every(Number.isSafeInteger)) {
    throw new InputError(name, `line ${line}: expected ${wanted} whole numbers for the size`);
  }
  const n = atLine(line, () => checkOrder(name, counts[0], counts[1]));
  const elements = banner.symmetric ? (n * (n + 1)) / 2 : n * n;
  return { banner, n, count: banner.layout === 'array' ? elements : counts[2] };
}

/** The result of `check`, whose error is of a line. */
function atLine(line: number, check: () => number): number {
  try {
    return check();
  } catch (error) {
    throw error instanceof InputError
      ? new InputError(error.path, `line ${line}: ${error.reason}`, { cause: error })
      : error;
  }
}

const EXPECTED = "expected a first line such as '%%MatrixMarket matrix coordinate real symmetric'";

export function parseBanner(name: string, text: Uint8Array): Banner {
  checkEncoding(name, text);
  const words = firstLine(text).trim().toLowerCase().split(/\s+/);
  // Some programs write a single percent sign.
  if (!/^%%?matrixmarket$/.test(words[0]) || words.length !== 5) {
    throw new InputError(name, `is not a Matrix Market file: ${EXPECTED}`);
  }
  const refuse = (what: string): never => {
    throw new InputError(name, `line 1: ${what}`);
  };
  const [, object, layout, field, symmetry] = words;
  const only = (what: string, got: string, allowed: string) =>
    refuse(`${what} ${quoted(got)} is not supported, expected ${allowed}`);
  if (object !== 'matrix') only('object', object, 'matrix');
  if (layout !== 'coordinate' && layout !== 'array') return only('format', layout, 'coordinate or array');
  const known = fields[field as keyof typeof fields];
  if (!Object.hasOwn(fields, field)) return only('field', field, Object.keys(fields).join(', '));
  if (known === 'pattern' && layout === 'array') {
    refuse(
      "field 'pattern' says only where entries are, which an array does not leave open; expected coordinate",
    );
  }
  if (symmetry === 'skew-symmetric') {
    refuse(
      "symmetry 'skew-symmetric': its eigenvalues are imaginary; expected general, symmetric or hermitian",
    );
  }
  if (known === 'complex' && symmetry === 'symmetric') {
    refuse(
      "symmetry 'symmetric' of complex numbers: its eigenvalues are not real; expected hermitian or general",
    );
  }
  // For real numbers hermitian means the same.
  const symmetric = symmetry === 'symmetric' || symmetry === 'hermitian';
  if (!symmetric && symmetry !== 'general') only('symmetry', symmetry, 'general, symmetric or hermitian');
  return { layout, field: known, symmetric, parts: known === 'complex' ? 2 : 1 };
}

const fields: Readonly<Record<string, Field>> = {
  real: 'real',
  double: 'real',
  complex: 'complex',
  integer: 'integer',
  'unsigned-integer': 'unsigned-integer',
  pattern: 'pattern',
};

/** An entry of a file, counted from 0. */
interface Entry {
  line: number;
  i: number;
  j: number;
  re: number;
  im: number;
}

/** The entries of a coordinate file: as many as it announces. The object is the same each time. */
function* coordinates(
  name: string,
  lines: Generator<Line>,
  { banner, n, count }: MarketSize,
): Generator<Entry> {
  const { field, parts } = banner;
  const wanted = field === 'pattern' ? 2 : 2 + parts;
  const entry: Entry = { line: 0, i: 0, j: 0, re: 0, im: 0 };
  let seen = 0;
  for (const { line, words } of lines) {
    if (++seen > count) throw new InputError(name, `line ${line}: more than the ${count} entries announced`);
    if (words.length !== wanted) {
      throw new InputError(name, `line ${line}: ${words.length} fields, expected ${wanted}`);
    }
    entry.line = line;
    entry.i = parseIndex(name, line, words[0], n);
    entry.j = parseIndex(name, line, words[1], n);
    entry.re = field === 'pattern' ? 1 : parseValue(name, line, words[2], field);
    entry.im = parts === 2 ? parseValue(name, line, words[3], field) : 0;
    yield entry;
  }
  if (seen < count) throw new InputError(name, `is truncated: ${seen} of ${count} entries are there`);
}

/** Both entries of a pair of a symmetric matrix, counted from 0. */
export function twice(name: string, line: number, i: number, j: number): InputError {
  return new InputError(
    name,
    `line ${line}: entries (${i + 1}, ${j + 1}) and (${j + 1}, ${i + 1}) of a symmetric matrix are both there, expected one of them`,
  );
}

/** The elements of an array file, column by column, of a symmetric one those of the lower triangle. The object is the same each time. */
function* arrayElements(
  name: string,
  lines: Generator<Line>,
  { banner, n, count }: MarketSize,
): Generator<Entry> {
  const { parts, symmetric, field } = banner;
  const entry: Entry = { line: 0, i: 0, j: 0, re: 0, im: 0 };
  let seen = 0;
  for (const { line, words } of lines) {
    for (const word of words) {
      if (++seen > parts * count) {
        throw new InputError(name, `line ${line}: more than the ${count} elements expected`);
      }
      entry.line = line;
      const value = parseValue(name, line, word, field);
      if (parts === 2 && seen % 2 === 1) {
        entry.re = value;
        continue;
      }
      if (parts === 2) entry.im = value;
      else entry.re = value;
      yield entry;
      if (++entry.i < n) continue;
      entry.j++;
      entry.i = symmetric ? entry.j : 0;
    }
  }
  if (seen < parts * count) {
    throw new InputError(name, `is truncated: ${Math.floor(seen / parts)} of ${count} elements are there`);
  }
}

/** What the lines after the size hold, in either layout. */
export function entriesOf(name: string, lines: Generator<Line>, size: MarketSize): Generator<Entry> {
  return size.banner.layout === 'array' ? arrayElements(name, lines, size) : coordinates(name, lines, size);
}

/** Differences between entries that mirror each other up to this, relative to the largest, count as rounding. */
export const roundingOf = ({ field }: Banner): number =>
  field === 'real' || field === 'complex' ? ROUNDING : 0;
