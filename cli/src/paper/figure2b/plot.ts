// The profile along the chain, and the distribution at its end.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { colors, frame, HEIGHT, legend, logScale, panel, WIDTH } from '../style.js';

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const c = columns as Record<string, number[]>;
  const kinds = columns.kind as string[];
  const rows = Array.from(c.x, (x, i) => ({
    kind: kinds[i],
    alpha: c.alpha[i],
    x,
    value: c.value[i],
    low: Math.max(c.value[i] - c.error[i], 0),
    high: c.value[i] + c.error[i],
    theory: c.meanField[i],
  }));
  const alphas = [...new Set(rows.map((r) => r.alpha))];
  const color = (r: { alpha: number }) => colors[alphas.indexOf(r.alpha)];
  const marks = (list: typeof rows) => [
    Plot.line(list, { x: 'x', y: 'theory', z: 'alpha', stroke: color, strokeWidth: 1.3 }),
    Plot.ruleX(list, { x: 'x', y1: 'low', y2: 'high', stroke: color, strokeWidth: 1.3 }),
    Plot.dot(list, { x: 'x', y: 'value', fill: color, r: 3.2 }),
  ];
  const profile = rows.filter((r) => r.kind === 'profile');
  const shares = rows.filter((r) => r.kind === 'distribution');
  const n = Number(parameters.n);
  const top = panel({
    document,
    height: 320,
    x: { label: 'distance from the grain, n', domain: [0.7, n + 0.3], ticks: n },
    y: { label: '[Sₙ] / log 2', domain: [0, 1.05] },
    marks: [
      ...marks(profile),
      ...legend(
        alphas.map((a) => `α = ${a}`),
        'bottom-left',
        colors.slice(0, 3),
      ),
    ],
  });
  const bottom = panel({
    document,
    height: 320,
    x: { label: 'entropy of the last l-bit in an eigenstate, S / log 2', domain: [0, 1] },
    y: logScale('density p_S · log 2', 0.02, 30),

    marks: marks(
      shares.map((r) => ({
        ...r,
        value: Math.max(r.value, 0.02),
        low: Math.max(r.low, 0.02),
        high: Math.max(r.high, 0.02),
        theory: Math.max(r.theory, 0.02),
      })),
    ),
  });
  const subtitle = `points: exact diagonalization, N = ${n}; curves: mean field with g₁,₀ = ${Number(parameters.g10).toFixed(3)}, fitted at α_c`;
  return frame(
    { title, subtitle, width: WIDTH, height: HEIGHT + 200 },
    [{ svg: top }, { svg: bottom, y: 320 }],
    document,
  );
};
