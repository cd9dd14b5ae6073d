// Levels and how they repel: figures that all views of a spectrum have.
import * as Plot from '@observablehq/plot';
import { MEAN_RATIOS } from '../../../cli/src/common/constants.js';
import { formatNumber } from '../parts/params.js';
import { chart, dashed, hue } from '../parts/theme.js';
import type { Figure } from '../parts/view.js';
import type { LevelStatistics } from './levels.js';

/** Levels in bins of equal width. */
function binned(values: Float64Array, bins: number) {
  const [low, high] = [values[0], values[values.length - 1]];
  // All levels equal: one bin of some width.
  const width = (high - low || 1) / bins;
  const first = high > low ? low : low - 0.5;
  const counts = new Float64Array(bins);
  for (const x of values) counts[Math.min(bins - 1, Math.floor((x - first) / width))]++;
  return Array.from(counts, (count, b) => ({
    x1: first + b * width,
    x2: first + (b + 1) * width,
    count,
    density: count / (values.length * width),
  }));
}

/** Spectra of a width between these have ticks and densities that are doubles. */
const [SMALLEST, LARGEST] = [1e-290, 1e300];

interface SpectrumWords {
  id: string;
  /** Of the axis of energies. */
  label: string;
  title: string;
}

/**
 * Every level as a tick, and above them how dense they are. None where they span so little or so much that ticks or densities would not
 * be doubles.
 */
export function spectrum(values: Float64Array, words: SpectrumWords): Figure[] {
  const width = values[values.length - 1] - values[0];
  return width === 0 || (width > SMALLEST && width < LARGEST) ? [drawnSpectrum(values, words)] : [];
}

function drawnSpectrum(values: Float64Array, { id, label, title }: SpectrumWords): Figure {
  const n = values.length;
  const bins = binned(values, Math.max(6, Math.min(60, Math.round(2 * Math.sqrt(n)))));
  const top = Math.max(...bins.map((bin) => bin.density));
  return {
    id,
    title,
    summary: `${n} levels from ${formatNumber(values[0])} to ${formatNumber(values[n - 1])}: each a tick at the bottom; bars, their density, with an area of 1.`,
    data: { level: Int32Array.from(values, (_, k) => k), eigenvalue: values },
    draw: (width, height, u) =>
      chart(width, height, {
        x: { label, nice: true },
        y: {
          label: 'density of levels',
          domain: [-0.16 * top, 1.06 * top],
          ticks: 5,
          grid: true,
          tickFormat: (t: number) => (t < 0 ? '' : String(t).replace('-', '−')),
        },
        marks: [
          Plot.rectY(bins, {
            x1: 'x1',
            x2: 'x2',
            y: 'density',
            fill: hue.blue,
            fillOpacity: 0.45,
            stroke: hue.blue,
            strokeWidth: u,
          }),
          Plot.ruleX(values, {
            x: (e: number) => e,
            y1: -0.13 * top,
            y2: -0.03 * top,
            stroke: 'currentColor',
            strokeOpacity: n > 400 ? 0.25 : 0.6,
            strokeWidth: u,
          }),
        ],
        tips: [
          ...bins
            .filter((bin) => bin.count > 0)
            .map(({ x1, x2, count, density }) => ({
              x: (x1 + x2) / 2,
              y: density,
              text: `${count} levels from ${formatNumber(x1)} to ${formatNumber(x2)}`,
            })),
          ...Array.from(values, (e, k) => ({ x: e, y: -0.08 * top, text: `$E_{${k}}$ = ${e}` })),
        ],
      }),
  };
}

/** What stands below the figure of gap ratios. */
function readOf(s: LevelStatistics): string {
  const near = (Object.keys(MEAN_RATIOS) as (keyof typeof MEAN_RATIOS)[]).map((name) => {
    return `${name === 'poisson' ? 'independent levels (Poisson)' : name.toUpperCase()} ${MEAN_RATIOS[name].toFixed(4)}`;
  });
  const error = Number.isFinite(s.error) ? ` ± ${formatNumber(s.error)}` : '';
  const equal =
    s.equal > 0
      ? ` ${s.equal === 1 ? 'One gap is' : `${s.equal} gaps are`} 0 to rounding: levels that come more than once.`
      : '';
  return `The mean of $r$, the smaller of two neighbouring gaps over the larger, is ${formatNumber(s.gapRatio)}${error} over ${s.ratios.length === 1 ? 'three levels' : `${s.ratios.length} triples of levels`}; ${near.join(', ')}.${equal}`;
}

/** The distribution of ratios of gaps, with those of random spectra; `complex`: where that of GUE is of interest. */
export function gapRatios(s: LevelStatistics, id: string, complex: boolean): Figure | null {
  if (s.ratios.length === 0) return null;
  const references = [
    { key: 'poisson', label: 'Poisson', color: hue.green },
    { key: 'goe', label: 'GOE', color: hue.orange },
    ...(complex ? [{ key: 'gue', label: 'GUE', color: hue.pink } as const] : []),
  ] as const;
  const half = 0.5 / s.r.length;
  const top = Math.max(2.2, ...s.density);
  return {
    id,
    title: 'Ratios of neighbouring gaps',
    summary: readOf(s),
    data: { r: s.r, density: s.density, poisson: s.poisson, goe: s.goe, gue: s.gue },
    draw: (width, height, u) =>
      chart(
        width,
        height,
        {
          x: { label: 'gap ratio $r$', domain: [0, 1], ticks: 6 },
          y: { label: 'density', domain: [0, 1.05 * top], grid: true, ticks: 5 },
          marks: [
            Plot.rectY(s.r, {
              x1: (r: number) => r - half,
              x2: (r: number) => r + half,
              y: s.density,
              fill: hue.blue,
              fillOpacity: 0.35,
            }),
            ...references.flatMap(({ key, color }) => [
              Plot.lineY(s.curves.r, {
                x: (r: number) => r,
                y: s.curves[key],
                stroke: color,
                strokeWidth: 2.2 * u,
              }),
              Plot.ruleX([MEAN_RATIOS[key]], { ...dashed(u), stroke: color }),
            ]),
            Plot.ruleX([s.gapRatio], { stroke: hue.blue, strokeWidth: 3 * u }),
          ],
          tips: Array.from(s.r, (r, b) => ({
            x: r,
            y: s.density[b],
            text: `$r$ = ${formatNumber(r - half)} … ${formatNumber(r + half)}: density ${formatNumber(s.density[b])}\nPoisson ${formatNumber(s.poisson[b])}, GOE ${formatNumber(s.goe[b])}, GUE ${formatNumber(s.gue[b])}`,
          })),
        },
        [
          { label: 'these levels, mean solid', color: hue.blue, as: 'area' },
          ...references.map(({ label, color }) => ({ label: `${label}, mean dashed`, color })),
        ],
      ),
  };
}
