// The densities of Fig. 1(d), on a logarithmic axis.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { colors, frame, legend, logScale, panel } from '../style.js';

const [LOWEST, HIGHEST] = [1e-3, 300];

export const plot: Draw = ({ columns }, { document, title }) => {
  const { g, entropyBits, densityPerBit } = columns as Record<string, number[]>;
  const groups = [...new Set(g)];
  const rows = Array.from(g, (x, i) => ({ g: x, s: entropyBits[i], p: densityPerBit[i] })).filter(
    (row) => row.p >= LOWEST && row.p <= HIGHEST,
  );
  const svg = panel({
    document,
    x: { label: 'entropy S / log 2', domain: [0, 1] },
    y: logScale('probability density p(S) · log 2', LOWEST, HIGHEST),
    marks: [
      Plot.line(rows, {
        x: 's',
        y: 'p',
        z: 'g',
        stroke: (row: { g: number }) => colors[groups.indexOf(row.g)],
        strokeWidth: 2,
      }),
      ...legend(
        groups.map((value) => `g = ${value}`),
        'top',
      ),
    ],
  });
  const subtitle = 'over the GOE distribution of resonance strengths, at four reduced couplings g';
  return frame({ title, subtitle }, [{ svg }], document);
};
