// Fig. 3(a): entropy against distance from the grain for an avalanche that fails in one dimension.

import { drhCouplings } from 'emft';
import { ALPHA_CRITICAL } from '../../common/constants.js';
import { example, onlyValueOf } from '../example.js';
import type { Data } from '../figure.js';
import { crossing } from '../grids.js';

export interface Findings {
  deltaAlpha: number;
  g10: number;
  /** Where the entropy falls through half its maximum. */
  half: number;
  /** η_tot/log 2. */
  total: number;
}

export const data: Data<Findings> = {
  title: 'Fig. 3(a) Entropy profile of a failed avalanche in one dimension',
  async compute({ core }) {
    const chain = example('3a');
    const [deltaAlpha, n, g10] = ['deltaAlpha', 'n', 'g10'].map((name) => onlyValueOf(chain, name));
    const alpha = ALPHA_CRITICAL + deltaAlpha;
    const bare = drhCouplings({ g0: g10, alpha, n });
    const { g, entropy, etaTot, converged } = core.solveMeanField(bare);
    const units = (s: Float64Array) => s.map((x) => x / Math.LN2);
    const spins = Int32Array.from({ length: n }, (_, i) => i + 1);
    const profile = units(entropy);
    const half = crossing(spins, profile, 0.5);
    const total = etaTot / Math.LN2;
    return {
      parameters: { deltaAlpha, alpha, n, g10, converged },
      columns: {
        n: spins,
        g0: bare,
        g,
        entropyBits: profile,
        entropyBitsWithoutFeedback: units(core.response(bare).entropy),
      },
      measured: { halfEntropyCrossing: half, etaTotOverLog2: total },
    };
  },
  findings: ({ parameters, measured }) => ({
    deltaAlpha: parameters.deltaAlpha as number,
    g10: parameters.g10 as number,
    half: measured.halfEntropyCrossing,
    total: measured.etaTotOverLog2,
  }),
};
