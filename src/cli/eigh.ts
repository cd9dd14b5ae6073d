// emft eigh: eigenvalues and eigenvectors of a symmetric matrix in a file.
import { type Command, Option } from 'commander';
import { ConvergenceError } from '../core/errors.js';
import { writeFileAtomic } from '../ensemble/atomicFile.js';
import { printFacts, printJson, printTable, withCore } from './common.js';
import { checkDecomposition } from './decompositionCheck.js';
import { refuseExisting } from './inputFile.js';
import { encodeNpy } from './matrixFiles/npy.js';
import { readSymmetricMatrix } from './matrixFiles/read.js';

interface Options {
  method: 'auto' | 'dc' | 'qr' | 'jacobi';
  vectors?: string;
  force?: boolean;
  json?: boolean;
}

export function addEigh(program: Command): void {
  program
    .command('eigh')
    .description('eigenvalues (ascending) and eigenvectors of a real symmetric matrix')
    .argument('<file>', 'NumPy .npy (real, any order and byte order) or Matrix Market .mtx')
    .addOption(
      new Option('--method <name>', 'algorithm').choices(['auto', 'dc', 'qr', 'jacobi']).default('auto'),
    )
    .option('--vectors <out.npy>', 'write the eigenvectors there, as the columns of a matrix')
    .option('--force', 'replace the file of --vectors if it exists')
    .option('--json', 'print { values, residual, orthogonality }')
    .addHelpText(
      'after',
      `
The matrix has to be symmetric to 1e-12 of its largest element; its lower triangle is used.
residual is |A Z - Z D| / (|A| n ulp) and orthogonality |I - Z'Z| / (n ulp) in the 1-norm, ulp = 2^-52,
the ratios of LAPACK's own tests: good decompositions have values of order 1, LAPACK's threshold is 60.`,
    )
    .action(run);
}

async function run(file: string, { method, vectors: out, force, json }: Options): Promise<void> {
  if (out !== undefined && !force) await refuseExisting(out);
  const { n, a } = await readSymmetricMatrix(file);
  const { values, vectors, convergence } = await withCore((core) => core.eigh(a, n, { method }));
  if (!convergence.converged) {
    throw new ConvergenceError(`eigh: not converged after ${convergence.iterations} sweeps`);
  }
  const check = checkDecomposition(a, n, values, vectors);
  if (out !== undefined) {
    await writeFileAtomic(out, encodeNpy(vectors, n, n), { overwrite: force === true });
    process.stderr.write(`eigenvectors: ${out}\n`);
  }
  if (json) await printJson({ values, ...check });
  else {
    await printTable({ k: Array.from(values, (_, k) => k), eigenvalue: values });
    printFacts({ ...check });
  }
}
