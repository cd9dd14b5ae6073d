// Three panels: entropies along the largest sun without and with U(1), and the entropy of the last spin against α.
import * as Plot from '@observablehq/plot';
import { rowsOfKind } from '../columns.js';
import type { Draw } from '../figure.js';
import { frame } from '../frame.js';
import { bitAxis, curves, keyEntries, label, legend, panel, points } from '../panel.js';
import { COLUMN, dotStyle, lineStyle, PANEL, sequence, series } from '../style.js';
import { SYMMETRIES } from './data.js';

const NAMES = [
  'spins',
  'alpha',
  'spin',
  'entropyBits',
  'entropyError',
  'meanFieldBits',
  'meanFieldError',
] as const;
type Row = Record<(typeof NAMES)[number], number>;

const low = (r: Row) => r.entropyBits - r.entropyError;
const high = (r: Row) => r.entropyBits + r.entropyError;

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const { sizes, alphas } = parameters as { sizes: number[]; alphas: number[] };
  const largest = sizes.at(-1)!;
  const shown = alphas.filter((_, k) => k % 2 === 0);
  const styles = sequence(shown.length);
  const along = Object.entries(SYMMETRIES).map(([kind, name]) => {
    const rows = rowsOfKind(columns, kind, NAMES).filter((r) => r.spins === largest);
    const group = { rows, keys: shown, key: (r: Row) => r.alpha, styles };
    return panel({
      document,
      height: PANEL,
      x: { ...bitAxis(largest), label: '$n$', domain: [0.8, largest + 0.2] },
      y: { label: '$[S_n] / log 2$', domain: [0, 1.14] },
      marks: [
        ...curves(group, { x: 'spin', y: 'meanFieldBits' }),
        ...points(group, { x: 'spin', y: 'entropyBits', y1: low, y2: high }),
        label(`$L = ${largest}$, ${name}`, { frameAnchor: 'top-right', textAnchor: 'end', dx: -5, dy: 5 }),
        ...(kind === 'none'
          ? legend(
              keyEntries(shown, styles, (alpha) => `$α = ${alpha}$`),
              { anchor: 'bottom-left' },
            )
          : []),
      ],
    });
  });
  const bottom = panel({
    document,
    height: PANEL,
    x: { label: '$α$', domain: [alphas[0] - 0.02, alphas.at(-1)! + 0.02] },
    y: { label: '$[S_{end}] / log 2$', domain: [0, 1.05] },
    marks: [
      ...Object.keys(SYMMETRIES).flatMap((kind, k) => {
        const rows = rowsOfKind(columns, kind, NAMES).filter(
          (r) => r.spins === largest && r.spin === largest,
        );
        const style = { ...series(k), dash: undefined };
        return [
          Plot.areaY(rows, {
            x: 'alpha',
            y1: (r: Row) => r.meanFieldBits - r.meanFieldError,
            y2: (r: Row) => r.meanFieldBits + r.meanFieldError,
            fill: style.color,
            fillOpacity: 0.15,
          }),
          Plot.line(rows, { x: 'alpha', y: 'meanFieldBits', ...lineStyle(style) }),
          Plot.ruleX(rows, { x: 'alpha', y1: low, y2: high, stroke: style.color, strokeWidth: 0.7 }),
          Plot.dot(rows, { x: 'alpha', y: 'entropyBits', ...dotStyle(style) }),
        ];
      }),
      ...legend(
        Object.values(SYMMETRIES).map((name, k) => ({
          label: name,
          style: { ...series(k), dash: undefined },
          shows: 'both' as const,
        })),
        { anchor: 'top-left' },
      ),
    ],
  });
  const subtitle =
    'dot of $3$ spins; points: states in the middle of the spectrum; curves: the mean field of bare couplings that are measured in the dot alone, at the bottom with the band of their errors';
  return frame(
    { title, subtitle, width: COLUMN, height: 3 * PANEL },
    [{ svg: along[0] }, { svg: along[1], y: PANEL }, { svg: bottom, y: 2 * PANEL }],
    document,
  );
};
