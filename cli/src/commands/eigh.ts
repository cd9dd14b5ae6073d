// emft eigh: eigenvalues and eigenvectors of a symmetric matrix in a file.
import { ConvergenceError, type Core, type Eigh, InputError } from 'emft';
import { accurate, inaccuracy, MAX_BYTES, methodNames } from 'emft/check';
import { writeFileAtomic } from '../files/atomicFile.js';
import { checkHostMemory, mebibytes } from '../files/hostMemory.js';
import { inputName } from '../files/inputFile.js';
import { encodeNpy } from '../files/matrix/npy.js';
import { readSymmetricMatrix } from '../files/matrix/read.js';
import { checkOutput } from '../files/outputFile.js';
import { note } from '../files/streams.js';
import { command } from './command.js';
import { printFacts, printJson, printTable, withCore } from './common.js';
import { called, choice, file, toggle, type Values } from './flags.js';
import { json } from './shared.js';

const flags = {
  method: choice('--method <name>', 'algorithm', ['auto', ...methodNames], {
    default: 'auto',
    becomes: [['options', 'method']],
  }),
  vectors: file('--vectors <out.npy>', 'write the eigenvectors there, as the columns of a matrix'),
  force: toggle('--force', 'replace the file of --vectors if it exists'),
  json: json('print { values, residual, orthogonality }'),
};
type Options = Values<typeof flags>;

export const eigh = command({
  name: 'eigh',
  description: 'eigenvalues (ascending) and eigenvectors of a real symmetric matrix',
  example: 'matrix.mtx',
  arguments: {
    file: file('<file>', 'NumPy .npy (real) or Matrix Market .mtx; - is standard input', {
      becomes: [['file']],
    }),
  },
  flags,
  help: () => `
The matrix has to be symmetric, to 1e-12 of its largest element (float32: 1e-5, float16: 1e-2, integers: exactly); its lower
triangle is used. .npy: bool, integers up to 2^53, float16 to float64, any byte order and order of elements. Matrix Market:
coordinate or array; real, double, integer, unsigned-integer, pattern; general, symmetric (either triangle), hermitian; entries
that are there twice are added up.
residual is |A Z - Z D| / (|A| n ulp) and orthogonality |I - Z'Z| / (n ulp) in the 1-norm, ulp = 2^-52,
the ratios of LAPACK's own tests: good decompositions have values of order 1. LAPACK's threshold is 60: above it, and
when an iteration does not converge, nothing is written and the exit status is 1.`,
  run: ({ file, ...options }) => decompose(file, options),
});

/** Square matrices in JavaScript memory beside the solver: A, Z and the file of Z. */
const COPIES = 3;

/** Refuses, before memory is taken for the matrix, what would not fit; `allowed` says what would. */
export function checkMemory(file: string, n: number, bytes: number, allowed = () => ''): void {
  if (bytes > MAX_BYTES) {
    throw new InputError(
      file,
      `is ${n} × ${n}: its decomposition needs ${mebibytes(bytes)} MiB, WebAssembly memory holds ${mebibytes(MAX_BYTES)} MiB${allowed()}`,
    );
  }
  checkHostMemory(`${file}: is ${n} × ${n}: its decomposition`, bytes + COPIES * 8 * n * n);
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

/** Which orders the method takes, and which a method of less memory, where that one takes this matrix. */
function allowedOrders(core: Core, n: number, method: Options['method']): string {
  const limit = (name: Options['method']) =>
    largestOrder((order) => core.eighBytes(order, { method: name, verify: true }));
  const more = limit('qr');
  const hint = method !== 'qr' && n <= more ? `; --method qr takes n ≤ ${more}` : '';
  return `; expected n ≤ ${limit(method)}${hint}`;
}

async function decompose(file: string, { method, vectors: out, force, json }: Options): Promise<void> {
  if (out !== undefined) await checkOutput(called(flags.vectors), out, force);
  const { n, ...result } = await withCore(async (core) => {
    const matrix = await readSymmetricMatrix(file, (n) =>
      checkMemory(inputName(file), n, core.eighBytes(n, { method, verify: true }), () =>
        allowedOrders(core, n, method),
      ),
    );
    return { n: matrix.n, ...core.eigh(matrix.a, matrix.n, { method, verify: true }) };
  });
  const { values, vectors, convergence, residual, orthogonality } = result;
  if (!convergence.converged) throw new ConvergenceError(`eigh: ${whyUnreliable(result)}`);
  if (out !== undefined) {
    await writeFileAtomic(out, encodeNpy(vectors, n, n), { overwrite: force === true });
    note(`eigenvectors: ${out}`);
  }
  if (json) await printJson({ values, residual, orthogonality });
  else {
    await printTable({ k: Array.from(values, (_, k) => k), eigenvalue: values });
    await printFacts({ residual: residual!, orthogonality: orthogonality! });
  }
}

/** What is wrong with a result that is not converged. */
function whyUnreliable({ values, convergence, residual = 0, orthogonality = 0 }: Eigh): string {
  if (!values.every(Number.isFinite)) return 'an eigenvalue is not finite: it is beyond the range of doubles';
  const ratios = { residual, orthogonality };
  return accurate(ratios) ? `not converged after ${convergence.iterations} sweeps` : inaccuracy(ratios);
}
