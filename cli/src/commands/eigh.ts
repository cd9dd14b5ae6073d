// emft eigh: eigenvalues and eigenvectors of a symmetric, Hermitian or tridiagonal matrix in a file.
import type { Core, Eigh, EighOptions } from 'emft';
import { decompositionRatios, type RatioOptions, type Ratios } from 'emft/accuracy';
import {
  accurate,
  ConvergenceError,
  HOLDS,
  InputError,
  inaccuracy,
  inPairs,
  MAX_BYTES,
  mebibytes,
  methodNames,
} from 'emft/check';
import type { Kind, Matrix } from '../common/matrix/matrix.js';
import { encodeNpy } from '../common/matrix/npy.js';
import { writeFileAtomic } from '../files/atomicFile.js';
import { checkHostMemory } from '../files/hostMemory.js';
import { inputName } from '../files/inputFile.js';
import { readMatrix } from '../files/matrix/read.js';
import { checkOutput } from '../files/outputFile.js';
import { note } from '../files/streams.js';
import { command } from './command.js';
import { printFacts, printJson, printTable, withCore } from './common.js';
import { called, choice, file, integer, parsed, toggle, type Values } from './flags.js';
import { json, twoNumbers } from './shared.js';

const flags = {
  method: choice('--method <name>', 'algorithm', ['auto', ...methodNames], {
    default: 'auto',
    becomes: [['options', 'method']],
  }),
  index: parsed(
    '--index <first,last>',
    'only eigenvalues of these places, counted from 0',
    'two whole numbers, as 0,9',
    twoNumbers,
    {
      becomes: [['options', 'range', 'index']],
      excludes: ['interval'],
    },
  ),
  interval: parsed(
    '--interval <a,b>',
    'only eigenvalues above a and up to b; -inf and inf are no bounds',
    'two numbers, as -1.5,2',
    (text) => twoNumbers(text, true),
    { becomes: [['options', 'range', 'value']] },
  ),
  b: file('--b <file>', 'a second, positive definite matrix B as large, for A x = lambda B x', {
    becomes: [['options', 'b']],
  }),
  itype: integer(
    '--itype <1|2|3>',
    'which problem --b makes, as in LAPACK: 1 A x = lambda B x, 2 A B x = lambda x, 3 B A x = lambda x (default: 1)',
    {
      allowed: { min: 1, max: 3 },
      onlyWith: { flag: 'b' },
      becomes: [['options', 'itype']],
    },
  ),
  vectors: file('--vectors <out.npy>', 'write the eigenvectors there, as the columns of a matrix'),
  force: toggle('--force', 'replace the file of --vectors if it exists'),
  json: json('print { values, residual, orthogonality }, with --b backward too'),
};
type Options = Values<typeof flags>;

export const eigh = command({
  name: 'eigh',
  description: 'eigenvalues (ascending) and eigenvectors of a symmetric, Hermitian or tridiagonal matrix',
  example: 'matrix.mtx',
  arguments: {
    file: file(
      '<file>',
      'NumPy .npy, Matrix Market .mtx, rows of numbers, JSON, or two columns of text for a tridiagonal matrix; - is standard input (text without a header)',
      {
        becomes: [['file']],
      },
    ),
  },
  flags,
  help: () => `
The matrix has to be symmetric or, where it is complex, Hermitian, to 1e-12 of its largest element (float32: 1e-5, float16:
1e-2, integers: exactly); its lower triangle is used. .npy: bool, integers up to 2^53, float16 to float64, complex64 and
complex128, any byte order and order of elements. Matrix Market: coordinate or array; real, double, complex, integer,
unsigned-integer, pattern; general, symmetric (either triangle), hermitian; entries that are there twice are added up.
Text: rows of numbers, complex ones as 1+2i, names above them or not; or JSON, a list of rows, complex entries as pairs.
A tridiagonal matrix is n rows of two numbers, the diagonal and what is beside it, in .csv, .txt or an n × 2 .npy (of n = 2 the
matrix itself): row i holds elements (i, i) and (i, i + 1), and the second of the last row is 0, NaN or left out.
Two rows of text that could be either are refused: leave that last 0 out, or write the matrix as JSON.
residual is |A Z - Z D| / (|A| n ulp) and orthogonality |I - Z'Z| / (n ulp) in the 1-norm, ulp = 2^-52,
the ratios of LAPACK's own tests, of complex matrices for 64 eigenvectors at most: good decompositions have values of order 1.
With --b they are |A Z - B Z D|, or |A B Z - Z D| or |B A Z - Z D| of --itype 2 and 3, / (|A| |Z| n ulp), and
|I - Z'B Z| / (|B| |Z|^2 n ulp), for 64 eigenvectors at most; with --itype 3, where Z'inv(B) Z = I, |B - Z Z'| / (|B| n ulp), and of
a part of the spectrum |D - Z'A Z| / (|A| |Z|^2 n ulp). The first is large where B is ill-conditioned (--itype 1) or large (2, 3):
rounding of Z alone makes it so. backward decides there, the same over (|A| + |B| max|D|) |Z| n ulp, or |A| |B| |Z| n ulp.
LAPACK's threshold is 60: above it, and when an iteration does not converge, nothing is written and the exit status is 1.`,
  run: ({ file, ...options }) => decompose(file, options),
});

