// The densities of Fig. 1(c), on a logarithmic axis, and beside them the same against the distance from log 2, where the
// peaks of resonant spins are too narrow for the first panel.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { colors, frame, HEIGHT, legend, logScale, panel, WIDTH } from '../style.js';

const [LOWEST, HIGHEST] = [1e-3, 300];
/** Of the second panel: its width, and the smallest distance that it shows. */
const [NEAR_WIDTH, CLOSEST] = [300, 1e-4];

interface Row {
  g: number;
  s: number;
  p: number;
}

export const plot: Draw = ({ columns }, { document, title }) => {
  const { g, entropyBits, densityPerBit } = columns as Record<string, number[]>;
  const groups = [...new Set(g)];
  const rows: Row[] = Array.from(g, (x, i) => ({ g: x, s: entropyBits[i], p: densityPerBit[i] })).filter(
    (row) => row.p >= LOWEST && row.p <= HIGHEST,
  );
  const curves = (shown: Row[], x: (row: Row) => number) =>
    Plot.line(shown, {
      x,
      y: 'p',
      z: 'g',
      stroke: (row: Row) => colors[groups.indexOf(row.g)],
      strokeWidth: 2,
    });
  const whole = panel({
    document,
    x: { label: 'entropy S / log 2', domain: [0, 1] },
    y: logScale('probability density p(S) · log 2', LOWEST, HIGHEST),
    marks: [
      curves(rows, (row) => row.s),
      ...legend(
        groups.map((value) => `g = ${value}`),
        'top',
      ),
    ],
  });
  const { ticks: _, ...unlabelled } = logScale('', LOWEST, HIGHEST);
  const near = panel({
    document,
    width: NEAR_WIDTH,
    height: HEIGHT,
    marginLeft: 16,
    x: logScale('distance from log 2: 1 − S / log 2', CLOSEST, 1),
    y: { ...unlabelled, ticks: [], label: null },
    marks: [
      curves(
        rows.filter(({ s }) => 1 - s >= CLOSEST),
        (row) => 1 - row.s,
      ),
    ],
  });
  const subtitle =
    'over the GOE distribution of resonance strengths, at four reduced couplings g; right: towards S = log 2';
  const size = { width: WIDTH + NEAR_WIDTH, height: HEIGHT };
  return frame({ title, subtitle, ...size }, [{ svg: whole }, { svg: near, x: WIDTH }], document);
};
