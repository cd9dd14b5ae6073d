// The story: one page to read, from one l-bit to the plane, in which every figure is computed as it is read.
import { ALPHA_CRITICAL } from '../../../../cli/src/common/constants.js';
import type { Values } from '../../parts/params.js';
import type { Context, Section, Shown, View } from '../../parts/view.js';
import type { Grain64, Input, Part } from './given.js';
import * as largeWords from './largeWords.js';
import {
  ask,
  CHAIN,
  CROWD,
  CROWD_G0,
  coupling,
  EXACT,
  GRAIN64,
  type Known,
  LONG,
  last,
  PARTS,
  RADIUS,
  SCAN,
  SIZES,
  show,
  THETA,
} from './parts.js';
import type { story } from './task.js';
import * as words from './words.js';

/** What was computed last, and for what. */
const memory: { known: Known; asked: { [P in Part]?: string } } = { known: {}, asked: {} };

/** What there is to show of what was computed for these values. */
function shown(v: Values): Shown {
  const all: Shown = { facts: [], figures: [], numbers: {} };
  for (const part of PARTS) {
    const given = memory.known[part];
    if (!given || memory.asked[part] !== JSON.stringify(ask[part](v))) continue;
    const { figures, numbers } = (
      show[part] as (r: unknown, v: Values, known: Known) => ReturnType<typeof show.bit>
    )(given, v, memory.known);
    all.figures.push(...figures);
    Object.assign(all.numbers as object, numbers);
  }
  const { chain, plane } = memory.known;
  all.exact = [chain?.etaTot, plane?.etaTot].join(' ');
  return all;
}

async function run(v: Values, { run, show }: Context<typeof story>): Promise<Shown> {
  const wanted = Object.fromEntries(PARTS.map((part) => [part, JSON.stringify(ask[part](v))])) as Record<
    Part,
    string
  >;
  // What was computed before and has been moved comes first; then, from the top, what was never there.
  const missing = PARTS.filter((part) => memory.asked[part] !== wanted[part]);
  for (const part of missing.sort((a, b) => Number(!memory.known[a]) - Number(!memory.known[b]))) {
    memory.known[part] = (await run({ part, asked: ask[part](v) } as Input)) as never;
    memory.asked[part] = wanted[part];
    // Each can be seen before the next is asked for: drawn in one go, the first would wait for the others.
    if (part !== missing[missing.length - 1]) await show(shown(v));
  }
  return shown(v);
}

const solve = (alpha: number, n: number) => `emft solve --g0 0.5 --alpha ${alpha} -n ${n}`;
const lattice = (radius: number, w: number, theta: number, more = '') =>
  `emft lattice --radius ${radius} --strength ${w} --theta0 ${theta}${more}`;

const diagonalize = ({ alpha, n, samples, seed }: Grain64) =>
  `emft ed --alpha ${alpha} -n ${n} --samples ${samples} --seed ${seed}`;
/** The realizations that the mean field of the part “exact” is fitted to. */
const FITTED = { ...EXACT, alpha: ALPHA_CRITICAL, seed: EXACT.fitted };

