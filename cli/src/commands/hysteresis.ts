// emft hysteresis: stable mean-field solutions of one lattice, followed up and down in the disorder.
import type { Command } from 'commander';
import { InputError } from 'emft';
import { parseInteger, parseNumber, printFacts, printJson, printTable, withCore } from './common.js';
import { addLatticeOptions, checkPhases, type LatticeFlags } from './latticeOptions.js';

/** W of the library's lattices. */
const MOST_DISORDER = 1e9;

interface Options extends LatticeFlags {
  from: number;
  to: number;
  points: number;
  json?: boolean;
}

export function addHysteresis(program: Command): void {
  const command = program
    .command('hysteresis')
    .description(
      'η_tot of one lattice as the disorder W falls and as it rises: where an avalanche begins and ends',
    )
    .requiredOption('--radius <R>', 'sites with |n1| + |n2| ≤ R', parseInteger)
    .requiredOption('--from <W>', 'least W, > 0', parseNumber)
    .requiredOption('--to <W>', 'largest W', parseNumber)
    .option('--points <n>', 'values of W, evenly spaced', parseInteger, 100);
  addLatticeOptions(command)
    .option('--json', 'print { strengths, sites, branches, falling, rising, windows }')
    .addHelpText(
      'after',
      `
falling: η_tot (nats) as W falls from --to, beginning with the least solution; rising: as W rises from --from, beginning
with the greatest stable one. Each step starts from the state of the one before. branches: every solution at each W,
[{ etaTot, stable, slope, tangent }]. windows: the intervals of W in which the sweeps differ.`,
    )
    .action(run);
}

async function run({ from, to, points, json, ...model }: Options): Promise<void> {
  if (!(from > 0)) throw new InputError('--from', `expected a number > 0, got ${from}`);
  if (!(to > from && to <= MOST_DISORDER)) {
    throw new InputError('--to', `expected a number > ${from} and ≤ ${MOST_DISORDER}, got ${to}`);
  }
  if (points < 2 || points > 10_000) throw new InputError('--points', `expected 2 to 10 000, got ${points}`);
  checkPhases(model);
  const strengths = Float64Array.from({ length: points }, (_, i) =>
    i === points - 1 ? to : from + ((to - from) * i) / (points - 1),
  );
  await withCore(async (core) => {
    const { sites, branches, falling, rising, windows } = core.latticeHysteresis({ ...model, strengths });
    if (json) await printJson({ strengths, sites, branches, falling, rising, windows });
    else {
      await printTable({ W: strengths, solutions: branches.map((b) => b.length), falling, rising });
      await printFacts({ sites, windows: windows.map((w) => w.join(' … ')).join(', ') || 'none' });
    }
  });
}
