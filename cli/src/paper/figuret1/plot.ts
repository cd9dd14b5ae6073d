// Three panels: C(t) of the l-bits of one chain, plateaus along the chain, and all plateaus against the mean field.
import * as Plot from '@observablehq/plot';
import { rowsOfKind } from '../columns.js';
import type { Columns, Draw } from '../figure.js';
import { frame } from '../frame.js';
import { bitAxis, curves, keyEntries, legend, panel, points } from '../panel.js';
import { COLUMN, dotStyle, guide, logScale, PANEL, sequence, series } from '../style.js';
import { fallsOf, stillFalls } from './late.js';

const NAMES = ['n', 'alpha', 'spin', 'time', 'value', 'error', 'theory'] as const;
type Size = { n: number; exact: boolean };
type Row = Record<(typeof NAMES)[number], number> & { pale?: boolean };

/** Opacity of an l-bit that has not reached its plateau. */
const PALE = 0.3;

const low = (r: Row) => r.value - r.error;
const high = (r: Row) => r.value + r.error;
/** As it is, not on a scale of its own. */
const opacity = { value: ({ pale }: Row) => (pale ? PALE : 1), scale: null };

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const { alphas, sizes, until } = parameters as {
    alphas: number[];
    sizes: Size[];
    until: number;
  };
  const falls = fallsOf(columns, until);
  const exact = new Set(sizes.filter((size) => size.exact).map(({ n }) => n));
  const plateaus: Row[] = rowsOfKind(columns, 'plateau', NAMES).map((r) => ({
    ...r,
    pale: !exact.has(r.n) && stillFalls({ value: r.value, falls: falls(r) }),
  }));
  const [smallest, largest] = [sizes[0].n, sizes.at(-1)!.n];
  const shown = alphas[Math.floor(alphas.length / 2)];
  const own = (r: Row) => r.n === smallest && r.alpha === shown;
  const spins = Array.from({ length: smallest }, (_, k) => k + 1);
  const along = sequence(smallest);
  const top = panel({
    document,
    height: PANEL,
    x: logScale('time $t$', 0.08, 4 * until),
    y: { label: '$C_n(t)$', domain: [-0.12, 1.05] },
    marks: [
      ...curves(
        {
          rows: rowsOfKind(columns, 'curve', NAMES).filter(own),
          keys: spins,
          key: (r) => r.spin,
          styles: along,
        },
        { x: 'time', y: 'value' },
      ),
      ...points(
        { rows: plateaus.filter(own), keys: spins, key: (r) => r.spin, styles: along },
        { x: () => 2 * until, y: 'value', open: true },
      ),
      ...legend(
        spins.map((n, k) => ({ label: `$n = ${n}$`, style: along[k], shows: 'line' as const })),
        { anchor: 'bottom-left', columns: 2, columnWidth: 48 },
      ),
    ],
  });
  const middle = alongChain(columns, plateaus, alphas, sizes.at(-1)!, document);
  const bottom = againstTheory(plateaus, sizes, document);
  const subtitle = `grain of $8$ levels; top: $N = ${smallest}$, $α = ${shown}$, at the right the averages over all times; middle: points of $N = ${largest}$, curves of the mean field; filled: averages over all times, open: over $t = ${until / 2}$ to $${until}$, pale where they still fall`;
  return frame(
    { title, subtitle, width: COLUMN, height: 3 * PANEL },
    [{ svg: top }, { svg: middle, y: PANEL }, { svg: bottom, y: 2 * PANEL }],
    document,
  );
};

/** Plateaus of the longest chains, and the mean field. */
function alongChain(
  columns: Columns,
  plateaus: readonly Row[],
  alphas: readonly number[],
  { n: largest, exact }: Size,
  document: Document | undefined,
): SVGElement {
  const styles = alphas.map((_, k) => series(k));
  const byAlpha = {
    keys: alphas,
    key: (r: Row) => r.alpha,
    styles: styles.map((s) => ({ ...s, dash: undefined })),
  };
  const own = plateaus.filter((r) => r.n === largest);
  return panel({
    document,
    height: PANEL,
    x: bitAxis(largest),
    // The legend lies above all points.
    y: {
      label: exact ? '$C_n^{{z}{z}}$' : 'late $C_n(t)$',
      domain: [0, 1.24],
      ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
    },
    marks: [
      ...curves({ ...byAlpha, rows: rowsOfKind(columns, 'theory', NAMES) }, { x: 'spin', y: 'theory' }),
      ...points(
        { ...byAlpha, rows: own },
        { x: 'spin', y: 'value', y1: low, y2: high, open: !exact, opacity },
      ),
      ...legend(
        keyEntries(alphas, byAlpha.styles, (alpha) => `$α = ${alpha}$`),
        { anchor: 'top-left', columns: alphas.length, columnWidth: 66 },
      ),
    ],
  });
}

/** All plateaus against the mean field. */
function againstTheory(
  plateaus: readonly Row[],
  sizes: readonly Size[],
  document: Document | undefined,
): SVGElement {
  const bySize = sizes.map((_, k) => series(k));
  return panel({
    document,
    height: PANEL,
    x: { label: '$C_n^{{z}{z}}$ of the mean field', domain: [0, 1.02] },
    y: { label: 'late $C_n(t)$', domain: [0, 1.05] },
    marks: [
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        guide,
      ),
      ...sizes.flatMap(({ n, exact }, k) => {
        const rows = plateaus.filter((r) => r.n === n);
        return [
          Plot.ruleX(rows, {
            x: 'theory',
            y1: low,
            y2: high,
            stroke: bySize[k].color,
            strokeWidth: 0.7,
            opacity,
          }),
          Plot.dot(rows, { x: 'theory', y: 'value', ...dotStyle(bySize[k], { open: !exact }), opacity }),
        ];
      }),
      ...legend(
        sizes.map(({ n, exact }, k) => ({
          label: `$N = ${n}$`,
          style: bySize[k],
          shows: exact ? ('dot' as const) : ('open' as const),
        })),
        { anchor: 'bottom-right' },
      ),
    ],
  });
}
