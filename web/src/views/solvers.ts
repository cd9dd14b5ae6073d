// Solvers: Jacobi, QR and divide and conquer timed against each other and ml-matrix on this very machine.
import * as Plot from '@observablehq/plot';
import { formatNumber } from '../params.js';
import { base, hue } from '../theme.js';
import type { Result, View } from '../view.js';

export interface SolverRow {
  method: string;
  n: number;
  seconds: number;
  /** ‖AZ − ZD‖₁ / (‖A‖₁ n ulp) */
  residual: number;
  /** ‖I − ZᵀZ‖₁ / (n ulp) */
  orthogonality: number;
}

const label: Record<string, string> = {
  dc: 'divide and conquer',
  qr: 'QR',
  jacobi: 'Jacobi',
  'ml-matrix': 'ml-matrix (JavaScript)',
};
const colour: Record<string, string> = {
  dc: hue.blue,
  qr: hue.green,
  jacobi: hue.pink,
  'ml-matrix': hue.orange,
};
const mark: Record<string, Plot.SymbolType> = {
  dc: 'circle',
  qr: 'square',
  jacobi: 'triangle',
  'ml-matrix': 'diamond',
};

function result(rows: SolverRow[]): Result {
  const largest = Math.max(...rows.map((r) => r.n));
  const at = (method: string) => rows.find((r) => r.n === largest && r.method === method);
  const ours = at('dc');
  const peer = at('ml-matrix');
  const facts = rows
    .filter((r) => r.n === largest)
    .map((r) => ({ label: `${label[r.method]}, n = ${r.n}`, value: `${formatNumber(1000 * r.seconds)} ms` }));
  if (ours && peer)
    facts.push({ label: 'Speed-up over ml-matrix', value: `${formatNumber(peer.seconds / ours.seconds)} ×` });
  const methods = [...new Set(rows.map((r) => r.method))];
  const summary = methods
    .map((m) => {
      const r = rows.filter((row) => row.method === m).at(-1) as SolverRow;
      return `${label[m]} takes ${formatNumber(1000 * r.seconds)} ms at n = ${r.n}`;
    })
    .join('; ');
  const scale = { domain: methods.map((m) => label[m]), range: methods.map((m) => colour[m]) };
  const symbols = { domain: methods.map((m) => label[m]), range: methods.map((m) => mark[m]) };
  return {
    facts,
    figures: [
      {
        id: 'solvers-time',
        title: 'Time for all eigenvalues and eigenvectors',
        summary: `Best of the runs made, random symmetric matrices: ${summary}.`,
        data: {
          method: rows.map((r) => r.method),
          n: rows.map((r) => r.n),
          seconds: rows.map((r) => r.seconds),
          residual: rows.map((r) => r.residual),
          orthogonality: rows.map((r) => r.orthogonality),
        },
        draw: (width) =>
          Plot.plot({
            ...base(width, 420),
            x: {
              type: 'log',
              label: 'matrix size n',
              ticks: [8, 16, 32, 64, 128, 256, 512, 1024],
              tickFormat: (d: number) => String(d),
            },
            y: {
              type: 'log',
              label: 'seconds',
              grid: true,
              tickFormat: (d: number) => (Number.isInteger(Math.log10(d)) ? `1e${Math.log10(d)}` : ''),
            },
            color: { ...scale, legend: true },
            symbol: symbols,
            marks: [
              Plot.line(rows, {
                x: 'n',
                z: 'method',
                y: 'seconds',
                stroke: (r: SolverRow) => label[r.method],
                strokeWidth: 2,
              }),
              Plot.dot(rows, {
                x: 'n',
                y: 'seconds',
                stroke: (r: SolverRow) => label[r.method],
                symbol: (r: SolverRow) => label[r.method],
                r: 4,
                strokeWidth: 2,
              }),
            ],
          }),
      },
      {
        id: 'solvers-accuracy',
        title: 'Residual in units of rounding error',
        summary: `LAPACK's ratio ‖AZ − ZD‖/(‖A‖ n ulp); its own tests accept up to 60. The largest here is ${formatNumber(Math.max(...rows.map((r) => r.residual)))}, and the largest loss of orthogonality ‖I − ZᵀZ‖/(n ulp) is ${formatNumber(Math.max(...rows.map((r) => r.orthogonality)))}.`,
        draw: (width) =>
          Plot.plot({
            ...base(width, 300),
            x: {
              type: 'log',
              label: 'matrix size n',
              ticks: [8, 16, 32, 64, 128, 256, 512, 1024],
              tickFormat: (d: number) => String(d),
            },
            y: { label: 'residual ratio', grid: true, zero: true },
            color: scale,
            symbol: symbols,
            marks: [
              Plot.dot(rows, {
                x: 'n',
                y: 'residual',
                stroke: (r: SolverRow) => label[r.method],
                symbol: (r: SolverRow) => label[r.method],
                r: 4,
                strokeWidth: 2,
              }),
            ],
          }),
      },
    ],
  };
}

export const solvers: View = {
  id: 'solvers',
  title: 'Solvers',
  manual: true,
  intro:
    '<p>Three ways to diagonalize a dense symmetric matrix, timed here and now. Jacobi rotates entries away one by one; QR and divide and conquer first reduce the matrix to tridiagonal form. All agree to rounding error.</p>',
  params: [
    {
      kind: 'choice',
      key: 'n',
      label: 'Largest size n',
      value: '256',
      choices: ['64', '128', '256', '512', '1024'].map((v) => ({ value: v, label: v })),
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
  async run(values, { compute, progress, partial }) {
    const input = { n: Number(values.n), peer: values.peer === 'yes', seed: Number(values.seed) };
    const rows = await compute.run('solvers', input, (fraction, rows) => {
      progress(fraction);
      if (rows) partial(result(rows as SolverRow[]));
    });
    return result(rows);
  },
  command: (values) => `npm run -s bench -- --sizes ${values.n}`,
};
