// The profile of Fig. 3(a), with and without feedback.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { crossing } from '../grids.js';
import { colors, frame, muted, panel, signed } from '../style.js';

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const { entropyBits, entropyBitsWithoutFeedback } = columns as Record<string, number[]>;
  const spins = Array.from(columns.n as ArrayLike<number>);
  const half = crossing(spins, entropyBits, 0.5);
  const points = spins.map((spin, i) => ({
    spin,
    full: entropyBits[i],
    bare: entropyBitsWithoutFeedback[i],
  }));
  const svg = panel({
    document,
    x: { label: 'distance from the grain, n', domain: [0, spins.length + 1] },
    y: { label: 'mean entropy [Sₙ] / log 2', domain: [0, 1.05] },
    marks: [
      Plot.ruleY([0.5], { stroke: muted, strokeDasharray: '3,4' }),
      Plot.ruleX([half], { stroke: muted, strokeDasharray: '3,4' }),
      Plot.line(points, {
        x: 'spin',
        y: 'bare',
        stroke: colors[1],
        strokeWidth: 1.5,
        strokeDasharray: '6,4',
      }),
      Plot.line(points, { x: 'spin', y: 'full', stroke: colors[0], strokeWidth: 1.5 }),
      Plot.dot(points, { x: 'spin', y: 'full', fill: colors[0], r: 3.2 }),
      Plot.text([`n* = ${half.toFixed(1)}`], { x: half, y: 0.9, dx: 8, textAnchor: 'start' }),
      Plot.text(['half'], { x: 49, y: 0.5, dy: -8, textAnchor: 'end', fill: muted }),
      Plot.text(['mean field'], { x: 21, y: 1.0, dy: 22, textAnchor: 'end', fill: colors[0] }),
      Plot.text(['without feedback: [S](gₙ,₀)'], { x: 8.5, y: 0.2, textAnchor: 'start', fill: colors[1] }),
    ],
  });
  const { deltaAlpha: da, n: count, g10: first } = parameters as Record<string, number>;
  const subtitle = `δα = α − 1/√2 = ${signed(da)}, N = ${count}, g₁,₀ = ${first}`;
  return frame({ title, subtitle }, [{ svg }], document);
};
