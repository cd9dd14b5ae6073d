// Exact diagonalization of one random central-grain model.
import * as Plot from '@observablehq/plot';
import { formatNumber } from '../params.js';
import { base, hue, sequential } from '../theme.js';
import type { Result, View } from '../view.js';

export const ed: View = {
  id: 'ed',
  title: 'ED',
  intro: `<p>The theory against the exact eigenstates of one random model: a grain of 8 states and <i>N</i> l-bits with flip-flop
    couplings <i>J</i><sub>n</sub> = 0.41 α<sup>n−1</sup>, dimension 8 · 2<sup>N</sup>.</p>`,
  params: [
    { kind: 'integer', key: 'n', label: 'L-bits N', min: 1, max: 7, value: 5 },
    { kind: 'linear', key: 'alpha', label: 'Ratio α', min: 0.2, max: 1, step: 0.01, value: 0.7 },
    { kind: 'integer', key: 'seed', label: 'Seed', min: 0, max: 1000, value: 1 },
  ],
  async run(values, { compute }): Promise<Result> {
    const n = Number(values.n);
    const r = await compute.run('ed', { n, alpha: Number(values.alpha), seed: Number(values.seed) });
    const points = r.entropies.flatMap((states, bit) =>
      Array.from(states, (s, a) => ({ energy: r.eigenvalues[a], s: s / Math.LN2, bit: bit + 1 })),
    );
    const spectrum = Array.from(r.eigenvalues);
    const bits = Array.from(r.meanEntropy, (_, i) => i + 1);
    const bins = 28;
    const counts = new Array<number>(bins).fill(0);
    for (const p of points) counts[Math.min(bins - 1, Math.floor(p.s * bins))]++;
    const bars = counts.map((c, i) => ({
      x1: i / bins,
      x2: (i + 1) / bins,
      density: (c * bins) / points.length,
    }));
    const curve = Array.from(r.s, (s, i) => ({ s: s / Math.LN2, density: r.pS[i] * Math.LN2 }));
    return {
      exact: spectrum.join(' '),
      facts: [
        { label: 'Eigenstates', value: String(spectrum.length) },
        { label: 'Mean gap ratio', value: formatNumber(r.gapRatio) },
        ...bits.map((b, i) => ({
          label: `[S] of l-bit ${b}: exact, mean field`,
          value: `${formatNumber(r.meanEntropy[i] / Math.LN2)}, ${formatNumber(r.meanField[i] / Math.LN2)}`,
        })),
      ],
      figures: [
        {
          id: 'ed-states',
          title: 'Spectrum, and entropy of each l-bit in each eigenstate',
          summary: `${spectrum.length} eigenvalues from ${formatNumber(spectrum[0])} to ${formatNumber(spectrum[spectrum.length - 1])}, drawn as ticks below. Gap ratio ${formatNumber(r.gapRatio)}; 0.39 is Poisson, 0.53 random-matrix.`,
          data: {
            energy: points.map((p) => p.energy),
            l_bit: points.map((p) => p.bit),
            entropy_log2: points.map((p) => p.s),
          },
          draw: (width) =>
            Plot.plot({
              ...base(width, 380),
              x: { label: 'energy' },
              y: { label: 'S / log 2', domain: [-0.1, 1.02], grid: true },
              color: {
                scheme: sequential,
                domain: [1, Math.max(2, n)],
                label: 'l-bit n',
                legend: true,
                ticks: n,
                tickFormat: 'd',
              },
              marks: [
                Plot.dot(points, { x: 'energy', y: 's', fill: 'bit', r: 2.2, fillOpacity: 0.8 }),
                Plot.ruleX(spectrum, { y1: -0.09, y2: -0.03, strokeOpacity: 0.5 }),
              ],
            }),
        },
        {
          id: 'ed-histogram',
          title: 'Entropies of all eigenstates against mean field',
          summary:
            'Bars: exact eigenstates, all l-bits together. Line: p_S of the mean field, averaged over the l-bits.',
          data: { entropy_log2: curve.map((p) => p.s), mean_field_density: curve.map((p) => p.density) },
          draw: (width) =>
            Plot.plot({
              ...base(width, 300),
              x: { label: 'S / log 2', domain: [0, 1] },
              y: {
                type: 'sqrt',
                label: 'density',
                grid: true,
                domain: [0, 1.2 * Math.max(...counts.map((c) => (c * bins) / points.length))],
                clamp: true,
              },
              marks: [
                Plot.rectY(bars, { x1: 'x1', x2: 'x2', y: 'density', fill: hue.blue, fillOpacity: 0.45 }),
                Plot.line(curve, { x: 's', y: 'density', stroke: hue.orange, strokeWidth: 2.2 }),
              ],
            }),
        },
      ],
    };
  },
  command: ({ n, alpha, seed }) => `emft ed --alpha ${alpha} -n ${n} --samples 1 --seed ${seed}`,
};
