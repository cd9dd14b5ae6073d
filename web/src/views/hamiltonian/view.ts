// Your Hamiltonian: spins ½ with the terms that somebody writes, their eigenstates in a sector, and a Néel state in time.
import type { ParameterValues } from '../../../../cli/src/common/parameters.js';
import { both, display, equations, id, op, row, sum } from '../../parts/math.js';
import { bits, type ChoiceParam, formatNumber, type Values } from '../../parts/params.js';
import type { Figure, Shown, View } from '../../parts/view.js';
import { gapRatios, spectrum } from '../levelFigures.js';
import { termsEditor } from './editor.js';
import { halfUp, programOf, tomlOf } from './exports.js';
import { byMomentum, dynamics, entropies, longRun, ratioBySector } from './figures.js';
import { modelOf, problemOf, rowsOf } from './model.js';
import { PRESETS } from './presets.js';
import { type HamiltonianResult, type hamiltonian, MOST_STATES } from './task.js';

/** Most sites for which the sector with half of them up still has few enough states. */
const MOST_SITES = 13;

const each = ({ momentum }: Values) => momentum === 'each';
const drawn = ({ terms }: Values) => rowsOf(String(terms)).some((one) => one.drawn);

/** The parameters as experiment files have them. */
function parametersOf({ sites, up, momentum, reflection, flip }: Values): ParameterValues {
  return {
    sites: Number(sites),
    reflection: String(reflection),
    flip: String(flip),
    filling: 'any',
    ...(up !== 'any' && { up: up === 'half' ? halfUp(sites) : Number(up) }),
    ...(momentum !== 'any' && momentum !== 'each' && { momentum: Number(momentum) }),
  };
}

/** `of` names the input: figures of the same levels are not drawn twice. */
function shown(r: HamiltonianResult, of: string): Shown {
  const { sectors, statistics, dynamics: moved, sites } = r;
  const count = sectors.reduce((total, { values }) => total + values.length, 0);
  const lowest = Math.min(...sectors.map(({ values }) => values[0]));
  const highest = Math.max(...sectors.map(({ values }) => values[values.length - 1]));
  const several = sectors.length > 1;
  const mean = sectors.reduce((total, one) => total + one.entropies.reduce((a, b) => a + b, 0), 0) / count;
  const ratios = gapRatios(statistics, 'hamiltonian-gaps', r.complex);
  const bySector = several ? ratioBySector(r) : null;
  const [only] = sectors;
  // What comes of the levels does not change when the Néel state comes.
  const levels = (figure: Figure): Figure => ({ ...figure, drawnFor: `${of} ${sectors.length}` });
  return {
    exact: sectors.flatMap(({ values }) => Array.from(values)).join(' '),
    facts: [
      { label: several ? `States, ${sectors.length} sectors` : 'States', value: String(count) },
      { label: 'Lowest energy', value: formatNumber(lowest) },
      { label: 'Highest energy', value: formatNumber(highest) },
      ...(ratios ? [{ label: 'Mean gap ratio', value: formatNumber(statistics.gapRatio) }] : []),
      { label: 'Mean entropy', value: `${formatNumber(bits(mean))} log 2` },
      ...(moved ? [{ label: 'Imbalance, long run', value: longRun(moved) }] : []),
    ],
    note: r.without,
    list: {
      title: 'All energies',
      lines: () =>
        sectors.flatMap(({ momentum, values }) => [
          ...(momentum === null ? [] : [`# momentum ${momentum}`]),
          ...Array.from(values, String),
        ]),
      name: 'energies.txt',
    },
    figures: [
      levels(entropies(r)),
      ...(moved ? [dynamics(moved, sites)] : []),
      ...(several
        ? [byMomentum(r)]
        : spectrum(only.values, {
            id: 'hamiltonian-spectrum',
            label: 'energy $E$',
            title: 'Levels and their density',
          })
      ).map(levels),
      ...(bySector ? [levels(bySector)] : []),
      ...(ratios ? [levels(ratios)] : []),
    ],
  };
}

