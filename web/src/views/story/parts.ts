// The parts of the story: what each is computed for, and which figures and numbers come of it.
import { latticeSites } from '../../../../cli/src/common/counts.js';
import { FRONT, SLOPE, THRESHOLD } from '../../../../cli/src/common/rules.js';
import type { Values } from '../../parts/params.js';
import type { Figure, Quoted } from '../../parts/view.js';
import * as bit from './bitFigures.js';
import * as chain from './chainFigures.js';
import type { Asked, Given, Part } from './given.js';
import * as wide from './planeFigures.js';
import { frontOf, judged, nat, num, runs } from './quotes.js';
import { FIXED, sketch } from './sketch.js';
import * as far from './thresholdFigures.js';

/** Sizes that no control changes. */
export const CHAIN = 50;
export const CROWD = 40;
export const CROWD_G0 = 3e-4;
export const SIZES = [10, 30, 100, 300];
export const LONG = 3000;
/** `seed`: of what is shown; `fitted`: of what g_{1,0} is fitted to. */
export const EXACT = { n: 4, samples: 16, seed: 1, fitted: 2022 };
export const GRAIN64 = { alpha: 0.55, n: 2, samples: 4, seed: 1 };
export const RADIUS = 6;
const SITES = latticeSites(RADIUS);
const STRENGTHS = Array.from({ length: 25 }, (_, i) => 20 + 5 * i);
export const THETA = 2.954;
export const SCAN = { radius: RADIUS, strength: 90, offsets: 48 };

export const coupling = (distance: number) => Math.exp(-distance);

/** Levels of the grain of the part “exact”. */
const GRAIN_LEVELS = 8;

/** What each part has to be computed for. */
export const ask: { [P in Part]: (v: Values) => Asked[P] } = {
  sketch: (v) => ({ g: [...FIXED.map(([r]) => coupling(r)), coupling(Number(v.r))] }),
  bit: (v) => ({ g: Number(v.g) }),
  chain: (v) => ({ alpha: Number(v.alpha), n: CHAIN, start: Number(v.start) * Math.LN2 }),
  seed: (v) => ({ count: CROWD, g0: CROWD_G0, start: Number(v.seed) * Math.LN2 }),
  threshold: (v) => ({ alpha: Number(v.at), sizes: SIZES }),
  size: (v) => ({ delta: Number(v.delta), n: LONG }),
  exact: (v) => ({ alpha: Number(v.j), ...EXACT }),
  bottleneck: (v) => ({ zeta: Number(v.zeta) }),
  plane: (v) => ({ radius: RADIUS, strength: Number(v.w), theta0: THETA }),
  diagram: () => ({ radius: RADIUS, strengths: STRENGTHS, offsets: 24 }),
  scan: (v) => ({ ...SCAN, theta0: Number(v.phase) }),
  claims: (v) => ({ hopping: Number(v.t), grain64: GRAIN64 }),
};
export const PARTS = Object.keys(ask) as Part[];

export type Known = { [P in Part]?: Given[P] };
export const last = (x: ArrayLike<number>) => x[x.length - 1];
/** Of phases whose avalanche fails; nats. */
const largestFailed = (totals: Float64Array) =>
  Math.max(...totals.filter((total) => total <= (SITES * Math.LN2) / 2));
const lastRunning = ({ shares }: Given['diagram']) => STRENGTHS[shares.findLastIndex((share) => share > 0)];

