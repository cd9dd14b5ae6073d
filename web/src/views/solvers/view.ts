// Solvers: Jacobi, QR and divide and conquer timed against each other and ml-matrix on this very machine; a run of the whole
// benchmark to begin with.

import { duration } from '../../lab/duration.js';
import { familiesOf, TITLES } from '../../lab/families.js';
import { bars, display, equations, frac, id, op, row, spaced, sup } from '../../parts/math.js';
import { formatNumber } from '../../parts/params.js';
import { threads } from '../../parts/threads.js';
import type { Shown, View } from '../../parts/view.js';
import { accuracy, labelOf, profile, times } from './figures.js';
import { storedOn, storedRows } from './stored.js';
import type { SolverRow, solvers } from './task.js';

/** Times at the largest order, and what others take over divide and conquer. */
function factsOf(rows: SolverRow[]): Shown['facts'] {
  const largest = Math.max(...rows.map((r) => r.n));
  const { matrix } = rows.findLast((r) => r.n === largest)!;
  const at = rows.filter((r) => r.n === largest && r.matrix === matrix);
  const ours = at.find((r) => r.method === 'dc');
  const facts = at.map((r) => ({ label: `${labelOf(r.method)}, $n$ = ${r.n}`, value: duration(r.seconds) }));
  for (const r of at) {
    if (!ours || r === ours) continue;
    facts.push({
      label: `${labelOf(r.method)} / divide and conquer`,
      value: `${formatNumber(r.seconds / ours.seconds)} ×`,
    });
  }
  return facts;
}

function result(rows: SolverRow[]): Shown {
  const several = new Set(rows.map((r) => r.matrix)).size > 1;
  return {
    facts: factsOf(rows),
    figures: [times(rows), ...(several ? [profile(rows)] : []), accuracy(rows)],
  };
}

export const solversView: View<typeof solvers> = {
  title: 'Solvers',
  about: 'Jacobi, QR and divide and conquer, timed on this machine',
  manual: true,
  intro: `<p>Three ways to diagonalize a dense symmetric matrix, timed here and now against each other and against
    ml-matrix, a library in plain JavaScript. Jacobi rotates entries away one by one; QR and divide and conquer first
    reduce the matrix to tridiagonal form. All take a time of order <i>n</i>³ and agree to rounding error.</p>
    ${equations(
      display(
        id('A'),
        id('Z'),
        op('='),
        id('Z'),
        id('D'),
        op(','),
        spaced(1),
        id('ulp'),
        op('='),
        sup('<mn>2</mn>', '<mn>−52</mn>'),
      ),
      display(
        id('residual'),
        op('='),
        frac(
          bars('‖', id('A'), id('Z'), op('−'), id('Z'), id('D')),
          row(bars('‖', id('A')), spaced(0.17), id('n'), spaced(0.17), id('ulp')),
        ),
      ),
    )}`,
  params: [
    {
      kind: 'choice',
      key: 'n',
      label: 'Largest size $n$',
      value: '256',
      choices: ['64', '128', '256', '512', '1024'].map((v) => ({ value: v, label: v })),
    },
    {
      kind: 'choice',
      key: 'matrix',
      label: 'Matrices',
      value: 'goe',
      choices: [
        ...familiesOf('known').map((name) => ({ value: name, label: TITLES[name] })),
        { value: 'known', label: 'all of these' },
      ],
    },
    {
      kind: 'choice',
      key: 'peer',
      label: 'Compare with ml-matrix',
      value: 'yes',
      choices: [
        { value: 'yes', label: 'yes' },
        { value: 'no', label: 'no' },
      ],
    },
    { kind: 'integer', key: 'seed', label: 'Seed of the matrices', min: 0, max: 1000, value: 1 },
  ],
  stored() {
    const { machine, node, native, days } = storedOn;
    const made = `A run of npm run bench on ${machine}, Node ${node}, one thread each; native: ${native}`;
    return {
      ...result(storedRows()),
      note: `${made}. Press Run to measure here.`,
      origin: `${made}, ${days}`,
    };
  },
  async run(values, { run, show }) {
    const input = {
      n: Number(values.n),
      matrix: String(values.matrix),
      peer: values.peer === 'yes',
      seed: Number(values.seed),
    };
    return result(await run(input, (rows) => show(result(rows))));
  },
  command: ({ n, seed }) => `emft time -n ${n} --seed ${seed} --threads ${threads}`,
};
