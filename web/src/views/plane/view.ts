// The plane: the lattice of one quasiperiodic or random potential around the grain.
import { latticeSites } from '../../../../cli/src/common/counts.js';
import {
  bars,
  both,
  display,
  equations,
  id,
  minus,
  num,
  of,
  op,
  row,
  space,
  spaced,
  sub,
  sum,
} from '../../parts/math.js';
import { bits, formatNumber, type Values } from '../../parts/params.js';
import type { Shown, View } from '../../parts/view.js';
import { grainFlag, grainOf, grainParam } from '../grain.js';
import { map, quasi, SCAN, scan } from './figures.js';
import type { PlaneState, plane } from './task.js';

/** Milliseconds that each step of Play leaves for the scan. */
const PATIENCE = 300;

type Scanned = PlaneState['scanned'];

/** The scans made before. */
const memory = {
  /** The last one that was finished, with all values but the one it goes along. */
  finished: { key: '', scanned: [] as Scanned },
  /** The last one, with what its axis is. */
  last: { key: '', scanned: [] as Scanned },

  keep(values: Values, scanned: Scanned): void {
    if (scanned.length > 0) memory.last = { key: axisOf(values), scanned };
    if (scanned.length === SCAN) memory.finished = { key: scanOf(values), scanned };
  },
};
const axisOf = ({ radius, phases }: Values) => `${radius} ${phases}`;
const scanOf = ({ radius, strength, phases, g0, grain }: Values) =>
  [radius, strength, phases, g0, grain].join(' ');
/** The points of a scan, if it is the one that is asked for. */
const pointsOf = ({ key, scanned }: typeof memory.last, wanted: string) => (key === wanted ? scanned : []);

/** Van der Corput order: the whole range is covered early and filled in. */
function scanPoints(values: Values): number[] {
  return Array.from({ length: SCAN }, (_, i) => {
    let k = 0;
    for (let bit = 1; bit < SCAN; bit *= 2) k = 2 * k + (Math.floor(i / bit) % 2);
    return quasi(values) ? Number(((2 * Math.PI * k) / SCAN).toPrecision(4)) : k;
  });
}

function shown(
  state: PlaneState,
  values: Values,
  played: PlaneState['played'],
  jump: (values: Values) => void,
): Shown {
  const radius = Number(values.radius);
  const n = latticeSites(radius);
  const drawn = map(state, values, played);
  return {
    exact: state.complete ? String(state.etaTot) : undefined,
    facts: [
      { label: 'The avalanche', value: state.avalanche ? 'runs' : 'fails' },
      { label: '$η_{tot}$', value: `${formatNumber(bits(state.etaTot))} log 2` },
      { label: 'L-bits $N$', value: String(n) },
      { label: '$dΦ/{d}T$ at $η_{tot}$', value: formatNumber(state.slope) },
    ],
    figures: [...(drawn ? [drawn] : []), scan(state, values, n, pointsOf(memory.last, axisOf(values)), jump)],
  };
}

export const planeView: View<typeof plane> = {
  title: 'Plane',
  about: 'the same around a grain in the plane, on lattices of up to 5101 sites',
  intro: `<p>A grain at the centre of a square lattice of |<i>n</i><sub>1</sub>| + |<i>n</i><sub>2</sub>| ≤ <i>R</i> couples to
    every localized orbital through its tail at the origin. Strong disorder <i>W</i> keeps the tails short and the
    avalanche fails after a few l-bits; with weaker disorder, or another phase <i>θ</i><sub>0</sub> of the same potential, it
    runs through the plane.</p>
    ${equations(
      display(
        id('H'),
        op('='),
        id('t'),
        space,
        sum(row(op('⟨'), id('n'), id('m'), op('⟩'))),
        both(id('c'), id('n'), op('†')),
        sub(id('c'), id('m')),
        op('+'),
        sum(id('n')),
        id('V'),
        row(op('('), id('q'), op('·'), id('n'), op('+'), sub(id('θ'), num('0')), op(')')),
        both(id('c'), id('n'), op('†')),
        sub(id('c'), id('n')),
      ),
      display(
        sub(id('g'), row(id('n'), op(','), num('0'))),
        op('='),
        sub(id('g'), num('0')),
        bars('|', sub(id('φ'), id('n')), of(num('0'))),
        op(','),
        spaced(1),
        minus,
        id('W'),
        op('≤'),
        id('V'),
        op('≤'),
        id('W'),
      ),
    )}`,
  params: [
    { kind: 'integer', key: 'radius', label: 'Radius $R$', min: 2, max: 50, value: 15 },
    { kind: 'linear', key: 'strength', label: 'Disorder $W/t$', min: 5, max: 200, step: 0.5, value: 70 },
    {
      kind: 'choice',
      key: 'phases',
      label: 'Potential',
      value: 'quasiperiodic',
      choices: [
        { value: 'quasiperiodic', label: 'quasiperiodic' },
        { value: 'random', label: 'random' },
      ],
    },
    { kind: 'linear', key: 'theta0', label: 'Phase $θ_{0}$', min: 0, max: 6.283, step: 0.001, value: 2.954 },
    { kind: 'integer', key: 'seed', label: 'Seed', min: 0, max: 63, value: 1 },
    { kind: 'log', key: 'g0', label: 'Coupling $g_{0}$', min: 0.1, max: 10, value: 1 },
    grainParam,
    {
      kind: 'choice',
      key: 'scale',
      label: 'Colours of the map',
      value: 'linear',
      choices: [
        { value: 'linear', label: 'linear, 0 to 1' },
        { value: 'log', label: 'logarithmic, 10⁻⁴ to 1' },
      ],
    },
  ],
  hidden: (values) => [quasi(values) ? 'seed' : 'theta0'],
  async run(values, { run, show, change, playing }) {
    // Moving along a finished scan computes nothing anew.
    const known = pointsOf(memory.finished, scanOf(values));
    // It is sent once.
    let played: PlaneState['played'];
    const complete = (state: PlaneState) => {
      played = state.played ?? played;
      return shown(known.length ? { ...state, scanned: known } : state, values, played, change);
    };
    const input = {
      radius: Number(values.radius),
      strength: Number(values.strength),
      theta0: quasi(values) ? Number(values.theta0) : null,
      seed: Number(values.seed),
      g0: Number(values.g0),
      grain: grainOf(values),
      scan: known.length ? [] : scanPoints(values),
      // W moves on by itself: what comes of the scan until then.
      patience: playing ? PATIENCE : undefined,
    };
    const state = await run(input, (partial) => show(complete(partial)));
    memory.keep(values, state.scanned);
    return complete(state);
  },
  play: { key: 'strength', step: 0.5, label: 'Play through $W$' },
  command: (v) =>
    `emft lattice --radius ${v.radius} --strength ${v.strength} ${quasi(v) ? `--theta0 ${v.theta0}` : `--random --seed ${v.seed}`} --g0 ${v.g0}${grainFlag(v)}`,
};