/** The figures and numbers of each part. */
export const show: {
  [P in Part]: (
    r: Given[P],
    v: Values,
    known: Known,
  ) => { figures: Figure[]; numbers: Record<string, Quoted> };
} = {
  sketch: (r, v) => ({
    figures: [sketch(r, Number(v.r))],
    numbers: {
      'sketch-r': num(Number(v.r)),
      'sketch-g': num(coupling(Number(v.r))),
      'sketch-s': nat(last(r.entropy)),
    },
  }),
  bit: (r, v) => ({
    figures: [bit.distribution(r, Number(v.g)), bit.gain(r, Number(v.g))],
    numbers: {
      'bit-g': num(Number(v.g)),
      'bit-above': num(r.above),
      'bit-s': nat(r.at.entropy),
      'bit-eta': nat(r.at.eta),
    },
  }),
  chain(r, v) {
    const start = Number(v.start);
    const drawnFor = `${v.alpha} ${start}`;
    const one = { id: 'story-climb', key: 'start', n: CHAIN, start, drawnFor };
    return {
      figures: [chain.spread(r, Number(v.alpha)), chain.cobweb(r, one)],
      numbers: {
        'chain-alpha': num(Number(v.alpha)),
        'chain-front': frontOf(r.entropy),
        'chain-eta': nat(r.etaTot),
        'chain-start': num(start),
        'chain-end': nat(r.end),
      },
    };
  },
  seed(r, v) {
    const start = Number(v.seed);
    const one = { id: 'story-seed', key: 'seed', n: CROWD, start, drawnFor: String(start) };
    const middle = r.roots.find((root) => !root.stable);
    return {
      figures: [chain.cobweb(r, one)],
      numbers: {
        'seed-n': num(CROWD),
        'seed-g': num(CROWD_G0),
        'seed-crossings': num(r.roots.length),
        'seed-lowest': nat(r.roots[0].etaTot),
        'seed-middle': nat(middle?.etaTot ?? 0),
        'seed-start': num(start),
        'seed-end': nat(r.end),
      },
    };
  },
  threshold: (r, v) => ({
    figures: [far.threshold(r, Number(v.at), SIZES)],
    numbers: {
      'threshold-alpha': num(Number(v.at)),
      'threshold-n': num(last(SIZES)),
      'threshold-eta': nat(r.etaTot),
      'threshold-share': num(last(r.here)),
    },
  }),
  size: (r, v) => ({
    figures: [far.size(r, Number(v.delta), frontOf(r.entropy).exact)],
    numbers: {
      'size-delta': num(Number(v.delta)),
      'size-front': frontOf(r.entropy),
      'size-eta': nat(r.etaTot),
    },
  }),
  exact: (r, v) => ({
    figures: [far.exact(r, Number(v.j), EXACT.samples)],
    numbers: {
      'exact-samples': num(2 * EXACT.samples),
      'exact-order': num(GRAIN_LEVELS * 2 ** EXACT.n),
      'exact-g': num(r.g10),
      'exact-alpha': num(Number(v.j)),
      'exact-end': nat(last(r.mean)),
      'exact-theory': nat(last(r.theory)),
    },
  }),
  bottleneck: (r, v) => ({
    figures: [far.bottleneck(r, Number(v.zeta))],
    numbers: {
      'bottleneck-zeta': num(Number(v.zeta)),
      'bottleneck-r': num(r.radius),
      'bottleneck-g': num(r.reduction),
      'bottleneck-g0': num(r.criticalG0),
    },
  }),
  plane: (r, v) => ({
    figures: [wide.plane(r, RADIUS, String(v.w))],
    numbers: {
      'plane-w': num(Number(v.w)),
      'plane-theta': num(THETA),
      'plane-verdict': runs(r.avalanche),
      'plane-eta': nat(r.etaTot),
    },
  }),
  diagram: (r, v) => ({
    figures: [
      wide.diagram(r, { strengths: STRENGTHS, strength: Number(v.w), sites: SITES }),
      wide.readings(r, STRENGTHS, Number(v.t)),
    ],
    numbers: {
      'claims-wth': num(lastRunning(r)),
      'claims-w': num(lastRunning(r) * Number(v.t)),
      'claims-t': num(Number(v.t)),
    },
  }),
  scan: (r, v) => ({
    figures: [wide.scan(r, Number(v.phase), SITES, String(v.phase))],
    numbers: {
      'scan-theta': num(Number(v.phase)),
      'scan-w': num(SCAN.strength),
      'scan-sites': num(SITES),
      'scan-failed': nat(largestFailed(r.totals)),
      'scan-eta': nat(r.etaTot),
      'scan-width': nat(r.bounds[1] - r.bounds[0]),
    },
  }),
  claims: (r, v, { exact, diagram }) => ({
    figures: [],
    numbers: {
      'paper-front': num(FRONT.stated),
      'paper-slope': num(SLOPE.stated),
      'paper-threshold': num(THRESHOLD.stated),
      'claims-front': frontOf(r.end),
      'claims-slope': num(r.slope),
      'claims-slope-ratio': num(r.slope / (2 * Math.PI)),
      ...Object.fromEntries(r.folds.map((x, i) => [`claims-fold-${i + 1}`, num(x)])),
      'claims-printed': runs(r.printed.avalanche),
      'claims-printed-eta': nat(r.printed.etaTot),
      'claims-printed-weak': runs(r.printedWeak.avalanche),
      'claims-printed-weak-eta': nat(r.printedWeak.etaTot),
      'claims-strong': runs(r.strong.avalanche),
      'claims-strong-eta': nat(r.strong.etaTot),
      'claims-weak': runs(r.weak.avalanche),
      'claims-weak-eta': nat(r.weak.etaTot),
      'claims-g64': num(r.g64),
      ...(exact &&
        diagram &&
        judged(r, { g10: exact.g10, threshold: lastRunning(diagram), hopping: Number(v.t) })),
    },
  }),
};
