// One realization of a quantum sun, its eigenstates in the middle of the spectrum, as rows.

import type { Core, RandomSunModel, SpinOperator, SunSymmetry } from 'emft';
import { InputError, sunRanges, sunSymmetries } from 'emft/check';
import { statesWithUp } from '../../common/counts.js';
import type { ParameterValues } from '../../common/parameters.js';
import type { Rows, SweepKind } from '../kind.js';

/**
 * Up to this order a row's states are counted from the middle of the whole spectrum, which is decomposed; beyond, they are those nearest to
 * the mean energy, which are found without it. Part of what a row means, and so no number of speed.
 */
const WHOLE = 2048;

/** States of a row where nothing else is given. */
const MOST_STATES = 50;
/** Gap ratios take three levels. */
const LEAST_STATES = 3;

const sitesOf = ({ spins, dotSpins }: ParameterValues) => (spins as number) + (dotSpins as number);

/** The number of up spins, where the sun conserves it: as given, or half of the sites, rounded down. */
function upOf(p: ParameterValues): number | undefined {
  if (p.conserve !== 'u1') return undefined;
  return (p.up as number) ?? Math.floor(sitesOf(p) / 2);
}

/** Order of H. */
function dimensionOf(p: ParameterValues): number {
  const [sites, up] = [sitesOf(p), upOf(p)];
  if (up === undefined) return 2 ** sites;
  return Math.round(statesWithUp(sites, up));
}

/** The number of eigenstates: as given, or 50, or all where there are fewer. */
const statesOf = (p: ParameterValues): number =>
  (p.states as number) ?? Math.min(MOST_STATES, dimensionOf(p));

function modelOf(core: Core, p: ParameterValues, seed: number, sample: number): RandomSunModel {
  const { spins, dotSpins, alpha, g0, gamma, zeta, fieldFrom, fieldTo } = p as Record<string, number>;
  const conserve = p.conserve as SunSymmetry;
  const fields = [fieldFrom, fieldTo];
  return core.randomSunModel({ spins, dotSpins, alpha, g0, gamma, zeta, fields, conserve, seed, sample });
}

/** tr H / D. */
function meanEnergy({ dot, fields }: RandomSunModel, states: Uint32Array): number {
  const d = Math.sqrt(dot.length);
  let sum = 0;
  for (const s of states) {
    sum += dot[(s % d) * (d + 1)];
    for (let j = 0, rest = Math.floor(s / d); j < fields.length; ++j, rest >>>= 1)
      sum += rest & 1 ? -0.5 * fields[j] : 0.5 * fields[j];
  }
  return sum / states.length;
}

/** Some states in the middle of the spectrum. */
async function middleOf(
  core: Core,
  operator: SpinOperator,
  model: RandomSunModel,
  count: number,
  signal: AbortSignal | undefined,
): Promise<{ values: Float64Array; vectors: Float64Array }> {
  const { n } = operator;
  if (n > WHOLE) {
    const near = meanEnergy(model, operator.states());
    const found = await core.eigshAsync(operator, { k: count, which: { near }, signal });
    if (!found.converged) throw new Error(`${count} states near ${near} did not converge`);
    return found;
  }
  const first = Math.floor((n - count) / 2);
  const range = { index: [first, first + count - 1] as const };
  return core.eighAsync(operator.toDense(), n, { range, signal });
}

/** Mean entropy of one spin with all the rest. */
function entropyOf(core: Core, embedded: Float64Array, sites: number, site: number): number {
  const s = core.entanglementEntropy(embedded, {
    dimensions: Array(sites).fill(2),
    subsystem: [site],
  });
  return s.reduce((sum, x) => sum + x, 0) / s.length;
}

async function compute(
  core: Core,
  p: ParameterValues,
  { seed, sample, table, signal }: { seed: number; sample: number; table: string; signal?: AbortSignal },
): Promise<Rows> {
  const model = modelOf(core, p, seed, sample);
  const operator = await core.sunOperatorAsync(model, { up: upOf(p), signal });
  const count = statesOf(p);
  const { values, vectors } = await middleOf(core, operator, model, count, signal);
  const whole = operator.embed(vectors, count);
  const [dotSpins, spins] = [p.dotSpins as number, p.spins as number];
  const sites = dotSpins + spins;
  if (table === 'total') {
    return {
      dimension: operator.n,
      gapRatio: core.gapRatio(values),
      entropyEnd: entropyOf(core, whole, sites, sites - 1),
    };
  }
  return {
    spin: Int32Array.from({ length: spins }, (_, j) => j + 1),
    coupling: model.couplings,
    bare: core.sunCouplings(model),
    entropy: Float64Array.from({ length: spins }, (_, j) => entropyOf(core, whole, sites, dotSpins + j)),
  };
}

