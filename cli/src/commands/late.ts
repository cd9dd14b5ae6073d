// emft late: the autocorrelator of every l-bit of one random central-grain model, in time and in the long run.
import { grainRanges } from 'emft/check';
import { LATEST_TIME } from '../common/constants.js';
import { note } from '../files/streams.js';
import { command } from './command.js';
import { printJson, printTable, withCore } from './common.js';
import { integer, number, numbers } from './flags.js';
import { grainModel, json, threads } from './shared.js';

/** A digit that the table may print. */
const PRINTED = 1e-10;

export const late = command({
  name: 'late',
  description:
    'C(t) = Tr[σ^z(t) σ^z]/D of every l-bit of a central-grain model, and what is left at late times',
  example: '--alpha 0.6 -n 3 --seed 1 --times 0,1,10,100',
  flags: {
    alpha: number('--alpha <a>', 'J_n = J_1 α^(n−1)', {
      required: true,
      allowed: grainRanges.alpha,
      becomes: [['options', 'alpha']],
    }),
    n: integer('-n, --n <count>', 'number of l-bits', {
      required: true,
      allowed: { ...grainRanges.n, min: 1 },
      becomes: [['n'], ['options', 'n']],
      partOf: [['options']],
    }),
    seed: integer('--seed <seed>', 'seed of the realizations', {
      required: true,
      becomes: [['options', 'seed']],
    }),
    sample: integer('--sample <number>', 'the realization', { default: 0, allowed: { min: 0 } }),
    ...grainModel,
    times: numbers('--times <t,...>', 'the times, in the inverse of the unit of h and J_1', {
      required: true,
      allowed: { min: 0, max: LATEST_TIME },
      becomes: [['times']],
    }),
    g0: number(
      '--g0 <g>',
      'g_1,0 of the mean field, whose g_n,0 fall off by α (default: g_n,0 of the parameters)',
      { allowed: { min: 0 }, becomes: [['g0'], ['bare']] },
    ),
    vectors: integer(
      '--vectors <count>',
      'C(t) by this many random vectors for each l-bit, in place of the whole trace',
      { allowed: { min: 1, max: 10_000 } },
    ),
    threads,
    json: json(
      'print { times, errors, curves, plateau, bare, g, czz }, of curves an array an l-bit, of errors a bound a time',
    ),
  },
  words: { 'random vectors take more': '--vectors takes more', 'maxProducts, ': '' },
  help: () => `
plateau is the average of C(t) over all times; czz is what the mean field has for it, at the reduced coupling g that it makes of bare,
g_n,0. Without --g0 these are those that (3) gives the parameters at E = 0, of the grain alone: no number is fitted.
The whole trace is over at most 4096 states, 9 l-bits at d_g = 8, and takes a minute there. Random vectors know C(t) to about
1/√(count D), by products with H alone, and no plateau.`,
  async run({ alpha, n, seed, sample, times, g0, vectors, threads, json, ...scales }) {
    const { autocorrelators, autocorrelatorsOfVectors, checkWhole, grainDimensionOf, theoryOf } =
      await import('../sweeps/autocorrelators.js');
    const { grain, grainScale } = scales;
    const { curves, errors, plateau, bare, g, czz, scatter } = await withCore(async (core) => {
      const model = core.randomGrainModel({ alpha, n, seed, sample, ...scales });
      const theory = theoryOf(core, model, { alpha, g0, grain, grainScale });
      if (vectors !== undefined) {
        const found = await autocorrelatorsOfVectors(core, model, times, { seed, sample, vectors });
        const scatter = 1 / Math.sqrt(vectors * grainDimensionOf(model) * 2 ** n);
        return { ...found, plateau: undefined, ...theory, scatter };
      }
      checkWhole('n', grainDimensionOf(model), n);
      return { ...(await autocorrelators(core, model, times)), ...theory, scatter: 0 };
    }, threads);
    if (json) return printJson({ times, errors, curves, plateau, bare, g, czz });
    const worst = errors.indexOf(Math.max(...errors));
    if (errors[worst] > Math.max(PRINTED, scatter))
      note(
        `emft: C(${times[worst]}) is known to ${errors[worst].toExponential(0)}: digits beyond that are rounding`,
      );
    await printTable({
      n: curves.map((_, k) => k + 1),
      ...(plateau && { plateau }),
      bare,
      g,
      czz,
      ...Object.fromEntries(times.map((t, j) => [`C(${t})`, curves.map((list) => list[j])])),
    });
  },
});
