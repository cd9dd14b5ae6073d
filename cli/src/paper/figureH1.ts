// Hysteresis of the avalanche: stable solutions of the mean-field equations followed up and down in the disorder W.
import * as Plot from '@observablehq/plot';
import type { Figure, FigureContext, FigureData, FigureResult, PlotOptions } from './figure.js';
import { logGrid } from './grids.js';
import { colors, frame, ink, legend, logScale, muted, panel } from './style.js';

const title = 'Test H: hysteresis of the avalanche as the disorder W changes';
const theta0 = 2.954;
/** Least W and points a decade, a power of two; the last point is a little above the end of the hysteresis. */
const size = {
  quick: { radius: 6, from: 10, perDecade: 64, points: 113 },
  paper: { radius: 8, from: 10, perDecade: 256, points: 577 },
};

async function compute({ core, profile, progress }: FigureContext): Promise<FigureResult> {
  const { radius, from, perDecade, points } = size[profile];
  const strengths = logGrid(from, perDecade, points);
  await progress(0);
  const { branches, falling, rising, sites, windows } = core.latticeHysteresis({ radius, theta0, strengths });
  await progress(1);
  const rows = Array.from(strengths).flatMap((strength, i) =>
    branches[i].map(({ etaTot, stable }) => ({
      strength,
      etaTotBits: etaTot / Math.LN2,
      stable: Number(stable),
      falling: Number(etaTot === falling[i]),
      rising: Number(etaTot === rising[i]),
    })),
  );
  const [begins, ends] = windows.length > 0 ? [windows[0][0], windows[windows.length - 1][1]] : [0, 0];
  return {
    parameters: { profile, radius, theta0, g0: 1, sites },
    columns: {
      strength: rows.map((r) => r.strength),
      etaTotBits: rows.map((r) => r.etaTotBits),
      stable: Int32Array.from(rows, (r) => r.stable),
      falling: Int32Array.from(rows, (r) => r.falling),
      rising: Int32Array.from(rows, (r) => r.rising),
    },
    measured: { hysteresisFrom: begins, hysteresisTo: ends },
    claims: [],
  };
}

function plot({ columns, parameters }: FigureData, { document }: PlotOptions = {}): SVGElement {
  const c = columns as Record<string, ArrayLike<number>>;
  const rows = Array.from(c.strength, (strength, i) => ({
    strength,
    bits: c.etaTotBits[i],
    stable: c.stable[i],
    falling: c.falling[i],
    rising: c.rising[i],
  }));
  const strengths = rows.map((r) => r.strength);
  const bits = rows.map((r) => r.bits);
  const sweep = (name: 'falling' | 'rising', color: string, dash?: string) =>
    Plot.line(
      rows.filter((r) => r[name]),
      { x: 'strength', y: 'bits', stroke: color, strokeWidth: 2, strokeDasharray: dash },
    );
  const svg = panel({
    document,
    x: logScale('disorder W / hopping', Math.min(...strengths), Math.max(...strengths)),
    y: logScale('ηₜₒₜ / log 2', Math.min(...bits) / 1.6, Math.max(...bits) * 2),
    marks: [
      Plot.dot(
        rows.filter((r) => !r.stable),
        { x: 'strength', y: 'bits', stroke: muted, r: 1.6, strokeWidth: 0.8 },
      ),
      sweep('rising', colors[1]),
      sweep('falling', colors[0], '7,4'),
      Plot.ruleY([Number(parameters.sites)], { stroke: ink, strokeDasharray: '2,4' }),
      Plot.text(['N'], {
        x: Math.max(...strengths),
        y: Number(parameters.sites),
        dx: -8,
        dy: -9,
        fill: ink,
      }),
      ...legend(['W rises', 'W falls', 'unstable'], 'bottom-left', [colors[1], colors[0], muted]),
    ],
  });
  const subtitle = `quasiperiodic lattice, R = ${parameters.radius}, N = ${parameters.sites}, θ₀ = ${parameters.theta0}, g₀ = 1: every solution, and two sweeps`;
  return frame({ title, subtitle }, [{ svg }], document);
}

export const figure: Figure = { id: 'h1', title, compute, plot };
