// The plane: the lattice of one quasiperiodic or random potential around the grain.
import * as Plot from '@observablehq/plot';
import { both, display, equations, id, num, op, row, space, sub, sum } from '../math.js';
import { formatNumber, type Values } from '../params.js';
import type { PlaneState } from '../tasks/plane.js';
import { chart, hue, sequential, unit } from '../theme.js';
import type { Figure, Result, View } from '../view.js';

const SCAN = 64;
/** Milliseconds that each step of Play leaves for the scan. */
const PATIENCE = 300;
const quasi = (values: Values) => values.phases === 'quasiperiodic';

/** The scan last finished, with what it was for: moving along it computes nothing anew. */
let cached: { key: string; scanned: PlaneState['scanned'] } = { key: '', scanned: [] };

/** What the scan before had: shown faintly until the present one has it all. */
let before: { axis: string; scanned: PlaneState['scanned'] } = { axis: '', scanned: [] };
const axisOf = (values: Values) => `${values.radius} ${values.phases}`;

/** Van der Corput order: the whole range is covered early and filled in. */
function scanPoints(values: Values): number[] {
  return Array.from({ length: SCAN }, (_, i) => {
    let k = 0;
    for (let bit = 1; bit < SCAN; bit *= 2) k = 2 * k + (Math.floor(i / bit) % 2);
    return quasi(values) ? Number(((2 * Math.PI * k) / SCAN).toPrecision(4)) : k;
  });
}

const bits = (x: number) => x / Math.LN2;

function map(state: PlaneState, values: Values): Figure | null {
  const { sites, entropy } = state;
  const radius = Number(values.radius);
  if (!sites || !entropy) return null;
  const cells = Array.from(entropy, (s, i) => ({ x: sites[2 * i], y: sites[2 * i + 1], s: bits(s) }));
  const hot = cells.filter((c) => c.s > 0.5).length;
  return {
    id: 'plane-map',
    drawnFor: [...Object.values(values), state.etaTot].join(' '),
    title: 'Mean entropy of the l-bit at each site',
    summary: `The avalanche ${state.avalanche ? 'runs' : 'fails'}: ${hot} of ${cells.length} l-bits have more than half of log 2. The grain sits at the centre.${state.even ? ' All entropies agree to 0.001: which orbital sits where does not show.' : ''}`,
    data: { n1: cells.map((c) => c.x), n2: cells.map((c) => c.y), entropy_nats: entropy },
    square: true,
    draw: (width, height) => {
      const u = unit();
      const margin = 64 * u;
      const side = Math.min(width - margin, height - 24 * u) - 20 * u;
      const step = radius > 20 ? 10 : radius > 8 ? 5 : radius > 4 ? 2 : 1;
      const reach = Math.floor(radius / step);
      const ticks = Array.from({ length: 2 * reach + 1 }, (_, i) => step * (i - reach));
      const axis = {
        domain: [-radius - 0.5, radius + 0.5],
        ticks,
        tickFormat: (t: number) => String(t).replace('-', '−'),
      };
      return chart(
        side + margin + 20 * u,
        side + 64 * u,
        {
          marginTop: 14 * u,
          x: { label: 'n_{1}', ...axis },
          y: { label: 'n_{2}', ...axis },
          color: { scheme: sequential, domain: [0, 1] },
          marks: [
            Plot.rect(cells, {
              x1: (c) => c.x - 0.5,
              x2: (c) => c.x + 0.5,
              y1: (c) => c.y - 0.5,
              y2: (c) => c.y + 0.5,
              fill: 's',
              inset: 0,
              shapeRendering: 'crispEdges',
            }),
          ],
        },
        { bar: '[S] / log 2' },
      );
    },
  };
}

