// Figs. 5(a) and 5(b): the fraction f_aval of lattices whose avalanche runs ([CC22] (19)) against the disorder W, and how
// far the failed ones come. The data are the rows of the sweep in examples/, computed in memory.
import { readFileSync } from 'node:fs';
import * as Plot from '@observablehq/plot';
import { axisValues } from '../sweeps/axis.js';
import { computeExperiment } from '../sweeps/compute.js';
import { type Experiment, parseExperiment } from '../sweeps/experiment.js';
import { type Claim, show } from './claim.js';
import type {
  Columns,
  Figure,
  FigureContext,
  FigureData,
  FigureResult,
  PlotOptions,
  Profile,
} from './figure.js';
import type { Ensemble } from './part.js';
import { colors, frame, HEIGHT, legend, logScale, muted, panel } from './style.js';

const LOWER_HEIGHT = 300;
const STRENGTH_TICKS = [2, 5, 10, 20, 50, 100, 200];

/** All lattices of one radius and disorder. */
export interface Cell {
  radius: number;
  strength: number;
  count: number;
  /** Fraction with an avalanche, and its 68 % interval (Wilson's, which stays sensible at 0 and 1). */
  fraction: number;
  low: number;
  high: number;
  uncertain: number;
  /** Largest and median η_tot/log 2 of the failed avalanches; NaN where none failed. */
  largest: number;
  median: number;
}

/** Rows in groups of equal radius and strength, in the order in which they come. */
export function cells(columns: Columns): Cell[] {
  const { radius, strength, etaTot, avalanche, certain } = columns as Record<string, ArrayLike<number>>;
  const groups = new Map<string, number[]>();
  for (let i = 0; i < radius.length; ++i) {
    const key = `${radius[i]} ${strength[i]}`;
    const rows = groups.get(key);
    if (rows) rows.push(i);
    else groups.set(key, [i]);
  }
  return [...groups.values()].map((rows) => {
    const count = rows.length;
    const fraction = rows.filter((i) => avalanche[i]).length / count;
    const failed = Float64Array.from(
      rows.filter((i) => !avalanche[i]),
      (i) => etaTot[i],
    ).sort();
    const centre = (fraction + 1 / (2 * count)) / (1 + 1 / count);
    const half = Math.sqrt((fraction * (1 - fraction)) / count + 1 / (4 * count * count)) / (1 + 1 / count);
    return {
      radius: radius[rows[0]],
      strength: strength[rows[0]],
      count,
      fraction,
      low: Math.min(fraction, centre - half),
      high: Math.max(fraction, centre + half),
      uncertain: rows.filter((i) => !certain[i]).length,
      largest: failed.at(-1) ?? Number.NaN,
      median: failed.length ? failed[failed.length >> 1] : Number.NaN,
    };
  });
}

/** Largest W with any avalanche and smallest without one above it, of one radius; NaN where the grid does not tell. */
export function thresholdBracket(all: readonly Cell[], radius: number): [number, number] {
  const rows = all.filter((c) => c.radius === radius).sort((a, b) => a.strength - b.strength);
  const last = rows.findLastIndex((c) => c.fraction > 0);
  return [rows[last]?.strength ?? Number.NaN, rows[last + 1]?.strength ?? Number.NaN];
}

export interface FractionOptions {
  id: '5a' | '5b';
  title: string;
  subtitle: string;
  /** Whether the regimes of quasiperiodic lattices are marked. */
  regimes: boolean;
  claims(all: Cell[]): Claim[];
}

