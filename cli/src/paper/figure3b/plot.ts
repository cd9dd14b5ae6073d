// One curve of Fig. 3(b) for each N, labelled where it has come to N log 2, and the power law.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { frame } from '../frame.js';
import { curves, label, panel } from '../panel.js';
import { ink, logScale, sequence } from '../style.js';

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const { n, deltaAlpha, etaTotBits } = columns as Record<string, number[]>;
  const rows = Array.from(n, (length, i) => ({
    n: length,
    distance: -deltaAlpha[i],
    total: etaTotBits[i],
  }));
  const keys = [...new Set(rows.map((r) => r.n))];
  const styles = sequence(keys.length);
  const low = Math.min(...rows.map((r) => r.distance));
  const high = Math.max(...rows.map((r) => r.distance));
  const longest = Math.max(...keys);
  // Through the longest chain, in the middle of the decades where it is longer than the avalanche.
  const anchor = rows
    .filter((r) => r.n === longest)
    .reduce((a, b) =>
      Math.abs(Math.log(b.distance / 0.01)) < Math.abs(Math.log(a.distance / 0.01)) ? b : a,
    );
  const power = (x: number) => ({ x, y: (1.15 * anchor.total * anchor.distance) / x });
  const top = 3 * longest;
  const line = [power((1.15 * anchor.total * anchor.distance) / top), power(high)];
  const group = { rows, keys, key: (row: { n: number }) => row.n, styles };
  const svg = panel({
    document,
    x: logScale('distance to the critical point $|δα|$', low * 0.9, high * 1.1),
    y: logScale('$η_{tot} / log 2$', 1, top),
    marks: [
      Plot.line(line, { x: 'x', y: 'y', stroke: ink, strokeWidth: 0.8, strokeDasharray: '5,2' }),
      label('$∝ |δα|^{-1}$', { ...power(6e-3), dx: 5, dy: -4 }),
      ...curves(group, { x: 'distance', y: 'total' }),
      ...keys.map((k, i) => label(`$N = ${k}$`, { x: low * 1.15, y: k, dy: -6, color: styles[i].color })),
    ],
  });
  const subtitle = `$δα = α - 1/√2 < 0$, $g_{1,0} = ${parameters.g10}$; each curve ends at $N log 2$; dashed, the power law`;
  return frame({ title, subtitle }, [{ svg }], document);
};