function scan(state: PlaneState, values: Values, n: number, jump: (at: number) => void): Figure {
  const key = quasi(values) ? 'theta0' : 'seed';
  const here = Number(values[key]);
  const scanned = [...state.scanned].sort((a, b) => a.at - b.at);
  const threshold = n / 2;
  const points = scanned.map((p) => ({ at: p.at, y: bits(p.etaTot), runs: bits(p.etaTot) > threshold }));
  const runs = points.filter((p) => p.runs).length;
  const faint = points.length < SCAN && before.axis === axisOf(values) ? before.scanned : [];
  const floor = Math.min(1, 10 ** Math.floor(Math.log10(Math.max(1e-3, bits(state.etaTot), 1e-3))));
  const low = Math.min(floor, ...points.map((p) => (p.y > 0.1 ? 1 : 0.1)));
  const up = (y: number) => Math.max(low, y);
  const last = quasi(values) ? 2 * Math.PI : SCAN - 1;
  return {
    id: 'plane-scan',
    title: quasi(values) ? 'η_{tot} against the phase θ_{0}' : 'η_{tot} of random potentials, by seed',
    summary: `${points.length ? `The avalanche runs at ${runs} of ${points.length} ${quasi(values) ? 'phases' : 'seeds'}${points.length < SCAN ? ` computed so far, of ${SCAN}` : ''}` : `${SCAN} ${quasi(values) ? 'phases' : 'seeds'} follow`}${faint.length ? '; faint are those of the values before' : ''}. Click in the figure to go there; the slider does the same from the keyboard.`,
    data: { [key]: scanned.map((p) => p.at), eta_tot_nats: scanned.map((p) => p.etaTot) },
    draw: (width, height) => {
      const u = unit();
      const svg = chart(
        width,
        height,
        {
          x: {
            label: quasi(values) ? 'θ_{0}' : 'seed',
            domain: quasi(values) ? [0, last] : [-0.5, last + 0.5],
            ...(quasi(values) && {
              ticks: [0, 1, 2, 3, 4].map((k) => (k * Math.PI) / 2),
              tickFormat: (t: number) => ['0', 'π/2', 'π', '3π/2', '2π'][Math.round((2 * t) / Math.PI)],
            }),
          },
          y: {
            type: 'log',
            label: 'η_{tot} / log 2',
            domain: [low, 1.25 * n],
            ticks: [0.1, 1, 10, 100, 1000].filter((t) => t >= low && t <= 1.25 * n),
            tickFormat: (t: number) => String(t),
            grid: true,
          },
          marks: [
            Plot.ruleY([threshold], { stroke: hue.soft, strokeWidth: 1.5 * u, strokeDasharray: '5 3' }),
            Plot.ruleX([here], { stroke: hue.soft, strokeWidth: 2 * u }),
            Plot.dot(faint, {
              x: 'at',
              y: (p) => up(bits(p.etaTot)),
              fill: hue.soft,
              fillOpacity: 0.3,
              r: 4 * u,
            }),
            Plot.dot(points, {
              x: 'at',
              y: (p) => up(p.y),
              fill: (p) => (p.runs ? hue.orange : hue.blue),
              r: 4 * u,
            }),
            Plot.dot([state], {
              x: () => here,
              y: (p) => up(bits(p.etaTot)),
              stroke: hue.ink,
              r: 7.5 * u,
              strokeWidth: 2.4 * u,
            }),
          ],
          color: { type: 'identity' },
        },
        [
          { label: 'runs', color: hue.orange, as: 'dot' },
          { label: 'fails', color: hue.blue, as: 'dot' },
          { label: 'this one', color: hue.ink, as: 'dot', symbol: 'circle' },
          { label: '½ N log 2', color: hue.soft, as: 'dashed' },
        ],
      );
      svg.style.cursor = 'crosshair';
      const left = 64 * u;
      const right = width - 20 * u;
      svg.addEventListener('click', (event) => {
        const box = svg.getBoundingClientRect();
        const x = ((event.clientX - box.left) * width) / box.width;
        const part = Math.min(1, Math.max(0, (x - left) / (right - left)));
        jump(quasi(values) ? Number((part * last).toFixed(3)) : Math.round(part * (last + 1) - 0.5));
      });
      return svg;
    },
  };
}