export function avalancheFraction({ id, title, subtitle, regimes, claims }: FractionOptions): Figure {
  function readExperiment(profile: Profile): { name: string; whole: Experiment } {
    const name = profile === 'paper' ? `figure-${id}.toml` : `figure-${id}-quick.toml`;
    const text = readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
    return { name, whole: parseExperiment(text, name).experiment };
  }

  const ensemble = (profile: Profile): Ensemble =>
    Object.fromEntries(readExperiment(profile).whole.ensembles.map((e) => [radiusOf(e), e.samples]));

  async function compute({ profile, progress, ensemble: part }: FigureContext): Promise<FigureResult> {
    const { name, whole } = readExperiment(profile);
    const experiment = part ? partOfExperiment(whole, part) : whole;
    const stop = new AbortController();
    const rows = await computeExperiment(experiment, {
      signal: stop.signal,
      // An interrupt shows itself by a rejected progress: the workers stop, and the last call below throws it.
      onProgress: (fraction) => void progress(0.99 * fraction).catch(() => stop.abort()),
    }).catch(async (error) => {
      await progress(0.99);
      throw error;
    });
    await progress(1);
    const columns: Columns = {};
    for (const [key, data] of Object.entries(rows)) {
      // Random phases have no offset: a column without any number is left out.
      if (data instanceof Float64Array && data.every(Number.isNaN)) continue;
      columns[key] = data instanceof Uint8Array ? Int32Array.from(data) : data;
    }
    const all = cells(columns);
    const measured: Record<string, number> = {};
    for (const r of new Set(all.map((c) => c.radius))) {
      [measured[`lastAvalancheAtRadius${r}`], measured[`noAvalancheAtRadius${r}`]] = thresholdBracket(all, r);
    }
    return {
      parameters: { profile, experiment: name, seed: experiment.seed, ...(part && { realizations: part }) },
      columns,
      measured,
      claims: claims(all),
    };
  }

  function plot({ columns }: FigureData, { document }: PlotOptions = {}): SVGElement {
    const all = cells(columns);
    const radii = [...new Set(all.map((c) => c.radius))];
    // More radii than hues: the colours run from light to dark with the size.
    const palette =
      radii.length <= colors.length
        ? colors
        : radii.map((_, i) => `hsl(205 75% ${78 - (58 * i) / (radii.length - 1)}%)`);
    const color = (c: Cell) => palette[radii.indexOf(c.radius)];
    const low = Math.min(...all.map((c) => c.strength)) / 1.1;
    const high = Math.max(...all.map((c) => c.strength)) * 1.1;
    const x = (label: string | null) => ({
      ...logScale(label ?? '', low, high),
      ticks: STRENGTH_TICKS.filter((t) => t >= low && t <= high),
      tickFormat: (t: number) => String(t),
    });
    const largest = all.filter((c) => c.radius === radii.at(-1)).sort((a, b) => a.strength - b.strength);
    const some = largest.find((c) => c.fraction < 1)?.strength ?? high;
    const none = thresholdBracket(all, radii.at(-1)!)[1];
    const marks: Plot.Markish[] = [];
    if (regimes) {
      const bounds = [low, some, Number.isNaN(none) ? high : none, high];
      const names = ['every θ₀', 'some θ₀', 'no θ₀'];
      marks.push(Plot.ruleX(bounds.slice(1, 3), { stroke: muted, strokeDasharray: '3,4' }));
      names.forEach((text, i) => {
        if (bounds[i + 1] > bounds[i] * 1.02)
          marks.push(Plot.text([text], { x: Math.sqrt(bounds[i] * bounds[i + 1]), y: 1.1, fill: muted }));
      });
    }
    const main = panel({
      document,
      x: x('disorder W / hopping'),
      y: {
        label: 'fraction of lattices with an avalanche',
        domain: [0, 1.18],
        ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
      },
      marks: [
        ...marks,
        Plot.line(all, { x: 'strength', y: 'fraction', z: 'radius', stroke: color, strokeWidth: 1.3 }),
        Plot.ruleX(all, { x: 'strength', y1: 'low', y2: 'high', stroke: color, strokeWidth: 1.3 }),
        Plot.dot(all, { x: 'strength', y: 'fraction', fill: color, r: 3 }),
        ...legend(
          radii.map((r) => `R = ${r}`),
          'bottom-left',
          palette,
        ),
      ],
    });
    const failed = all.filter((c) => Number.isFinite(c.largest));
    // Room above the dots for the key.
    const top = Math.max(20, ...failed.map((c) => c.largest)) * 1.2;
    const lower = panel({
      document,
      height: LOWER_HEIGHT,
      x: x('disorder W / hopping'),
      y: { label: 'ηₜₒₜ / log 2 of failed avalanches', domain: [0, top] },
      marks: [
        Plot.ruleY([14], { stroke: muted, strokeDasharray: '3,4' }),
        Plot.text(['14 (the paper)'], { x: low * 1.05, y: 14, dy: -8, textAnchor: 'start', fill: muted }),
        Plot.dot(failed, { x: 'strength', y: 'largest', stroke: color, r: 3.2 }),
        Plot.line(failed, { x: 'strength', y: 'median', z: 'radius', stroke: color, strokeWidth: 1.3 }),
        Plot.text(['dots: largest, lines: median'], {
          frameAnchor: 'top-right',
          dx: -10,
          dy: 16,
          fill: muted,
        }),
      ],
    });
    const height = HEIGHT + LOWER_HEIGHT;
    return frame({ title, subtitle, height }, [{ svg: main }, { svg: lower, y: HEIGHT }], document);
  }

  return { id, title, ensemble, compute, plot };
}

/** Each ensemble of these files is of one radius. */
function radiusOf({ axes }: Experiment['ensembles'][number]): number {
  return axisValues(axes.radius)[0] as number;
}

function partOfExperiment(whole: Experiment, part: Ensemble): Experiment {
  const ensembles = whole.ensembles
    .filter((e) => radiusOf(e) in part)
    .map((e) => ({ ...e, samples: part[radiusOf(e)] }));
  return { ...whole, ensembles };
}

/** "0.98 ± 0.02"-like text of one cell. */
export function fractionText(c: Cell): string {
  return `${show(c.fraction, 3)} (${show(c.low, 2)} … ${show(c.high, 2)})`;
}
