// Flags that several commands have.
import type { GrainReadingName } from 'emft';
import {
  grainRanges,
  grainReadings,
  grainStatistics,
  latticePotentials,
  latticeRanges,
  modelStatistics,
  parseDecimal,
} from 'emft/check';
import { profiles } from '../paper/figure.js';
import { choice, file, integer, integerOrAuto, number, parsed, toggle } from './flags.js';

export const json = (printed: string) => toggle('--json', printed);

/** Most bytes of an experiment file. */
export const EXPERIMENT_BYTES = 2 ** 24;

/** Threads of a core, or worker processes. */
export const THREADS = { min: 1, max: 64 };

export const threads = integerOrAuto('--threads <count>', 'threads; auto: one a core, at most 8', {
  default: 'auto',
  allowed: THREADS,
});

/** The engine of a run, and how the run goes on there. */
export const run = {
  workers: integer('--workers <n>', 'worker threads of the local engine; by default one a core', {
    allowed: { min: 1, max: 1024 },
  }),
  retryFailed: toggle('--retry-failed', 'compute chunks with failed tasks again'),
};

const ENGINE = ['--engine <name>', 'worker threads of this machine, or a job array'] as const;
const ENGINES = ['local', 'slurm'] as const;
export const engine = choice(...ENGINE, ENGINES);
export const engineOrLocal = choice(...ENGINE, ENGINES, { default: 'local' });

/** Where `figure` and `reproduce` write their results, and how much they compute. */
export const results = {
  output: file('-o, --output <dir>', 'directory for the files', {
    default: 'results',
    becomes: [['output']],
  }),
  profile: choice('--profile <name>', 'quick, or the resolution and samples of the paper', profiles, {
    default: 'quick',
  }),
  force: toggle('--force', 'replace files in the directory that emft did not write'),
};

/** The level statistics of the grain. */
export const grain = choice('--grain <name>', 'level statistics of the grain', grainStatistics, {
  default: 'goe',
  becomes: [['options', 'grain']],
});

/** The flags of a random central-grain model, beside the size and the decay of its chain. */
export const grainModel = {
  reading: choice(
    '--reading <name>',
    'd_g and J_1 where not given: printed 8 and 0.41 (default), dg256 256 and 0.41, dg64 64 and 0.82',
    Object.keys(grainReadings) as GrainReadingName[],
    { becomes: [['options', 'reading']] },
  ),
  grainDimension: integer('--grain-dimension <d>', 'd_g, a power of two (default: of the reading)', {
    allowed: grainRanges.grainDimension,
    becomes: [['options', 'grainDimension']],
    partOf: [['options']],
  }),
  j1: number('--j1 <j>', 'J_1, coupling of the first l-bit (default: of the reading)', {
    becomes: [['options', 'j1']],
  }),
  h: number('--h <h>', 'mean of the fields h_n (default: 1)', { becomes: [['options', 'h']] }),
  deltaH: number('--delta-h <d>', 'h_n is uniform on h ± d (default: 0.1)', {
    allowed: grainRanges.deltaH,
    becomes: [['options', 'deltaH']],
  }),
  grainScale: number('--grain-scale <w>', 'rms level of the grain, √(E tr H_g²/d_g) (default: 1.5)', {
    allowed: grainRanges.grainScale,
    becomes: [['options', 'grainScale']],
  }),
  grain: choice(
    '--grain <name>',
    'level statistics of a random grain: gue is complex Hermitian, poisson has independent levels (default: goe)',
    modelStatistics,
    { becomes: [['options', 'grain']] },
  ),
};

/** The size of a lattice, which comes first. */
export const radius = integer('--radius <R>', 'sites with |n1| + |n2| ≤ R', {
  required: true,
  allowed: latticeRanges.radius,
  becomes: [['options', 'radius']],
});

/** Two numbers separated by a comma; `infinite`: whether inf and -inf are some. */
export function twoNumbers(text: string, infinite = false): [number, number] | undefined {
  const numbers = text.split(',').map((word) => {
    const found = infinite ? /^\s*([+-]?)inf(?:inity)?\s*$/i.exec(word) : null;
    if (found) return found[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    const value = parseDecimal(word.trim());
    return value !== undefined && (infinite || Number.isFinite(value)) ? value : Number.NaN;
  });
  return numbers.length === 2 && !numbers.some(Number.isNaN) ? [numbers[0], numbers[1]] : undefined;
}

/** The other flags of a lattice, except its disorder. */
export const lattice = {
  theta0: number('--theta0 <radians>', 'quasiperiodic phases with this offset', {
    excludes: ['random', 'seed'],
    allowed: latticeRanges.theta0,
    becomes: [['options', 'theta0']],
  }),
  random: toggle('--random', 'independent random phases instead; needs --seed'),
  seed: integer('--seed <S>', 'seed of the random phases', {
    onlyWith: { flag: 'random' },
    becomes: [['options', 'seed']],
  }),
  hopping: number('--hopping <t>', 'hopping between neighbours (default: 1)', {
    allowed: latticeRanges.hopping,
    becomes: [['options', 'hopping']],
  }),
  potential: choice(
    '--potential <shape>',
    'V linear between its extremes, or V = 2W cos θ (default: triangle)',
    latticePotentials,
    { becomes: [['options', 'potential']] },
  ),
  amplitude: number('--amplitude <a>', 'V(0) in units of W (default: 1, and 2 of aubry-andre)', {
    allowed: latticeRanges.amplitude,
    becomes: [['options', 'amplitude']],
  }),
  breakpoint: number('--breakpoint <radians>', 'where the triangle is least (default: 2/(1+√5))', {
    onlyWith: { flag: 'potential', value: 'triangle' },
    allowed: latticeRanges.breakpoint,
    becomes: [['options', 'breakpoint']],
  }),
  q: parsed(
    '--q <q1,q2>',
    'radians a site of the phases (default: π(1+√5),π(1+√3))',
    'two numbers separated by a comma',
    twoNumbers,
    {
      excludes: ['random'],
      becomes: [['options', 'q']],
    },
  ),
  grain,
  g0: number('--g0 <g>', 'overall coupling: g_n,0 = g0 |φ_n,0|', {
    default: 1,
    allowed: latticeRanges.g0,
    becomes: [['options', 'g0']],
  }),
};

/** Without this check the library would ask for theta0 or random in its own terms. */
export const latticeRequirement = {
  flags: ['theta0'],
  unless: 'random',
  hint: 'give --theta0 T, or --random --seed S',
};
