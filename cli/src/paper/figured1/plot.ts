// Above: maps of entropies around grains below and above the spacing that keeps them apart, and the fraction of avalanches against it.
// Below: two grains exactly, one l-bit against its coupling and rows of l-bits.
import * as Plot from '@observablehq/plot';
import { MAP_TOTAL_HEIGHT, MAP_WIDTH, mapPanel } from '../colorMap.js';
import { rowsOfKind } from '../columns.js';
import type { Columns, Draw } from '../figure.js';
import { frame } from '../frame.js';
import { bitAxis, curves, keyEntries, legend, panel, points } from '../panel.js';
import { logScale, PAGE, type SeriesStyle, sequence, series } from '../style.js';

const LOWER_PANELS = 176;
const NAMES = [
  ...(['size', 'x', 'y', 'value', 'error'] as const),
  ...(['never', 'coupling', 'collars', 'always', 'squares', 'radius'] as const),
];
type Row = Record<(typeof NAMES)[number], number>;

const low = (r: Row) => r.value - r.error;
const high = (r: Row) => r.value + r.error;
const plain = (style: SeriesStyle, dash?: string): SeriesStyle => ({ ...style, dash });
const sorted = (list: readonly number[]) => [...new Set(list)].sort((a, b) => a - b);

function maps(columns: Columns, spacings: readonly number[], document: Document | undefined) {
  return spacings.flatMap((spacing, k) => {
    const own = (kind: string) => rowsOfKind(columns, kind, NAMES).filter((r) => r.size === spacing);
    return mapPanel(
      own('map').map(({ x, y, value }) => ({ n1: x, n2: y, value })),
      k * MAP_WIDTH,
      {
        ...{ document, title: `spacing ${spacing}`, label: '$[S_n] / log 2$', scheme: 'viridis' },
        ...{ domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], tickFormat: String },
        grains: own('grain').map(({ x, y, radius }) => ({ n1: x, n2: y, radius })),
      },
    );
  });
}

