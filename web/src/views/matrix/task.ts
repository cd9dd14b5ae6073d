// Your matrix: read, checked, decomposed, its levels compared with random ones, and the answer judged by LAPACK's ratios.
import type { Core } from 'emft';
import { decompositionRatios } from 'emft/accuracy';
import { InputError } from 'emft/check';
import { parseMatrix } from '../../../../cli/src/common/matrix/parse.js';
import type { Cores, Report } from '../../tasks/task.js';
import { solverFor } from '../../tasks/threaded.js';
import { type LevelStatistics, statisticsOf } from '../levels.js';
import { example } from './examples.js';

/** What somebody gave, or the name of an example. */
export type Source =
  | { kind: 'bytes'; name: string; bytes: Uint8Array }
  | { kind: 'example'; name: string; n: number; seed: number };

interface MatrixInput {
  source: Source;
}

export interface MatrixResult {
  n: number;
  complex: boolean;
  /** Two columns of numbers were read as a tridiagonal matrix. */
  columns: boolean;
  /** Row by row, of a complex matrix in pairs. */
  a: Float64Array;
  values: Float64Array;
  /** Vector k in entries k n … (k + 1) n − 1, of a complex matrix twice as many. */
  vectors: Float64Array;
  converged: boolean;
  /** LAPACK's ratios, over as many of the vectors. */
  residual: number;
  orthogonality: number;
  checked: number;
  /** Seconds that the decomposition took, and on how many threads. */
  seconds: number;
  threads: number;
  statistics: LevelStatistics;
}

/** Order beyond which the page does not go: vectors of 8n² bytes are copied a few times, and 2000 takes seconds. */
export const MOST_ORDER = 2000;
/** Vectors that are checked of a large matrix: each costs 4n² operations in plain loops. */
const CHECKED = 64;

interface Read {
  n: number;
  a: Float64Array;
  complex: boolean;
  columns: boolean;
}

function read(core: Core, source: Source): Read {
  if (source.kind === 'example') {
    return { n: source.n, columns: false, ...example(core, source.name, source.n, source.seed) };
  }
  const { name, bytes } = source;
  const { n, a, kind, columns } = parseMatrix(name, bytes, (order) => {
    if (order === 0) throw new InputError(name, 'is of order 0: it has no eigenvalues');
    if (order <= MOST_ORDER) return;
    throw new InputError(
      name,
      `is of order ${order}: the page takes up to ${MOST_ORDER}; emft eigh, on the command line, takes more`,
    );
  });
  return { n, a, complex: kind === 'complex', columns: columns === true };
}

export async function matrix(
  { source }: MatrixInput,
  cores: Cores,
  report: Report<MatrixResult>,
  signal: AbortSignal,
): Promise<MatrixResult> {
  const { n, a, complex, columns: given } = read(cores.core, source);
  const solver = await solverFor(n, cores);
  const start = performance.now();
  const options = { signal, onProgress: (fraction: number) => report(0.9 * fraction) };
  const found = complex
    ? await solver.eighComplexAsync(a, n, options)
    : await solver.eighAsync(a, n, options);
  const seconds = (performance.now() - start) / 1000;
  const { values, vectors } = found;
  if (!values.every(Number.isFinite)) {
    throw new InputError(source.name, 'has an eigenvalue beyond the range of doubles');
  }
  const { converged } = found.convergence;
  await report(0.9);
  const columns = n > 4 * CHECKED ? CHECKED : n;
  const ratios = decompositionRatios(a, n, values, vectors, { columns, complex });
  return {
    n,
    complex,
    columns: given,
    a,
    values,
    vectors,
    converged,
    ...ratios,
    checked: Math.ceil(n / Math.max(1, Math.ceil(n / columns))),
    seconds,
    threads: solver.threads,
    statistics: statisticsOf(cores.core, values),
  };
}