function result(state: PlaneState, values: Values, jump: (at: number) => void): Result {
  const radius = Number(values.radius);
  const n = 2 * radius ** 2 + 2 * radius + 1;
  const drawn = map(state, values);
  return {
    exact: state.complete ? String(state.etaTot) : undefined,
    facts: [
      { label: 'The avalanche', value: state.avalanche ? 'runs' : 'fails' },
      { label: 'η_{tot}', value: `${formatNumber(bits(state.etaTot))} log 2` },
      { label: 'L-bits N', value: String(n) },
      { label: 'dΦ/dT at η_{tot}', value: formatNumber(state.slope) },
    ],
    figures: [...(drawn ? [drawn] : []), scan(state, values, n, jump)],
  };
}

export const plane: View = {
  id: 'plane',
  title: 'Plane',
  intro: `<p>A grain at the centre of a square lattice of |<i>n</i><sub>1</sub>| + |<i>n</i><sub>2</sub>| ≤ <i>R</i> couples to
    every localized orbital through its tail at the origin. Strong disorder <i>W</i> keeps the tails short and the
    avalanche fails after a few l-bits; with weaker disorder, or another phase θ<sub>0</sub> of the same potential, it
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
        row(op('|'), sub(id('φ'), id('n')), op('('), num('0'), op(')'), op('|')),
        op(','),
        '<mspace width="1em"></mspace>',
        op('−'),
        id('W'),
        op('≤'),
        id('V'),
        op('≤'),
        id('W'),
      ),
    )}`,
  params: [
    { kind: 'integer', key: 'radius', label: 'Radius R', min: 2, max: 30, value: 15 },
    { kind: 'linear', key: 'strength', label: 'Disorder W/t', min: 5, max: 200, step: 0.5, value: 70 },
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
    { kind: 'linear', key: 'theta0', label: 'Phase θ_{0}', min: 0, max: 6.283, step: 0.001, value: 2.954 },
    { kind: 'integer', key: 'seed', label: 'Seed', min: 0, max: 63, value: 1 },
    { kind: 'log', key: 'g0', label: 'Coupling g_{0}', min: 0.1, max: 10, value: 1 },
  ],
  hidden: (values) => [quasi(values) ? 'seed' : 'theta0'],
  async run(values, { compute, progress, partial, change, playing }) {
    const key = [values.radius, values.strength, values.phases, values.g0].join(' ');
    const known = cached.key === key ? cached.scanned : [];
    const jump = (at: number) => change({ [quasi(values) ? 'theta0' : 'seed']: at });
    const complete = (state: PlaneState) =>
      result(known.length ? { ...state, scanned: known } : state, values, jump);
    const input = {
      radius: Number(values.radius),
      strength: Number(values.strength),
      theta0: quasi(values) ? Number(values.theta0) : null,
      seed: Number(values.seed),
      g0: Number(values.g0),
      scan: known.length ? [] : scanPoints(values),
      // W moves on by itself: what comes of the scan until then.
      patience: playing ? PATIENCE : undefined,
    };
    const state = await compute.run('plane', input, (fraction, state) => {
      progress(fraction);
      if (state) partial(complete(state as PlaneState));
    });
    if (state.scanned.length > 0) before = { axis: axisOf(values), scanned: state.scanned };
    if (state.scanned.length === SCAN) cached = { key, scanned: state.scanned };
    return complete(state);
  },
  play: { key: 'strength', step: 0.5, label: 'Play through W' },
  command: (v) =>
    `emft lattice --radius ${v.radius} --strength ${v.strength} ${quasi(v) ? `--theta0 ${v.theta0}` : `--random --seed ${v.seed}`} --g0 ${v.g0}`,
};
