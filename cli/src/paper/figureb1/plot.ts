// Three panels: rate × 4^L in random fields, in quasiperiodic ones, and where neighbouring sizes cross.
import * as Plot from '@observablehq/plot';
import { rowsOfKind } from '../columns.js';
import type { Draw, FigureData } from '../figure.js';
import { frame } from '../frame.js';
import { curves, keyEntries, label, legend, panel, points } from '../panel.js';
import { COLUMN, dotStyle, lineStyle, logScale, PANEL, sequence, series } from '../style.js';
import { potentials } from './analyse.js';
import { isBound } from './crossings.js';

const NAMES = ['spins', 'strength', 'strengthError', 'logRate', 'low', 'high', 'resolved'] as const;
const strengthTicks = [2, 4, 8, 16];

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const sizes = parameters.sizes as number[];
  const styles = sequence(sizes.length);
  const all = potentials.flatMap((name) => rowsOfKind(columns, name, NAMES));
  const strengths = all.map((r) => r.strength);
  const ends = [Math.min(...strengths), Math.max(...strengths)];
  const x = {
    ...logScale('strength $W$ of the field', 0.93 * ends[0], 1.07 * ends[1]),
    ticks: strengthTicks,
    tickFormat: String,
  };
  const power = (y: number) => 10 ** y;
  const lowest = Math.floor(Math.min(...all.map((r) => r.low)));
  const highest = Math.ceil(Math.max(...all.map((r) => r.high)));
  const upper = potentials.map((name) => {
    const rows = rowsOfKind(columns, name, NAMES);
    const group = { rows, keys: sizes, key: (r: (typeof rows)[number]) => r.spins, styles };
    const bars = {
      y1: (r: (typeof rows)[number]) => power(r.low),
      y2: (r: (typeof rows)[number]) => power(r.high),
    };
    const y = (r: (typeof rows)[number]) => power(r.logRate);
    const known = { ...group, rows: rows.filter((r) => !isBound(r.resolved)) };
    const bounds = { ...group, rows: rows.filter((r) => isBound(r.resolved)) };
    return panel({
      document,
      height: PANEL,
      x,
      y: logScale('median of rate $× 4^L / γ$', power(lowest), power(highest)),
      marks: [
        ...curves(group, { x: 'strength', y }),
        ...points(known, { x: 'strength', y, ...bars }),
        ...points(bounds, { x: 'strength', y, open: true }),
        label(`${name} fields`, { frameAnchor: 'top-right', textAnchor: 'end', dx: -5, dy: 5 }),
        ...legend(
          keyEntries(sizes, styles, (size) => `$L = ${size}$`),
          { anchor: 'bottom-left' },
        ),
      ],
    });
  });
  const bounded = all.some((r) => isBound(r.resolved));
  const open = `${bounded ? 'upper bounds, where most rates are below rounding, and ' : ''}crossings without an error`;
  const subtitle = `Heisenberg chain, $J = 1$, the bath at its first spin; bars: the rank of a median to one standard deviation; open: ${open}; a crossing is the first fall below the smaller size, which scatter moves to smaller $W$`;
  return frame(
    { title, subtitle, width: COLUMN, height: 3 * PANEL },
    [
      { svg: upper[0] },
      { svg: upper[1], y: PANEL },
      { svg: crossingPanel(columns, sizes, document), y: 2 * PANEL },
    ],
    document,
  );
};

/** Where neighbouring sizes cross against their mean. */
function crossingPanel(
  columns: FigureData['columns'],
  sizes: readonly number[],
  document: Document | undefined,
): SVGElement {
  const found = potentials.map((name) => rowsOfKind(columns, `crossing of ${name}`, NAMES));
  const largest = Math.max(4, ...found.flat().map((r) => r.strength + r.strengthError));
  return panel({
    document,
    height: PANEL,
    x: { label: 'mean of both sizes $L$', domain: [sizes[0], sizes.at(-1)!], interval: 1, tickFormat: 'd' },
    y: { label: '$W$ of the crossing', domain: [0, 1.15 * largest] },
    marks: [
      ...found.flatMap((rows, k) => [
        Plot.ruleX(rows, {
          x: 'spins',
          y1: (r) => r.strength - r.strengthError,
          y2: (r) => r.strength + r.strengthError,
          stroke: series(k).color,
          strokeWidth: 0.7,
        }),
        Plot.line(rows, { x: 'spins', y: 'strength', ...lineStyle(series(k), 0.6) }),
        Plot.dot(
          rows.filter((r) => r.strengthError > 0),
          { x: 'spins', y: 'strength', ...dotStyle(series(k)) },
        ),
        Plot.dot(
          rows.filter((r) => r.strengthError === 0),
          { x: 'spins', y: 'strength', ...dotStyle(series(k), { open: true }) },
        ),
      ]),
      ...legend(
        potentials.map((name, k) => ({ label: name, style: series(k), shows: 'both' as const })),
        { anchor: 'top-left' },
      ),
    ],
  });
}
