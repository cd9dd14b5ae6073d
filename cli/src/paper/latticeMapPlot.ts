// Fig. 4: maps of the bare coupling and of the entropy, side by side.
import { MAP_TOTAL_HEIGHT, MAP_WIDTH, mapPanel, type Site } from './colorMap.js';
import type { Draw } from './figure.js';
import { frame, powerOfTen } from './style.js';

export const plotMaps: Draw = ({ columns, parameters }, { document, title }) => {
  const table = columns as Record<string, number[]>;
  const { strengths } = parameters as { strengths: number[] };
  const { radius, theta0, g0 } = parameters as Record<string, number>;
  const sites = (w: number, value: (i: number) => number): Site[] =>
    Array.from(table.n1, (n1, i) => ({
      n1,
      n2: table.n2[i],
      value: value(i),
      w: table.strength[i],
    })).filter((site) => site.w === w);
  const coupling = mapPanel(
    sites(strengths[0], (i) => Math.log10(g0 * table.phi0[i])),
    0,
    {
      document,
      title: `bare coupling, W = ${strengths[0]}`,
      label: 'gₙ,₀',
      scheme: 'magma',
      domain: [-12, 0],
      ticks: [-12, -8, -4, 0],
      tickFormat: (e) => (e === -12 ? '≤ 10⁻¹²' : powerOfTen(10 ** e)),
    },
  );
  const entropies = strengths.flatMap((w, k) =>
    mapPanel(
      sites(w, (i) => table.entropyBits[i]),
      (k + 1) * MAP_WIDTH,
      {
        document,
        title: `entropy, W = ${w}`,
        label: '[Sₙ] / log 2',
        scheme: 'viridis',
        domain: [0, 1],
        ticks: [0, 0.25, 0.5, 0.75, 1],
        tickFormat: String,
      },
    ),
  );
  const width = (1 + strengths.length) * MAP_WIDTH;
  const subtitle = `quasiperiodic lattice, R = ${radius}, θ₀ = ${theta0}, g₀ = ${g0}; the grain couples at the circle`;
  return frame({ title, subtitle, width, height: MAP_TOTAL_HEIGHT }, [...coupling, ...entropies], document);
};
