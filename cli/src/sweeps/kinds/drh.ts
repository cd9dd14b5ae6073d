// Chains with couplings g_{n,0} = g10 α^{n−1} ([CC22] (12)) in mean field: Figs. 3(a), 3(b) and the curves of 2.

import type { Core, GrainStatistics } from 'emft';
import { InputError } from 'emft/check';
import { ALPHA_CRITICAL } from '../../common/constants.js';
import type { ParameterValues } from '../../common/parameters.js';
import type { SweepKind } from '../kind.js';
import { grain, meanField, spin } from '../sharedColumns.js';

/** Length from which chains without a given length grow … */
const SHORTEST = 128;
/** … at most to this … */
const LONGEST = 65536;
/** … until the last coupling is so small that its η is far below the rounding of the sum. */
const NEGLIGIBLE_LOG_G = -46.051701859880914; // log 1e-20

function decay({ alpha, deltaAlpha }: ParameterValues): number {
  return (alpha as number | undefined) ?? ALPHA_CRITICAL + (deltaAlpha as number);
}

/** The chain and its solution. */
function solve(core: Core, parameters: ParameterValues) {
  const g0 = parameters.g10 as number;
  const alpha = decay(parameters);
  const grain = parameters.grain as GrainStatistics;
  const given = parameters.n as number | undefined;
  for (let n = given ?? SHORTEST; ; n *= 2) {
    const chain = { g0, alpha, n };
    const solution = core.solveMeanField(core.drhLogCouplings(chain), { log: true, grain });
    if (given !== undefined || solution.logG[n - 1] < NEGLIGIBLE_LOG_G) return { chain, solution };
    if (n >= LONGEST) {
      throw new InputError(
        'n',
        `missing: the last of ${n} spins still contributes, and so may those after it`,
      );
    }
  }
}

export const drh: SweepKind = {
  description: 'mean-field solution for couplings that decay by a factor alpha a spin',
  parameters: {
    g10: { type: 'number', min: 0, unit: '1', description: 'bare reduced coupling of the first spin' },
    alpha: {
      type: 'number',
      above: 0,
      max: 1,
      optional: true,
      unit: '1',
      description: 'decay of the couplings; give this or deltaAlpha',
    },
    deltaAlpha: {
      type: 'number',
      optional: true,
      unit: '1',
      description: 'alpha minus its critical value 1/sqrt 2; give this or alpha',
    },
    n: {
      type: 'integer',
      min: 1,
      max: 2 ** 20,
      optional: true,
      unit: '1',
      description: 'number of spins; left out, enough for the last not to contribute, up to 65536',
    },
    grain,
  },
  tables: {
    total: {
      description: 'one row a chain',
      rows: 'one',
      columns: {
        etaTot: { type: 'double', unit: 'nat', description: 'total enhancement, the sum of eta(g_n)' },
        slope: { type: 'double', unit: '1', description: 'slope of the scalar map there; below 1: stable' },
        spins: { type: 'integer', unit: '1', description: 'number of spins in the chain' },
        iterations: { type: 'integer', unit: '1', description: 'evaluations of the scalar map' },
        converged: { type: 'boolean', unit: '1', description: 'whether the least root was certified' },
      },
    },
    spins: {
      description: 'one row a spin',
      rows: 'many',
      columns: {
        spin,
        bare: { type: 'double', unit: '1', description: 'bare reduced coupling' },
        ...meanField,
        czz: { type: 'double', unit: '1', description: 'infinite-time autocorrelator Czz(g)' },
      },
    },
  },
  random: () => false,
  check(parameters) {
    if ((parameters.alpha === undefined) === (parameters.deltaAlpha === undefined)) {
      throw new InputError('alpha', 'give one of alpha and deltaAlpha');
    }
    const alpha = decay(parameters);
    if (!(alpha > 0 && alpha <= 1)) {
      throw new InputError('deltaAlpha', `alpha = 1/sqrt 2 + deltaAlpha is ${alpha}, expected > 0 and ≤ 1`);
    }
  },
  // Measured: 0.4 to 1.3 times this, n from 10 to 10 000.
  cost: ({ n }) => 2e-5 + 6e-7 * ((n as number | undefined) ?? 4 * SHORTEST),
  compute(core, parameters, _seed, _sample, table) {
    const { chain, solution } = solve(core, parameters);
    const { g, logG, entropy, czz, etaTot, slope, iterations, converged } = solution;
    if (table === 'total') return { etaTot, slope, spins: chain.n, iterations, converged };
    const spin = Int32Array.from(g, (_, i) => i + 1);
    // Imported late, because a command that computes nothing does not load the library.
    return import('emft').then(({ drhCouplings }) => {
      return { spin, bare: drhCouplings(chain), g, logG, entropy, czz };
    });
  },
};
