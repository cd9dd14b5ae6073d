// Fig. 1(d): mean entropy [S] and entanglement growth η of one spin against its reduced coupling g.
import { example, rangeOf } from '../example.js';
import type { Data } from '../figure.js';
import { decadeGrid } from '../grids.js';

/** Limits at weak and strong coupling. */
export interface Limits {
  /** [S]/g. */
  entropySlope: number;
  /** The coefficient of g log g in η. */
  etaSlope: number;
  /** η/log 2. */
  saturation: number;
}

export const data: Data<Limits> = {
  title: 'Fig. 1(d) Entropy and entanglement growth of a single spin',
  async compute({ core, profile }) {
    const g = decadeGrid(rangeOf(example('1d', profile), 'g'));
    const { entropy, eta } = core.response(g);
    const [tiny, huge] = [Float64Array.of(1e-12, 1e-10), Float64Array.of(1e4)];
    const weak = core.response(tiny);
    const strong = core.response(huge);
    const entropySlope = weak.entropy[0] / tiny[0];
    // η/g = −8 log g + const, so the difference of two values isolates the coefficient of the logarithm.
    const etaSlope = (weak.eta[1] / tiny[1] - weak.eta[0] / tiny[0]) / (2 * Math.LN10);
    const saturation = strong.eta[0] / Math.LN2;
    return {
      parameters: { profile, gRange: [g[0], g[g.length - 1]] },
      columns: { g, entropy, eta },
      measured: { entropySlope, etaLogCoefficient: etaSlope, etaSaturationOverLog2: saturation },
    };
  },
  findings: ({ measured }) => ({
    entropySlope: measured.entropySlope,
    etaSlope: measured.etaLogCoefficient,
    saturation: measured.etaSaturationOverLog2,
  }),
};
