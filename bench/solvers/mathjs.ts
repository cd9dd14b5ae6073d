// mathjs: Jacobi rotations of symmetric arrays.
import { eigs } from 'mathjs';
import { ascending, rowsOf, type Solver } from '../../web/src/lab/solver.js';
import { entryOf, versionOf } from './source.js';

type Found = { values: number[]; eigenvectors: { vector: number[] }[] };

export default {
  name: 'mathjs',
  version: versionOf('mathjs', entryOf('mathjs', {})),
  prepare: rowsOf,
  solve: (rows) => eigs(rows) as unknown as Found,
  read: ({ values, eigenvectors }) => ascending(values, (k, i) => eigenvectors[k].vector[i]),
} satisfies Solver<number[][], Found>;