const sections: Section[] = [
  {
    id: 'sketch',
    title: 'A grain of heat in a frozen crowd',
    words: words.sketch,
    figures: ['story-sketch'],
    params: ['r'],
    command: ({ r }) => `emft eta ${coupling(Number(r))}`,
  },
  {
    id: 'bit',
    title: 'One l-bit: mostly nothing, now and then everything',
    words: words.bit,
    figures: ['story-distribution'],
    params: ['g'],
    command: ({ g }) => `emft eta ${g}`,
  },
  {
    id: 'gain',
    title: 'The grain grows',
    words: words.gain,
    figures: ['story-gain'],
    params: [],
    command: ({ g }) => `emft eta ${g}`,
  },
  {
    id: 'spread',
    title: 'Each helps the next',
    words: words.spread,
    figures: ['story-spread'],
    params: ['alpha'],
    command: ({ alpha }) => solve(Number(alpha), CHAIN),
  },
  {
    id: 'climb',
    title: 'A staircase',
    words: words.climb,
    figures: ['story-climb'],
    params: ['start'],
    command: ({ alpha }) => solve(Number(alpha), CHAIN),
  },
  {
    id: 'seed',
    title: 'Large enough to live',
    words: words.seed,
    figures: ['story-seed'],
    params: ['seed'],
    command: () => `emft solve --g0 ${CROWD_G0} --alpha 1 -n ${CROWD}`,
  },
  {
    id: 'threshold',
    title: 'Where forever begins',
    words: largeWords.threshold,
    figures: ['story-threshold'],
    params: ['at'],
    command: ({ at }) => solve(Number(at), last(SIZES)),
  },
  {
    id: 'size',
    title: 'The size of a failure',
    words: largeWords.size,
    figures: ['story-size'],
    params: ['delta'],
    command: ({ delta }) => solve(ALPHA_CRITICAL - Number(delta), LONG),
  },
  {
    id: 'exact',
    title: 'Is it true?',
    words: largeWords.exact,
    figures: ['story-exact'],
    params: ['j'],
    command: ({ j }) => [diagonalize({ ...EXACT, alpha: Number(j) }), diagonalize(FITTED)],
  },
  {
    id: 'bottleneck',
    title: 'A plane, and its narrow gate',
    words: largeWords.bottleneck,
    figures: ['story-bottleneck'],
    params: ['zeta'],
    command: ({ zeta }) => `emft bottleneck ${zeta}`,
  },
  {
    id: 'plane',
    title: 'A landscape without chance',
    words: largeWords.plane,
    figures: ['story-plane', 'story-diagram'],
    params: ['w'],
    command: ({ w }) => lattice(RADIUS, Number(w), THETA),
  },
  {
    id: 'scan',
    title: 'All or little',
    words: largeWords.scan,
    figures: ['story-scan'],
    params: ['phase'],
    command: ({ phase }) => lattice(RADIUS, SCAN.strength, Number(phase)),
  },
  {
    id: 'claims',
    title: 'What the paper says, and what comes out',
    words: largeWords.claims,
    figures: ['story-readings'],
    params: ['t'],
    command: ({ t }) => [
      lattice(15, 45, THETA, ` --hopping ${t}`),
      `${diagonalize(GRAIN64)} --reading dg64 --window 50%`,
    ],
  },
];

export const storyView: View<typeof story> = {
  title: 'Story',
  about: 'failed avalanches from one l-bit to the plane, to read; at its end the claims of the paper, live',
  intro: '',
  sections,
  params: [
    {
      kind: 'linear',
      key: 'r',
      label: 'Distance in decay lengths, $r/ζ$',
      min: 0.2,
      max: 6,
      step: 0.05,
      value: 1.4,
    },
    { kind: 'log', key: 'g', label: 'Reduced coupling $g$', min: 0.001, max: 100, value: 0.05 },
    { kind: 'linear', key: 'alpha', label: 'Ratio $α$', min: 0.4, max: 0.9, step: 0.001, value: 0.637 },
    {
      kind: 'linear',
      key: 'start',
      label: 'Start of the climb, $T$ / log 2',
      min: 0,
      max: CHAIN,
      step: 0.5,
      value: 0,
    },
    {
      kind: 'linear',
      key: 'seed',
      label: 'Start of the climb, $T$ / log 2',
      min: 0,
      max: CROWD,
      step: 0.1,
      value: 12,
    },
    { kind: 'linear', key: 'at', label: 'Ratio $α$', min: 0.5, max: 0.9, step: 0.001, value: 0.68 },
    {
      kind: 'log',
      key: 'delta',
      label: 'Distance to the threshold, $α_{c}\u00a0−\u00a0α$',
      min: 0.001,
      max: 0.3,
      value: 0.0701,
    },
    { kind: 'linear', key: 'j', label: 'Ratio $α$', min: 0.2, max: 1, step: 0.01, value: 0.7 },
    {
      kind: 'linear',
      key: 'zeta',
      label: 'Decay length $ζ$ in lattice spacings',
      min: 0.12,
      max: 1,
      step: 0.01,
      value: 0.25,
    },
    { kind: 'linear', key: 'w', label: 'Disorder $W/t$', min: 20, max: 140, step: 0.5, value: 70 },
    { kind: 'linear', key: 'phase', label: 'Phase $θ_{0}$', min: 0, max: 6.283, step: 0.001, value: 2.954 },
    {
      kind: 'linear',
      key: 't',
      label: 'Hopping $t$ of the reading',
      min: 0.2,
      max: 1,
      step: 0.01,
      value: 0.41,
    },
  ],
  run,
  command: ({ alpha }) => solve(Number(alpha), CHAIN),
};
