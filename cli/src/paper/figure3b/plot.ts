// The series of Fig. 3(b), and the power law as a guide.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { frame } from '../frame.js';
import { curves, label, legend, panel, points } from '../panel.js';
import { ink, logScale, sequence } from '../style.js';

export const plot: Draw = ({ columns }, { document, title }) => {
  const { g10, deltaAlpha, etaTotBits } = columns as Record<string, number[]>;
  const rows = Array.from(g10, (g, i) => ({ g, distance: -deltaAlpha[i], total: etaTotBits[i] }));
  const keys = [...new Set(g10)];
  const styles = sequence(keys.length);
  const low = Math.min(...rows.map((r) => r.distance));
  const high = Math.max(...rows.map((r) => r.distance));
  const top = Math.max(...rows.map((r) => r.total));
  // A guide to the eye, parallel to the series and above them.
  const anchor = 2.2 * top * low;
  const guide = [low * 1.1, 0.1].map((x) => ({ x, y: anchor / x }));
  const group = { rows, keys, key: (row: { g: number }) => row.g, styles };
  const svg = panel({
    document,
    x: logScale('distance to the critical point $|δα|$', low * 0.8, high * 1.2),
    y: logScale('$η_{tot} / log 2$', 0.8, top * 4),
    marks: [
      Plot.line(guide, { x: 'x', y: 'y', stroke: ink, strokeWidth: 0.8, strokeDasharray: '5,2' }),
      label('$∝ |δα|^{-1}$', { x: 0.01, y: anchor / 0.01, dx: 4, dy: -5 }),
      ...curves(group, { x: 'distance', y: 'total' }),
      ...points(group, { x: 'distance', y: 'total', r: 1.8 }),
      ...legend(
        keys
          .map((g, k) => ({ label: `$g_{1,0} = ${g}$`, style: styles[k], shows: 'both' as const }))
          .reverse(),
        { anchor: 'bottom-left' },
      ),
    ],
  });
  const subtitle = '$δα = α - 1/√2 < 0$, chains long enough that the last spin does not contribute';
  return frame({ title, subtitle }, [{ svg }], document);
};
