// Your matrix: pasted, opened, typed or an example; its eigenvalues, eigenvectors and level statistics, and how accurate they are.
import { ROUNDING } from 'emft/check';
import { encodeNpy } from '../../../../cli/src/common/matrix/npy.js';
import { pairOf } from '../../../../cli/src/common/matrix/rows.js';
import { display, equations, frac, id, num, op, row, spaced, sub, tallMean } from '../../parts/math.js';
import { formatNumber, type Values } from '../../parts/params.js';
import type { Shown, Snippet, View } from '../../parts/view.js';
import { gapRatios, spectrum } from '../levelFigures.js';
import { matrixEditor } from './editor.js';
import { EXAMPLES, isRandom } from './examples.js';
import { givenBy, keptName, problemOf } from './given.js';
import { MOST_DRAWN, type Part, vectorMap } from './heatMap.js';
import { type MatrixResult, MOST_ORDER, type matrix, type Source } from './task.js';

const own = ({ matrix: from }: Values) => from === 'own';

function sourceOf(values: Values): Source {
  if (own(values)) return { kind: 'bytes', ...givenBy(String(values.own)) };
  return { kind: 'example', name: String(values.matrix), n: Number(values.n), seed: Number(values.seed) };
}

const seconds = (s: number) => (s < 1 ? `${(1000 * s).toPrecision(2)} ms` : `${s.toPrecision(3)} s`);

/** Column by column, as the file has it: of a Hermitian matrix the rows conjugated. */
const columnMajor = ({ a, complex }: MatrixResult) =>
  complex ? a.map((x, p) => (p % 2 === 1 ? 0 - x : x)) : a;

function shown(r: MatrixResult, part: Part): Shown {
  const { n, complex, values, statistics } = r;
  const kind = complex ? 'Hermitian' : r.columns ? 'tridiagonal, from two columns' : 'real';
  const vectors = vectorMap(r, part);
  const ratios = gapRatios(statistics, 'matrix-gaps', complex);
  const levels = spectrum(values, {
    id: 'matrix-spectrum',
    label: 'eigenvalue $λ$',
    title: 'Levels and their density',
  });
  const undrawn =
    levels.length === 0
      ? ' Levels so close together or so far apart are not drawn: no axis can hold them.'
      : '';
  const sample = r.checked < n ? `, of ${r.checked} vectors` : '';
  return {
    exact: Array.from(values).join(' '),
    facts: [
      { label: 'Order', value: `${n}, ${kind}` },
      { label: 'Lowest', value: formatNumber(values[0]) },
      { label: 'Highest', value: formatNumber(values[n - 1]) },
      ...(ratios ? [{ label: 'Mean gap ratio', value: formatNumber(statistics.gapRatio) }] : []),
      { label: `Residual${sample}`, value: `${r.residual.toPrecision(2)} $n$ ulp` },
      { label: `Orthogonality${sample}`, value: `${r.orthogonality.toPrecision(2)} $n$ ulp` },
    ],
    note: `${r.converged ? '' : 'The iteration did not converge: these numbers are not to be relied on. '}Residual $‖{A}{v} − λ{v}‖/‖A‖$ and orthogonality $‖V^{†}V − 1‖$ in units of rounding, $n$ ulp with ulp = 2⁻⁵²: of order 1 is as good as doubles allow. Decomposed in ${seconds(r.seconds)}${r.threads > 1 ? ` on ${r.threads} threads` : ''}.${n > MOST_DRAWN ? ` Vectors are drawn up to order ${MOST_DRAWN}; all can be saved.` : ''}${undrawn}`,
    list: {
      title: 'All eigenvalues',
      lines: () => Array.from(values, String),
      name: 'eigenvalues.txt',
    },
    taken: [
      { label: 'Matrix (.npy)', name: 'matrix.npy', content: () => encodeNpy(columnMajor(r), n, n, complex) },
      { label: 'Vectors (.npy)', name: 'vectors.npy', content: () => encodeNpy(r.vectors, n, n, complex) },
    ],
    figures: [...(vectors ? [vectors] : []), ...levels, ...(ratios ? [ratios] : [])],
  };
}

/** How an example is made in a program. */
const MADE: Readonly<Record<string, string>> = {
  huckel: `for (let i = 0; i < n; ++i) {
  const j = (i + 1) % n;
  a[i * n + j] = a[j * n + i] = -1;
}`,
  path: `for (let i = 0; i + 1 < n; ++i) {
  a[i * n + i] += 1;
  a[(i + 1) * n + i + 1] += 1;
  a[i * n + i + 1] = a[(i + 1) * n + i] = -1;
}`,
  wilkinson: `for (let i = 0; i < n; ++i) {
  a[i * n + i] = Math.abs(i - (n - 1) / 2);
  if (i + 1 < n) a[i * n + i + 1] = a[(i + 1) * n + i] = 1;
}`,
};

/** Up to rounding: `eigh` would take the lower triangle of any other. */
const isSymmetric = (rows: readonly number[][]): boolean => {
  const allowed = ROUNDING * Math.max(...rows.flat().map(Math.abs));
  return rows.every((row, i) => row.every((x, j) => Math.abs(x - rows[j][i]) <= allowed));
};

