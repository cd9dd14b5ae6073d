// Whole matrices from Matrix Market files, of either layout.
import { InputError } from '../wasm/errors.js';
import {
  checkLength,
  entriesOf,
  firstLine,
  type MarketOrderCheck,
  type MarketSize,
  parseBanner,
  parseSize,
  roundingOf,
  twice,
} from './format.js';
import { dataLines } from './lines.js';
import { checkSum } from './numbers.js';
import { withoutMark } from './text.js';
import type { MarketMatrix } from './types.js';

/**
 * Reads a square matrix in full. Repeated entries are added up, as SciPy does. Symmetric files may store either triangle, entry by
 * entry, but not both entries of a pair.
 *
 * @param name - What stands for the file in messages.
 * @param bytes - The whole file.
 * @param checkOrder - Gives the order for a number of rows and of columns, or throws.
 * @param check - Called with order and kind before memory is allocated.
 * @returns The matrix, as the file has it where it has both triangles.
 * @throws InputError that begins with `name`, for what is no such file; what the checks throw.
 */
export function parseMatrixMarket(
  name: string,
  bytes: Uint8Array,
  checkOrder: MarketOrderCheck,
  check: (n: number, kind: MarketMatrix['kind']) => void,
): MarketMatrix {
  const text = withoutMark(bytes);
  const lines = dataLines(name, text);
  const size = parseSize(name, text, lines, checkOrder);
  const { banner, n } = size;
  checkLength(name, text, size);
  const { parts } = banner;
  const kind = parts === 2 ? 'complex' : 'real';
  check(n, kind);
  const a = new Float64Array(parts * n * n);
  fill(name, lines, size, a);
  if (banner.symmetric) mirror(n, parts, a);
  const bad = a.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) {
    const at = Math.floor(bad / parts);
    throw new InputError(name, `element (${(at % n) + 1}, ${Math.floor(at / n) + 1}) is beyond a double`);
  }
  return { kind, n, a, tolerance: roundingOf(banner) };
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

/**
 * Whether a file begins like one of this format.
 *
 * @param head - Its first bytes.
 * @returns Whether its first line names the format.
 * @throws Nothing.
 */
export function isMatrixMarket(head: Uint8Array): boolean {
  return /^%%?matrixmarket\b/i.test(firstLine(withoutMark(head)));
}

/**
 * Most bytes of a file, by its beginning.
 *
 * @param name - What stands for the file in messages.
 * @param head - Its first bytes.
 * @param checkOrder - Gives the order for a number of rows and of columns, or throws.
 * @param check - Called with order and kind.
 * @returns The bytes, if they follow from what is there.
 * @throws InputError where reading the whole would throw it.
 */
export function matrixMarketLength(
  name: string,
  head: Uint8Array,
  checkOrder: MarketOrderCheck,
  check: (n: number, kind: MarketMatrix['kind']) => void,
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

/**
 * How a file of this format writes its numbers.
 *
 * @param name - What stands for the file in messages.
 * @param bytes - The file, or its first bytes.
 * @returns Entries with their places, or all elements column by column.
 * @throws InputError for another first line.
 */
export const marketLayout = (name: string, bytes: Uint8Array): 'coordinate' | 'array' =>
  parseBanner(name, withoutMark(bytes)).layout;

/** Bytes allowed for comments and blank lines, and for an entry with its surroundings. */
const COMMENTS = 2 ** 24;
const LONGEST_ENTRY = 256;

function fill(name: string, lines: ReturnType<typeof dataLines>, size: MarketSize, a: Float64Array): void {
  const { banner, n } = size;
  const { symmetric, parts } = banner;
  const above = new Pairs(symmetric ? n : 0);
  const below = new Pairs(symmetric ? n : 0);
  for (const { line, i, j, re, im } of entriesOf(name, lines, size)) {
    const at = symmetric && j > i ? j + i * n : i + j * n;
    if (symmetric && i !== j) {
      (i > j ? below : above).add(at);
      if ((i > j ? above : below).has(at)) throw twice(name, line, i, j);
    }
    if (roundingOf(banner) === 0) checkSum(name, line, a[at], re);
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
