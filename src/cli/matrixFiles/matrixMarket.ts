// The Matrix Market exchange format (Boisvert, Pozo, Remington, NISTIR 5935, 1996): coordinate and array
// layouts; real, integer and pattern fields; general and symmetric matrices.
import { InputError } from '../../core/errors.js';
import { checkMatrixOrder, type Matrix, type OrderCheck } from './matrix.js';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/;

interface Banner {
  layout: 'coordinate' | 'array';
  field: 'real' | 'integer' | 'pattern';
  symmetric: boolean;
}

/** The lines that are neither comments nor blank, with their numbers counted from 1. */
function* dataLines(text: string): Generator<{ line: number; tokens: string[] }> {
  for (let start = 0, line = 1; start < text.length; ++line) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const content = text.slice(start, end).trim();
    start = end + 1;
    if (content !== '' && !content.startsWith('%')) yield { line, tokens: content.split(/\s+/) };
  }
}

/** Reads a square matrix; `name` stands for the file in messages. Repeated entries are added up. */
export function parseMatrixMarket(name: string, text: string, check: OrderCheck = () => {}): Matrix {
  const banner = parseBanner(name, text);
  const lines = dataLines(text);
  const size = lines.next();
  if (size.done) throw new InputError(name, 'is truncated: the line with the size is missing');
  const wanted = banner.layout === 'coordinate' ? 3 : 2;
  const { line, tokens } = size.value;
  const counts = tokens.map((t) => (/^\d+$/.test(t) ? Number(t) : Number.NaN));
  if (counts.length !== wanted || !counts.every(Number.isSafeInteger)) {
    throw new InputError(name, `line ${line}: expected ${wanted} whole numbers for the size`);
  }
  const n = checkMatrixOrder(name, counts[0], counts[1]);
  checkLength(name, text, banner, n, counts[2]);
  check(n);
  const a = new Float64Array(n * n);
  const fill = banner.layout === 'coordinate' ? fillCoordinate : fillArray;
  fill(name, lines, banner, n, a, counts[2]);
  if (banner.symmetric) {
    for (let j = 0; j < n; ++j) for (let i = j + 1; i < n; ++i) a[j + i * n] = a[i + j * n];
  }
  const bad = a.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) {
    throw new InputError(name, `element (${(bad % n) + 1}, ${Math.floor(bad / n) + 1}) is beyond a double`);
  }
  return { n, a };
}

/** What a file announces has to fit into it: an entry has at least a digit a number and what parts them. */
function checkLength(
  name: string,
  text: string,
  { layout, field, symmetric }: Banner,
  n: number,
  nnz: number,
) {
  const elements = symmetric ? (n * (n + 1)) / 2 : n * n;
  const [count, shortest] = layout === 'array' ? [elements, 2] : [nnz, field === 'pattern' ? 4 : 6];
  if (count * shortest > text.length + 1) {
    throw new InputError(
      name,
      `is truncated: ${count} entries are announced, and the ${text.length} characters of the file cannot hold them`,
    );
  }
}

function parseBanner(name: string, text: string): Banner {
  const words = text.slice(0, 200).split('\n', 1)[0].trim().toLowerCase().split(/\s+/);
  if (words[0] !== '%%matrixmarket' || words.length !== 5) {
    throw new InputError(
      name,
      "is not a Matrix Market file: expected a first line such as '%%MatrixMarket matrix coordinate real symmetric'",
    );
  }
  const [, object, layout, field, symmetry] = words;
  const refuse = (what: string, got: string, allowed: string): never => {
    throw new InputError(name, `line 1: ${what} '${got}' is not supported, expected ${allowed}`);
  };
  if (object !== 'matrix') refuse('object', object, 'matrix');
  if (layout !== 'coordinate' && layout !== 'array') return refuse('format', layout, 'coordinate or array');
  if (field !== 'real' && field !== 'integer' && field !== 'pattern') {
    return refuse('field', field, 'real, integer or pattern');
  }
  if (field === 'pattern' && layout === 'array') refuse('field', 'pattern', 'real or integer in an array');
  if (symmetry !== 'general' && symmetry !== 'symmetric') {
    refuse('symmetry', symmetry, 'general or symmetric (the matrix has to be symmetric)');
  }
  return { layout, field, symmetric: symmetry === 'symmetric' };
}

type Fill = (
  name: string,
  lines: ReturnType<typeof dataLines>,
  banner: Banner,
  n: number,
  a: Float64Array,
  count: number,
) => void;

const fillCoordinate: Fill = (name, lines, { field, symmetric }, n, a, count) => {
  const wanted = field === 'pattern' ? 2 : 3;
  let seen = 0;
  for (const { line, tokens } of lines) {
    if (++seen > count) throw new InputError(name, `line ${line}: more than the ${count} entries announced`);
    if (tokens.length !== wanted) {
      throw new InputError(name, `line ${line}: ${tokens.length} fields, expected ${wanted}`);
    }
    const i = parseIndex(name, line, tokens[0], n);
    const j = parseIndex(name, line, tokens[1], n);
    if (symmetric && j > i) {
      throw new InputError(
        name,
        `line ${line}: entry (${i + 1}, ${j + 1}) lies above the diagonal of a symmetric matrix, of which only the lower triangle is stored`,
      );
    }
    a[i + j * n] += field === 'pattern' ? 1 : parseValue(name, line, tokens[2], field);
  }
  if (seen < count) throw new InputError(name, `is truncated: ${seen} of ${count} entries are there`);
};

const fillArray: Fill = (name, lines, { field, symmetric }, n, a) => {
  const count = symmetric ? (n * (n + 1)) / 2 : n * n;
  let seen = 0;
  let [i, j] = [0, 0];
  for (const { line, tokens } of lines) {
    for (const token of tokens) {
      if (++seen > count)
        throw new InputError(name, `line ${line}: more than the ${count} elements expected`);
      a[i + j * n] = parseValue(name, line, token, field);
      if (++i < n) continue;
      ++j;
      i = symmetric ? j : 0;
    }
  }
  if (seen < count) throw new InputError(name, `is truncated: ${seen} of ${count} elements are there`);
};

function parseIndex(name: string, line: number, token: string, n: number): number {
  const index = /^\d+$/.test(token) ? Number(token) : Number.NaN;
  if (!(index >= 1 && index <= n)) {
    throw new InputError(name, `line ${line}: index ${token}, expected a whole number from 1 to ${n}`);
  }
  return index - 1;
}

function parseValue(name: string, line: number, token: string, field: string): number {
  const ok = field === 'integer' ? /^[+-]?\d+$/.test(token) : NUMBER.test(token);
  const value = ok ? Number(token.replace(/[dD]/, 'e')) : Number.NaN;
  if (!Number.isFinite(value)) {
    const kind = field === 'integer' ? 'a whole number' : 'a finite number';
    throw new InputError(name, `line ${line}: '${token}' is not ${kind}`);
  }
  return value;
}