/** Points and lines by collars, dashed lines by coupling; ticks at the top at 2R of one grain. */
function fractions(columns: Columns, document: Document | undefined): SVGElement {
  const rows = rowsOfKind(columns, 'fraction', NAMES);
  const strengths = sorted(rows.map((r) => r.size));
  const styles = sequence(strengths.length);
  const spacings = sorted(rows.map((r) => r.x));
  const group = { rows, keys: strengths, key: (r: Row) => r.size };
  const bounds = strengths.flatMap((strength, k) => {
    const { radius } = rows.find((r) => r.size === strength)!;
    const at = { x: 2 * radius, stroke: styles[k].color, strokeWidth: 1.4 };
    return radius < 0 ? [] : [Plot.ruleX([0], { ...at, y1: 1.04, y2: 1.12 })];
  });
  return panel({
    ...{ document, width: MAP_WIDTH, height: MAP_TOTAL_HEIGHT },
    x: { label: 'spacing', domain: [spacings[0] - 0.4, spacings.at(-1)! + 0.4], tickFormat: 'd' },
    y: { label: '$f_{aval}$', domain: [-0.04, 1.36], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
    marks: [
      ...curves({ ...group, styles: styles.map((s) => plain(s)) }, { x: 'x', y: 'collars' }),
      ...points({ ...group, styles }, { x: 'x', y: 'collars', y1: low, y2: high }),
      ...curves({ ...group, styles: styles.map((s) => plain(s, '3,1.5')) }, { x: 'x', y: 'coupling' }),
      ...bounds,
      ...legend(
        keyEntries(strengths, styles, (strength) => `$W = ${strength}$`),
        { anchor: 'top-left', columns: 2, columnWidth: 62 },
      ),
    ],
  });
}

/** The ways to combine couplings. */
const WAYS = [
  { way: 'never', label: 'sum of couplings', dash: undefined },
  { way: 'squares', label: 'squares', dash: '1.5,1.8' },
  { way: 'always', label: 'one bath', dash: '5,2' },
] as const;

function oneBit(columns: Columns, document: Document | undefined): SVGElement {
  const rows = rowsOfKind(columns, 'one', NAMES);
  const theory = rowsOfKind(columns, 'one theory', NAMES);
  const sizes = sorted(rows.map((r) => r.size));
  const styles = sizes.map((_, k) => plain(series(k)));
  return panel({
    ...{ document, width: PAGE / 2, height: LOWER_PANELS },
    x: logScale('$g$ of either grain', 3e-3, 0.6),
    y: { label: '$[S] / log 2$', domain: [0, 1.05] },
    marks: [
      ...WAYS.flatMap(({ way, dash }) =>
        sizes.flatMap((size, k) =>
          // The sums do not depend on d_g.
          way !== 'always' && k > 0
            ? []
            : [
                Plot.line(
                  theory.filter((r) => r.size === size && r.x >= 3e-3 && r.x <= 0.6),
                  {
                    ...{ x: 'x', y: way, strokeWidth: 1, strokeDasharray: dash },
                    stroke: way === 'always' ? styles[k].color : '#1a1a1a',
                  },
                ),
              ],
        ),
      ),
      ...points(
        { rows, keys: sizes, key: (r: Row) => r.size, styles },
        { x: 'x', y: 'value', y1: low, y2: high },
      ),
      ...legend(
        [
          ...WAYS.map(({ label, dash }) => ({
            label,
            style: { ...series(4), dash },
            shows: 'line' as const,
          })),
          ...sizes.map((size, k) => ({ label: `$d_g = ${size}$`, style: styles[k], shows: 'dot' as const })),
        ],
        { anchor: 'top-left' },
      ),
    ],
  });
}

function rowsOfBits(columns: Columns, document: Document | undefined): SVGElement {
  const all = rowsOfKind(columns, 'row', NAMES);
  const largest = Math.max(...all.map((r) => r.size));
  const rows = all.filter((r) => r.size === largest);
  const alphas = sorted(rows.map((r) => r.y));
  const styles = alphas.map((_, k) => plain(series(k)));
  const group = { rows, keys: alphas, key: (r: Row) => r.y };
  return panel({
    ...{ document, width: PAGE / 2, height: LOWER_PANELS },
    x: bitAxis(largest),
    y: { label: '$[S_n] / log 2$', domain: [0, 1.05] },
    marks: [
      ...curves({ ...group, styles }, { x: 'x', y: 'coupling' }),
      ...curves({ ...group, styles: styles.map((s) => plain(s, '1.5,1.8')) }, { x: 'x', y: 'never' }),
      ...points({ ...group, styles }, { x: 'x', y: 'value', y1: low, y2: high }),
      ...legend(
        keyEntries(alphas, styles, (alpha) => `$α = ${alpha}$`),
        { anchor: 'bottom-left' },
      ),
    ],
  });
}

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const { radius, map } = parameters as { radius: number; map: { strength: number; spacings: number[] } };
  const subtitle = `lattices of $R = ${radius}$, hopping $0.41$, grains of $8$ levels at circles; maps: $W = ${map.strength}$, squares are the collars (20); right: points and lines, bubbles merge when their collars meet, dashed, when they couple strongly, bars at the top, the mean $2R$ of (20) around single grains; below: exact entropies of l-bits between two grains, left one l-bit, right a row of them, lines the mean field with mergers by coupling, dotted without`;
  return frame(
    { title, subtitle, width: PAGE, height: MAP_TOTAL_HEIGHT + LOWER_PANELS },
    [
      ...maps(columns, map.spacings, document),
      { svg: fractions(columns, document), x: 2 * MAP_WIDTH },
      { svg: oneBit(columns, document), y: MAP_TOTAL_HEIGHT },
      { svg: rowsOfBits(columns, document), x: PAGE / 2, y: MAP_TOTAL_HEIGHT },
    ],
    document,
  );
};
