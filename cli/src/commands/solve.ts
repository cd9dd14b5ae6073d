// emft solve: the mean-field solution for a list of couplings or an exponential chain.
import type { Command } from 'commander';
import type { Core, MeanFieldSolution } from 'emft';
import { ConvergenceError, InputError } from 'emft';
import { readCouplings } from '../files/couplings.js';
import { inputName } from '../files/inputFile.js';
import { parseInteger, parseNumber, printFacts, printJson, printTable, withCore } from './common.js';

interface Options {
  g0?: number;
  alpha?: number;
  n?: number;
  couplings?: string;
  json?: boolean;
}

export function addSolve(program: Command): void {
  program
    .command('solve')
    .description('solve the mean-field equations g_n = g_n,0 exp(½ Σ_{m≠n} η(g_m)) for the least solution')
    .option('--g0 <g>', 'bare coupling of the first spin, g_1,0', parseNumber)
    .option('--alpha <a>', 'ratio of neighbouring bare couplings: g_n,0 = g_1,0 α^(n−1)', parseNumber)
    .option('-n, --n <count>', 'number of spins', parseInteger)
    .option('--couplings <file>', 'bare couplings from a file instead')
    .option('--json', 'print { g, logG, entropy, czz, etaTot, iterations, converged }')
    .addHelpText(
      'after',
      `
FILE holds numbers separated by blanks, commas or line ends (# begins a comment), or a table with a column g0, g or coupling
under a header (fields parted by commas, semicolons, tabs or blanks, quotation marks as in RFC 4180), or JSON: an array, or an
object with an array "couplings". - is standard input.
Entropies and etaTot are in nats. In JSON, couplings beyond the range of a double are null in g; logG has them.`,
    )
    .action(run);
}

async function run({ json, ...options }: Options): Promise<void> {
  await withCore(async (core) => {
    const { bare, log } = await bareCouplings(core, options);
    const { g, logG, entropy, czz, etaTot, iterations, converged } = solve(
      core,
      bare,
      log,
      options.couplings,
    );
    if (json) await printJson({ g, logG, entropy, czz, etaTot, iterations, converged });
    else {
      await printTable({ n: Array.from(g, (_, i) => i + 1), g, entropy, czz });
      await printFacts({ etaTot, iterations, converged });
    }
    if (!converged) throw new ConvergenceError(`solve: not converged after ${iterations} iterations`);
  });
}

/** What is wrong with the couplings is wrong in their file. */
function solve(core: Core, bare: Float64Array, log: boolean, path: string | undefined): MeanFieldSolution {
  try {
    return core.solveMeanField(bare, { log });
  } catch (error) {
    if (!(error instanceof InputError) || path === undefined) throw error;
    throw new InputError(inputName(path), error.message.replace(/^bare: /, ''));
  }
}

/** Logarithms for a chain, whose couplings leave the range of doubles when it is long. */
async function bareCouplings(
  core: Core,
  { g0, alpha, n, couplings }: Options,
): Promise<{ bare: Float64Array; log: boolean }> {
  const chain = { '--g0': g0, '--alpha': alpha, '-n': n };
  const given = Object.entries(chain).filter(([, value]) => value !== undefined);
  if (couplings !== undefined) {
    if (given.length > 0) throw new InputError(given[0][0], 'not together with --couplings');
    return { bare: await readCouplings(couplings), log: false };
  }
  const missing = Object.keys(chain).filter((name) => chain[name as keyof typeof chain] === undefined);
  if (missing.length > 0) {
    throw new InputError(missing.join(', '), 'missing; give --g0, --alpha and -n, or --couplings FILE');
  }
  return { bare: core.drhLogCouplings({ g0: g0!, alpha: alpha!, n: n! }), log: true };
}
