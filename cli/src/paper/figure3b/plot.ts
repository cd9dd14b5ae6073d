// The series of Fig. 3(b), and the power law as a guide.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { colors, frame, ink, legend, logScale, panel } from '../style.js';

export const plot: Draw = ({ columns }, { document, title }) => {
  const { g10, deltaAlpha, etaTotBits } = columns as Record<string, number[]>;
  const rows = Array.from(g10, (g, i) => ({ g, distance: -deltaAlpha[i], total: etaTotBits[i] }));
  const groups = [...new Set(g10)];
  const low = Math.min(...rows.map((r) => r.distance));
  const high = Math.max(...rows.map((r) => r.distance));
  const top = Math.max(...rows.map((r) => r.total));
  // A guide to the eye, parallel to the series and above them.
  const anchor = 2.2 * top * low;
  const guide = [low * 1.1, 0.1].map((x) => ({ x, y: anchor / x }));
  const color = (row: { g: number }) => colors[groups.indexOf(row.g)];
  const svg = panel({
    document,
    x: logScale('distance to the critical point, |δα|', low * 0.8, high * 1.2),
    y: logScale('ηₜₒₜ / log 2', 0.8, top * 4),
    marks: [
      Plot.line(guide, { x: 'x', y: 'y', stroke: ink, strokeDasharray: '6,4' }),
      Plot.text(['∝ |δα|⁻¹'], {
        x: 0.01,
        y: anchor / 0.01,
        dx: 10,
        dy: -8,
        textAnchor: 'start',
      }),
      Plot.line(rows, { x: 'distance', y: 'total', z: 'g', stroke: color, strokeWidth: 1 }),
      Plot.dot(rows, { x: 'distance', y: 'total', fill: color, r: 3 }),
      ...legend(
        groups.map((g) => `g₁,₀ = ${g}`).reverse(),
        'bottom-left',
        colors.slice(0, groups.length).reverse(),
      ),
    ],
  });
  const subtitle = 'δα = α − 1/√2 < 0, chains long enough that the last spin does not contribute';
  return frame({ title, subtitle }, [{ svg }], document);
};
