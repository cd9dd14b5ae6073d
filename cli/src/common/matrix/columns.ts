// A tridiagonal matrix in two columns of text: row i has the diagonal element (i, i) and next to it
// element (i, i + 1), which the last row may leave out. Fields are separated as in table.ts; a first line
// without a number names the columns.
import { InputError, latin1, parseDecimal, quoted, withoutMark } from 'emft/check';
import { records, separatorOf, type TableRecord } from '../table.js';
import { decodeText } from '../text.js';
import { checkTridiagonalOrder, type Matrix, type OrderCheck, TOLERANCES } from './matrix.js';

/** The fields of the first lines with content, as far as the first bytes of a file contain them. */
function firstRows(head: Uint8Array, count: number): string[][] {
  const text = latin1(withoutMark(head).subarray(0, 4096));
  const lines = text.split(/[\r\n]+/).filter((one) => one.trim() !== '' && !one.trim().startsWith('#'));
  return lines.slice(0, count).map((line) =>
    line
      .split('#', 1)[0]
      .trim()
      .split(/[\s,;]+/),
  );
}

const isNumber = (word: string) => parseDecimal(word) !== undefined;

/** Whether the first line of a file with content holds one or two numbers, or names above a line that does. */
export function isColumns(head: Uint8Array): boolean {
  const [first, second] = firstRows(head, 2);
  const few = (words: string[] | undefined) => words !== undefined && words.length <= 2;
  if (!few(first)) return false;
  if (first.every(isNumber)) return true;
  return !first.some(isNumber) && few(second) && second.every(isNumber);
}

/** Refuses a nonzero last element next to the diagonal: the columns mean something else than is read. */
export function checkLast(name: string, last: number, where: string): void {
  if (last === 0 || Number.isNaN(last)) return;
  throw new InputError(
    name,
    `${where} is ${last}: row i holds elements (i, i) and (i, i + 1) of a tridiagonal matrix, so that the last has to be 0, NaN or left out`,
  );
}

/** Reads the two columns; `name` stands for the file in messages. */
export function parseColumns(name: string, bytes: Uint8Array, check: OrderCheck = () => {}): Matrix {
  const text = decodeText(name, bytes);
  const rows = Array.from(records(name, text, separatorOf(text)));
  const named = rows.length > 0 && rows[0].fields.every((field) => parseDecimal(field.trim()) === undefined);
  if (named) rows.shift();
  const n = checkTridiagonalOrder(name, rows.length);
  if (n === 0) throw new InputError(name, 'holds no numbers');
  check(n, 'tridiagonal');
  const a = new Float64Array(2 * n - 1);
  rows.forEach((row, i) => {
    const last = i === n - 1;
    const { line, fields } = row;
    const beside = fields.length === 2 && !(last && fields[1].trim() === '') ? fields[1] : undefined;
    if (fields.length > 2 || (beside === undefined && !last)) {
      throw new InputError(
        name,
        `line ${line}: ${fields.length} fields, expected 2: the diagonal element (${i}, ${i}) and (${i}, ${i + 1}) beside it`,
      );
    }
    a[i] = toNumber(name, row, fields[0]);
    if (beside === undefined) return;
    if (!last) a[n + i] = toNumber(name, row, beside);
    else
      checkLast(
        name,
        /^nan$/i.test(beside.trim()) ? 0 : toNumber(name, row, beside),
        `line ${line}: element (${i}, ${i + 1})`,
      );
  });
  return { kind: 'tridiagonal', n, a, tolerance: TOLERANCES.exact };
}

function toNumber(name: string, { line }: TableRecord, text: string): number {
  const value = parseDecimal(text.trim());
  if (value !== undefined && Number.isFinite(value)) return value;
  throw new InputError(name, `line ${line}: ${quoted(text)} is not a finite number`);
}
