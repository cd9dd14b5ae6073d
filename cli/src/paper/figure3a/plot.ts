// The profile of Fig. 3(a), with and without feedback.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { frame } from '../frame.js';
import { crossing } from '../grids.js';
import { label, panel } from '../panel.js';
import { dotStyle, guide, lineStyle, muted, series, signed } from '../style.js';

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const { entropyBits, entropyBitsWithoutFeedback } = columns as Record<string, number[]>;
  const spins = Array.from(columns.n as ArrayLike<number>);
  const half = crossing(spins, entropyBits, 0.5);
  const points = spins.map((spin, i) => ({
    spin,
    full: entropyBits[i],
    bare: entropyBitsWithoutFeedback[i],
  }));
  const [full, bare] = [series(0), series(1)];
  const svg = panel({
    document,
    x: { label: 'distance from the grain $n$', domain: [0, spins.length + 1] },
    y: { label: 'mean entropy $[S_n] / log 2$', domain: [0, 1.05] },
    marks: [
      Plot.ruleY([0.5], guide),
      Plot.ruleX([half], guide),
      Plot.line(points, { x: 'spin', y: 'bare', ...lineStyle(bare) }),
      Plot.line(points, { x: 'spin', y: 'full', ...lineStyle(full) }),
      Plot.dot(points, { x: 'spin', y: 'full', ...dotStyle(full, { r: 1.6 }) }),
      label(`$n^∗ = ${half.toFixed(1)}$`, { x: half, y: 0.93, dx: 4 }),
      label('half', { x: spins.length, y: 0.5, dy: -6, textAnchor: 'end', color: muted }),
      label('mean field', { x: 21, y: 0.8, textAnchor: 'end', color: full.color }),
      label('without feedback', { x: 10, y: 0.2, color: bare.color }),
    ],
  });
  const { deltaAlpha: da, n: count, g10: first } = parameters as Record<string, number>;
  const subtitle = `mean field and, dashed, $[S](g_{n,0})$ without feedback; $δα = α - 1/√2 = ${signed(da)}$, $N = ${count}$, $g_{1,0} = ${first}$`;
  return frame({ title, subtitle }, [{ svg }], document);
};