const parity = (key: string, label: string): ChoiceParam => ({
  kind: 'choice',
  key,
  label,
  half: true,
  value: 'any',
  choices: [
    { value: 'any', label: 'any' },
    { value: 'even', label: 'even' },
    { value: 'odd', label: 'odd' },
  ],
});

const numbers = (most: number) =>
  Array.from({ length: most + 1 }, (_, k) => ({ value: `${k}`, label: `${k}` }));

export const hamiltonianView: View<typeof hamiltonian> = {
  title: 'Your Hamiltonian',
  about: 'spins ½ with the terms that you write: spectrum, entropies, gap ratios, dynamics',
  intro: `<p>Write a Hamiltonian of spins ½ as a list of terms, choose a sector: this page computes every eigenstate, its
    entanglement, the ratios of gaps, and what becomes of a Néel state. The same model goes on in a program or, over
    many sizes and disorders, in <code>emft sweep</code>: <a href="./guide.html#your-hamiltonian">the guide</a> says how.</p>
    ${equations(
      display(
        id('H'),
        op('='),
        sum(id('terms')),
        id('c'),
        sum(id('places')),
        both(id('S'), id('i'), id('a')),
        both(id('S'), id('j'), id('b')),
        op('⋯'),
      ),
      display(
        id('a'),
        op(','),
        id('b'),
        op('∈'),
        row(
          op('{'),
          id('x'),
          op(','),
          id('y'),
          op(','),
          id('z'),
          op(','),
          op('+'),
          op(','),
          op('−'),
          op('}'),
        ),
      ),
    )}`,
  params: [
    {
      kind: 'integer',
      key: 'sites',
      label: 'Sites $L$',
      min: 2,
      max: MOST_SITES,
      value: 10,
      half: true,
    },
    { kind: 'integer', key: 'seed', label: 'Seed', min: 0, max: 1000, value: 1, half: true },
    {
      kind: 'text',
      key: 'terms',
      label: 'Terms of $H$',
      value: String(PRESETS[0].values.terms),
      hint: `Spins ½, eigenvalues ±½. With ± each place draws its own number. At most ${MOST_STATES} states.`,
      problem: problemOf,
      editor: termsEditor,
    },
    {
      kind: 'choice',
      key: 'up',
      label: 'Up spins',
      half: true,
      value: 'half',
      choices: [
        { value: 'any', label: 'any number' },
        { value: 'half', label: 'half of them' },
        ...numbers(MOST_SITES),
      ],
    },
    {
      kind: 'choice',
      key: 'momentum',
      label: 'Momentum $k$',
      half: true,
      value: 'any',
      choices: [
        { value: 'any', label: 'any' },
        { value: 'each', label: 'each in turn' },
        ...numbers(MOST_SITES - 1),
      ],
    },
    parity('reflection', 'Reflection'),
    parity('flip', 'Spin flip'),
    {
      kind: 'choice',
      key: 'middle',
      label: 'Gap ratios',
      half: true,
      value: '1',
      choices: [
        { value: '1', label: 'of all levels' },
        { value: '0.5', label: 'middle half' },
        { value: '0.25', label: 'middle quarter' },
      ],
    },
    { kind: 'log', key: 'latest', label: 'Times to', min: 1, max: 1e6, value: 1e3, half: true },
  ],
  hidden: (values) => (drawn(values) ? [] : ['seed']),
  most: ({ sites }) => ({ up: Number(sites), momentum: Number(sites) - 1 }),
  async run(values, { run, show }) {
    const input = {
      model: modelOf(String(values.terms)),
      parameters: parametersOf(values),
      each: each(values),
      seed: Number(values.seed),
      middle: Number(values.middle),
      latest: Number(values.latest),
    };
    const of = JSON.stringify(input);
    return shown(await run(input, (soFar) => show(shown(soFar, of))), of);
  },
  command: (values) => `emft ${each(values) ? 'sweep' : 'spins'} model.toml`,
  snippets: (values) => [
    { title: 'model.toml of that command', text: tomlOf(values), name: 'model.toml' },
    { title: 'As a program', text: programOf(values), name: 'model.mjs' },
  ],
};
