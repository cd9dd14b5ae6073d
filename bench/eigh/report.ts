// The comparison as a table, and as a log–log plot.
import * as Plot from '@observablehq/plot';
import type { Phase } from '../../src/accuracy/phases.js';
import type { Row } from './compare.js';

const seconds = (x: number) =>
  x < 1e-3 ? `${(1e6 * x).toFixed(1)} µs` : x < 1 ? `${(1e3 * x).toFixed(2)} ms` : `${x.toFixed(2)} s`;
const ratio = (x: number) => (Number.isFinite(x) ? x.toFixed(2) : '–');

/** Lines of the table: per size and solver the time, the ratio to the fastest peer and to native dsyevd, Gflop/s. */
export function table(rows: readonly Row[]): string {
  const lines = [['n', 'solver', 'time', '÷ fastest peer', '÷ native dsyevd', 'Gflop/s', 'error']];
  for (const n of [...new Set(rows.map((r) => r.n))]) {
    const here = rows.filter((r) => r.n === n);
    const peer = Math.min(...here.filter((r) => r.kind === 'peer').map((r) => r.seconds));
    const native = here.find((r) => r.solver === 'native dsyevd')?.seconds ?? Number.NaN;
    for (const r of here) {
      lines.push([
        String(n),
        r.solver,
        seconds(r.seconds),
        ratio(r.seconds / peer),
        ratio(r.seconds / native),
        r.gigaflops.toFixed(2),
        r.error.toExponential(1),
      ]);
    }
  }
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines
    .map((line) =>
      line.map((cell, i) => (i === 1 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '),
    )
    .join('\n');
}

/** Labels of curves that end at the same size are moved apart, so that none covers another. */
function spread(ends: readonly Row[], ratio: number): (Row & { at: number })[] {
  const sorted = [...ends]
    .sort((a, b) => a.n - b.n || a.seconds - b.seconds)
    .map((r) => ({ ...r, at: r.seconds }));
  for (let i = 1; i < sorted.length; ++i) {
    const below = sorted[i - 1];
    if (sorted[i].n === below.n) sorted[i].at = Math.max(sorted[i].at, below.at * ratio);
  }
  return sorted;
}

const colors: Record<string, string> = { ours: '#0072B2', peer: '#D55E00', native: '#222222' };

export function plot(rows: readonly Row[], document: Document): Element {
  const names = [...new Set(rows.map((r) => r.solver))];
  const ends = spread(
    names.map((name) => rows.filter((r) => r.solver === name).at(-1) as Row),
    1.35,
  );
  const sizes = [...new Set(rows.map((r) => r.n))];
  const chart = Plot.plot({
    document,
    width: 820,
    height: 560,
    marginLeft: 70,
    marginRight: 150,
    marginBottom: 48,
    style: { fontFamily: 'DejaVu Sans', fontSize: '13px', background: 'white' },
    x: { type: 'log', label: 'order n', ticks: sizes, tickFormat: (d: number) => String(d) },
    y: {
      type: 'log',
      label: 'seconds, eigenvalues and eigenvectors',
      grid: true,
      tickFormat: (d: number) => (Number.isInteger(Math.log10(d)) ? d.toExponential(0) : ''),
    },
    symbol: { domain: names },
    marks: [
      Plot.line(rows, {
        x: 'n',
        y: 'seconds',
        z: 'solver',
        stroke: (r: Row) => colors[r.kind],
        strokeWidth: 1.8,
      }),
      Plot.dot(rows, { x: 'n', y: 'seconds', stroke: (r: Row) => colors[r.kind], symbol: 'solver', r: 4 }),
      Plot.text(ends, {
        x: 'n',
        y: 'at',
        text: 'solver',
        dx: 9,
        textAnchor: 'start',
        fill: (r: Row) => colors[r.kind],
      }),
    ],
  } as Plot.PlotOptions);
  // Plot leaves the namespace to the page; a file needs it.
  chart.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return chart;
}

/** Where the time of one decomposition goes, a line a phase. */
export function phaseTable(rows: readonly Phase[]): string {
  const total = rows.slice(0, 3).reduce((sum, r) => sum + r.seconds, 0);
  return rows
    .map((r, i) => {
      const share = i < 3 ? `${((100 * r.seconds) / total).toFixed(0)} %` : '';
      const bytes = r.gigabytes === undefined ? '' : `${r.gigabytes.toFixed(1)} GB/s`;
      return `${String(r.n).padStart(5)}  ${r.phase.padEnd(48)}${(1e3 * r.seconds).toFixed(2).padStart(10)} ms ${share.padStart(5)}  ${r.gigaflops.toFixed(1).padStart(5)} Gflop/s  ${bytes}`;
    })
    .join('\n');
}