export const sun: SweepKind = {
  description:
    'eigenstates of a random quantum sun: a small dot of spins ½ with spins around it, more and more weakly coupled',
  energy:
    'the unit energy is any one, the same for all of them; by default gamma, the width of the dot, is 1',
  parameters: {
    spins: {
      type: 'integer',
      ...sunRanges.spins,
      unit: '1',
      description: 'number L of spins around the dot',
    },
    alpha: {
      type: 'number',
      ...sunRanges.alpha,
      unit: '1',
      description: 'decay of the couplings g_0 alpha^u_j, u_1 = 0, u_j uniform on j - 1 ± zeta',
    },
    dotSpins: {
      type: 'integer',
      ...sunRanges.dotSpins,
      default: 3,
      unit: '1',
      description: 'number n_d of spins in the dot',
    },
    g0: {
      type: 'number',
      ...sunRanges.g0,
      default: 1,
      unit: 'energy',
      description: 'coupling of the first spin',
    },
    gamma: {
      type: 'number',
      ...sunRanges.gamma,
      default: 1,
      unit: 'energy',
      description: 'sqrt(E tr H_dot^2 / 2^n_d)',
    },
    zeta: {
      type: 'number',
      ...sunRanges.zeta,
      default: 0.2,
      unit: '1',
      description: 'spread of the exponents u_j',
    },
    fieldFrom: {
      type: 'number',
      ...sunRanges.field,
      default: 0.5,
      unit: 'energy',
      description: 'least field; fields are uniform from here',
    },
    fieldTo: {
      type: 'number',
      ...sunRanges.field,
      default: 1.5,
      unit: 'energy',
      description: 'largest field',
    },
    conserve: {
      type: 'choice',
      choices: sunSymmetries,
      default: 'none',
      unit: '1',
      description:
        'none: couplings S^x S^x; u1: S^x S^x + S^y S^y, and a dot that keeps its number of up spins',
    },
    up: {
      type: 'integer',
      min: 0,
      optional: true,
      unit: '1',
      description:
        'up spins of a sun with conserve = "u1", of n_d + L; left out, half of them, rounded down; -1 in rows of others',
    },
    states: {
      type: 'integer',
      min: LEAST_STATES,
      optional: true,
      unit: '1',
      description: `eigenstates in the middle of the spectrum: by number up to order ${WHOLE}, beyond those nearest to the mean energy; left out, ${MOST_STATES}, or all where there are fewer`,
    },
  },
  tables: {
    total: {
      description: 'one row a realization',
      rows: 'one',
      columns: {
        dimension: { type: 'integer', unit: '1', description: 'order of H' },
        gapRatio: {
          type: 'double',
          unit: '1',
          description: 'mean ratio of consecutive level spacings of the states',
        },
        entropyEnd: {
          type: 'double',
          unit: 'nat',
          description: 'entropy of the last spin, averaged over the states',
        },
      },
    },
    spins: {
      description: 'one row a spin',
      rows: 'many',
      columns: {
        spin: { type: 'integer', unit: '1', description: 'number of the spin around the dot, from 1' },
        coupling: { type: 'double', unit: 'energy', description: 'J_j = g_0 alpha^u_j' },
        bare: {
          type: 'double',
          unit: '1',
          description:
            'bare reduced coupling g_j,0 of [CC22] (3), from the states of the dot alone: its mean over realizations is meant',
        },
        entropy: {
          type: 'double',
          unit: 'nat',
          description: 'entropy of the spin, averaged over the states',
        },
      },
    },
  },
  random: () => true,
  inRows: { up: (p) => upOf(p) ?? -1, states: statesOf },
  check(p) {
    if (!((p.fieldFrom as number) <= (p.fieldTo as number)))
      throw new InputError('fieldTo', `expected at least fieldFrom, ${p.fieldFrom}, got ${p.fieldTo}`);
    if (p.up !== undefined && p.conserve !== 'u1')
      throw new InputError('up', `is for conserve = 'u1', not '${p.conserve}'`);
    const sites = sitesOf(p);
    if (p.up !== undefined && (p.up as number) > sites)
      throw new InputError('up', `expected at most the ${sites} sites, got ${p.up}`);
    const dimension = dimensionOf(p);
    if (p.states !== undefined && (p.states as number) > dimension)
      throw new InputError('states', `expected at most ${dimension}, the dimension, got ${p.states}`);
    if (dimension < LEAST_STATES)
      throw new InputError(
        p.up === undefined ? 'spins' : 'up',
        `leaves the dimension ${dimension}, expected at least ${LEAST_STATES}`,
      );
  },
  // Measured: dense 0.5 to 0.9 times this, 64 to 1024 states; filtered 1.5 times, 8192 states.
  cost(p) {
    const n = dimensionOf(p);
    const dense = 3e-10 * n * n * n;
    // Filters whose degree grows as the number of levels, applied to some more vectors than there are states.
    const filtered = 1e-9 * n * n * (2 ** (p.dotSpins as number) + (p.spins as number)) * 8;
    return 2e-3 + (n > WHOLE ? filtered : dense);
  },
  compute: (core, p, seed, sample, table, signal) => compute(core, p, { seed, sample, table, signal }),
};
