// The enhancement with its limits.
import * as Plot from '@observablehq/plot';
import { rowsOfKind } from '../columns.js';
import type { Draw } from '../figure.js';
import { frame } from '../frame.js';
import { bars, label, panel, withBars } from '../panel.js';
import { dotStyle, guide, ink, lineStyle, logScale, muted, series } from '../style.js';

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const rowsOf = (kind: string) =>
    rowsOfKind(columns, kind, ['g1', 'enhancement', 'error']).map(({ g1, enhancement, error }) => ({
      ...{ g1, value: enhancement, error },
      weak: Math.exp(-4 * g1 * Math.log(g1)),
    }));
  const [points, curve] = [withBars(rowsOf('ED')), rowsOf('theory')];
  const [theory, measured] = [series(0), { ...series(1), symbol: 'circle' as const }];
  const svg = panel({
    document,
    x: logScale('reduced coupling of the first l-bit $g_1$', 7e-4, 6),
    y: { label: "$[|V'_2|] / [|V_2|]$", domain: [0.98, 1.46] },
    marks: [
      Plot.ruleY([Math.SQRT2], guide),
      label('$√2$', { x: 1e-3, y: Math.SQRT2, dy: -6, color: muted }),
      Plot.line(
        curve.filter((r) => r.weak < 1.44 && r.g1 < 0.1),
        { x: 'g1', y: 'weak', stroke: ink, strokeWidth: 0.8, strokeDasharray: '5,2' },
      ),
      label('$g_1^{-4 g_1}$', { x: 0.014, y: 1.3, textAnchor: 'end', dx: -4 }),
      label('$e^{η(g_1)/2}$', { x: 0.06, y: 1.18, dx: 4, color: theory.color }),
      Plot.line(curve, { x: 'g1', y: 'value', ...lineStyle(theory) }),
      bars(points, 'g1', measured, 0.8),
      Plot.dot(points, { x: 'g1', y: 'value', ...dotStyle(measured) }),
    ],
  });
  const subtitle = `points: exact diagonalization, grain of ${parameters.grainDimension} levels; curve: $exp(η(g_1)/2)$; dashed: limits`;
  return frame({ title, subtitle }, [{ svg }], document);
};
