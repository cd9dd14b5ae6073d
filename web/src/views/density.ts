// The density of the entropy over eigenstates, on a logarithmic axis that goes as far as the density does; it vanishes towards S = 0,
// faster than any power.
import * as Plot from '@observablehq/plot';
import { decadeTick, hue } from '../parts/theme.js';

/** What is less is cut off, not drawn at the end of the axis. */
export const LEAST_DENSITY = 1e-3;

export function densityAxis(densities: readonly number[]) {
  const decades = Math.max(1, Math.ceil(Math.log10(Math.max(...densities))));
  const least = Math.log10(LEAST_DENSITY);
  return {
    type: 'log',
    domain: [LEAST_DENSITY, 10 ** decades],
    ticks: Array.from({ length: decades - least + 1 }, (_, k) => 10 ** (least + k)),
    tickFormat: decadeTick,
    grid: true,
  } as const;
}

/** `p` against `s`: the area and the line above it. */
export const densityMarks = (points: readonly { s: number; p: number }[], u: number): Plot.Markish[] => [
  Plot.areaY(points, {
    x: 's',
    y1: LEAST_DENSITY,
    y2: 'p',
    fill: hue.orange,
    fillOpacity: 0.25,
    clip: true,
  }),
  Plot.lineY(points, { x: 's', y: 'p', stroke: hue.orange, strokeWidth: 2.4 * u, clip: true }),
];