/** The rows of a short text of a real symmetric matrix; null of anything else, as of two columns that are a tridiagonal matrix. */
function rowsOf(text: string): number[][] | null {
  if (keptName(text) !== null || /[a-df-z%]/i.test(text)) return null;
  const pair = pairOf(text);
  if (pair?.columns && !pair.whole) return null;
  const rows = text
    .replace(/[\])][\s,]*(?=[[(])/g, ';')
    .replace(/[[\]()]/g, ' ')
    .split(/[\n;]/)
    .map((line) => line.trim().split(/[\s,]+/))
    .filter(([first]) => first !== '')
    .map((words) => words.map(Number));
  const square = rows.every((row) => row.length === rows.length);
  return square && isSymmetric(rows) ? rows : null;
}

/** What a program prints; of fewer than three levels there is no ratio of gaps. */
const printed = (n: number) =>
  `\nconsole.log(values[0], values.at(-1)${n > 2 ? ', core.gapRatio(values)' : ''});\n`;

function snippets(values: Values): readonly Snippet[] {
  const { matrix: from, n, seed } = values;
  const start = "import { createCore } from 'emft';\n\nconst core = await createCore();\n";
  const title = 'As a program';
  if (own(values)) {
    const rows = rowsOf(String(values.own));
    if (!rows) return [];
    const a = `[\n${rows.map((row) => `  [${row.join(', ')}],`).join('\n')}\n]`;
    const text = `${start}const { values, vectors } = core.eigh(${a});${printed(rows.length)}`;
    return [{ title, text, name: 'matrix.mjs' }];
  }
  const end = printed(Number(n));
  if (from === 'goe') {
    const made = `const a = core.goe(${n}, { seed: ${seed}, stream: ${n} });`;
    return [
      {
        title,
        text: `${start}${made}\nconst { values, vectors } = core.eigh(a, ${n});${end}`,
        name: 'matrix.mjs',
      },
    ];
  }
  const made = MADE[String(from)];
  if (!made) return [];
  const text = `${start}const n = ${n};\nconst a = new Float64Array(n * n);\n${made}\nconst { values, vectors } = core.eigh(a, n);${end}`;
  return [{ title, text, name: 'matrix.mjs' }];
}

/** A function of a gap and the next. */
const ofGaps = (name: string) =>
  row(
    id(name),
    op('('),
    sub(id('δ'), id('k')),
    op(','),
    sub(id('δ'), row(id('k'), op('+'), num('1'))),
    op(')'),
  );

export const matrixView: View<typeof matrix> = {
  title: 'Your matrix',
  about: 'eigenvalues, eigenvectors and level statistics of a matrix that you give',
  intro: `<p>Paste, drop or type a real symmetric or complex Hermitian matrix: this page computes all its eigenvalues and
    eigenvectors, says how accurate they are, and compares the gaps between its levels with those of random matrices.
    Nothing leaves this machine, and <a href="./guide.html#your-matrix">the guide</a> says what is read, how large it
    may be, and how to do the same in a program.</p>
    ${equations(
      display(
        id('A'),
        sub(id('v'), id('k')),
        op('='),
        sub(id('λ'), id('k')),
        sub(id('v'), id('k')),
        op(','),
        spaced(1),
        sub(id('δ'), id('k')),
        op('='),
        sub(id('λ'), row(id('k'), op('+'), num('1'))),
        op('−'),
        sub(id('λ'), id('k')),
      ),
      display(id('r'), op('='), tallMean(frac(ofGaps('min'), ofGaps('max')))),
    )}`,
  params: [
    {
      kind: 'choice',
      key: 'matrix',
      label: 'Matrix',
      value: 'wilkinson',
      choices: [
        ...Object.entries(EXAMPLES).map(([value, label]) => ({ value, label })),
        { value: 'own', label: 'your own, below' },
      ],
    },
    { kind: 'integer', key: 'n', label: 'Order $n$', min: 2, max: 1000, value: 21, half: true },
    {
      kind: 'choice',
      key: 'part',
      label: 'Vectors',
      half: true,
      value: 'signed',
      choices: [
        { value: 'signed', label: 'with sign' },
        { value: 'modulus', label: 'by size' },
      ],
    },
    { kind: 'integer', key: 'seed', label: 'Seed', min: 0, max: 1000, value: 1, half: true },
    {
      kind: 'text',
      key: 'own',
      label: 'Your own matrix',
      value: '2 -1 0; -1 2 -1; 0 -1 2',
      hint: `Paste or drop it anywhere: rows, JSON, Matrix Market, .npy; complex as 1+2i; order ≤ ${MOST_ORDER}.`,
      problem: problemOf,
      editor: matrixEditor,
    },
  ],
  hidden: (values) => [...(own(values) ? ['n'] : []), ...(isRandom(String(values.matrix)) ? [] : ['seed'])],
  async run(values, { run }) {
    return shown(await run({ source: sourceOf(values) }), values.part as Part);
  },
  command: () => 'emft eigh matrix.npy',
  snippets,
};
