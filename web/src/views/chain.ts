// The chain: does the avalanche run through it, and which fixed point stops it?
import * as Plot from '@observablehq/plot';
import { display, equations, id, num, of, op, row, sub, sum, sup } from '../math.js';
import { formatNumber } from '../params.js';
import { chart, hue, type KeyEntry, unit } from '../theme.js';
import type { Figure, Result, View } from '../view.js';

const numbers = ({ alpha, n, g0 }: Record<string, number | string>) => ({
  alpha: Number(alpha),
  n: Number(n),
  g0: Number(g0),
});

interface Point {
  /** In units of log 2. */
  t: number;
  kind: 'stable' | 'unstable' | 'marginal';
  slope: number;
}

const look: Record<Point['kind'], { color: string; symbol: Plot.SymbolType }> = {
  stable: { color: hue.green, symbol: 'circle' },
  unstable: { color: hue.pink, symbol: 'times' },
  marginal: { color: hue.orange, symbol: 'diamond' },
};

/** Where the profile falls through ½ log 2, between two l-bits linearly; null where it does not. */
function crossing(entropy: Float64Array): number | null {
  const half = 0.5 * Math.LN2;
  const k = entropy.findIndex((s) => s < half);
  if (k <= 0) return null;
  return k + (entropy[k - 1] - half) / (entropy[k - 1] - entropy[k]);
}

