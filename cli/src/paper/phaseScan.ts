// Figs. 5(c) and 5(d): η_tot of one quasiperiodic lattice against its phase offset θ₀, on a grid that is refined where
// η_tot varies fast, because avalanches start and end at sharp values of θ₀.
import * as Plot from '@observablehq/plot';
import type { Core } from 'emft';
import { type Claim, show } from './claim.js';
import type { Figure, FigureContext, FigureData, FigureResult, PlotOptions } from './figure.js';
import { colors, frame, HEIGHT, logScale, muted, panel } from './style.js';

const TURN = 2 * Math.PI;
/** In the table: no radius satisfies (20), because the avalanche runs, or the row is of the scan. */
const ABSENT = -1;
const LOWER_HEIGHT = 260;

export interface Scan {
  theta0: number[];
  etaTotBits: number[];
  avalanche: number[];
  certain: number[];
}

/** Solves at θ₀ on a grid over one turn, and halves intervals while η_tot/log 2 jumps by more than `jump` across them. */
export async function scan(
  core: Core,
  model: { radius: number; strength: number },
  grid: { points: number; levels: number; jump: number },
  progress: (fraction: number) => Promise<void>,
): Promise<Scan> {
  const solve = (theta0: number) => {
    const v = core.latticeVerdict({ ...model, theta0 });
    return { theta0, bits: v.etaTot / Math.LN2, avalanche: Number(v.avalanche), certain: Number(v.certain) };
  };
  let rows: ReturnType<typeof solve>[] = [];
  for (let i = 0; i < grid.points; ++i) {
    rows.push(solve((TURN * i) / grid.points));
    await progress((0.6 * (i + 1)) / grid.points);
  }
  for (let level = 0; level < grid.levels; ++level) {
    const next: typeof rows = [];
    for (let i = 0; i < rows.length; ++i) {
      next.push(rows[i]);
      const right = rows[i + 1];
      // The turn closes: the last interval ends where the first begins and needs no look of its own.
      if (right && Math.abs(right.bits - rows[i].bits) > grid.jump) {
        next.push(solve((rows[i].theta0 + right.theta0) / 2));
      }
    }
    rows = next;
    await progress(0.6 + (0.4 * (level + 1)) / grid.levels);
  }
  return {
    theta0: rows.map((r) => r.theta0),
    etaTotBits: rows.map((r) => r.bits),
    avalanche: rows.map((r) => r.avalanche),
    certain: rows.map((r) => r.certain),
  };
}

/** Share of the turn that avalanches: each point stands for half of both intervals beside it. */
export function avalancheShare({ theta0, avalanche }: Scan): number {
  const n = theta0.length;
  let share = 0;
  for (let i = 0; i < n; ++i) {
    const left = i > 0 ? theta0[i - 1] : theta0[n - 1] - TURN;
    const right = i + 1 < n ? theta0[i + 1] : theta0[0] + TURN;
    if (avalanche[i]) share += (right - left) / 2;
  }
  return share / TURN;
}

export interface PhaseScanOptions {
  id: '5c' | '5d';
  strength: number;
  claims(scan: Scan, radius: number): Claim[];
  /** Also draws the radius that grains must keep from each other, (20), against W. */
  spacing?: boolean;
}

const radii = { quick: 10, paper: 22 } as const;
const grids = {
  quick: { points: 256, levels: 4, jump: 2 },
  paper: { points: 2048, levels: 8, jump: 1 },
} as const;
/** Grain dimension of (20), its "≪", and the grid over W at a few offsets. */
const SPACING = { dg: 8, ratio: 0.1, offsets: 24, from: 60, to: 400, points: 9 };