/** Eigenvectors whose ratios are formed at most, where the library's `verify` does not form those of all. */
const MOST_COLUMNS = 64;

/** Square matrices in JavaScript memory beside the solver: A, Z and the file of Z. */
const COPIES = 3;

/** Refuses, before memory is taken for the matrix, what would not fit; `allowed` says what would. */
export function checkMemory(file: string, n: number, bytes: number, allowed = () => '', parts = 1): void {
  if (bytes > MAX_BYTES) {
    throw new InputError(
      file,
      `is ${n} × ${n}: its decomposition needs ${mebibytes(bytes)} MiB, ${HOLDS}${allowed()}`,
    );
  }
  checkHostMemory(`${file}: is ${n} × ${n}: its decomposition`, bytes + COPIES * 8 * parts * n * n);
}

/** The largest order whose decomposition fits; what it needs grows with the order. */
function largestOrder(bytes: (n: number) => number): number {
  let [fits, over] = [0, 2 ** 15];
  while (over - fits > 1) {
    const n = (fits + over) >> 1;
    if (bytes(n) > MAX_BYTES) over = n;
    else fits = n;
  }
  return fits;
}

/** What a decomposition of each kind needs. */
function bytesOf(core: Core, kind: Kind, n: number, method: Options['method'], b = false): number {
  if (kind === 'tridiagonal') return core.eighBandedBytes(n, Math.min(1, n - 1), { method, verify: true });
  return kind === 'complex'
    ? core.eighComplexBytes(n, { method, b })
    : core.eighBytes(n, { method, verify: !b, b });
}

/** The orders that the method can take, and those of a method that takes less memory, where that method could take this matrix. */
function allowedOrders(core: Core, kind: Kind, n: number, method: Options['method'], b: boolean): string {
  const limit = (name: Options['method']) => largestOrder((order) => bytesOf(core, kind, order, name, b));
  const more = limit('qr');
  const hint = method !== 'qr' && n <= more ? `; --method qr takes n ≤ ${more}` : '';
  return `; expected n ≤ ${limit(method)}${hint}`;
}

