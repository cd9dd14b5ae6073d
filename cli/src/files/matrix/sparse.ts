// Sparse symmetric and Hermitian matrices from Matrix Market files, as compressed rows: memory goes by the entries.
import type { Core, Operator } from 'emft';
import { byRows, InputError, MAX_BYTES } from 'emft/check';
import { dataLines } from '../../common/matrix/lines.js';
import { checkSum } from '../../common/matrix/marketNumbers.js';
import { checkMatrixOrder, symmetrize, TOLERANCES } from '../../common/matrix/matrix.js';
import {
  checkLength,
  coordinates,
  matrixMarketLength,
  parseMatrixMarket,
  parseSize,
  type Size,
  twice,
} from '../../common/matrix/matrixMarket.js';
import { withoutMark } from '../../common/text.js';
import { BEYOND_LENGTH, inputName, readInput } from '../inputFile.js';

/** Largest order: beyond it even the vectors of the smallest search would not fit. */
const LARGEST_ORDER = Math.floor(MAX_BYTES / 8 / 40);
/** Largest number in a matrix that the library takes. */
const LARGEST_ELEMENT = 1e150;

interface Sparse {
  n: number;
  complex: boolean;
  operator(core: Core): Operator;
}

function checkOrder(name: string, rows: number, columns: number): number {
  if (rows !== columns) throw new InputError(name, `is ${rows} × ${columns}, expected a square matrix`);
  if (rows > LARGEST_ORDER) {
    throw new InputError(name, `is ${rows} × ${rows}, expected an order of at most ${LARGEST_ORDER}`);
  }
  return rows;
}

/** `-` is standard input. */
export async function readSparse(path: string): Promise<Sparse> {
  const name = inputName(path);
  const bytes = await readInput(path, {
    head(bytes) {
      const length = matrixMarketLength(name, bytes, () => {}, checkOrder);
      return length === undefined ? undefined : length + BEYOND_LENGTH;
    },
  });
  return parseSparse(name, bytes);
}

export function parseSparse(name: string, bytes: Uint8Array): Sparse {
  const text = withoutMark(bytes);
  const lines = dataLines(name, text);
  const size = parseSize(name, text, lines, checkOrder);
  const complex = size.banner.parts === 2;
  if (size.banner.layout === 'array') {
    checkMatrixOrder(name, size.n, size.n);
    const matrix = parseMatrixMarket(name, bytes);
    symmetrize(name, matrix);
    const bad = matrix.a.findIndex((x) => Math.abs(x) > LARGEST_ELEMENT);
    if (bad >= 0) throw tooLarge(name, matrix.a[bad]);
    const { n, a } = matrix;
    return { n, complex, operator: (core) => core.operator({ n, matrix: a, complex }) };
  }
  checkLength(name, text, size);
  const triangle = lowerTriangle(name, entriesOf(name, lines, size), size);
  return { n: size.n, complex, operator: (core) => core.csr(compressed(size.n, complex, triangle)) };
}

function tooLarge(name: string, x: number): InputError {
  return new InputError(name, `has an element ${x}, expected at most ${LARGEST_ELEMENT} in size`);
}

/** Entries of the lower triangle: those of the upper one are conjugated, and say so. */
interface Entries {
  count: number;
  rows: Uint32Array;
  columns: Uint32Array;
  upper: Uint8Array;
  lines: Float64Array;
  re: Float64Array;
  im: Float64Array;
}

function entriesOf(name: string, lines: ReturnType<typeof dataLines>, size: Size): Entries {
  const { count } = size;
  const entries: Entries = {
    count,
    rows: new Uint32Array(count),
    columns: new Uint32Array(count),
    upper: new Uint8Array(count),
    lines: new Float64Array(count),
    re: new Float64Array(count),
    im: new Float64Array(count),
  };
  let k = 0;
  for (const { line, i, j, re, im } of coordinates(name, lines, size)) {
    entries.rows[k] = Math.max(i, j);
    entries.columns[k] = Math.min(i, j);
    entries.upper[k] = Number(j > i);
    entries.lines[k] = line;
    entries.re[k] = re;
    entries.im[k++] = j > i ? 0 - im : im;
  }
  return entries;
}

