// Exact diagonalization of one random central-grain model against the mean field.
import * as Plot from '@observablehq/plot';
import { both, display, equations, id, num, op, row, sub, sum, sup } from '../math.js';
import { formatNumber } from '../params.js';
import type { EdState, FirstCoupling } from '../tasks/ed.js';
import { chart, hue, ordinal, unit } from '../theme.js';
import type { Figure, Result, View } from '../view.js';

/** Fits already made, by part of the spectrum. */
const fits = new Map<number, FirstCoupling>();

const bits = (s: number) => s / Math.LN2;
const spelled = (fraction: number) =>
  fraction < 1 ? 'the middle quarter of the spectrum' : 'all eigenstates';

function states(r: EdState): Figure {
  const { eigenvalues, entropies, first, last } = r;
  const d = eigenvalues.length;
  const points = entropies.flatMap((list, bit) =>
    Array.from(list, (s, a) => ({
      energy: eigenvalues[a],
      s: bits(s),
      bit,
      counted: a >= first && a < last,
    })),
  );
  return {
    id: 'ed-states',
    title: 'Spectrum and entropies of the eigenstates',
    summary: `${d} eigenvalues from ${formatNumber(eigenvalues[0])} to ${formatNumber(eigenvalues[d - 1])}, drawn as ticks at the bottom. Their mean gap ratio is ${formatNumber(r.gapRatio)}: 0.386 without level repulsion, 0.531 for random matrices.${last - first < d ? ' States outside the middle quarter are faint.' : ''}`,
    data: {
      energy: points.map((p) => p.energy),
      l_bit: points.map((p) => p.bit + 1),
      entropy_nats: entropies.flatMap((list) => Array.from(list)),
    },
    draw: (width, height) => {
      const u = unit();
      const size = d > 400 ? 1.7 : 2.6;
      return chart(
        width,
        height,
        {
          x: { label: 'energy E (h = 1)' },
          y: {
            label: 'S / log 2',
            domain: [-0.13, 1.02],
            ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
            grid: true,
          },
          marks: [
            Plot.dot(points, {
              x: 'energy',
              y: 's',
              fill: (p) => ordinal[p.bit],
              fillOpacity: (p) => (p.counted ? 0.85 : 0.22),
              r: size * u,
            }),
            Plot.ruleX(eigenvalues, {
              x: (e: number) => e,
              y1: -0.12,
              y2: -0.04,
              stroke: 'currentColor',
              strokeOpacity: 0.5,
            }),
          ],
          color: { type: 'identity' },
          opacity: { type: 'identity' },
        },
        entropies.map((_, bit) => ({
          label: bit === 0 ? 'n = 1, at the grain' : String(bit + 1),
          color: ordinal[bit],
          as: 'dot',
        })),
      );
    },
  };
}