async function decompose(path: string, options: Options): Promise<void> {
  const { method, index, interval, b, itype, vectors: out, force, json } = options;
  if (b === '-' && path === '-') throw new InputError(called(flags.b), 'standard input is the first matrix');
  if (out !== undefined) await checkOutput(called(flags.vectors), out, force);
  const range = index ? { index } : interval ? { value: interval } : undefined;
  const { kind, n, ...result } = await withCore(async (core) => {
    const read = (path: string) =>
      readMatrix(path, (n, kind) =>
        checkMemory(
          inputName(path),
          n,
          bytesOf(core, kind, n, method, b !== undefined),
          () => allowedOrders(core, kind, n, method, b !== undefined),
          kind === 'complex' ? 2 : 1,
        ),
      );
    const matrix = await read(path);
    if (b === undefined) return { kind: matrix.kind, n: matrix.n, ...solve(core, matrix, { method, range }) };
    const { kind, n, a, second } = pencilOf([inputName(path), inputName(b)], matrix, await read(b));
    return { kind, n, ...solvePencil(core, { n, a, b: second }, kind, { method, range, itype }) };
  });
  const { values, vectors, convergence, residual, orthogonality, backward } = result;
  if (!convergence.converged) throw new ConvergenceError(`eigh: ${whyUnreliable(result)}`);
  if (out !== undefined) {
    const bytes = encodeNpy(vectors, n, values.length, kind === 'complex');
    await writeFileAtomic(out, bytes, { overwrite: force === true });
    note(`eigenvectors: ${out}`);
  }
  if (json) await printJson({ values, residual, orthogonality, backward });
  else {
    const first = index ? index[0] : 0;
    await printTable({ k: Array.from(values, (_, k) => first + k), eigenvalue: values });
    await printFacts({
      residual: residual!,
      orthogonality: orthogonality!,
      ...(backward !== undefined && { backward }),
    });
  }
}

/** What a decomposition gave. */
type Numbers = Omit<Eigh, 'vector'> & Pick<Ratios, 'backward'>;

/** Two matrices of one order, both complex where one is. */
function pencilOf(names: [string, string], first: Matrix, second: Matrix) {
  [first, second].forEach(({ kind }, i) => {
    if (kind !== 'tridiagonal') return;
    throw new InputError(names[i], 'is tridiagonal, expected a whole matrix where there are two');
  });
  const { n } = first;
  if (second.n !== n) {
    throw new InputError(names[1], `is ${second.n} × ${second.n}, expected ${n} × ${n} as ${names[0]}`);
  }
  const kind: Kind = first.kind === 'real' && second.kind === 'real' ? 'real' : 'complex';
  const whole = (x: Matrix) => (x.kind === kind ? x.a : inPairs(x.a));
  return { kind, n, a: whole(first), second: whole(second) };
}

/** A x = λ B x, or the problem that `--itype` numbers. */
function solvePencil(
  core: Core,
  { n, a, b }: { n: number; a: Float64Array; b: Float64Array },
  kind: Kind,
  options: Pick<EighOptions, 'method' | 'range'> & { itype?: number },
): Numbers {
  const itype = options.itype as EighOptions['itype'];
  const how = { ...options, b, itype };
  if (kind === 'real') return judged(core.eigh(a, n, how), n, a, { b, itype });
  return judged(core.eighComplex(a, n, how), n, a, { b, itype, complex: true });
}

/** A result with the ratios that the library's own `verify` does not form, and converged only where they are accepted. */
function judged(result: Eigh, n: number, a: Float64Array, options: RatioOptions): Numbers {
  const { values, vectors, convergence } = result;
  if (!convergence.converged) return result;
  const ratios = decompositionRatios(a, n, values, vectors, { ...options, columns: MOST_COLUMNS });
  const converged = accurate(deciding(ratios));
  return { values, vectors, convergence: { ...convergence, converged }, ...ratios };
}

/** The two ratios that decide whether a result is accepted. */
function deciding({ residual = 0, orthogonality = 0, backward = residual }: Partial<Ratios>) {
  return { residual: backward, orthogonality };
}

function solve(core: Core, { kind, n, a }: Matrix, options: Pick<EighOptions, 'method' | 'range'>): Numbers {
  if (kind === 'tridiagonal') {
    return core.eighTridiagonal(a.subarray(0, n), a.subarray(n), { ...options, verify: true });
  }
  if (kind === 'real') return core.eigh(a, n, { ...options, verify: true });
  return judged(core.eighComplex(a, n, options), n, a, { complex: true });
}

/** What is wrong with a result that is not converged. */
function whyUnreliable({ values, convergence, ...result }: Numbers): string {
  if (!values.every(Number.isFinite)) return 'an eigenvalue is not finite: it is beyond the range of doubles';
  const ratios = deciding(result);
  return accurate(ratios) ? `not converged after ${convergence.iterations} sweeps` : inaccuracy(ratios);
}
