// emft hysteresis: stable mean-field solutions of one lattice, followed up and down in the disorder.
import { latticeRanges } from 'emft/check';
import { command } from './command.js';
import { printFacts, printJson, printTable, withCore } from './common.js';
import { integer, number, type Values } from './flags.js';
import { json, lattice, latticeRequirement, radius } from './shared.js';

const flags = {
  radius,
  from: number('--from <W>', 'least W, > 0', { required: true, allowed: latticeRanges.strength }),
  to: number('--to <W>', 'largest W', {
    required: true,
    allowed: latticeRanges.strength,
    exceeds: 'from',
  }),
  points: integer('--points <n>', 'values of W, evenly spaced', {
    default: 100,
    allowed: { min: 2, max: latticeRanges.strengths.max },
    becomes: [['options', 'strengths']],
  }),
  ...lattice,
  json: json('print { strengths, sites, branches, falling, rising, windows }'),
};

export const hysteresis = command({
  name: 'hysteresis',
  description:
    'η_tot of one lattice as the disorder W falls and as it rises: where an avalanche begins and ends',
  example: '--radius 2 --theta0 0.1 --from 10 --to 20 --points 5',
  flags,
  requires: latticeRequirement,
  help: () => `
falling: η_tot (nats) as W falls from --to, beginning with the least solution; rising: as W rises from --from, beginning
with the greatest stable one. Each step starts from the state of the one before. branches: every solution at each W,
[{ etaTot, stable, slope, tangent }]. windows: the intervals of W in which the sweeps differ.`,
  run,
});

async function run({ from, to, points, json, ...model }: Values<typeof flags>): Promise<void> {
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
