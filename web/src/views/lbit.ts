// One l-bit on a thermal grain: the elementary response of the theory.
import * as Plot from '@observablehq/plot';
import { formatNumber } from '../params.js';
import { base, hue } from '../theme.js';
import type { Result, View } from '../view.js';

interface Point {
  g: number;
  value: number;
  what: string;
}

export const lbit: View = {
  id: 'lbit',
  title: 'One l-bit',
  intro: `<p>One localized bit touches a thermal grain with reduced coupling <i>g</i> = ρ[|V|], matrix element times
    density of states. Below <i>g</i> ≈ 1 most eigenstates leave it localized and a few resonances entangle it;
    far above, it thermalizes and doubles the grain's density of states: η → log 2.</p>`,
  params: [{ kind: 'log', key: 'g', label: 'Reduced coupling g', min: 0.001, max: 100, value: 0.4 }],
  async run({ g }, { compute }): Promise<Result> {
    const r = await compute.run('lbit', { g: Number(g) });
    const curves: [string, ArrayLike<number>, number][] = [
      ['η / log 2', Array.from(r.eta, (x) => x / Math.LN2), r.at.eta / Math.LN2],
      ['[S] / log 2', Array.from(r.entropy, (x) => x / Math.LN2), r.at.entropy / Math.LN2],
      ['Czz', r.czz, r.at.czz],
    ];
    const names = curves.map(([what]) => what);
    const points: Point[] = curves.flatMap(([what, y]) =>
      Array.from(r.g, (x, i) => ({ g: x, value: y[i], what })),
    );
    const here: Point[] = curves.map(([what, , value]) => ({ g: Number(g), value, what }));
    const tallest = Math.max(...r.pS.subarray(20, 380));
    return {
      facts: [
        { label: 'η', value: `${formatNumber(r.at.eta)} nats` },
        { label: '[S]', value: `${formatNumber(r.at.entropy)} nats` },
        { label: 'Czz', value: formatNumber(r.at.czz) },
        { label: 'Resonant share P(x > 1)', value: formatNumber(r.above) },
      ],
      figures: [
        {
          id: 'lbit-response',
          title: 'Response of the l-bit',
          summary: `At g = ${formatNumber(Number(g))} the grain gains η = ${formatNumber(r.at.eta / Math.LN2)} log 2, the mean entropy is ${formatNumber(r.at.entropy / Math.LN2)} log 2 and Czz is ${formatNumber(r.at.czz)}.`,
          data: { g: r.g, eta: r.eta, entropy: r.entropy, czz: r.czz },
          draw: (width) =>
            Plot.plot({
              ...base(width, 330),
              x: { type: 'log', label: 'reduced coupling g', ticks: 7, tickFormat: '~g' },
              y: { label: 'response', domain: [0, 1], grid: true },
              color: { domain: names, range: [hue.blue, hue.orange, hue.green], legend: true },
              marks: [
                Plot.ruleX([Number(g)], { stroke: 'currentColor', strokeDasharray: '4 3' }),
                Plot.line(points, { x: 'g', y: 'value', stroke: 'what', strokeWidth: 2.2 }),
                Plot.dot(here, { x: 'g', y: 'value', fill: 'what', r: 5 }),
              ],
            }),
        },
        {
          id: 'lbit-resonance',
          title: 'Distribution p_g of the resonance strength',
          summary: `Eigenstates with x above 1, a share of ${formatNumber(r.above)}, are resonant: their heavy tail falls as 1/x².`,
          data: { x: r.x, density_per_decade: r.perDecade },
          draw: (width) =>
            Plot.plot({
              ...base(width, 260),
              x: { type: 'log', label: 'resonance strength x', ticks: 7, tickFormat: '~g' },
              y: { label: 'density per decade', grid: true },
              marks: [
                Plot.areaY(r.x, { x: (x: number) => x, y: r.perDecade, fill: hue.blue, fillOpacity: 0.25 }),
                Plot.lineY(r.x, { x: (x: number) => x, y: r.perDecade, stroke: hue.blue, strokeWidth: 2.2 }),
                Plot.ruleX([1], { stroke: 'currentColor', strokeDasharray: '4 3' }),
              ],
            }),
        },
        {
          id: 'lbit-entropy',
          title: 'Distribution p_S of the entropy over eigenstates',
          summary: 'Weight moves from S = 0, localized, to S = log 2, maximally entangled, as g grows.',
          data: { entropy: r.s, density: r.pS },
          draw: (width) =>
            Plot.plot({
              ...base(width, 260),
              x: { label: 'S / log 2', domain: [0, 1] },
              y: { label: 'p_S', domain: [0, 1.6 * tallest], clamp: true, grid: true },
              marks: [
                Plot.areaY(r.s, {
                  x: (s: number) => s / Math.LN2,
                  y: r.pS,
                  fill: hue.orange,
                  fillOpacity: 0.25,
                }),
                Plot.lineY(r.s, {
                  x: (s: number) => s / Math.LN2,
                  y: r.pS,
                  stroke: hue.orange,
                  strokeWidth: 2.2,
                }),
              ],
            }),
        },
      ],
    };
  },
  command: ({ g }) => `emft eta ${g}`,
};
