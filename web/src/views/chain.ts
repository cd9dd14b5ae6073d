// The chain: does the avalanche run through it, and which fixed point stops it?
import * as Plot from '@observablehq/plot';
import { formatNumber } from '../params.js';
import { base, hue } from '../theme.js';
import type { Result, View } from '../view.js';

const numbers = ({ alpha, n, g0 }: Record<string, number | string>) => ({
  alpha: Number(alpha),
  n: Number(n),
  g0: Number(g0),
});

export const chain: View = {
  id: 'chain',
  title: 'Chain',
  intro: `<p>A grain and <i>N</i> l-bits whose couplings fall as <i>g</i><sub>n,0</sub> = <i>g</i><sub>1,0</sub>
    α<sup>n−1</sup>. Each l-bit that thermalizes raises the density of states for all others, through the total
    <math><mi>T</mi><mo>=</mo><munder><mo>∑</mo><mi>n</mi></munder><mi>η</mi><mo>(</mo><msub><mi>g</mi><mi>n</mi></msub><mo>)</mo></math>:
    the state is the least <i>T</i> with Φ(<i>T</i>) = <i>T</i>. The avalanche climbs until the curve crosses the diagonal.</p>`,
  params: [
    { kind: 'linear', key: 'alpha', label: 'Ratio α', min: 0.4, max: 0.95, step: 0.001, value: 0.637 },
    { kind: 'integer', key: 'n', label: 'L-bits N', min: 1, max: 100, value: 50 },
    { kind: 'log', key: 'g0', label: 'First coupling g₁,₀', min: 0.01, max: 10, value: 0.5 },
  ],
  async run(values, { compute }): Promise<Result> {
    const input = numbers(values);
    const r = await compute.run('chain', input);
    const spins = Array.from(r.entropy, (_, i) => i + 1);
    const unit = Math.LN2;
    const points = r.branches.map((b) => ({ t: b.etaTot / unit, kind: b.stable ? 'stable' : 'unstable' }));
    const stairs = r.climb.flatMap((t, i) => [
      { x: t / unit, y: t / unit },
      { x: t / unit, y: (r.climb[i + 1] ?? t) / unit },
    ]);
    const stable = points.filter((p) => p.kind === 'stable').length;
    const share = r.etaTot / (input.n * unit);
    return {
      exact: String(r.etaTot),
      facts: [
        { label: 'η_tot', value: `${formatNumber(r.etaTot / unit)} log 2` },
        { label: 'of the maximum N log 2', value: `${formatNumber(100 * share)} %` },
        { label: 'Fixed points', value: `${points.length}, ${stable} stable` },
        { label: 'Slope dΦ/dT there', value: formatNumber(r.slope) },
      ],
      figures: [
        {
          id: 'chain-profile',
          title: 'Entropy profile',
          summary: `Mean entropy of each l-bit: ${formatNumber(r.entropy[0] / unit)} log 2 at the first, ${formatNumber(r.entropy[input.n - 1] / unit)} log 2 at the last. Without renormalization (dashed) each l-bit sees the grain alone.`,
          data: { n: spins, entropy: r.entropy, bare_entropy: r.bareEntropy, log_g: r.logG },
          draw: (width) =>
            Plot.plot({
              ...base(width, 300),
              x: { label: 'l-bit n' },
              y: { label: '[S] / log 2', domain: [0, 1], grid: true },
              marks: [
                Plot.lineY(spins, {
                  x: (n: number) => n,
                  y: Array.from(r.bareEntropy, (s) => s / unit),
                  stroke: 'currentColor',
                  strokeDasharray: '4 3',
                }),
                Plot.lineY(spins, {
                  x: (n: number) => n,
                  y: Array.from(r.entropy, (s) => s / unit),
                  stroke: hue.blue,
                  strokeWidth: 2.2,
                }),
                Plot.dot(spins, {
                  x: (n: number) => n,
                  y: Array.from(r.entropy, (s) => s / unit),
                  fill: hue.blue,
                  r: 3,
                }),
              ],
            }),
        },
        {
          id: 'chain-map',
          title: 'The climb: Φ(T) against T',
          summary: `The iteration starts at 0 and stops at ${formatNumber(r.etaTot / unit)} log 2. Fixed points: ${points.map((p) => `${formatNumber(p.t)} (${p.kind})`).join(', ')}, in units of log 2.`,
          data: { T: r.t, Phi: r.phi },
          draw: (width) =>
            Plot.plot({
              ...base(width, 440),
              x: { label: 'T / log 2', domain: [0, input.n] },
              y: { label: 'Φ(T) / log 2', domain: [0, input.n], grid: true },
              color: { domain: ['stable', 'unstable'], range: [hue.green, hue.pink], legend: true },
              symbol: { domain: ['stable', 'unstable'], range: ['circle', 'times'] },
              marks: [
                Plot.line(
                  [
                    [0, 0],
                    [input.n, input.n],
                  ],
                  { stroke: 'currentColor', strokeDasharray: '4 3' },
                ),
                Plot.line(stairs, { x: 'x', y: 'y', stroke: hue.orange, strokeWidth: 1.4 }),
                Plot.lineY(r.t, {
                  x: (t: number) => t / unit,
                  y: Array.from(r.phi, (y) => y / unit),
                  stroke: hue.blue,
                  strokeWidth: 2.4,
                }),
                Plot.dot(points, { x: 't', y: 't', stroke: 'kind', symbol: 'kind', r: 7, strokeWidth: 3 }),
              ],
            }),
        },
      ],
    };
  },
  play: { key: 'alpha', step: 0.005, label: 'Play through α' },
  command: ({ alpha, n, g0 }) => `emft solve --g0 ${g0} --alpha ${alpha} -n ${n}`,
};