export function phaseScan({ id, strength, claims, spacing = false }: PhaseScanOptions): Figure {
  const title = `Fig. ${id[0]}(${id[1]}) Total enhancement against the phase offset, W = ${strength}`;

  async function compute({ core, profile, progress }: FigureContext): Promise<FigureResult> {
    const radius = radii[profile];
    const result = await scan(core, { radius, strength }, grids[profile], (f) => progress(0.8 * f));
    const table = result.theta0.map((theta0, i) => ({
      kind: 'scan',
      strength,
      theta0,
      etaTotBits: result.etaTotBits[i],
      avalanche: result.avalanche[i],
      certain: result.certain[i],
      spacing: ABSENT,
    }));
    if (spacing) {
      for (let k = 0; k < SPACING.points; ++k) {
        const w = SPACING.from * Math.sqrt(SPACING.to / SPACING.from) ** ((2 * k) / (SPACING.points - 1));
        for (let i = 0; i < SPACING.offsets; ++i) {
          const theta0 = (TURN * i) / SPACING.offsets;
          const couplings = core.latticeCouplings({ radius, strength: w, theta0, method: 'local' });
          const solution = core.latticeMeanField(couplings);
          const found = core.grainSpacing(couplings, solution, { dg: SPACING.dg, ratio: SPACING.ratio });
          table.push({
            kind: 'spacing',
            strength: w,
            theta0,
            etaTotBits: solution.etaTot / Math.LN2,
            avalanche: Number(solution.avalanche),
            certain: Number(solution.certain),
            spacing: found ? found.radius : ABSENT,
          });
        }
        await progress(0.8 + (0.2 * (k + 1)) / SPACING.points);
      }
    }
    return {
      parameters: { profile, radius, strength, g0: 1, ...(spacing ? { grainSpacing: SPACING } : {}) },
      columns: {
        kind: table.map((r) => r.kind),
        strength: table.map((r) => r.strength),
        theta0: table.map((r) => r.theta0),
        etaTotBits: table.map((r) => r.etaTotBits),
        avalanche: Int32Array.from(table, (r) => r.avalanche),
        certain: Int32Array.from(table, (r) => r.certain),
        spacing: Int32Array.from(table, (r) => r.spacing),
      },
      measured: { avalancheShare: avalancheShare(result), points: result.theta0.length },
      claims: claims(result, radius),
    };
  }

  function plot({ columns, parameters }: FigureData, { document }: PlotOptions = {}): SVGElement {
    const c = columns as Record<string, ArrayLike<number>>;
    const kinds = columns.kind as string[];
    const rows = Array.from(kinds, (kind, i) => ({
      kind,
      strength: c.strength[i],
      turn: c.theta0[i] / TURN,
      bits: Math.max(c.etaTotBits[i], 1e-3),
      avalanche: c.avalanche[i],
      spacing: c.spacing[i],
    }));
    const points = rows.filter((r) => r.kind === 'scan');
    const top = Math.max(30, ...points.map((r) => r.bits)) * 2;
    const bottom = Math.min(0.5, ...points.map((r) => r.bits)) / 1.5;
    const main = panel({
      document,
      x: { label: 'phase offset θ₀ / 2π', domain: [0, 1] },
      y: logScale('ηₜₒₜ / log 2', bottom, top),
      marks: [
        Plot.ruleY([14], { stroke: muted, strokeDasharray: '3,4' }),
        Plot.text(['14'], { x: 1, y: 14, dx: -4, dy: -8, textAnchor: 'end', fill: muted }),
        Plot.line(points, { x: 'turn', y: 'bits', stroke: colors[0], strokeWidth: 0.8 }),
        Plot.dot(points, {
          x: 'turn',
          y: 'bits',
          fill: (r: { avalanche: number }) => (r.avalanche ? colors[1] : colors[0]),
          r: 1.8,
        }),
        Plot.dot([0], { frameAnchor: 'top-left', dx: 16, dy: 18, fill: colors[1], r: 4 }),
        Plot.text(['avalanche'], {
          frameAnchor: 'top-left',
          dx: 28,
          dy: 18,
          lineAnchor: 'middle',
          fill: colors[1],
        }),
        Plot.dot([0], { frameAnchor: 'top-left', dx: 116, dy: 18, fill: colors[0], r: 4 }),
        Plot.text(['it fails'], {
          frameAnchor: 'top-left',
          dx: 128,
          dy: 18,
          lineAnchor: 'middle',
          fill: colors[0],
        }),
      ],
    });
    const panels = [{ svg: main }];
    const subtitle = `quasiperiodic lattice, R = ${parameters.radius}, g₀ = 1; ${points.length} offsets, denser where ηₜₒₜ jumps`;
    if (!rows.some((r) => r.kind === 'spacing')) return frame({ title, subtitle }, panels, document);
    const distances = rows.filter((r) => r.kind === 'spacing');
    const strengths = [...new Set(distances.map((r) => r.strength))];
    const summary = strengths.map((w) => {
      const here = distances.filter((r) => r.strength === w);
      const found = here.filter((r) => r.spacing !== ABSENT).map((r) => r.spacing);
      return {
        strength: w,
        largest: Math.max(...found),
        share: found.length / here.length,
        found: found.length,
      };
    });
    const lower = panel({
      document,
      height: LOWER_HEIGHT,
      x: {
        ...logScale('disorder W / hopping', 55, 430),
        ticks: [60, 100, 200, 400],
        tickFormat: (t: number) => String(t),
      },
      y: { label: 'grain spacing R of (20)', domain: [0, Number(parameters.radius) + 0.5] },
      marks: [
        Plot.dot(
          distances.filter((r) => r.spacing !== ABSENT),
          { x: 'strength', y: 'spacing', fill: colors[0], fillOpacity: 0.35, r: 3 },
        ),
        Plot.line(
          summary.filter((s) => s.found > 0),
          { x: 'strength', y: 'largest', stroke: colors[0], strokeWidth: 1.3 },
        ),
        Plot.text([`one dot an offset θ₀ (${SPACING.offsets} a W); line: the largest; d_g = ${SPACING.dg}`], {
          frameAnchor: 'top-right',
          dx: -10,
          dy: 14,
          fill: muted,
        }),
      ],
    });
    return frame(
      { title, subtitle, height: HEIGHT + LOWER_HEIGHT },
      [...panels, { svg: lower, y: HEIGHT } as never],
      document,
    );
  }

  return { id, title, compute, plot };
}

/** Largest η_tot/log 2 among the failed avalanches of a scan; NaN where none failed. */
export function largestFailed({ etaTotBits, avalanche }: Scan): number {
  return etaTotBits.reduce(
    (best, x, i) => (avalanche[i] ? best : Number.isNaN(best) ? x : Math.max(best, x)),
    Number.NaN,
  );
}

export const shareText = (s: Scan) => show(avalancheShare(s), 3);
