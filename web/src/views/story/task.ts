// The story: what each of its parts shows, computed when it is asked for. Every number is that of the command beside it.

import { type Core, drhCouplings } from 'emft';
import { ALPHA_CRITICAL, RELATIVE } from '../../../../cli/src/common/constants.js';
import { climb, climbsTo } from '../../tasks/climb.js';
import { decades } from '../../tasks/decades.js';
import { kept } from '../../tasks/kept.js';
import type { Cores, Report } from '../../tasks/task.js';
import {
  type Asked,
  type Climb,
  FOLDS,
  type Given,
  type Grain64,
  type Input,
  type Outcome,
  type Part,
} from './given.js';

type Compute<P extends Part> = (
  asked: Asked[P],
  core: Core,
  report: Report<Given[P]>,
) => Given[P] | Promise<Given[P]>;

/** Iterates that a player goes through at most, and how little the last one adds to log g. */
const PLAYED = { maxIterations: 300, tolerance: 1e-3 };

/** Points of a climb that are drawn at most. */
const STEPS = 200;

function climbing(core: Core, bare: Float64Array, start: number, top: number): Climb {
  const log = { log: true };
  const t = Float64Array.from({ length: 201 }, (_, i) => (top * i) / 200);
  const roots = core.meanFieldBranches(bare, log).map(({ etaTot, stable }) => ({ etaTot, stable }));
  const [first] = core.meanFieldMap(bare, Float64Array.of(start), log).phi;
  return {
    t,
    phi: core.meanFieldMap(bare, t, log).phi,
    steps: climb(core, bare, { start, top, most: STEPS }),
    end: climbsTo(roots, start, first),
    roots,
  };
}

