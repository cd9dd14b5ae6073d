// emft eigsh: some eigenpairs of a sparse symmetric or Hermitian matrix in a file.
import type { EigshCount } from 'emft';
import { ConvergenceError, HOLDS, InputError, MAX_BYTES, mebibytes } from 'emft/check';
import { encodeNpy } from '../common/matrix/npy.js';
import { writeFileAtomic } from '../files/atomicFile.js';
import { inputName } from '../files/inputFile.js';
import { readSparse } from '../files/matrix/sparse.js';
import { checkOutput } from '../files/outputFile.js';
import { note } from '../files/streams.js';
import { command } from './command.js';
import { printFacts, printJson, printTable, withCore } from './common.js';
import { called, choice, file, integer, number, parsed, toggle, type Values } from './flags.js';
import { json, threads, twoNumbers } from './shared.js';

/** Larger than any eigenvalue, because elements are at most 1e150. */
const FARTHEST = 1e160;

const flags = {
  k: integer('--k <count>', 'how many (default: 6, or all of a smaller matrix)', {
    allowed: { min: 1 },
    excludes: ['interval'],
    becomes: [['options', 'k']],
  }),
  which: choice('--which <end>', 'the end of the spectrum (default: lowest)', ['lowest', 'highest'], {
    excludes: ['near', 'interval'],
  }),
  near: number('--near <energy>', 'those nearest to this energy', {
    allowed: { min: -FARTHEST, max: FARTHEST },
    excludes: ['interval'],
    becomes: [['options', 'which', 'near']],
  }),
  interval: parsed('--interval <a,b>', 'all from a to b', 'two numbers in one word, as -1.5,2', twoNumbers, {
    becomes: [['options', 'which', 'interval']],
  }),
  tolerance: number('--tolerance <share>', 'residuals allowed, relative to the largest eigenvalue', {
    default: 1e-12,
    allowed: { min: 1e-14, max: 0.1 },
    becomes: [['options', 'tolerance']],
  }),
  count: toggle('--count', 'count the eigenvalues there in another way besides'),
  vectors: file('--vectors <out.npy>', 'write the eigenvectors there, as the columns of a matrix'),
  force: toggle('--force', 'replace the file of --vectors if it exists'),
  threads,
  json: json('print { values, residuals, cut, report }'),
};
type Options = Values<typeof flags>;

export const eigsh = command({
  name: 'eigsh',
  description: 'some eigenvalues (ascending) and eigenvectors of a sparse symmetric or Hermitian matrix',
  example: 'matrix.mtx --k 1',
  arguments: {
    file: file('<file>', 'Matrix Market .mtx, coordinate or array; - is standard input', {
      becomes: [['file']],
    }),
  },
  flags,
  help: () => `
The matrix has to be symmetric or, where it is complex, Hermitian, to 1e-12 of its largest element (integers: exactly). Memory goes by
its entries and by some (3 k + 40) vectors of 8 bytes times its order (16 of a complex one), of --near and --interval some
(9 k + 160); orders up to 8192 may be decomposed whole, which takes a few times the matrix with all its zeros. More than
there is is refused before it begins.
residual is |A z - lambda z|, as measured. cut is true where the last level has more copies than are among those given, and
with --near where a state that is left out is as near as the farthest one, or may be: levels within 1e-10 of the norm of one
another may count as one. --interval gives all, but for levels within rounding of an end. --count tells how many eigenvalues there are
between those found, by inertia where entries lie near the diagonal in a good order, else by random vectors, with a standard error; another
number by inertia counts as not converged. When not all have converged nothing is written and the exit status is 1.`,
  run: ({ file, ...options }) => some(file, options),
});

async function some(path: string, options: Options): Promise<void> {
  const { k, which, near, interval, tolerance, count, vectors: out, force, threads, json } = options;
  if (out !== undefined) await checkOutput(called(flags.vectors), out, force);
  const { n, complex, operator } = await readSparse(path);
  const found = await withCore((core) => {
    const wanted = {
      k,
      which: near !== undefined ? { near } : interval ? { interval } : which,
      tolerance,
      vectors: out !== undefined,
      count: count === true,
    };
    const made = operator(core);
    const bytes = core.eigshBytes(made, wanted);
    if (bytes > MAX_BYTES) {
      throw new InputError(inputName(path), `is ${n} × ${n}: it needs ${mebibytes(bytes)} MiB, ${HOLDS}`);
    }
    return core.eigsh(made, wanted);
  }, threads);
  const { values, vectors, residuals, converged, cut, report } = found;
  if (!converged) {
    const seen = report.count;
    const missing = seen && seen.counted !== seen.found && seen.by === 'inertia';
    const counts = missing ? `: ${seen.found} were found, of ${seen.counted} by ${seen.by}` : '';
    const copies = cut && !missing ? '; levels have more copies than blocks had columns' : '';
    const more = report.needed === null ? '' : `; to go on takes ${mebibytes(report.needed)} MiB`;
    throw new ConvergenceError(
      `eigsh: not all have converged after ${report.products} products${counts}${copies}${more}`,
    );
  }
  if (out !== undefined) {
    await writeFileAtomic(out, encodeNpy(vectors, n, values.length, complex), { overwrite: force === true });
    note(`eigenvectors: ${out}`);
  }
  if (json) return printJson({ values, residuals, cut, report });
  await printTable({
    k: Array.from(values, (_, i) => i),
    eigenvalue: values,
    residual: residuals,
  });
  await printFacts({
    cut: String(cut),
    method: report.method,
    products: report.products,
    ...(count ? { count: countOf(report.count, values.length) } : {}),
  });
}

/** What was counted, in words. */
function countOf(count: EigshCount | null, found: number): string {
  if (!count) return found === 0 ? 'none: there are no eigenvalues' : 'none: the interval is too narrow';
  const [from, to] = count.interval.map((e) => e.toPrecision(6));
  const counted =
    count.by === 'inertia' ? count.counted : `${count.counted.toFixed(2)} ± ${count.error.toFixed(2)}`;
  return `${count.found} found, ${counted} by ${count.by}, from ${from} to ${to}`;
}
