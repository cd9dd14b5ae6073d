// The Matrix Market exchange format (Boisvert, Pozo, Remington, NISTIR 5935, 1996), with the fields that SciPy adds to it:
// coordinate and array layouts of real and complex numbers; general, symmetric and hermitian matrices.
import { InputError } from 'emft/check';
import { checkEncoding, latin1, quoted, withoutMark } from '../text.js';
import { dataLines, type Line } from './lines.js';
import { checkSum, type Field, parseIndex, parseValue } from './marketNumbers.js';
import { checkMatrixOrder, type Matrix, type OrderCheck, TOLERANCES } from './matrix.js';

interface Banner {
  layout: 'coordinate' | 'array';
  field: Field;
  symmetric: boolean;
  /** Numbers in an element. */
  parts: 1 | 2;
}

export interface Size {
  banner: Banner;
  n: number;
  /** Entries in the file. */
  count: number;
}

/**
 * Reads a square matrix; `name` stands for the file in messages. Repeated entries are added up, as SciPy does. Symmetric files
 * may store either triangle, entry by entry, but not both entries of a pair.
 */
export function parseMatrixMarket(name: string, bytes: Uint8Array, check: OrderCheck = () => {}): Matrix {
  const text = withoutMark(bytes);
  const lines = dataLines(name, text);
  const size = parseSize(name, text, lines);
  const { banner, n } = size;
  checkLength(name, text, size);
  const { parts } = banner;
  const kind = parts === 2 ? 'complex' : 'real';
  check(n, kind);
  const a = new Float64Array(parts * n * n);
  if (banner.layout === 'coordinate') fillCoordinate(name, lines, size, a);
  else fillArray(name, lines, size, a);
  if (banner.symmetric) mirror(n, parts, a);
  const bad = a.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) {
    const at = Math.floor(bad / parts);
    throw new InputError(name, `element (${(at % n) + 1}, ${Math.floor(at / n) + 1}) is beyond a double`);
  }
  const rounded = banner.field === 'real' || banner.field === 'complex';
  return { kind, n, a, tolerance: rounded ? TOLERANCES.double : TOLERANCES.exact };
}

/** Refuses a file that is too short for what it announces. */
export function checkLength(name: string, text: Uint8Array, { banner, count }: Size): void {
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

/** The upper triangle from the lower one, conjugated. */
function mirror(n: number, parts: number, a: Float64Array): void {
  for (let j = 0; j < n; ++j) {
    for (let i = j + 1; i < n; ++i) {
      const [lower, upper] = [parts * (i + j * n), parts * (j + i * n)];
      a[upper] = a[lower];
      if (parts === 2) a[upper + 1] = 0 - a[lower + 1];
    }
  }
}

/** Whether a file begins like one of this format. */
export function isMatrixMarket(head: Uint8Array): boolean {
  return /^%%?matrixmarket\b/i.test(firstLine(withoutMark(head)));
}

/** Most bytes of a file with this beginning, if that follows from it; throws where `parseMatrixMarket` would. */
export function matrixMarketLength(
  name: string,
  head: Uint8Array,
  check: OrderCheck,
  checkOrder = checkMatrixOrder,
): number | undefined {
  const text = withoutMark(head);
  const end = Math.max(text.lastIndexOf(10), text.lastIndexOf(13));
  // Where no line ends, the first words decide whether reading on makes sense.
  if (end < 0) {
    if (text.length >= 200) parseBanner(name, text);
    return undefined;
  }
  const whole = text.subarray(0, end);
  parseBanner(name, whole);
  if (dataLines(name, whole).next().done) {
    if (whole.length < COMMENTS) return undefined;
    throw new InputError(name, `has no line with the size among its first ${COMMENTS} bytes`);
  }
  const { n, count } = parseSize(name, whole, dataLines(name, whole), checkOrder);
  check(n, parseBanner(name, whole).parts === 2 ? 'complex' : 'real');
  return COMMENTS + LONGEST_ENTRY * count;
}

/** Bytes allowed for comments and blank lines, and for an entry with its surroundings. */
const COMMENTS = 2 ** 24;
const LONGEST_ENTRY = 256;

function firstLine(text: Uint8Array): string {
  return latin1(text.subarray(0, 200)).split(/[\r\n]/, 1)[0];
}

/** What is said of the size, by the first of the lines; `checkOrder` refuses orders. */
export function parseSize(
  name: string,
  text: Uint8Array,
  lines: Generator<Line>,
  checkOrder = checkMatrixOrder,
): Size {
  const banner = parseBanner(name, text);
  const size = lines.next();
  if (size.done) throw new InputError(name, 'is truncated: the line with the size is missing');
  const wanted = banner.layout === 'coordinate' ? 3 : 2;
  const { line, words } = size.value;
  const counts = words.map((t) => (/^\d+$/.test(t) ? Number(t) : Number.NaN));
  if (counts.length !== wanted || !counts.every(Number.isSafeInteger)) {
    throw new InputError(name, `line ${line}: expected ${wanted} whole numbers for the size`);
  }
  const n = checkOrder(name, counts[0], counts[1]);
  const elements = banner.symmetric ? (n * (n + 1)) / 2 : n * n;
  return { banner, n, count: banner.layout === 'array' ? elements : counts[2] };
}

const EXPECTED = "expected a first line such as '%%MatrixMarket matrix coordinate real symmetric'";

function parseBanner(name: string, text: Uint8Array): Banner {
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
export function* coordinates(
  name: string,
  lines: Generator<Line>,
  { banner, n, count }: Size,
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

function fillCoordinate(name: string, lines: Generator<Line>, size: Size, a: Float64Array): void {
  const { banner, n } = size;
  const { field, symmetric, parts } = banner;
  const above = new Pairs(symmetric ? n : 0);
  const below = new Pairs(symmetric ? n : 0);
  for (const { line, i, j, re, im } of coordinates(name, lines, size)) {
    const at = symmetric && j > i ? j + i * n : i + j * n;
    if (symmetric && i !== j) {
      (i > j ? below : above).add(at);
      if ((i > j ? above : below).has(at)) throw twice(name, line, i, j);
    }
    if (field !== 'real' && field !== 'complex') checkSum(name, line, a[at], re);
    a[parts * at] += re;
    if (parts === 2) a[2 * at + 1] += symmetric && j > i ? 0 - im : im;
  }
}

/** A set of positions in an n × n matrix, a bit each. */
class Pairs {
  readonly #bits: Uint8Array;

  constructor(n: number) {
    this.#bits = new Uint8Array((n * n + 7) >> 3);
  }

  add(at: number): void {
    this.#bits[at >> 3] |= 1 << (at & 7);
  }

  has(at: number): boolean {
    return (this.#bits[at >> 3] & (1 << (at & 7))) !== 0;
  }
}

function fillArray(name: string, lines: Generator<Line>, { banner, n, count }: Size, a: Float64Array): void {
  const { parts } = banner;
  let seen = 0;
  let [i, j, part] = [0, 0, 0];
  for (const { line, words } of lines) {
    for (const word of words) {
      if (++seen > parts * count) {
        throw new InputError(name, `line ${line}: more than the ${count} elements expected`);
      }
      a[parts * (i + j * n) + part] = parseValue(name, line, word, banner.field);
      if (++part < parts) continue;
      part = 0;
      if (++i < n) continue;
      ++j;
      i = banner.symmetric ? j : 0;
    }
  }
  if (seen < parts * count) {
    throw new InputError(name, `is truncated: ${Math.floor(seen / parts)} of ${count} elements are there`);
  }
}
