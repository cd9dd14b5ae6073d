// One l-bit on a thermal grain: the elementary response of the theory.
import * as Plot from '@observablehq/plot';
import {
  display,
  equations,
  frac,
  id,
  integral,
  mean,
  num,
  of,
  op,
  root,
  row,
  space,
  sub,
  sup,
} from '../math.js';
import { formatNumber } from '../params.js';
import { chart, hue, unit } from '../theme.js';
import type { Figure, Result, View } from '../view.js';

interface LbitResult {
  g: Float64Array;
  eta: Float64Array;
  entropy: Float64Array;
  czz: Float64Array;
  at: { eta: number; entropy: number; czz: number };
  x: Float64Array;
  perDecade: Float64Array;
  above: number;
  s: Float64Array;
  pS: Float64Array;
  entangled: number;
}

const powers = (x: number) => (x >= 0.01 && x <= 100 ? String(Number(x.toPrecision(1))) : formatPower(x));
function formatPower(x: number): string {
  const exponent = Math.round(Math.log10(x));
  return `10^{${String(exponent).replace('-', '−')}}`;
}

function response(r: LbitResult, g: number): Figure {
  const bits = Math.LN2;
  const curves = [
    { label: 'η / log 2', y: r.eta.map((x) => x / bits), here: r.at.eta / bits, color: hue.blue },
    { label: '[S] / log 2', y: r.entropy.map((x) => x / bits), here: r.at.entropy / bits, color: hue.orange },
    { label: 'C_{zz}', y: r.czz, here: r.at.czz, color: hue.green },
  ];
  return {
    id: 'lbit-response',
    title: 'Response of grain and l-bit',
    summary: `At g = ${formatNumber(g)} the grain gains η = ${formatNumber(r.at.eta / bits)} log 2; the l-bit has mean entropy [S] = ${formatNumber(r.at.entropy / bits)} log 2 and C_{zz} = ${formatNumber(r.at.czz)}, the mean square of its polarization. The grain responds at couplings a few times weaker than the l-bit does.`,
    data: { g: r.g, eta_nats: r.eta, entropy_nats: r.entropy, czz: r.czz },
    draw: (width, height) => {
      const u = unit();
      return chart(
        width,
        height,
        {
          x: {
            type: 'log',
            label: 'reduced coupling g',
            ticks: width > 460 * u ? [1e-4, 1e-3, 0.01, 0.1, 1, 10, 100, 1000] : [1e-4, 0.01, 1, 100],
            tickFormat: powers,
          },
          y: { label: 'response', domain: [0, 1.02], grid: true, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
          marks: [
            Plot.ruleX([g], { stroke: hue.soft, strokeWidth: 1.5 * u, strokeDasharray: '5 3' }),
            ...curves.flatMap(({ y, here, color }) => [
              Plot.lineY(r.g, { x: (x: number) => x, y, stroke: color, strokeWidth: 2.4 * u }),
              Plot.dot([here], { x: g, y: here, fill: color, r: 5 * u }),
            ]),
          ],
        },
        curves.map(({ label, color }) => ({ label, color })),
      );
    },
  };
}

function resonances(r: LbitResult): Figure {
  const points = Array.from(r.x, (x, i) => ({ x, y: r.perDecade[i] }));
  const resonant = points.filter((p) => p.x >= 1);
  return {
    id: 'lbit-resonance',
    title: 'Distribution p_{g} of the resonance strength',
    summary: `x is matrix element over energy denominator. A share of ${formatNumber(r.above)} of the eigenstates is resonant, x > 1 (shaded). The tail falls as 1/x^{2}: some are resonant at any g.`,
    data: { x: r.x, density_per_decade: r.perDecade },
    draw: (width, height) => {
      const u = unit();
      return chart(width, height, {
        x: {
          type: 'log',
          label: 'resonance strength x',
          domain: [1e-4, 1e4],
          ticks: width > 460 * u ? [1e-4, 1e-3, 0.01, 0.1, 1, 10, 100, 1e3, 1e4] : [1e-4, 0.01, 1, 100, 1e4],
          tickFormat: powers,
        },
        y: { label: 'density per decade', domain: [0, 1.4], grid: true, ticks: 5 },
        marks: [
          Plot.areaY(resonant, { x: 'x', y: 'y', fill: hue.orange, fillOpacity: 0.35, clip: true }),
          Plot.lineY(points, { x: 'x', y: 'y', stroke: hue.blue, strokeWidth: 2.4 * u, clip: true }),
          Plot.ruleX([1], { stroke: hue.soft, strokeWidth: 1.5 * u, strokeDasharray: '5 3' }),
        ],
      });
    },
  };
}

function entropies(r: LbitResult): Figure {
  const bits = Math.LN2;
  const [floor, ceiling] = [1e-3, 300];
  const points = Array.from(r.s, (s, i) => ({ s: s / bits, p: Math.max(floor, r.pS[i] * bits) }));
  return {
    id: 'lbit-entropy',
    title: 'Distribution p_{S} of the entropy over eigenstates',
    summary: `A share of ${formatNumber(r.entangled)} of the eigenstates has more than half of log 2. As g grows, weight moves from S = 0, localized, to S = log 2, maximally entangled, where the density diverges as an inverse square root.`,
    data: { entropy_nats: r.s, density_per_nat: r.pS },
    draw: (width, height) =>
      chart(width, height, {
        x: { label: 'S / log 2', domain: [0, 1], ticks: 5 },
        y: {
          type: 'log',
          label: 'density p_{S} · log 2',
          domain: [floor, ceiling],
          ticks: [1e-3, 0.01, 0.1, 1, 10, 100],
          tickFormat: powers,
          grid: true,
          clamp: true,
        },
        marks: [
          Plot.areaY(points, { x: 's', y1: floor, y2: 'p', fill: hue.orange, fillOpacity: 0.25 }),
          Plot.lineY(points, { x: 's', y: 'p', stroke: hue.orange, strokeWidth: 2.4 * unit() }),
        ],
      }),
  };
}

export const lbit: View = {
  id: 'lbit',
  title: 'One l-bit',
  intro: `<p>A localized bit touches a thermal grain with reduced coupling <i>g</i>, mean matrix element times density of
    states. An eigenstate mixes two levels with resonance strength <i>h</i>, drawn from <i>p<sub>g</sub></i>. For small
    <i>g</i> most eigenstates leave the bit localized and a few resonances entangle it; for large <i>g</i> it
    thermalizes and doubles the density of states of the grain: η → log 2.</p>
    ${equations(
      display(
        id('g'),
        op('='),
        id('ρ'),
        mean(op('|'), sub(id('V'), id('ab')), op('|')),
        op(','),
        '<mspace width="1em"></mspace>',
        id('P'),
        of(id('h')),
        op('='),
        frac(num('1'), num('2')),
        op('−'),
        frac(num('1'), row(num('2'), root(num('1'), op('+'), num('4'), sup(id('h'), num('2'))))),
      ),
      display(
        id('S'),
        op('='),
        op('−'),
        id('P'),
        id('log'),
        id('P'),
        op('−'),
        of(num('1'), op('−'), id('P')),
        id('log'),
        of(num('1'), op('−'), id('P')),
      ),
      display(
        mean(id('S')),
        op('='),
        integral,
        id('S'),
        of(id('h')),
        space,
        sub(id('p'), id('g')),
        of(id('h')),
        space,
        id('d'),
        id('h'),
      ),
    )}`,
  params: [{ kind: 'log', key: 'g', label: 'Reduced coupling g', min: 0.001, max: 100, value: 0.1 }],
  async run({ g }, { compute }): Promise<Result> {
    const r = await compute.run('lbit', { g: Number(g) });
    return {
      facts: [
        { label: 'η', value: `${formatNumber(r.at.eta)} nats` },
        { label: '[S]', value: `${formatNumber(r.at.entropy)} nats` },
        { label: 'C_{zz}', value: formatNumber(r.at.czz) },
        { label: 'Share with x > 1', value: formatNumber(r.above) },
        { label: 'Share with S > ½ log 2', value: formatNumber(r.entangled) },
      ],
      figures: [response(r, Number(g)), resonances(r), entropies(r)],
    };
  },
  play: { key: 'g', step: 0.04, label: 'Play through g' },
  command: ({ g }) => `emft eta ${g}`,
};