function profile(entropy: Float64Array, bare: Float64Array, logG: Float64Array): Figure {
  const unit2 = Math.LN2;
  const spins = Array.from(entropy, (_, i) => ({
    n: i + 1,
    s: entropy[i] / unit2,
    bare: bare[i] / unit2,
  }));
  const end = crossing(entropy);
  const stops =
    end === null
      ? entropy[0] < unit2 / 2
        ? 'No l-bit reaches half of log 2.'
        : 'Every l-bit is above half of log 2: the avalanche runs to the end.'
      : `It falls through half of log 2 at n* = ${formatNumber(end)}.`;
  return {
    id: 'chain-profile',
    title: 'Entropy of each l-bit',
    summary: `[S_{n}] is ${formatNumber(spins[0].s)} log 2 at the first l-bit and ${formatNumber(spins[spins.length - 1].s)} log 2 at the last. ${stops} Dashed: what each would have if it saw the bare grain alone.`,
    data: {
      n: spins.map((p) => p.n),
      entropy_nats: entropy,
      bare_entropy_nats: bare,
      log_g: logG,
    },
    draw: (width, height) =>
      chart(
        width,
        height,
        {
          x: { label: 'l-bit n, counted from the grain', domain: [0.5, Math.max(2, spins.length) + 0.5] },
          y: { label: '[S_{n}] / log 2', domain: [0, 1.02], grid: true, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
          marks: [
            ...(end === null
              ? []
              : [
                  Plot.ruleX([end], { y1: 0, y2: 0.5, stroke: hue.soft, strokeDasharray: '2 3' }),
                  Plot.text([`n* = ${formatNumber(end)}`], {
                    x: end,
                    y: 0.5,
                    dx: 8,
                    textAnchor: end > 0.75 * spins.length ? 'end' : 'start',
                    ...(end > 0.75 * spins.length && { dx: -10, dy: 14 }),
                    fill: 'currentColor',
                  }),
                ]),
            Plot.lineY(spins, {
              x: 'n',
              y: 'bare',
              stroke: hue.soft,
              strokeWidth: 2,
              strokeDasharray: '5 3',
            }),
            Plot.lineY(spins, { x: 'n', y: 's', stroke: hue.blue, strokeWidth: 2.2 * unit() }),
            Plot.dot(spins, { x: 'n', y: 's', fill: hue.blue, r: (spins.length > 60 ? 2.4 : 3.2) * unit() }),
          ],
        },
        [
          { label: 'mean field', color: hue.blue, symbol: undefined },
          { label: 'bare couplings g_{n,0}', color: hue.soft, as: 'dashed' },
        ],
      ),
  };
}

function climb(
  n: number,
  points: readonly Point[],
  t: Float64Array,
  phi: Float64Array,
  steps: readonly number[],
): Figure {
  const bits = Math.LN2;
  const stairs = steps.flatMap((at, i) => [
    { x: at / bits, y: at / bits },
    { x: at / bits, y: (steps[i + 1] ?? at) / bits },
  ]);
  const kinds = (['stable', 'unstable', 'marginal'] as const).filter((k) => points.some((p) => p.kind === k));
  const key: KeyEntry[] = [
    { label: 'Φ(T)', color: hue.blue },
    { label: 'T', color: hue.soft, as: 'dashed' },
    { label: 'iteration from 0', color: hue.orange },
    ...kinds.map((k) => ({ label: `${k} fixed point`, ...look[k], as: 'dot' as const })),
  ];
  const listed = points
    .map((p) => `${formatNumber(p.t)} (${p.kind}, slope ${formatNumber(p.slope)})`)
    .join(', ');
  return {
    id: 'chain-map',
    title: 'The climb: fixed points of Φ(T)',
    summary: `Repeating T → Φ(T) from 0 climbs to the least fixed point, ${formatNumber(points[0].t)} log 2, in ${steps.length - 1} steps, to 10⁻⁴ of N log 2. Fixed points in units of log 2: ${listed}. Stable where the slope dΦ/dT is below 1.`,
    data: { T_nats: t, Phi_nats: phi },
    draw: (width, height) => {
      const u = unit();
      const svg = chart(
        width,
        height,
        {
          x: { label: 'T / log 2', domain: [0, n] },
          y: { label: 'Φ(T) / log 2', domain: [0, n], grid: true },
          marks: [
            Plot.line(
              [
                [0, 0],
                [n, n],
              ],
              { stroke: hue.soft, strokeWidth: 1.6 * u, strokeDasharray: '5 3' },
            ),
            Plot.line(stairs, {
              x: 'x',
              y: 'y',
              stroke: hue.orange,
              strokeWidth: 1.8 * u,
              className: 'climb',
            }),
            Plot.lineY(t, {
              x: (x: number) => x / bits,
              y: Array.from(phi, (y) => y / bits),
              stroke: hue.blue,
              strokeWidth: 2.4 * u,
            }),
            ...points.map((p) =>
              Plot.dot([p], {
                x: 't',
                y: 't',
                stroke: look[p.kind].color,
                symbol: look[p.kind].symbol,
                r: 7 * u,
                strokeWidth: 3 * u,
              }),
            ),
          ],
        },
        key,
      );
      // The style sheet lets the line grow; its length counts as 1.
      for (const path of svg.querySelectorAll('.climb path')) path.setAttribute('pathLength', '1');
      return svg;
    },
  };
}

export const chain: View = {
  id: 'chain',
  title: 'Chain',
  intro: `<p>A grain and <i>N</i> l-bits whose bare couplings fall as
    <i>g</i><sub><i>n</i>,0</sub> = <i>g</i><sub>1,0</sub> α<sup><i>n</i>−1</sup>. Each l-bit that thermalizes raises the
    density of states for all others, through <i>T</i>, the sum of all η. The avalanche climbs from <i>T</i> = 0 until
    Φ(<i>T</i>) meets the diagonal. In an infinite chain it runs for ever above α<sub>c</sub> = 1/√2 ≈ 0.707.</p>
    ${equations(
      display(
        sub(id('g'), id('n')),
        op('='),
        sub(id('g'), row(id('n'), op(','), num('0'))),
        sup(
          id('e'),
          row(op('('), id('T'), op('−'), id('η'), of(sub(id('g'), id('n'))), op(')'), op('/'), num('2')),
        ),
      ),
      display(
        id('T'),
        op('='),
        id('Φ'),
        of(id('T')),
        op('='),
        sum(id('n')),
        id('η'),
        of(sub(id('g'), id('n'))),
      ),
    )}`,
  params: [
    { kind: 'linear', key: 'alpha', label: 'Ratio α', min: 0.4, max: 0.999, step: 0.001, value: 0.637 },
    { kind: 'integer', key: 'n', label: 'L-bits N', min: 1, max: 100, value: 50 },
    { kind: 'log', key: 'g0', label: 'First coupling g_{1,0}', min: 0.0001, max: 10, value: 0.5 },
  ],
  async run(values, { compute }): Promise<Result> {
    const input = numbers(values);
    const r = await compute.run('chain', input);
    const points: Point[] = r.branches.map((b) => ({
      t: b.etaTot / Math.LN2,
      kind: b.tangent ? 'marginal' : b.stable ? 'stable' : 'unstable',
      slope: b.slope,
    }));
    const stable = points.filter((p) => p.kind === 'stable').length;
    const share = r.etaTot / (input.n * Math.LN2);
    const end = crossing(r.entropy);
    return {
      exact: String(r.etaTot),
      facts: [
        { label: 'η_{tot}', value: `${formatNumber(r.etaTot / Math.LN2)} log 2` },
        { label: 'of N log 2', value: `${formatNumber(100 * share)} %` },
        { label: 'Half entropy at n*', value: end === null ? 'none' : formatNumber(end) },
        { label: 'Fixed points', value: `${points.length}, ${stable} stable` },
        { label: 'dΦ/dT at η_{tot}', value: formatNumber(r.slope) },
      ],
      figures: [profile(r.entropy, r.bareEntropy, r.logG), climb(input.n, points, r.t, r.phi, r.climb)],
    };
  },
  play: { key: 'alpha', step: 0.003, label: 'Play through α' },
  command: ({ alpha, n, g0 }) => `emft solve --g0 ${g0} --alpha ${alpha} -n ${n}`,
};