function profile(r: EdState): Figure {
  const theory = r.meanField;
  const rows = Array.from(r.meanEntropy, (s, i) => ({
    n: i + 1,
    exact: bits(s),
    theory: theory ? bits(theory.entropy[i]) : Number.NaN,
  }));
  const pairs = rows
    .map((p) => `l-bit ${p.n}: ${formatNumber(p.exact)}, ${formatNumber(p.theory)}`)
    .join('; ');
  return {
    id: 'ed-profile',
    title: 'Mean entropy of each l-bit',
    summary: theory
      ? `Exact, then mean field, in units of log 2: ${pairs}. The mean field has g_{1,0} = ${formatNumber(theory.fit.g10)}.`
      : 'Mean field follows.',
    data: {
      n: rows.map((p) => p.n),
      exact_nats: r.meanEntropy,
      ...(theory && { mean_field_nats: theory.entropy }),
    },
    draw: (width, height) => {
      const u = unit();
      return chart(
        width,
        height,
        {
          x: {
            label: 'l-bit n, counted from the grain',
            domain: [0.6, Math.max(2, rows.length) + 0.4],
            ticks: rows.map((p) => p.n),
            tickFormat: 'd',
          },
          y: { label: '[S_{n}] / log 2', domain: [0, 1.02], grid: true, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
          marks: [
            ...(theory
              ? [
                  Plot.lineY(rows, { x: 'n', y: 'theory', stroke: hue.orange, strokeWidth: 2.2 * u }),
                  Plot.dot(rows, { x: 'n', y: 'theory', fill: hue.orange, r: 3 * u }),
                ]
              : []),
            Plot.dot(rows, {
              x: 'n',
              y: 'exact',
              fill: (p) => ordinal[p.n - 1],
              stroke: hue.ink,
              strokeWidth: 1.2 * u,
              r: 6 * u,
            }),
          ],
          color: { type: 'identity' },
        },
        [
          { label: 'exact, this model', color: hue.ink, as: 'dot', symbol: 'circle' },
          { label: 'mean field', color: hue.orange },
        ],
      );
    },
  };
}

function distribution(r: EdState, part: string): Figure {
  const bins = r.shares.length;
  const theory = r.meanField;
  const bars = Array.from(r.shares, (share, b) => ({
    x1: b / bins,
    x2: (b + 1) / bins,
    exact: share * bins,
    theory: theory ? theory.shares[b] * bins : Number.NaN,
  }));
  const edges = bars.flatMap((b) => [
    { x: b.x1, y: b.theory },
    { x: b.x2, y: b.theory },
  ]);
  const top = Math.max(...bars.flatMap((b) => [b.exact, theory ? b.theory : 0]));
  const percent = (x: number) => `${formatNumber(100 * x)} %`;
  const above = (shares: Float64Array) => shares.slice(bins / 2).reduce((a, b) => a + b, 0);
  return {
    id: 'ed-histogram',
    title: 'Entropies of all l-bits in the eigenstates',
    summary: `Over ${part}, ${percent(above(r.shares))} of the entropies are above half of log 2${theory ? `, in mean field ${percent(above(theory.shares))}; its line is p_{S} integrated over each bar and averaged over the l-bits` : ''}.`,
    data: {
      S_over_log2_from: bars.map((b) => b.x1),
      S_over_log2_to: bars.map((b) => b.x2),
      exact_density: bars.map((b) => b.exact),
      ...(theory && { mean_field_density: bars.map((b) => b.theory) }),
    },
    draw: (width, height) => {
      const u = unit();
      return chart(
        width,
        height,
        {
          x: { label: 'S / log 2', domain: [0, 1], ticks: 5 },
          y: {
            type: 'sqrt',
            label: 'density',
            grid: true,
            domain: [0, 1.05 * top],
            ticks: [0, 0.1, 0.5, 1, 2, 4, 8, 16].filter((t) => t <= 1.05 * top),
            tickFormat: (t: number) => String(t),
          },
          marks: [
            Plot.rectY(bars, {
              x1: 'x1',
              x2: 'x2',
              y: 'exact',
              fill: hue.blue,
              fillOpacity: 0.45,
              insetLeft: 0.5,
              insetRight: 0.5,
            }),
            ...(theory
              ? [Plot.line(edges, { x: 'x', y: 'y', stroke: hue.orange, strokeWidth: 2.4 * u })]
              : []),
          ],
        },
        [
          { label: 'exact, this model', color: hue.blue, as: 'area' },
          { label: 'mean field', color: hue.orange },
        ],
      );
    },
  };
}

function result(r: EdState, fraction: number): Result {
  const theory = r.meanField;
  const difference = () => {
    const entropy = (theory as NonNullable<typeof theory>).entropy;
    const squares = r.meanEntropy.reduce((sum, s, i) => sum + bits(s - entropy[i]) ** 2, 0);
    return Math.sqrt(squares / entropy.length);
  };
  return {
    exact: Array.from(r.eigenvalues).join(' '),
    facts: [
      { label: 'Eigenstates', value: String(r.eigenvalues.length) },
      { label: 'Mean gap ratio', value: formatNumber(r.gapRatio) },
      ...(theory
        ? [
            { label: 'Fitted g_{1,0}', value: formatNumber(theory.fit.g10) },
            { label: 'Mean-field η_{tot}', value: `${formatNumber(bits(theory.etaTot))} log 2` },
            { label: 'rms difference of [S_{n}]', value: `${formatNumber(difference())} log 2` },
          ]
        : []),
    ],
    note: theory
      ? `g_{1,0} is not taken from this model: it is fitted at α_{c} = 1/√2 to the entropy of the last l-bit, averaged over ${spelled(fraction)} of ${theory.fit.samples} other realizations of N = ${theory.fit.lengths.join(' and ')}, and serves every α, N and seed here.`
      : undefined,
    figures: [states(r), profile(r), distribution(r, spelled(fraction))],
  };
}

const share = (values: Record<string, number | string>) => (values.states === 'middle' ? 0.25 : 1);

export const ed: View = {
  id: 'ed',
  title: 'ED',
  intro: `<p>The theory against the exact eigenstates of one random model: a grain of 8 states with a random-matrix
    <i>H</i><sub>g</sub>, and <i>N</i> l-bits that flip with its spin, <i>J<sub>n</sub></i> = 0.41 α<sup><i>n</i>−1</sup>,
    in fields <i>h<sub>n</sub></i> = 1 ± 0.1. The Hilbert space has dimension 8 · 2<sup><i>N</i></sup>.</p>
    ${equations(
      display(
        id('H'),
        op('='),
        sub(id('H'), id('g')),
        op('+'),
        sum(id('n')),
        row(
          sub(id('h'), id('n')),
          both(id('σ'), id('n'), id('z')),
          op('+'),
          sub(id('J'), id('n')),
          op('('),
          both(id('σ'), id('g'), id('x')),
          both(id('σ'), id('n'), id('x')),
          op('+'),
          both(id('σ'), id('g'), id('y')),
          both(id('σ'), id('n'), id('y')),
          op(')'),
        ),
      ),
      display(
        sub(id('g'), row(id('n'), op(','), num('0'))),
        op('='),
        sub(id('g'), row(num('1'), op(','), num('0'))),
        '<mspace width="0.2em"></mspace>',
        sup(id('α'), row(id('n'), op('−'), num('1'))),
      ),
    )}`,
  params: [
    { kind: 'integer', key: 'n', label: 'L-bits N', min: 1, max: 7, value: 5 },
    { kind: 'linear', key: 'alpha', label: 'Ratio α', min: 0.2, max: 1, step: 0.01, value: 0.7 },
    { kind: 'integer', key: 'seed', label: 'Seed', min: 0, max: 1000, value: 1 },
    {
      kind: 'choice',
      key: 'states',
      label: 'Average over',
      value: 'all',
      choices: [
        { value: 'all', label: 'all eigenstates' },
        { value: 'middle', label: 'middle quarter of the spectrum' },
      ],
    },
  ],
  async run(values, { compute, progress, partial }): Promise<Result> {
    const fraction = share(values);
    const input = {
      n: Number(values.n),
      alpha: Number(values.alpha),
      seed: Number(values.seed),
      fraction,
      first: fits.get(fraction),
    };
    const r = await compute.run('ed', input, (done, state) => {
      progress(done);
      if (state && !input.first) partial(result(state as EdState, fraction));
    });
    if (r.meanField) fits.set(fraction, r.meanField.fit);
    return result(r, fraction);
  },
  command: ({ n, alpha, seed, states }) =>
    `emft ed --alpha ${alpha} -n ${n} --samples 1 --seed ${seed}${states === 'middle' ? ' --window 25%' : ''}`,
};