const compute: { [P in Part]: Compute<P> } = {
  sketch: ({ g }, core) => core.response(Float64Array.from(g)),

  bit({ g }, core) {
    const grid = decades(-3, 2, 151);
    const { eta, entropy } = core.response(grid);
    // Dense at both ends, where p_S has its structure.
    const s = Float64Array.from(
      { length: 300 },
      (_, i) => (1 - (1 - ((i + 0.5) / 300) ** 3) ** 2) * Math.LN2,
    );
    return {
      at: core.response(g),
      above: core.resonanceDistribution(Float64Array.of(1 / g)).above[0],
      g: grid,
      eta,
      entropy,
      s,
      pS: core.entropyDistribution(g, s),
    };
  },

  chain({ alpha, n, start }, core) {
    const bare = core.drhLogCouplings({ g0: 0.5, alpha, n });
    const { etaTot, entropy } = core.solveMeanField(bare, { log: true });
    const { count, entropy: rows, etaTot: totals } = core.meanFieldIterates(bare, { log: true, ...PLAYED });
    return {
      ...climbing(core, bare, start, n * Math.LN2),
      count,
      rows,
      totals,
      etaTot,
      entropy,
      bare: core.response(bare.map(Math.exp)).entropy,
    };
  },

  seed: ({ count, g0, start }, core) =>
    climbing(core, new Float64Array(count).fill(Math.log(g0)), start, count * Math.LN2),

  async threshold({ alpha, sizes }, core) {
    const total = (alpha: number, n: number) =>
      core.solveMeanField(core.drhLogCouplings({ g0: 0.5, alpha, n }), { log: true });
    // Close together where long chains turn, from 0.64 to 0.73.
    const less = (i: number) => 0.008 * Math.min(45, Math.max(0, i - 14));
    const alphas = Array.from({ length: 77 }, (_, i) => 0.5 + 0.01 * i - less(i));
    return {
      alphas,
      shares: await kept(`story-threshold ${sizes}`, () =>
        sizes.map((n) => Float64Array.from(alphas, (a) => total(a, n).etaTot / (n * Math.LN2))),
      ),
      etaTot: total(alpha, sizes[sizes.length - 1]).etaTot,
      here: sizes.map((n) => total(alpha, n).etaTot / (n * Math.LN2)),
    };
  },

  async size({ delta, n }, core) {
    const solve = (d: number) =>
      core.solveMeanField(core.drhLogCouplings({ g0: 0.5, alpha: ALPHA_CRITICAL - d, n }), { log: true });
    const deltas = Array.from(decades(-3, Math.log10(0.3), 40));
    const { etaTot, entropy } = solve(delta);
    const totals = await kept(`story-size ${n}`, () => Float64Array.from(deltas, (d) => solve(d).etaTot));
    return { deltas, totals, etaTot, entropy };
  },

  async exact({ alpha, n, samples, seed, fitted }, core, report) {
    const ends = async (a: number, seed: number, share: number) => {
      const rows: Float64Array[] = [];
      for (let sample = 0; sample < samples; ++sample) {
        rows.push(core.diagonalizeGrain(core.randomGrainModel({ alpha: a, n, seed, sample })).meanEntropy);
        await report(share + (0.5 * sample) / samples);
      }
      return Array.from({ length: n }, (_, i) => core.meanAndError(Float64Array.from(rows, (r) => r[i])));
    };
    const measured = await ends(alpha, seed, 0);
    // Other realizations, at α_c alone: nothing is fitted to what is shown.
    const key = `story-exact ${n} ${samples} ${fitted}`;
    const last = (await kept(key, () => ends(ALPHA_CRITICAL, fitted, 0.5)))[n - 1];
    const g10 = core.fitFirstCoupling([{ alpha: ALPHA_CRITICAL, n, ...last }]);
    return {
      mean: Float64Array.from(measured, ({ mean }) => mean),
      error: Float64Array.from(measured, ({ error }) => error),
      theory: core.solveMeanField(drhCouplings({ g0: g10, alpha, n })).entropy,
      g10,
    };
  },

  bottleneck({ zeta }, core) {
    const { radius, reduction, thermalized, criticalG0 } = core.bottleneck({ zeta });
    return { radius, reduction, thermalized, criticalG0: criticalG0[1] };
  },

  async diagram({ radius, strengths, offsets }, core, report) {
    const shares = new Float64Array(strengths.length);
    for (const [i, strength] of strengths.entries()) {
      for (let k = 0; k < offsets; ++k) {
        const theta0 = (2 * Math.PI * (k + 0.5)) / offsets;
        if (core.latticeVerdict({ radius, strength, theta0 }).avalanche) shares[i] += 1 / offsets;
      }
      await report((i + 1) / strengths.length);
    }
    return { shares };
  },

  plane({ radius, strength, theta0 }, core) {
    const couplings = core.latticeCouplings({ radius, strength, theta0, method: 'dense' });
    const { etaTot, avalanche } = core.latticeMeanField(
      core.latticeCouplings({ radius, strength, theta0, relative: RELATIVE }),
    );
    const found = core.meanFieldIterates(couplings.phi0, PLAYED);
    const { sites, site } = couplings;
    const n = couplings.phi0.length;
    const rows = new Float64Array(found.count * n);
    for (let k = 0; k < found.count; ++k) {
      for (let i = 0; i < n; ++i) rows[k * n + (site ? site[i] : i)] = found.entropy[k * n + i];
    }
    return { sites, count: found.count, rows, totals: found.etaTot, etaTot, avalanche };
  },

  async scan({ radius, strength, theta0, offsets }, core, report) {
    const solve = (at: number) =>
      core.latticeMeanField(core.latticeCouplings({ radius, strength, theta0: at, relative: RELATIVE }));
    const here = solve(theta0);
    const at = Float64Array.from({ length: offsets }, (_, k) => (2 * Math.PI * (k + 0.5)) / offsets);
    const totals = await kept(`story-scan ${radius} ${strength} ${offsets}`, async () => {
      const found = new Float64Array(offsets);
      for (let k = 0; k < offsets; ++k) {
        found[k] = solve(at[k]).etaTot;
        if (k % 4 === 3) await report((k + 1) / offsets);
      }
      return found;
    });
    return { at, totals, etaTot: here.etaTot, bounds: here.etaTotBounds };
  },

  async claims({ hopping, grain64 }, core, report) {
    const lattice = (strength: number, t: number): Outcome => {
      const model = { radius: 15, strength, theta0: 2.954, hopping: t, relative: RELATIVE };
      const { etaTot, avalanche } = core.latticeMeanField(core.latticeCouplings(model));
      return { etaTot, avalanche };
    };
    const strong = lattice(45, hopping);
    await report(0.2);
    const weak = lattice(20, hopping);
    await report(0.4);
    const printed = await kept(`story-claims ${JSON.stringify(grain64)}`, async () => ({
      ...literally(core),
      printed: lattice(45, 1),
      printedWeak: lattice(20, 1),
      g64: await firstCoupling64(core, grain64, (share) => report(0.6 + 0.4 * share)),
    }));
    return { strong, weak, ...printed };
  },
};

/** What no reading changes. */
function literally(core: Core): Pick<Given['claims'], 'end' | 'slope' | 'folds'> {
  const bare = core.drhLogCouplings({ g0: 0.5, alpha: ALPHA_CRITICAL - 0.07, n: 50 });
  const tiny = 1e-12;
  return {
    end: core.solveMeanField(bare, { log: true }).entropy,
    slope: core.response(tiny).entropy / tiny,
    folds: FOLDS.map((n) => {
      const found = core.criticalCoupling(n);
      return found ? found.g0 / found.asymptotic : Number.NaN;
    }),
  };
}

/** g_{1,0} of a grain of 64 levels, of the middle half of the spectrum, one realization after another. */
async function firstCoupling64(
  core: Core,
  { alpha, n, seed, samples }: Grain64,
  done: (share: number) => Promise<void>,
): Promise<number> {
  const means: number[] = [];
  for (let sample = 0; sample < samples; ++sample) {
    const model = core.randomGrainModel({ alpha, n, seed, sample, reading: 'dg64' });
    means.push(core.diagonalizeGrain({ ...model, window: { fraction: 0.5 } }).meanEntropy[n - 1]);
    await done((sample + 1) / samples);
  }
  return core.fitFirstCoupling([{ alpha, n, ...core.meanAndError(Float64Array.from(means)) }]);
}

export function story(
  input: Input,
  { core }: Cores,
  report: Report<Given[Part]>,
): Given[Part] | Promise<Given[Part]> {
  return (compute[input.part] as Compute<Part>)(input.asked, core, report);
}
