// emft ed: exact diagonalization of one explicit central-grain model or of random ones.
import type { GrainWindow } from 'emft';
import { grainMethods, grainRanges } from 'emft/check';
import { command } from './command.js';
import type { Work } from './ed/shared.js';
import { choice, file, integer, integerOrAuto, number, parsed, toggle } from './flags.js';
import { grainModel, THREADS } from './shared.js';

/** Flags that only a random model has. */
const DRAWN = ['alpha', 'n', 'samples', 'seed', ...Object.keys(grainModel)];

export const ed = command({
  name: 'ed',
  description: 'exact diagonalization of the central-grain model: spectrum, entropies and Czz of every l-bit',
  example: '--alpha 0.5 -n 2 --seed 1',
  flags: {
    model: file(
      '--model <file>',
      'explicit model, JSON { grain: [[…]…], fields: […], couplings: […] }, with "complex": true pairs in rows; - is standard input',
      { excludes: DRAWN, becomes: [['file']] },
    ),
    alpha: number('--alpha <a>', 'random models: J_n = J_1 α^(n−1)', {
      allowed: grainRanges.alpha,
      becomes: [['options', 'alpha']],
    }),
    n: integer('-n, --n <count>', 'number of l-bits', {
      allowed: grainRanges.n,
      becomes: [['options', 'n']],
      partOf: [['options']],
    }),
    samples: integer('--samples <count>', 'number of realizations (default: 1)', {
      allowed: { min: 1, max: 1_000_000 },
    }),
    seed: integer('--seed <seed>', 'seed of the realizations', { becomes: [['options', 'seed']] }),
    ...grainModel,
    window: parsed(
      '--window <window>',
      'E,COUNT: nearest to energy E; FROM:TO: an interval; P%: the middle P per cent',
      'E,COUNT, FROM:TO or P%',
      windowOf,
      { becomes: [['window'], ['options', 'window']] },
    ),
    method: choice(
      '--method <name>',
      'filtered works without forming H and needs --window E,COUNT (default: auto)',
      grainMethods,
      { becomes: [['options', 'method']] },
    ),
    threads: integerOrAuto(
      '--threads <count>',
      'threads, or worker processes for several samples; auto: one a core',
      { default: 'auto', allowed: THREADS },
    ),
    json: toggle('--json', 'print { eigenvalues, meanEntropy, entropies, czz }'),
  },
  requires: {
    flags: ['alpha', 'n', 'seed'],
    unless: 'model',
    hint: 'give --alpha, -n and --seed, or --model FILE',
  },
  words: { "method 'filtered'": '--method filtered', 'window { energy, count }': '--window E,COUNT' },
  help: () => `
Entropies are in nats. Basis: index = a 2^N + Σ b_n 2^n, a the grain state, b_n = 0 up; bit 0 of a couples.
JSON of one model: eigenvalues; meanEntropy and czz, one number an l-bit, averaged over the window; entropies, one
array an l-bit, one number an eigenstate; gapRatio, null where there is none; method; residual and orthogonality as
of eigh; for the filtered method also residuals and work.
JSON of several samples: meanEntropy, czz and gapRatio averaged over samples, each with …Error, its standard error;
eigenvalues and entropies are then arrays over samples.
Above a residual or orthogonality of 60 the exit status is 1.`,
  async run({ model, alpha, n, seed, samples = 1, method, window, threads, json, ...scales }) {
    const work: Work = {
      window,
      method,
      threads,
      json,
    };
    if (model !== undefined) return (await import('./ed/model.js')).edOfFile(model, work);
    const parameters = { alpha: alpha!, n: n!, seed: seed!, ...scales };
    if (samples === 1) return (await import('./ed/sample.js')).edOfOne(parameters, work);
    return (await import('./ed/samples.js')).edOfSeveral(parameters, samples, work);
  },
});

function windowOf(text: string): GrainWindow | undefined {
  const number = (part: string) => (part.trim() === '' ? Number.NaN : Number(part));
  const near = text.split(',');
  const interval = text.split(':');
  let window: GrainWindow | undefined;
  if (text.endsWith('%')) window = { fraction: number(text.slice(0, -1)) / 100 };
  else if (near.length === 2) window = { energy: number(near[0]), count: number(near[1]) };
  else if (interval.length === 2) window = { from: number(interval[0]), to: number(interval[1]) };
  return window && Object.values(window).every((x) => Number.isFinite(x)) ? window : undefined;
}
