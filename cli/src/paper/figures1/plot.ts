// Three panels: gap ratio, entropy of the last spin, and where neighbouring sizes cross.

import * as Plot from '@observablehq/plot';
import { ALPHA_CRITICAL } from '../../common/constants.js';
import { rowsOfKind } from '../columns.js';
import type { Draw, FigureData } from '../figure.js';
import { frame } from '../frame.js';
import { curves, label, legend, panel, points } from '../panel.js';
import { COLUMN, dotStyle, guide, lineStyle, PANEL, sequence, series } from '../style.js';

const NAMES = [
  'spins',
  'alpha',
  'alphaError',
  'gapRatio',
  'gapRatioError',
  'entropyBits',
  'entropyError',
] as const;

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const { sizes, dimensions } = parameters as { sizes: number[]; dimensions: number[] };
  const states = rowsOfKind(columns, 'states', NAMES);
  const styles = sequence(sizes.length);
  const group = { rows: states, keys: sizes, key: (r: (typeof states)[number]) => r.spins, styles };
  const alphas = states.map((r) => r.alpha);
  const x = { domain: [Math.min(...alphas) - 0.01, Math.max(...alphas) + 0.01], label: '$α$' };
  const shown = (y: 'gapRatio' | 'entropyBits', error: 'gapRatioError' | 'entropyError') => [
    Plot.ruleX([ALPHA_CRITICAL], guide),
    ...curves(group, { x: 'alpha', y }),
    ...points(group, { x: 'alpha', y, y1: (r) => r[y] - r[error], y2: (r) => r[y] + r[error] }),
  ];
  const top = panel({
    document,
    height: PANEL,
    x,
    y: { label: 'gap ratio $r$' },
    marks: [
      ...shown('gapRatio', 'gapRatioError'),
      ...legend(
        sizes.map((size, k) => ({
          label: `$L = ${size}$, $D = ${dimensions[k]}$`,
          style: styles[k],
          shows: 'both' as const,
        })),
        { anchor: 'bottom-right' },
      ),
    ],
  });
  const middle = panel({
    document,
    height: PANEL,
    x,
    y: { label: '$[S_{end}] / log 2$', domain: [0, 1.02] },
    marks: [
      ...shown('entropyBits', 'entropyError'),
      label('$1/√2$', { frameAnchor: 'bottom-left', x: ALPHA_CRITICAL, dx: 3, dy: -6 }),
    ],
  });
  const bottom = crossingPanel(columns, document);
  const subtitle =
    'dot of $3$ spins, states in the middle of the spectrum; open: the limit of large suns by a straight line';
  return frame(
    { title, subtitle, width: COLUMN, height: 3 * PANEL },
    [{ svg: top }, { svg: middle, y: PANEL }, { svg: bottom, y: 2 * PANEL }],
    document,
  );
};

/** Where neighbouring sizes cross against 1/L, and at 1/L = 0 the limit, both on one axis. */
function crossingPanel(columns: FigureData['columns'], document: Document | undefined): SVGElement {
  const kinds = ['entropy', 'gapRatio'] as const;
  const ends = kinds.map((kind, k) => ({
    style: series(k),
    limit: rowsOfKind(columns, `limit of ${kind}`, NAMES),
    found: rowsOfKind(columns, `crossing of ${kind}`, NAMES).map((r) => ({ ...r, inverse: 1 / r.spins })),
  }));
  const low = (r: { alpha: number; alphaError: number }) => Math.max(0.6, r.alpha - r.alphaError);
  const high = (r: { alpha: number; alphaError: number }) => Math.min(0.9, r.alpha + r.alphaError);
  const largest = 1.1 * Math.max(...ends.flatMap(({ found }) => found.map((r) => r.inverse)));
  return panel({
    document,
    height: PANEL,
    x: { label: '$1/L$, $L$ the mean of both sizes', domain: [-0.01, largest] },
    y: { label: '$α$ of the crossing', domain: [0.6, 0.9] },
    marks: [
      Plot.ruleY([ALPHA_CRITICAL], guide),
      label('$1/√2$', { frameAnchor: 'right', textAnchor: 'end', y: ALPHA_CRITICAL, dx: -4, dy: 7 }),
      ...ends.flatMap(({ style, limit, found }) => {
        const all = [...limit.map((r) => ({ ...r, inverse: 0 })), ...found]
          .filter((r) => r.alpha > 0.6 && r.alpha < 0.9)
          .sort((r, s) => r.inverse - s.inverse);
        return [
          Plot.ruleX(all, { x: 'inverse', y1: low, y2: high, stroke: style.color, strokeWidth: 0.7 }),
          Plot.line(all, { x: 'inverse', y: 'alpha', ...lineStyle(style, 0.6) }),
          Plot.dot(
            all.filter((r) => r.inverse > 0),
            { x: 'inverse', y: 'alpha', ...dotStyle(style) },
          ),
          Plot.dot(
            all.filter((r) => r.inverse === 0),
            { x: 'inverse', y: 'alpha', ...dotStyle(style, { open: true }) },
          ),
        ];
      }),
      ...legend(
        [
          { label: '$[S_{end}]$', style: series(0), shows: 'both' },
          { label: 'gap ratio', style: series(1), shows: 'both' },
        ],
        { anchor: 'top-left', dx: 12 },
      ),
    ],
  });
}
