// A run of the lab as tables: medians with their intervals, ratios to the fastest peer and to native LAPACK in the same rounds, accuracy.
import { duration } from '../../web/src/lab/duration.js';
import type { Row } from '../../web/src/lab/rounds.js';
import { estimate, median, ratioOf } from '../../web/src/lab/statistics.js';
import type { Found } from '../solvers/native.js';
import { groups, type LabRow, type Run } from './file.js';

const percent = (x: number) => `${(100 * x).toFixed(x < 0.1 ? 1 : 0)} %`;
const digits = (x: number | null) =>
  x === null ? '–' : x === 0 ? '0' : x < 0.01 ? x.toExponential(0) : x.toPrecision(2);

/** The row with the least median among those that count as solved. */
function fastest(rows: readonly Row[], kinds: readonly Row['kind'][]): Row | undefined {
  return rows
    .filter((row) => kinds.includes(row.kind) && row.samples.length > 0 && !row.failed)
    .sort((p, q) => median(p.samples) - median(q.samples))
    .at(0);
}

function aligned(lines: readonly string[][]): string {
  const widths = lines[0].map((_, k) => Math.max(...lines.map((line) => line[k].length)));
  return lines
    .map((line) => line.map((cell, k) => (k === 2 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))))
    .map((cells) => cells.join('  ').trimEnd())
    .join('\n');
}

/** A line for each solver and matrix; `±` is half the 95 % interval of the median. Ratios are of rows of one run. */
export function table(rows: readonly LabRow[]): string {
  const several = new Set(rows.map(({ run }) => run)).size > 1;
  const head = [
    'matrix',
    'n',
    'solver',
    'median',
    '±',
    '÷ fastest peer',
    '÷ native',
    'residual',
    'orthogonality',
    ...(several ? ['run'] : []),
    '',
  ];
  const lines = [head];
  for (const group of groups(rows)) {
    const [peer, native] = [fastest(group, ['peer']), fastest(group, ['native'])];
    const over = (row: Row, other: Row | undefined) =>
      other && row.samples.length > 0 ? ratioOf(row.samples, other.samples).median.toFixed(2) : '–';
    for (const row of group) {
      const { median, low, high } =
        row.samples.length > 0 ? estimate(row.samples) : { median: 0, low: 0, high: 0 };
      lines.push([
        row.problem === 'symmetric' ? row.matrix : `${row.matrix}, ${row.problem}`,
        String(row.n),
        row.solver,
        row.samples.length > 0 ? duration(median) : '–',
        row.samples.length > 0 ? percent((high - low) / 2 / median) : '–',
        over(row, peer),
        over(row, native),
        digits(row.residual),
        digits(row.orthogonality),
        ...(several ? [String(row.run + 1)] : []),
        row.failed ?? row.by ?? '',
      ]);
    }
  }
  return aligned(lines);
}

/** A line for each run of a joined file: which build, when, on which system, and how many rows; nothing where there is one run. */
export function runTable(runs: readonly Run[], rows: readonly LabRow[]): string {
  if (runs.length < 2) return '';
  const lines = runs.map(({ revision, began, machine }, k) => {
    const count = rows.filter(({ run }) => run === k).length;
    const more = began.length > 1 ? ` and ${began.length - 1} more` : '';
    return `run ${k + 1}: revision ${revision}, ${began[0]}${more}, ${machine.system}: ${count} rows`;
  });
  const builds = new Set(runs.map(({ revision }) => revision)).size;
  if (builds > 1) lines.push(`these are ${builds} builds: rows of different runs are not compared`);
  return lines.join('\n');
}

/** What native libraries there are, those first whose fastest is the baseline, and why others are none. */
export function nativeTable(found: readonly Found[]): string {
  if (found.length === 0) return 'no native LAPACK: the ratios to it are left out';
  const lines = found.map(({ path, from, kernel, config, probe, refused, remark, baseline }) => {
    const rank = baseline ? 'baseline' : refused ? 'refused' : 'slower';
    const version = /OpenBLAS [\d.]*\d/.exec(config)?.[0] ?? path;
    const about = [refused, remark].filter((text) => text !== undefined).join('; ');
    return `${rank.padEnd(8)} ${version}, kernel ${kernel || 'unknown'} (${from}): dsyevd of order 256 in ${duration(probe)}${about ? `; ${about}` : ''}`;
  });
  const baselines = found.filter(({ baseline }) => baseline).length;
  if (baselines > 1) lines.push('the baseline is the fastest of these at each order and driver');
  if (baselines === 0)
    lines.push('no baseline: every library here runs a generic kernel, or one that is not known');
  return lines.join('\n');
}
