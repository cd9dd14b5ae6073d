// numeric: a general eigensolver in JavaScript, by the QR algorithm.
import { ascending, rowsOf, type Solver } from '../../web/src/lab/solver.js';
import { entryOf, load, versionOf } from './source.js';

interface Found {
  lambda: { x: number[] };
  /** Column k is eigenvector k. */
  E: { x: number[][] };
}

const entry = entryOf('numeric', {});
const { default: library } = (await load(entry)) as { default: { eig(rows: number[][]): Found } };

export default {
  name: 'numeric',
  version: versionOf('numeric', entry),
  prepare: rowsOf,
  solve: (rows) => library.eig(rows),
  read: ({ lambda, E }) => ascending(lambda.x, (k, i) => E.x[i][k]),
} satisfies Solver<number[][], Found>;
