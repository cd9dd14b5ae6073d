// Fig. 4: maps of the bare coupling and of the entropy, side by side.
import { MAP_TOTAL_HEIGHT, MAP_WIDTH, mapPanel, type Site } from './colorMap.js';
import type { Draw } from './figure.js';
import { frame } from './frame.js';
import { powerOfTen } from './style.js';

export const plotMaps: Draw = ({ columns, parameters }, { document, title }) => {
  const table = columns as Record<string, number[]>;
  const { hoppings } = parameters as { hoppings: [number, number] };
  const { radius, theta0, g0, strength } = parameters as Record<string, number>;
  const [reading, printed] = hoppings;
  const sites = (t: number, value: (i: number) => number): Site[] =>
    Array.from(table.n1, (n1, i) => ({
      n1,
      n2: table.n2[i],
      value: value(i),
      t: table.hopping[i],
    })).filter((site) => site.t === t);
  const entropy = {
    document,
    label: '$[S_n] / log 2$',
    scheme: 'viridis',
    domain: [0, 1] as [number, number],
    ticks: [0, 0.5, 1],
    tickFormat: String,
  } as const;
  const powers = (e: number, least: number) =>
    e === least ? powerOfTen(10 ** e).replace('$', '$≤ ') : powerOfTen(10 ** e);
  const panels = [
    mapPanel(
      sites(reading, (i) => Math.log10(g0 * table.phi0[i])),
      0,
      {
        document,
        title: `coupling, hopping ${reading}`,
        label: '$g_{n,0}$',
        scheme: 'magma',
        domain: [-12, 0],
        ticks: [-12, -6, 0],
        tickFormat: (e) => powers(e, -12),
      },
    ),
    mapPanel(
      sites(reading, (i) => table.entropyBits[i]),
      MAP_WIDTH,
      { ...entropy, ticks: [...entropy.ticks], title: `entropy, hopping ${reading}` },
    ),
    // The collar of l-bits that are entangled a little shows on a logarithmic scale alone.
    mapPanel(
      sites(reading, (i) => Math.log10(Math.max(table.entropyBits[i], 1e-12))),
      2 * MAP_WIDTH,
      {
        ...entropy,
        title: `the same, logarithmic`,
        domain: [-6, 0],
        ticks: [-6, -3, 0],
        tickFormat: (e) => powers(e, -6),
      },
    ),
    mapPanel(
      sites(printed, (i) => table.entropyBits[i]),
      3 * MAP_WIDTH,
      { ...entropy, ticks: [...entropy.ticks], title: `as printed, hopping ${printed}` },
    ),
  ];
  const subtitle = `quasiperiodic lattice, $R = ${radius}$, $W = ${strength}$, $θ_0 = ${theta0}$, $g_0 = ${g0}$; hopping ${reading} is the reading that gives the paper’s numbers, ${printed} is printed; the grain couples at the circle`;
  const size = { width: panels.length * MAP_WIDTH, height: MAP_TOTAL_HEIGHT };
  return frame({ title, subtitle, ...size }, panels.flat(), document);
};
