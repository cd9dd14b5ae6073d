// A whole matrix as text: rows of numbers as people paste them, from a program, a spreadsheet, a listing of NumPy or JSON.
// Between the numbers of a row stand blanks, tabs, commas or semicolons; a row ends with its line, or with a semicolon as in
// MATLAB; `#` and `%` begin comments. Complex numbers are written 1.5-2i or 3j, in JSON as pairs of numbers.
import { InputError, parseDecimal, quoted } from 'emft/check';
import { parseJson } from '../text.js';
import { firstRows } from './columns.js';
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
      return refuse(name, i, j, quoted(JSON.stringify(x) ?? 'nothing'));
    });
  });
}

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: list.length / size }, (_, i) => list.slice(i * size, (i + 1) * size));

/** Columns have names where the first row holds no number and the others do. */
function textRows(name: string, text: string): Entry[][] {
  const words = wordsOf(text);
  if (words.length > 1 && words[0].every((word) => entryOf(word) === undefined && !/^nan$|inf/i.test(word))) {
    words.shift();
  }
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

/** Most bytes of a text: more than rows of any matrix that can be decomposed in minutes take, and within what a string holds. */
const LONGEST_TEXT = 2 ** 28;

/** Whether a file begins with a row of three numbers or more, or of names above one, or with a list in brackets. */
export function isRows(head: Uint8Array): boolean {
  const [first, second] = firstRows(head, 2);
  if (first === undefined) return false;
  if (/^[[{]/.test(first[0])) return true;
  // The beginning of a file may end within a long row.
  const isRow = (words: string[] | undefined) =>
    words !== undefined && words.length > 2 && words.slice(0, 3).every((word) => entryOf(word) !== undefined);
  return isRow(first) || (first.length > 2 && isRow(second));
}

/** Most bytes of such a file. */
export const rowsLength = (): number => LONGEST_TEXT;

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
