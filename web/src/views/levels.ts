// What views of spectra have in common: the ratios of neighbouring gaps, and how they are spread over 0 … 1.

import type { Core } from 'emft';
import type { MEAN_RATIOS } from '../../../cli/src/common/constants.js';

export interface LevelStatistics {
  /** Mean ratio of consecutive gaps; NaN of fewer than three levels. */
  gapRatio: number;
  /** The ratios, one for each three levels in a row. */
  ratios: Float64Array;
  /** Standard error of their mean, as if they were independent. */
  error: number;
  /** Gaps that are no gaps: levels that come more than once. */
  equal: number;
  /** Density of ratios in the middles of bins of equal width, and what random spectra have there. */
  r: Float64Array;
  density: Float64Array;
  poisson: Float64Array;
  goe: Float64Array;
  gue: Float64Array;
  /** The same at the ends of ten times as many pieces of 0 … 1, for curves. */
  curves: Record<'r' | 'poisson' | 'goe' | 'gue', Float64Array>;
}

const BINS = 20;

/** Gaps up to this share of the largest level are none: they come from rounding, where symmetries that are not used make copies. */
const RESOLVED = { tolerance: 1e-12 };
/** Levels of two spectra no farther apart than this, relative to the largest |E|, are the same: rounding of either solver is far below. */
const ALIKE = 1e-10;

/** Gaps of ascending levels that are none. */
function copies(levels: Float64Array): number {
  const least = RESOLVED.tolerance * Math.max(Math.abs(levels[0]), Math.abs(levels[levels.length - 1]));
  return levels.filter((x, k) => k > 0 && x - levels[k - 1] <= least).length;
}

/** Whether two spectra are one, but for rounding. */
export function alike(one: Float64Array, other: Float64Array): boolean {
  const size = Math.max(...[one[0], one[one.length - 1]].map(Math.abs));
  return one.length === other.length && one.every((e, k) => Math.abs(e - other[k]) <= ALIKE * size);
}

/** Of one spectrum, ascending. */
export function statisticsOf(core: Core, values: Float64Array): LevelStatistics {
  return pooled(core, [values]);
}

/** Of several, whose ratios are taken apart and then together. */
export function pooled(core: Core, spectra: readonly Float64Array[]): LevelStatistics {
  const parts = spectra
    .filter((values) => values.length > 2)
    .map((values) => core.gapRatios(values, RESOLVED));
  const ratios = Float64Array.from(parts.flatMap((part) => Array.from(part).filter(Number.isFinite)));
  const count = ratios.length;
  // Of one spectrum the library's own mean, to the bit.
  const single = spectra.length === 1 && spectra[0].length > 2;
  const gapRatio = single
    ? core.gapRatio(spectra[0], RESOLVED)
    : count > 0
      ? ratios.reduce((sum, x) => sum + x, 0) / count
      : Number.NaN;
  const squares = ratios.reduce((sum, x) => sum + (x - gapRatio) * (x - gapRatio), 0);
  const r = Float64Array.from({ length: BINS }, (_, b) => (b + 0.5) / BINS);
  const density = new Float64Array(BINS);
  for (const x of ratios) density[Math.min(BINS - 1, Math.floor(x * BINS))] += BINS / count;
  const fine = Float64Array.from({ length: 10 * BINS + 1 }, (_, i) => i / (10 * BINS));
  const of = (ensemble: keyof typeof MEAN_RATIOS, x = r) => core.levelReference(ensemble, 'gapRatio', x);
  return {
    gapRatio,
    ratios,
    error: count > 1 ? Math.sqrt(squares / (count * (count - 1))) : Number.NaN,
    equal: spectra.reduce((sum, values) => sum + copies(values), 0),
    r,
    density,
    poisson: of('poisson'),
    goe: of('goe'),
    gue: of('gue'),
    curves: { r: fine, poisson: of('poisson', fine), goe: of('goe', fine), gue: of('gue', fine) },
  };
}
