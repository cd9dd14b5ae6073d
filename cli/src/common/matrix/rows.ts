// A whole matrix as text: rows of numbers as people paste them, from a program, a spreadsheet, a listing of NumPy or JSON.
// Between the numbers of a row stand blanks, tabs, commas or semicolons; a row ends with its line, or with a semicolon as in
// MATLAB; `#` and `%` begin comments. Complex numbers are written 1.5-2i or 3j, in JSON as pairs of numbers.
import { InputError, latin1, parseDecimal, quoted, withoutMark } from 'emft/check';
import { parseJson } from '../text.js';
import { checkMatrixOrder, type Matrix, type OrderCheck, TOLERANCES } from './matrix.js';

type Entry = readonly [re: number, im: number];

const IMAGINARY = /^(.*?)([+-]?)((?:\d|\.\d)[\d.]*(?:[eE][+-]?\d+)?)?[ijIJ]$/;

/** A number as it is written, or undefined. */
function entryOf(word: string): Entry | undefined {
  const real = parseDecimal(word);
  if (real !== undefined) return [real, 0];
  const parts = word.length > 100 ? null : IMAGINARY.exec(word);
  if (!parts) return undefined;
  const [, before, sign, digits = '1'] = parts;
  if (before !== '' && sign === '') return undefined;
  const re = before === '' ? 0 : parseDecimal(before);
  const im = parseDecimal(`${sign}${digits}`);
  return re === undefined || im === undefined ? undefined : [re, im];
}

/** Rows of words: what NumPy and JSON put around rows ends a row, or is left out. */
function wordsOf(text: string): string[][] {
  const plain = text
    .replace(/[#%][^\n\r]*/g, '')
    .replace(/\b(?:array|matrix|Matrix|dtype\s*=\s*\w+)\b/g, '')
    .replace(/[()]/g, ' ')
    .replace(/[\]}][\s,]*(?=[[{])/g, '\n')
    .replace(/[[\]{}]/g, ' ');
  const lines = plain.split(/\r\n?|\n/).map((line) => line.trim().replace(/,$/, ''));
  const filled = lines.filter((line) => line !== '');
  // In several lines that do not end with a semicolon, it stands between numbers, as in tables that write commas for points.
  const between = filled.length > 1 && !filled.some((line) => line.endsWith(';'));
  const rows = between
    ? filled
    : filled.flatMap((line) => line.split(';')).filter((row) => row.trim() !== '');
  return rows.map((row) => row.trim().split(/\s*[,;]\s*|\s+/));
}

/** What stands at a place that holds no finite number. */
function refuse(name: string, i: number, j: number, what: string): never {
  throw new InputError(name, `element (${i}, ${j}), counted from 0, is ${what}, not a finite number`);
}

const isNumbers = (x: unknown): x is number[] => Array.isArray(x) && x.every((y) => typeof y === 'number');

/** The rows of a JSON document: lists of numbers, or of pairs of real and imaginary part. */
function jsonRows(name: string, document: unknown): Entry[][] {
  if (!Array.isArray(document) || document.length === 0) {
    throw new InputError(name, 'is JSON, expected a list of rows, as in [[2, 1], [1, 2]]');
  }
  // One list of numbers is all rows, one after another.
  const side = isNumbers(document) ? Math.sqrt(document.length) : 0;
  const rows = Number.isInteger(side) && side > 0 ? chunks(document, side) : document;
  return rows.map((row: unknown, i) => {
    if (!Array.isArray(row)) throw new InputError(name, `row ${i}, counted from 0, is no list of numbers`);
    return row.map((x: unknown, j): Entry => {
      const [re, im = 0]: unknown[] = isNumbers(x) && x.length === 2 ? x : [x];
      if (Number.isFinite(re) && Number.isFinite(im)) return [re as number, im as number];
      return refuse(name, i, j, typeof x === 'number' ? `${x}` : quoted(JSON.stringify(x) ?? 'nothing'));
    });
  });
}

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: list.length / size }, (_, i) => list.slice(i * size, (i + 1) * size));

/** Columns may have names. */
function textRows(name: string, text: string): Entry[][] {
  const words = unnamed(wordsOf(text));
  if (words.length === 0) throw new InputError(name, 'holds no numbers');
  const side = Math.sqrt(words[0].length);
  const rows = words.length === 1 && side > 1 && Number.isInteger(side) ? chunks(words[0], side) : words;
  return rows.map((row, i) =>
    row.map((word, j) => {
      const entry = entryOf(word);
      return entry?.every(Number.isFinite) ? entry : refuse(name, i, j, quoted(word));
    }),
  );
}

/** Rows of words without that of names, which holds no number where the others do. */
function unnamed(words: string[][]): string[][] {
  const isName = (word: string) => entryOf(word) === undefined && !/^nan$|inf/i.test(word);
  return words.length > 1 && words[0].every(isName) ? words.slice(1) : words;
}

/**
 * Whether a file begins with a row of three numbers or more, or of complex ones, perhaps under names, or with a list in brackets: two
 * real numbers may be the columns of a tridiagonal matrix.
 */
export function isRows(head: Uint8Array): boolean {
  const text = latin1(withoutMark(head).subarray(0, 4096));
  if (/^\s*(?:(?:array|matrix|Matrix)\s*\(\s*)?[[{]/.test(text)) return true;
  const [first] = unnamed(wordsOf(text));
  // The beginning of a file may end within a long row.
  const entries = first?.slice(0, 3).map(entryOf) ?? [];
  const complex = first?.some((word) => IMAGINARY.test(word));
  return entries.length > 0 && entries.every(Boolean) && (entries.length > 2 || complex === true);
}

/**
 * What two rows of two numbers can be, with the number beside the first: a whole matrix where they mirror each other, the two columns of
 * a tridiagonal one where the last is 0. undefined for any other text.
 */
export function pairOf(text: string): { beside?: number; whole: boolean; columns: boolean } | undefined {
  if (text.length > 4096) return undefined;
  const rows = unnamed(wordsOf(text));
  if (rows.length !== 2 || rows.some((row) => row.length !== 2)) return undefined;
  const [[, upper], [lower, last]] = rows.map((row) => row.map((word) => entryOf(word)?.[0]));
  const whole = upper !== undefined && upper === lower && last !== undefined;
  return { beside: upper, whole, columns: last === undefined || !(Math.abs(last) > 0) };
}

/** Reads a square matrix; `name` stands for the text in messages. */
export function parseRows(name: string, text: string, check: OrderCheck = () => {}): Matrix {
  const start = text.trimStart();
  let document: unknown;
  if (/^[[{]/.test(start)) {
    try {
      document = parseJson(name, text);
    } catch {
      // NumPy prints lists without commas.
    }
  }
  const rows = document === undefined ? textRows(name, text) : jsonRows(name, document);
  const width = rows[0].length;
  const ragged = rows.findIndex((row) => row.length !== width);
  if (ragged >= 0) {
    throw new InputError(
      name,
      `row ${ragged}, counted from 0, has ${rows[ragged].length} numbers, row 0 has ${width}`,
    );
  }
  const n = checkMatrixOrder(name, rows.length, width);
  const complex = rows.some((row) => row.some(([, im]) => im !== 0));
  check(n, complex ? 'complex' : 'real');
  const parts = complex ? 2 : 1;
  const a = new Float64Array(parts * n * n);
  rows.forEach((row, i) => {
    row.forEach((entry, j) => {
      for (let part = 0; part < parts; ++part) a[parts * (i + j * n) + part] = entry[part];
    });
  });
  return { kind: complex ? 'complex' : 'real', n, a, tolerance: TOLERANCES.double };
}
