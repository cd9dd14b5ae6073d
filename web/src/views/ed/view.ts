// Exact diagonalization of one random central-grain model against the mean field.
import { display, equations, id, num, op, row, spaced, sub, sup } from '../../parts/math.js';
import { bits, formatNumber, type Values } from '../../parts/params.js';
import type { Shown, View } from '../../parts/view.js';
import { CENTRAL_GRAIN } from '../equations.js';
import { distribution, profile, states } from './figures.js';
import type { EdState, ed, FirstCoupling } from './task.js';

/** Fits already made, by part of the spectrum. */
const fits = new Map<number, FirstCoupling>();

const spelled = (fraction: number) =>
  fraction < 1 ? 'the middle quarter of the spectrum' : 'all eigenstates';

function result(r: EdState, fraction: number): Shown {
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

const share = (values: Values) => (values.states === 'middle' ? 0.25 : 1);

export const edView: View<typeof ed> = {
  title: 'ED',
  about: 'one random central-grain model, exactly, against the mean field',
  intro: `<p>The theory against the exact eigenstates of one random model: a grain of 8 states with a random-matrix
    <i>H</i><sub>g</sub>, and <i>N</i> l-bits that flip with its spin, <i>J<sub>n</sub></i> = 0.41 α<sup><i>n</i>−1</sup>,
    in fields <i>h<sub>n</sub></i> = 1 ± 0.1. The Hilbert space has dimension 8 · 2<sup><i>N</i></sup>.</p>
    ${equations(
      display(CENTRAL_GRAIN),
      display(
        sub(id('g'), row(id('n'), op(','), num('0'))),
        op('='),
        sub(id('g'), row(num('1'), op(','), num('0'))),
        spaced(0.2),
        sup(id('α'), row(id('n'), op('−'), num('1'))),
      ),
    )}`,
  params: [
    { kind: 'integer', key: 'n', label: 'L-bits N', min: 1, max: 9, value: 5 },
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
  async run(values, { run, show }) {
    const fraction = share(values);
    const input = {
      n: Number(values.n),
      alpha: Number(values.alpha),
      seed: Number(values.seed),
      fraction,
      first: fits.get(fraction),
    };
    const r = await run(input, (state) => {
      if (!input.first) show(result(state, fraction));
    });
    if (r.meanField) fits.set(fraction, r.meanField.fit);
    return result(r, fraction);
  },
  command: ({ n, alpha, seed, states }) =>
    `emft ed --alpha ${alpha} -n ${n} --samples 1 --seed ${seed}${states === 'middle' ? ' --window 25%' : ''}`,
};
