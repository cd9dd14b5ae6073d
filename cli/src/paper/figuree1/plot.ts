// Entropies against energy, one panel for each coupling, and polarizations below.
import * as Plot from '@observablehq/plot';
import { rowsOfKind } from '../columns.js';
import type { Draw } from '../figure.js';
import { frame } from '../frame.js';
import { curves, keyEntries, label, legend, panel, points } from '../panel.js';
import { COLUMN, guide, sequence } from '../style.js';
import { apart } from './apart.js';
import { NAMES, type Point } from './data.js';

const ROW = 130;

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const { j1s, sizes, alpha } = parameters as { j1s: number[]; sizes: { n: number }[]; alpha: number };
  const n = sizes.at(-1)!.n;
  const states = rowsOfKind(columns, 'states', NAMES).filter((r) => r.n === n);
  const theory = rowsOfKind(columns, 'theory', NAMES);
  const x = { label: 'energy / width of the spectrum', domain: [-0.06, 1.96] };
  const spins = Array.from({ length: n }, (_, k) => k + 1);
  const styles = sequence(n);
  const bars = {
    x: 'energy',
    y: 'entropyBits',
    y1: (r: Point) => r.entropyBits - r.entropyError,
    y2: (r: Point) => r.entropyBits + r.entropyError,
  };
  const panels = j1s.map((j1, k) => {
    const own = { keys: spins, key: (r: Point) => r.spin, styles };
    const here = states.filter((r) => r.j1 === j1);
    const lines = theory.filter((r) => r.j1 === j1);
    return panel({
      document,
      height: ROW,
      x,
      y: { label: '$[S_n] / log 2$', domain: [0, 1.05] },
      marks: [
        Plot.line(
          lines.filter((r) => r.spin === 1),
          { ...guide, x: 'energy', y: 'thermalBits' },
        ),
        ...curves({ ...own, rows: lines }, { x: 'energy', y: 'theoryBits' }),
        ...points({ ...own, rows: here.filter((r) => !apart(r)) }, bars),
        ...points({ ...own, rows: here.filter(apart) }, { ...bars, open: true }),
        label(`$J_1 = ${j1}$`, { frameAnchor: 'top-right', textAnchor: 'end', dx: -5, dy: 5 }),
        ...(k === j1s.length - 1
          ? legend(
              keyEntries(spins, styles, (s) => `$n = ${s}$`),
              { anchor: 'bottom-left', columns: 2, columnWidth: 48 },
            )
          : []),
      ],
    });
  });
  const byCoupling = { keys: j1s, key: (r: Point) => r.j1, styles: sequence(j1s.length) };
  const last = (rows: readonly Point[]) => rows.filter((r) => r.spin === n);
  const bottom = panel({
    document,
    height: ROW,
    x,
    y: { label: `$⟨σ_{${n}}^z⟩$`, domain: [-0.1, 1] },
    marks: [
      ...curves({ ...byCoupling, rows: last(theory) }, { x: 'energy', y: 'theoryPolarization' }),
      ...points(
        { ...byCoupling, rows: last(states) },
        {
          x: 'energy',
          y: 'polarization',
          y1: (r: Point) => r.polarization - r.polarizationError,
          y2: (r: Point) => r.polarization + r.polarizationError,
        },
      ),
      ...legend(
        keyEntries(j1s, byCoupling.styles, (j1) => `$J_1 = ${j1}$`),
        { anchor: 'top-left' },
      ),
    ],
  });
  const subtitle = `grain of $64$ levels, $N = ${n}$, $α = ${alpha}$; points: eigenstates, open where they are off the theory by more than $0.05$ and two errors; curves: the mean field at that energy, no number fitted, but its share of the energy and the fields chosen after exact results had been seen; dashed: binary entropy of the weights in equilibrium`;
  return frame(
    { title, subtitle, width: COLUMN, height: (j1s.length + 1) * ROW },
    [...panels, bottom].map((svg, k) => ({ svg, y: k * ROW })),
    document,
  );
};
