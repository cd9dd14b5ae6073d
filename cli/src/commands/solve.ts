// emft solve: the mean-field solution for a list of couplings or an exponential chain.
import type { Core, MeanFieldSolution } from 'emft';
import { ConvergenceError, InputError } from 'emft/check';
import { readCouplings } from '../files/couplings.js';
import { inputName } from '../files/inputFile.js';
import { command } from './command.js';
import { printFacts, printJson, printTable, withCore } from './common.js';
import { file, integer, number, type Values } from './flags.js';
import { grain, json } from './shared.js';

const flags = {
  g0: number('--g0 <g>', 'bare coupling of the first spin, g_1,0', { becomes: [['g0']] }),
  alpha: number('--alpha <a>', 'ratio of neighbouring bare couplings: g_n,0 = g_1,0 α^(n−1)', {
    becomes: [['alpha']],
  }),
  n: integer('-n, --n <count>', 'number of spins', { becomes: [['n']] }),
  couplings: file('--couplings <file>', 'bare couplings from a file instead', {
    excludes: ['g0', 'alpha', 'n'],
    becomes: [['file']],
  }),
  grain,
  json: json('print { g, logG, entropy, czz, etaTot, iterations, converged }'),
};
type Options = Values<typeof flags>;

export const solve = command({
  name: 'solve',
  description: 'solve the mean-field equations g_n = g_n,0 exp(½ Σ_{m≠n} η(g_m)) for the least solution',
  example: '--g0 0.5 --alpha 0.6 -n 40',
  flags,
  requires: {
    flags: ['g0', 'alpha', 'n'],
    unless: 'couplings',
    hint: 'give --g0, --alpha and -n, or --couplings FILE',
  },
  help: () => `
FILE holds numbers separated by blanks, commas or line ends (# begins a comment), or a table with a column g0, g or coupling
under a header (fields separated by commas, semicolons, tabs or blanks, quotation marks as in RFC 4180), or JSON: an array, or an
object with an array "couplings". - is standard input.
Entropies and etaTot are in nats. In JSON, couplings beyond the range of a double are null in g; logG has them.`,
  run,
});

async function run({ json, ...options }: Options): Promise<void> {
  await withCore(async (core) => {
    const { bare, log } = await bareCouplings(core, options);
    const { g, logG, entropy, czz, etaTot, iterations, converged } = solution(core, bare, log, options);
    if (json) await printJson({ g, logG, entropy, czz, etaTot, iterations, converged });
    else {
      await printTable({ n: Array.from(g, (_, i) => i + 1), g, entropy, czz });
      await printFacts({ etaTot, iterations, converged });
    }
    if (!converged) throw new ConvergenceError(`solve: not converged after ${iterations} iterations`);
  });
}

/** An error about the couplings is an error about their file. */
function solution(
  core: Core,
  bare: Float64Array,
  log: boolean,
  { couplings: path, grain }: Pick<Options, 'couplings' | 'grain'>,
): MeanFieldSolution {
  try {
    return core.solveMeanField(bare, { log, grain });
  } catch (error) {
    if (!(error instanceof InputError) || path === undefined) throw error;
    throw new InputError(inputName(path), error.path[0] === 'bare' ? error.reason : error.message);
  }
}

/** A chain is given by logarithms, because couplings of a long one leave the range of doubles. */
async function bareCouplings(
  core: Core,
  { g0, alpha, n, couplings }: Omit<Options, 'json' | 'grain'>,
): Promise<{ bare: Float64Array; log: boolean }> {
  if (couplings !== undefined) return { bare: await readCouplings(couplings), log: false };
  return { bare: core.drhLogCouplings({ g0: g0!, alpha: alpha!, n: n! }), log: true };
}