/** What is stored, each place once, row by row. */
interface Triangle {
  rows: number[];
  columns: number[];
  re: number[];
  im: number[];
}

/** Adds up what is there several times, and refuses triangles that are not each other's adjoint. */
function lowerTriangle(name: string, entries: Entries, { banner, n }: Size): Triangle {
  const { count, rows, columns, upper, lines } = entries;
  const whole = banner.field !== 'real' && banner.field !== 'complex';
  const order = byRows(rows, columns, n);
  const out: Triangle = { rows: [], columns: [], re: [], im: [] };
  let largest = 0;
  const both: { i: number; j: number; a: number[]; b: number[] }[] = [];
  for (let from = 0, to = 0; from < count; from = to) {
    const [i, j] = [rows[order[from]], columns[order[from]]];
    const sums = [
      [0, 0],
      [0, 0],
    ];
    for (let sides = 0; to < count && rows[order[to]] === i && columns[order[to]] === j; ++to) {
      const k = order[to];
      const side = upper[k];
      sides |= 1 << side;
      if (banner.symmetric && sides === 3) throw twice(name, lines[k], i, j);
      if (whole) checkSum(name, lines[k], sums[side][0], entries.re[k]);
      sums[side][0] += entries.re[k];
      sums[side][1] += entries.im[k];
    }
    // A symmetric file has one of the two.
    const a = banner.symmetric ? [sums[0][0] + sums[1][0], sums[0][1] + sums[1][1]] : sums[0];
    for (const x of [...a, ...sums[1]]) {
      if (!(Math.abs(x) <= LARGEST_ELEMENT)) throw tooLarge(name, x);
      largest = Math.max(largest, Math.abs(x));
    }
    out.rows.push(i);
    out.columns.push(j);
    out.re.push(a[0]);
    out.im.push(i === j ? 0 : a[1]);
    if (i === j) both.push({ i, j, a, b: [a[0], 0] });
    else if (!banner.symmetric) both.push({ i, j, a, b: sums[1] });
  }
  const allowed = (whole ? TOLERANCES.exact : TOLERANCES.double) * largest;
  const odd = both.find(({ a, b }) => Math.abs(a[0] - b[0]) > allowed || Math.abs(a[1] - b[1]) > allowed);
  if (odd) {
    const { i, j, a, b } = odd;
    const kind = banner.parts === 2 ? 'Hermitian' : 'symmetric';
    const of = i === j ? 'its conjugate' : `the one that mirrors it, in row ${j + 1},`;
    const shown = ([re, im]: number[]) =>
      banner.parts === 2 ? `${re}${im < 0 ? '-' : '+'}${Math.abs(im)}i` : `${re}`;
    throw new InputError(
      name,
      `is not ${kind}: element (${i + 1}, ${j + 1}) is ${shown(a)}, and ${of} makes it ${shown(b)}`,
    );
  }
  return out;
}

/** Both triangles: a row has its part of the lower one first. */
function compressed(n: number, complex: boolean, { rows, columns, re, im }: Triangle) {
  const width = complex ? 2 : 1;
  const indptr = new Uint32Array(n + 1);
  const lower = new Uint32Array(n);
  for (const [k, i] of rows.entries()) {
    indptr[i + 1]++;
    lower[i]++;
    if (columns[k] !== i) indptr[columns[k] + 1]++;
  }
  for (let i = 0; i < n; ++i) indptr[i + 1] += indptr[i];
  const count = indptr[n];
  const [indices, data] = [new Uint32Array(count), new Float64Array(width * count)];
  const next = indptr.slice(0, n);
  const after = Uint32Array.from(lower, (own, i) => indptr[i] + own);
  const put = (p: number, column: number, k: number, sign: number) => {
    indices[p] = column;
    data[width * p] = re[k];
    if (complex) data[2 * p + 1] = sign < 0 ? 0 - im[k] : im[k];
  };
  for (const [k, i] of rows.entries()) {
    const j = columns[k];
    put(next[i]++, j, k, 1);
    if (j !== i) put(after[j]++, i, k, -1);
  }
  return { n, complex, indptr, indices, data };
}
