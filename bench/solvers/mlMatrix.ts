// ml-matrix: EISPACK's tred2 and tql2 in JavaScript.
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { ascending, rowsOf, type Solver } from '../../web/src/lab/solver.js';
import { entryOf, versionOf } from './source.js';

export default {
  name: 'ml-matrix',
  version: versionOf('ml-matrix', entryOf('ml-matrix', {})),
  prepare: (a, n) => new Matrix(rowsOf(a, n)),
  solve: (matrix) => new EigenvalueDecomposition(matrix, { assumeSymmetric: true }),
  read({ realEigenvalues, eigenvectorMatrix: z }) {
    return ascending(realEigenvalues, (k, i) => z.get(i, k));
  },
} satisfies Solver<Matrix, EigenvalueDecomposition>;
