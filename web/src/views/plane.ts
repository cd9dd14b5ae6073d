// The plane: the lattice of one quasiperiodic or random potential around the grain.
import * as Plot from '@observablehq/plot';
import { formatNumber, type Values } from '../params.js';
import type { PlaneState } from '../tasks/plane.js';
import { base, hue, sequential } from '../theme.js';
import type { Result, View } from '../view.js';

const SCAN = 64;
const quasi = (values: Values) => values.phases === 'quasiperiodic';

/** The scan last finished, with what it was for: moving along it computes nothing anew. */
let cached: { key: string; scanned: PlaneState['scanned'] } = { key: '', scanned: [] };

/** Van der Corput order: the whole range is covered early and filled in. */
function scanPoints(values: Values): number[] {
  return Array.from({ length: SCAN }, (_, i) => {
    let k = 0;
    for (let bit = 1; bit < SCAN; bit *= 2) k = 2 * k + (Math.floor(i / bit) % 2);
    return quasi(values) ? Number(((2 * Math.PI * k) / SCAN).toPrecision(4)) : k;
  });
}

function result(state: PlaneState, values: Values, jump: (at: number) => void): Result {
  const n = 2 * Number(values.radius) ** 2 + 2 * Number(values.radius) + 1;
  const key = quasi(values) ? 'theta0' : 'seed';
  const scanned = [...state.scanned].sort((a, b) => a.at - b.at);
  const verdict = state.avalanche ? 'runs' : 'fails';
  const figures: Result['figures'] = [];
  const { sites, entropy } = state;
  if (sites && entropy) {
    const cells = Array.from(entropy, (s, i) => ({ x: sites[2 * i], y: sites[2 * i + 1], s: s / Math.LN2 }));
    const radius = Number(values.radius);
    figures.push({
      id: 'plane-map',
      drawnFor: [...Object.values(values), state.etaTot].join(' '),
      title: 'Mean entropy of the l-bit at each site',
      summary: `The avalanche ${verdict}: ${cells.filter((c) => c.s > 0.5).length} of ${n} l-bits have more than half the largest entropy.`,
      data: { n1: cells.map((c) => c.x), n2: cells.map((c) => c.y), entropy: entropy },
      draw: (width) => {
        const side = Math.min(width, 560);
        return Plot.plot({
          ...base(side, side),
          marginTop: 20,
          marginRight: 36,
          x: { label: 'n₁', domain: [-radius - 0.5, radius + 0.5] },
          y: { label: 'n₂', domain: [-radius - 0.5, radius + 0.5] },
          color: { scheme: sequential, domain: [0, 1], label: '[S] / log 2', legend: true },
          marks: [
            Plot.rect(cells, {
              x1: (c) => c.x - 0.5,
              x2: (c) => c.x + 0.5,
              y1: (c) => c.y - 0.5,
              y2: (c) => c.y + 0.5,
              fill: 's',
              inset: 0,
            }),
          ],
        });
      },
    });
  }
  figures.push({
    id: 'plane-scan',
    title: quasi(values) ? 'η_tot against the phase θ₀' : 'η_tot of other seeds',
    summary: `${scanned.length} of ${SCAN} computed. Click to jump to the nearest one; the slider does the same from the keyboard.`,
    data: { [key]: scanned.map((p) => p.at), eta_tot: scanned.map((p) => p.etaTot) },
    draw: (width) => {
      const plot = Plot.plot({
        ...base(width, 260),
        x: { label: quasi(values) ? 'θ₀' : 'seed', domain: [0, quasi(values) ? 2 * Math.PI : SCAN - 1] },
        y: { label: 'η_tot / log 2', domain: [0, n], grid: true },
        marks: [
          Plot.ruleX([Number(values[key])], { stroke: hue.orange, strokeWidth: 2 }),
          Plot.dot(scanned, { x: 'at', y: (p) => p.etaTot / Math.LN2, fill: hue.blue, r: 3.5 }),
          Plot.dot([state], {
            x: Number(values[key]) ? () => Number(values[key]) : () => 0,
            y: (p) => p.etaTot / Math.LN2,
            stroke: hue.orange,
            r: 6,
            strokeWidth: 2.5,
          }),
        ],
      });
      const svg = plot.matches('svg') ? plot : plot.querySelector('svg');
      svg?.addEventListener('click', (event) => {
        const box = svg.getBoundingClientRect();
        const scale = plot.scale('x');
        if (!scale?.invert) return;
        const wanted = scale.invert((((event as MouseEvent).clientX - box.left) * width) / box.width);
        const nearest = scanned.reduce(
          (a, b) => (Math.abs(b.at - wanted) < Math.abs(a.at - wanted) ? b : a),
          scanned[0],
        );
        if (nearest) jump(nearest.at);
      });
      return plot;
    },
  });
  return {
    exact: state.complete ? String(state.etaTot) : undefined,
    facts: [
      { label: 'The avalanche', value: verdict },
      { label: 'η_tot', value: `${formatNumber(state.etaTot / Math.LN2)} log 2` },
      { label: 'L-bits N', value: String(n) },
      { label: 'Slope dΦ/dT', value: formatNumber(state.slope) },
    ],
    figures,
  };
}

export const plane: View = {
  id: 'plane',
  title: 'Plane',
  intro: `<p>A grain at the centre of a square lattice couples to every localized orbital by its tail at the origin,
    <i>g</i><sub>n,0</sub> = <i>g</i><sub>0</sub> |φ<sub>n,0</sub>|. Strong disorder <i>W</i> keeps the tails short and the
    avalanche fails after a few l-bits; weaker disorder, or another phase θ₀ of the same potential, and it runs.</p>`,
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
    { kind: 'linear', key: 'theta0', label: 'Phase θ₀', min: 0, max: 6.283, step: 0.001, value: 2.954 },
    { kind: 'integer', key: 'seed', label: 'Seed', min: 0, max: 63, value: 1 },
    { kind: 'log', key: 'g0', label: 'Coupling g₀', min: 0.1, max: 10, value: 1 },
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
      // While W moves on by itself there is no time for a scan at each step.
      scan: known.length || playing ? [] : scanPoints(values),
    };
    const state = await compute.run('plane', input, (fraction, state) => {
      progress(fraction);
      if (state) partial(complete(state as PlaneState));
    });
    if (!known.length && !playing) cached = { key, scanned: state.scanned };
    return complete(state);
  },
  play: { key: 'strength', step: 0.5, label: 'Play through W' },
  command: (v) =>
    `emft lattice --radius ${v.radius} --strength ${v.strength} ${quasi(v) ? `--theta0 ${v.theta0}` : `--random --seed ${v.seed}`} --g0 ${v.g0}`,
};
