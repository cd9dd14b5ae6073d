// Exact diagonalization of one random central-grain model against the mean field.
import { display, equations, id, num, op, row, spaced, sub, sup } from '../../parts/math.js';
import { bits, formatNumber, type Values } from '../../parts/params.js';
import type { Shown, View } from '../../parts/view.js';
import { CENTRAL_GRAIN } from '../equations.js';
import { grainFlag, modelGrainOf, modelGrainParam } from '../grain.js';
import { distribution, profile, states } from './figures.js';
import type { EdState, ed, FirstCoupling } from './task.js';

/** Fits already made, by the levels of the grain and the part of the spectrum. */
const fits = new Map<string, FirstCoupling>();

/**
 * Most l-bits, and most with a complex grain: eighComplex of N = 9, of order 4096, takes 660 MiB and its matrices as much again, and
 * three to four times as long as eigh.
 */
const [MOST_BITS, MOST_OF_COMPLEX] = [9, 8];

const isComplex = (values: Values) => modelGrainOf(values) === 'gue';

const spelled = (fraction: number) =>
  fraction < 1 ? 'the middle quarter of the spectrum' : 'all eigenstates';

function result(r: EdState, fraction: number, values: Values): Shown {
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
            { label: 'Fitted $g_{1,0}$', value: formatNumber(theory.fit.g10) },
            { label: 'Mean-field $η_{tot}$', value: `${formatNumber(bits(theory.etaTot))} log 2` },
            { label: 'rms difference of $[S_{n}]$', value: `${formatNumber(difference())} log 2` },
          ]
        : []),
    ],
    note: theory
      ? `$g_{1,0}$ is not taken from this model: it is fitted at $α_{c}$ = 1/√2 to the entropy of the last l-bit, averaged over ${spelled(fraction)} of ${theory.fit.samples} other realizations of $N$ = ${theory.fit.lengths.join(' and ')} with such a grain, and serves every $α$, $N$ and seed here.`
      : undefined,
    figures: [states(r, isComplex(values)), profile(r), distribution(r, spelled(fraction))],
  };
}

const share = (values: Values) => (values.states === 'middle' ? 0.25 : 1);

export const edView: View<typeof ed> = {
  title: 'ED',
  about: 'one random central-grain model, exactly, against the mean field',
  intro: `<p>The theory against the exact eigenstates of one random model: a grain of 8 states with a random-matrix
    <i>H</i><sub><i>g</i></sub>, and <i>N</i> l-bits that flip with its spin, <i>J<sub>n</sub></i> = 0.41 <i>α</i><sup><i>n</i>−1</sup>,
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
    { kind: 'integer', key: 'n', label: 'L-bits $N$', min: 1, max: MOST_BITS, value: 5 },
    { kind: 'linear', key: 'alpha', label: 'Ratio $α$', min: 0.2, max: 1, step: 0.01, value: 0.7 },
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
    {
      ...modelGrainParam,
      hint: `In $H$ and in the mean field. A complex $H$ takes twice the memory and up to four times the time: $N$ ≤ ${MOST_OF_COMPLEX}.`,
    },
  ],
  most: (values) => ({ n: isComplex(values) ? MOST_OF_COMPLEX : MOST_BITS }),
  async run(values, { run, show }) {
    const [fraction, grain] = [share(values), modelGrainOf(values)];
    const fit = `${grain} ${fraction}`;
    const input = {
      n: Number(values.n),
      alpha: Number(values.alpha),
      seed: Number(values.seed),
      grain,
      fraction,
      first: fits.get(fit),
    };
    const r = await run(input, (state) => {
      if (!input.first) show(result(state, fraction, values));
    });
    if (r.meanField) fits.set(fit, r.meanField.fit);
    return result(r, fraction, values);
  },
  command: ({ n, alpha, seed, states, ...rest }) =>
    `emft ed --alpha ${alpha} -n ${n} --samples 1 --seed ${seed}${grainFlag(rest)}${states === 'middle' ? ' --window 25%' : ''}`,
};
