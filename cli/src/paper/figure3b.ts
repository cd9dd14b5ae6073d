// Fig. 3(b): how many spins a failing avalanche thermalizes as α approaches α_c from below.
import * as Plot from '@observablehq/plot';
import type { Core } from 'emft';
import { show } from './claim.js';
import type { Figure, FigureContext, FigureData, FigureResult, PlotOptions } from './figure.js';
import { logGrid, logLogSlope } from './grids.js';
import { colors, frame, ink, legend, logScale, panel } from './style.js';

const title = 'Fig. 3(b) Extent of failed avalanches near the critical point';
const firstCouplings = [0.1, 0.5, 0.9];
/** Smallest |δα|, points a decade, points. */
const grids = { quick: [1e-3, 16, 40], paper: [1e-4, 16, 56] } as const;
/** The last coupling of a long enough chain: its η is far below the rounding of the sum. */
const NEGLIGIBLE_LOG_G = Math.log(1e-20);

/** Solves chains of growing length until the last spin does not contribute. */
function etaTotOfLongChain(core: Core, g0: number, alpha: number) {
  for (let n = 128; ; n *= 2) {
    const solution = core.solveMeanField(core.drhLogCouplings({ g0, alpha, n }), { log: true });
    if (solution.logG[n - 1] < NEGLIGIBLE_LOG_G || n >= 65536) return { n, ...solution };
  }
}

async function compute({ core, profile, progress }: FigureContext): Promise<FigureResult> {
  const [low, perDecade, count] = grids[profile];
  const distances = logGrid(low, perDecade, count);
  const high = distances[count - 1];
  const columns = { g10: [], deltaAlpha: [], n: [], etaTotBits: [] } as Record<string, number[]>;
  const exponents: Record<string, number> = {};
  let done = 0;
  for (const g10 of firstCouplings) {
    const totals: number[] = [];
    for (const distance of distances) {
      const { n, etaTot } = etaTotOfLongChain(core, g10, Math.SQRT1_2 - distance);
      totals.push(etaTot / Math.LN2);
      columns.g10.push(g10);
      columns.deltaAlpha.push(-distance);
      columns.n.push(n);
      columns.etaTotBits.push(etaTot / Math.LN2);
      await progress(++done / (count * firstCouplings.length));
    }
    exponents[`exponentAt${g10}`] = logLogSlope(
      distances.subarray(0, perDecade + 1),
      totals.slice(0, perDecade + 1),
    );
  }
  const fitted = Object.values(exponents);
  return {
    parameters: { profile, g10: firstCouplings, deltaAlphaRange: [-high, -low] },
    columns,
    measured: exponents,
    claims: [
      {
        id: 'eta-tot-exponent',
        source: 'Fig. 3(b)',
        statement: 'η_tot of a failed avalanche diverges as a power of |δα|',
        stated: 'η_tot ∝ |δα|⁻¹',
        measured: firstCouplings.map((g, i) => `${show(fitted[i])} (g₁₀ = ${g})`).join(', '),
        values: exponents,
        agrees: fitted.every((e) => Math.abs(e + 1) < 0.05),
        note: `Exponents fitted over |δα| from ${low} to ${10 * low}.`,
      },
    ],
  };
}

function plot({ columns }: FigureData, { document }: PlotOptions = {}): SVGElement {
  const { g10, deltaAlpha, etaTotBits } = columns as Record<string, number[]>;
  const rows = Array.from(g10, (g, i) => ({ g, distance: -deltaAlpha[i], total: etaTotBits[i] }));
  const groups = [...new Set(g10)];
  const low = Math.min(...rows.map((r) => r.distance));
  const high = Math.max(...rows.map((r) => r.distance));
  const top = Math.max(...rows.map((r) => r.total));
  // A guide to the eye, parallel to the series and above them.
  const anchor = 2.2 * top * low;
  const guide = [low * 1.1, 0.1].map((x) => ({ x, y: anchor / x }));
  const color = (row: { g: number }) => colors[groups.indexOf(row.g)];
  const svg = panel({
    document,
    x: logScale('distance to the critical point, |δα|', low * 0.8, high * 1.2),
    y: logScale('ηₜₒₜ / log 2', 0.8, top * 4),
    marks: [
      Plot.line(guide, { x: 'x', y: 'y', stroke: ink, strokeDasharray: '6,4' }),
      Plot.text(['∝ |δα|⁻¹'], {
        x: 0.01,
        y: anchor / 0.01,
        dx: 10,
        dy: -8,
        textAnchor: 'start',
      }),
      Plot.line(rows, { x: 'distance', y: 'total', z: 'g', stroke: color, strokeWidth: 1 }),
      Plot.dot(rows, { x: 'distance', y: 'total', fill: color, r: 3 }),
      ...legend(
        groups.map((g) => `g₁,₀ = ${g}`).reverse(),
        'bottom-left',
        colors.slice(0, groups.length).reverse(),
      ),
    ],
  });
  const subtitle = 'δα = α − 1/√2 < 0, chains long enough that the last spin does not contribute';
  return frame({ title, subtitle }, [{ svg }], document);
}

export const figure: Figure = { id: '3b', title, compute, plot };
