// Three panels: norms, averages, and the distribution of entropies.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { colors, frame, legend, logScale, panel, WIDTH } from '../style.js';
import { SHOWN, type size } from './data.js';

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const c = columns as Record<string, number[]>;
  const kinds = columns.kind as string[];
  const rows = Array.from(c.x, (x, i) => ({
    kind: kinds[i],
    x,
    value: c.value[i],
    low: c.value[i] - c.error[i],
    high: c.value[i] + c.error[i],
    theory: c.theory[i],
  }));
  const marks = (name: string, color: string, floor = 0) => {
    // What lies below a logarithmic axis is left out; a bar that crosses its end is cut there.
    const own = rows.filter((r) => r.kind === name);
    const fine = rows.filter((r) => r.kind === `${name} theory`);
    const list = own
      .filter((r) => r.value >= floor)
      .map((r) => ({ ...r, low: Math.max(r.low, floor), high: Math.max(r.high, floor) }));
    const curve = (fine.length ? fine : own).filter((r) => r.theory >= floor);
    return [
      Plot.line(curve, { x: 'x', y: 'theory', stroke: color, strokeWidth: 1.3 }),
      Plot.ruleX(list, { x: 'x', y1: 'low', y2: 'high', stroke: color, strokeWidth: 1.3 }),
      Plot.dot(list, { x: 'x', y: 'value', fill: color, r: 3 }),
    ];
  };
  const height = 310;
  const top = panel({
    document,
    height,
    x: logScale('norm of a state over the reduced coupling, x = g₁ₐ / g₁', 0.4, 1500),
    y: logScale('p̃(x)', 1e-6, 1),
    marks: marks('norms', colors[0], 1e-6),
  });
  const middle = panel({
    document,
    height,
    x: logScale('reduced coupling g₁', 2e-3, 5),
    y: { label: '[S] / log 2 and Czz', domain: [0, 1.05] },
    marks: [
      ...marks('entropy', colors[0]),
      ...marks('czz', colors[1]),
      ...legend(['[S] / log 2', 'Czz'], 'bottom-left', colors.slice(0, 2)),
    ],
  });
  const bottom = panel({
    document,
    height,
    x: { label: `entropy of an eigenstate, S / log 2, at g₁ ≈ ${SHOWN}`, domain: [0, 1] },
    y: logScale('p_S · log 2', 0.1, 10),
    marks: marks('distribution', colors[2], 0.1),
  });
  const { norms, states } = (parameters as { size: (typeof size)['quick'] }).size;
  const [first, second] = [norms.grainDimension, states.grainDimension];
  const levels = first === second ? `${first}` : `${first} (top) and ${second}`;
  const subtitle = `points: grains of ${levels} levels, middle quarter of the spectrum; curves: p̃, [S], Czz, p_S`;
  return frame(
    { title, subtitle, width: WIDTH, height: 3 * height },
    [{ svg: top }, { svg: middle, y: height }, { svg: bottom, y: 2 * height }],
    document,
  );
};
