// The collapse of Fig. 2(a): every N on one curve, as far as the chains are long enough.
import * as Plot from '@observablehq/plot';
import { type EndEntropyRow, endEntropyRows } from '../endEntropy.js';
import type { Draw } from '../figure.js';
import { colors, frame, legend, muted, panel, signed } from '../style.js';

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const rows = endEntropyRows(columns);
  const sizes = [...new Set(rows.map((r) => r.n))];
  const color = (r: EndEntropyRow) => colors[sizes.indexOf(r.n)];
  const points = rows.filter((r) => r.kind === 'ED');
  const scaled = rows.map((r) => r.scaled);
  const svg = panel({
    document,
    x: {
      label: '(α − α_c) N',
      tickFormat: signed,
      domain: [Math.min(...scaled) - 0.1, Math.max(...scaled) + 0.1],
    },
    y: { label: '[S_end] / log 2', domain: [0, 1.02] },
    marks: [
      Plot.ruleX([0], { stroke: muted, strokeDasharray: '3,4' }),
      Plot.line(
        rows.filter((r) => r.kind !== 'ED'),
        { x: 'scaled', y: 's', z: 'n', stroke: color, strokeWidth: 1.3 },
      ),
      Plot.ruleX(points, { x: 'scaled', y1: 'low', y2: 'high', stroke: color, strokeWidth: 1.3 }),
      Plot.dot(points, { x: 'scaled', y: 's', fill: color, r: 3.2 }),
      ...legend(
        sizes.map((n) => `N = ${n}`),
        'top-left',
        colors.slice(0, sizes.length),
      ),
    ],
  });
  const subtitle = `points: exact diagonalization, all states; curves: mean field with g₁,₀ = ${Number(parameters.g10).toFixed(3)}, fitted at α_c = 1/√2`;
  return frame({ title, subtitle }, [{ svg }], document);
};
