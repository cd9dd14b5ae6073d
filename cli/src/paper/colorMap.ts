// Maps of the lattice: one coloured square a site, with a colour bar below.
import * as Plot from '@observablehq/plot';
import type { PlotOptions } from './figure.js';
import type { Placed } from './frame.js';
import { panel } from './panel.js';
import { ink, PAGE } from './style.js';

interface MapOptions extends PlotOptions {
  title: string;
  label: string;
  scheme: Plot.ColorScheme;
  domain: [number, number];
  ticks: number[];
  tickFormat(value: number): string;
  /** Grains with the radii of their collars, in steps; the origin alone by default, and a radius below 0 is not drawn. */
  grains?: readonly { n1: number; n2: number; radius: number }[];
}

export interface Site {
  n1: number;
  n2: number;
  value: number;
}

/** Three maps side by side fill the width of a page. */
export const MAP_WIDTH = PAGE / 3;
const MAP_HEIGHT = 176;
const BAR_HEIGHT = 42;
export const MAP_TOTAL_HEIGHT = MAP_HEIGHT + BAR_HEIGHT;
/** Room for half of the bar's first and last ticks. */
const LEFT = 16;
const RIGHT = 16;
const BAR_STEPS = 64;

/** The two axes: arrows below the frame, along the lattice vectors. */
function latticeVectors(reach: number): Plot.Markish[] {
  const [base, tip, side] = [-1.28 * reach, -1.14 * reach, 0.14 * reach];
  return [
    { to: side, label: '$n_1$', ariaLabel: () => 'x-axis label', textAnchor: 'start' as const, dx: 3 },
    { to: -side, label: '$n_2$', ariaLabel: () => 'y-axis label', textAnchor: 'end' as const, dx: -3 },
  ].flatMap(({ to, label, ...text }) => [
    Plot.arrow([0], { x1: 0, y1: base, x2: to, y2: tip, stroke: ink, headLength: 4, strokeWidth: 0.8 }),
    Plot.text([label], { x: to, y: tip, fill: ink, ...text }),
  ]);
}

/** A circle at each grain, and around it the sites within its radius: steps on the lattice make a square. */
function grainMarks(grains: NonNullable<MapOptions['grains']>): Plot.Markish[] {
  const placed = grains.map(({ n1, n2, radius }) => ({ x: n1 - n2, y: n1 + n2, half: radius + 0.5 }));
  const r = grains.length > 1 ? 2.2 : 3.2;
  return [
    Plot.rect(
      placed.filter(({ half }) => half > 0),
      {
        x1: ({ x, half }) => x - half,
        x2: ({ x, half }) => x + half,
        y1: ({ y, half }) => y - half,
        y2: ({ y, half }) => y + half,
        stroke: 'white',
        strokeWidth: 0.8,
        fill: 'none',
      },
    ),
    Plot.dot(placed, {
      x: 'x',
      y: 'y',
      r,
      stroke: grains.length > 1 ? 'white' : ink,
      strokeWidth: 0.8,
      fill: 'none',
    }),
  ];
}

/** The map with its bar, `x` units from the left; values beyond the domain take the colour of its end. */
export function mapPanel(sites: Site[], x: number, options: MapOptions): Placed[] {
  const { document, title, label, scheme, domain, ticks, tickFormat } = options;
  const { grains = [{ n1: 0, n2: 0, radius: -1 }] } = options;
  const color: Plot.ScaleOptions = { type: 'linear', scheme, domain, clamp: true };
  const radius = sites.reduce((r, site) => Math.max(r, Math.abs(site.n1)), 0);
  const reach = radius + 1;
  const coordinate: Plot.ScaleOptions = { domain: [-reach, reach], axis: null };
  // Lattice vectors at ±45° from the vertical: n1 up to the right, n2 up to the left; a site is a square on its tip.
  const corners = sites.flatMap((site, z) =>
    [
      [0, 1],
      [1, 0],
      [0, -1],
      [-1, 0],
    ].map(([dx, dy]) => ({ x: site.n1 - site.n2 + dx, y: site.n1 + site.n2 + dy, z, value: site.value })),
  );
  const map = panel({
    document,
    width: MAP_WIDTH,
    height: MAP_HEIGHT,
    marginLeft: LEFT,
    marginRight: RIGHT,
    marginTop: 16,
    marginBottom: 24,
    x: { ...coordinate },
    y: { ...coordinate },
    color,
    marks: [
      Plot.line(corners, {
        x: 'x',
        y: 'y',
        z: 'z',
        fill: 'value',
        stroke: 'value',
        strokeWidth: 0.4,
        curve: 'linear-closed',
      }),
      ...grainMarks(grains),
      ...latticeVectors(reach),
      Plot.text([title], { frameAnchor: 'top', dy: -11 }),
    ],
  });
  const step = (domain[1] - domain[0]) / BAR_STEPS;
  const bars = Array.from({ length: BAR_STEPS }, (_, i) => domain[0] + i * step);
  const bar = panel({
    document,
    width: MAP_WIDTH,
    height: BAR_HEIGHT,
    marginLeft: LEFT,
    marginRight: RIGHT,
    marginTop: 0,
    marginBottom: 34,
    x: { domain, label, ticks, tickFormat: tickFormat as (d: unknown) => string, labelOffset: 24 },
    y: { axis: null, domain: [0, 1] },
    color,
    marks: [
      Plot.rect(bars, {
        x1: (v: number) => v,
        x2: (v: number) => v + step,
        y1: 0,
        y2: 1,
        fill: (v: number) => v + step / 2,
        inset: -0.15,
      }),
    ],
  });
  return [
    { svg: map, x },
    { svg: bar, x, y: MAP_HEIGHT },
  ];
}
