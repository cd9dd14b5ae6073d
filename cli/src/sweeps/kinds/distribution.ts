// Distribution of one l-bit's entropy over resonances: Fig. 1(c).
import type { GrainStatistics } from 'emft';
import type { SweepKind } from '../kind.js';
import { grain } from '../sharedColumns.js';

export const distribution: SweepKind = {
  description: 'probability density of the entropy of one l-bit at reduced coupling g',
  parameters: {
    g: { type: 'number', above: 0, unit: '1', description: 'reduced coupling' },
    entropyBits: { type: 'number', min: 0, max: 1, unit: 'log 2', description: 'entropy' },
    grain,
  },
  tables: {
    density: {
      description: 'one row a coupling and entropy',
      rows: 'one',
      columns: {
        density: { type: 'double', unit: '1/nat', description: 'p_S of [CC22] (A12); infinite at log 2' },
      },
    },
  },
  random: () => false,
  // Measured: 5.5 µs.
  cost: () => 5e-6,
  compute(core, { g, entropyBits, grain }) {
    const statistics = { grain: grain as GrainStatistics };
    const entropy = Float64Array.of((entropyBits as number) * Math.LN2);
    return { density: core.entropyDistribution(g as number, entropy, statistics)[0] };
  },
};
