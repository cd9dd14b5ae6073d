// Quantum suns: entropies of all spins beside the mean field of their bare couplings, with and without U(1).
import type { Core } from 'emft';
import { sunSymmetries } from 'emft/check';
import { columnsOf, distinct, rowsOfKind } from '../columns.js';
import { example, samplesOf } from '../example.js';
import type { Data, Measured, Profile } from '../figure.js';
import { sampled } from '../sampled.js';

/** What suns conserve, as rows of the sweep have it and as figure and findings call it. */
export const SYMMETRIES: Readonly<Record<string, string>> = { none: 'no symmetry', u1: 'U(1)' };

/** One spin of the suns of one size and α; entropies in units of log 2. */
export interface SpinRow {
  spins: number;
  alpha: number;
  spin: number;
  /** g_{n,0} by (3), its mean over realizations. */
  bare: number;
  bareError: number;
  entropyBits: number;
  entropyError: number;
  meanFieldBits: number;
  /** How much it changes when the bare couplings change by their errors. */
  meanFieldError: number;
  samples: number;
}

export interface Findings {
  sizes: number[];
  /** The rows of each symmetry. */
  rows: Record<string, SpinRow[]>;
}

type SunSpins = Record<'spins' | 'alpha' | 'spin' | 'bare' | 'entropy', ArrayLike<number>> & {
  conserve: ArrayLike<string>;
};

const NAMES = [
  'spins',
  'alpha',
  'spin',
  'bare',
  'bareError',
  'entropyBits',
  'entropyError',
  'meanFieldBits',
  'meanFieldError',
  'samples',
] as const;

/** All spins of the suns of one kind, size and α. */
function spinRows(core: Core, columns: SunSpins, kind: string, spins: number, alpha: number): SpinRow[] {
  const own = Array.from(columns.spin, (_, i) => i).filter(
    (i) => columns.conserve[i] === kind && columns.spins[i] === spins && columns.alpha[i] === alpha,
  );
  const over = (values: ArrayLike<number>) =>
    Array.from({ length: spins }, (_, k) =>
      core.meanAndError(
        Float64Array.from(
          own.filter((i) => columns.spin[i] === k + 1),
          (i) => values[i],
        ),
      ),
    );
  const [bare, entropy] = [over(columns.bare), over(columns.entropy)];
  /** The mean field with every bare coupling changed by this many standard errors. */
  const solved = (errors: number) =>
    core.solveMeanField(Float64Array.from(bare, (b) => Math.max(0, b.mean + errors * b.error))).entropy;
  const [middle, low, high] = [solved(0), solved(-1), solved(1)];
  return bare.map((b, k) => ({
    spins,
    alpha,
    spin: k + 1,
    bare: b.mean,
    bareError: b.error,
    entropyBits: entropy[k].mean,
    entropyError: entropy[k].error,
    meanFieldBits: middle[k] / Math.LN2,
    meanFieldError: (high[k] - low[k]) / 2 / Math.LN2,
    samples: own.length / spins,
  }));
}

function analyse(core: Core, columns: SunSpins, profile: Profile): Measured {
  const [sizes, alphas] = [distinct(columns.spins), distinct(columns.alpha)];
  const rows = sunSymmetries.flatMap((kind) =>
    sizes.flatMap((size) =>
      alphas.flatMap((alpha) =>
        spinRows(core, columns, kind, size, alpha).map((row) => ({ kind: kind as string, ...row })),
      ),
    ),
  );
  const apart = rows.map((r) => Math.abs(r.meanFieldBits - r.entropyBits));
  return {
    columns: columnsOf(rows),
    parameters: { profile, sizes, alphas, dotSpins: 3 },
    measured: { largestDifference: Math.max(...apart) },
  };
}

export const data: Data<Findings> = {
  title: 'Test S2: quantum suns, entropies of the spins and their mean field',
  drawsRows: true,
  ensemble: (profile) => samplesOf(example('s2', profile), 'spins'),
  async compute(context) {
    const columns = await sampled(context, 's2', 'spins', { sizes: 1, realizations: 2 });
    return analyse(context.core, columns as unknown as SunSpins, context.profile);
  },
  findings: ({ columns, parameters }) => ({
    sizes: parameters.sizes as number[],
    rows: Object.fromEntries(sunSymmetries.map((kind) => [kind, rowsOfKind(columns, kind, NAMES)])),
  }),
};
