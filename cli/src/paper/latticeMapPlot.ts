// Fig. 4: maps of the bare coupling and of the entropy, side by side.
import { MAP_TOTAL_HEIGHT, MAP_WIDTH, mapPanel, type Site } from './colorMap.js';
import type { Draw } from './figure.js';
import { frame } from './frame.js';
import { decadeTick } from './style.js';

/** Lowest powers of ten that the logarithmic maps show; smaller values have the colour of the lowest. */
const LEAST_COUPLING = -12;
const LEAST_ENTROPY = -6;

const powers = (least: number) => (e: number) =>
  e === least ? decadeTick(10 ** e).replace('$', '$≤ ') : decadeTick(10 ** e);

export const plotMaps: Draw = ({ columns, parameters }, { document, title }) => {
  const table = columns as Record<string, number[]>;
  const { radius, theta0, g0, strength } = parameters as Record<string, number>;
  const sites = (value: (i: number) => number): Site[] =>
    Array.from(table.n1, (n1, i) => ({ n1, n2: table.n2[i], value: value(i) }));
  const entropy = { document, label: '$[S_n] / log 2$', scheme: 'viridis' } as const;
  const panels = [
    mapPanel(
      sites((i) => Math.log10(g0 * table.phi0[i])),
      0,
      {
        document,
        title: 'bare coupling',
        label: '$g_{n,0}$',
        scheme: 'magma',
        domain: [LEAST_COUPLING, 0],
        ticks: [-12, -8, -4, 0],
        tickFormat: powers(LEAST_COUPLING),
      },
    ),
    mapPanel(
      sites((i) => table.entropyBits[i]),
      MAP_WIDTH,
      { ...entropy, title: 'entropy', domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], tickFormat: String },
    ),
    // Only a logarithmic scale shows the ring of l-bits that are slightly entangled.
    mapPanel(
      sites((i) => Math.log10(Math.max(table.entropyBits[i], 10 ** LEAST_ENTROPY))),
      2 * MAP_WIDTH,
      {
        ...entropy,
        title: 'entropy, logarithmic',
        domain: [LEAST_ENTROPY, 0],
        ticks: [-6, -4, -2, 0],
        tickFormat: powers(LEAST_ENTROPY),
      },
    ),
  ];
  const subtitle = `quasiperiodic lattice, $R = ${radius}$, $W = ${strength}$, $θ_0 = ${theta0}$, $g_0 = ${g0}$; the grain couples at the circle, lattice vectors at ±45° from the vertical`;
  const size = { width: panels.length * MAP_WIDTH, height: MAP_TOTAL_HEIGHT };
  return frame({ title, subtitle, ...size }, panels.flat(), document);
};
