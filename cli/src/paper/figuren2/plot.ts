// The enhancement with its limits.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { colors, frame, ink, logScale, muted, panel } from '../style.js';

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const c = columns as Record<string, number[]>;
  const kinds = columns.kind as string[];
  const rows = Array.from(c.g1, (g1, i) => ({
    kind: kinds[i],
    g1,
    y: c.enhancement[i],
    low: c.enhancement[i] - c.error[i],
    high: c.enhancement[i] + c.error[i],
    weak: Math.exp(-4 * g1 * Math.log(g1)),
  }));
  const points = rows.filter((r) => r.kind === 'ED');
  const curve = rows.filter((r) => r.kind !== 'ED');
  const svg = panel({
    document,
    x: logScale('reduced coupling of the first l-bit, g₁', 7e-4, 6),
    y: { label: '[|V′₂|] / [|V₂|]', domain: [0.98, 1.46] },
    marks: [
      Plot.ruleY([Math.SQRT2], { stroke: muted, strokeDasharray: '3,4' }),
      Plot.text(['√2'], { x: 1e-3, y: Math.SQRT2, dy: -8, fill: muted }),
      Plot.line(
        curve.filter((r) => r.weak < 1.44 && r.g1 < 0.1),
        { x: 'g1', y: 'weak', stroke: ink, strokeDasharray: '6,4' },
      ),
      Plot.text(['g₁^(−4 g₁)'], { x: 0.014, y: 1.3, textAnchor: 'end', dx: -8, fill: ink }),
      Plot.line(curve, { x: 'g1', y: 'y', stroke: colors[0], strokeWidth: 1.3 }),
      Plot.ruleX(points, { x: 'g1', y1: 'low', y2: 'high', stroke: colors[1], strokeWidth: 1.5 }),
      Plot.dot(points, { x: 'g1', y: 'y', fill: colors[1], r: 3.5 }),
    ],
  });
  const subtitle = `points: exact diagonalization, grain of ${parameters.grainDimension} levels; curve: exp(η(g₁)/2); dashed: limits`;
  return frame({ title, subtitle }, [{ svg }], document);
};
