// One look for all figures: sizes in points, as they are printed, colours that colour-blind readers can tell apart, dashes and
// marks that say the same in grey, and the scales of axes.
import type * as Plot from '@observablehq/plot';

/** A figure is as wide as one column of a journal page or as both; 72 points are an inch. */
export const COLUMN = 3.375 * 72;
export const PAGE = 7 * 72;
export const HEIGHT = 168;
/** Height of each of three panels one below the other, and of one below a panel of HEIGHT. */
export const PANEL = 150;
export const LOWER = 130;

/** Sizes of type: ticks, legends and notes; labels of axes. */
export const TEXT = 8;
export const LABEL = 9;

export const ink = '#1a1a1a';
export const muted = '#5f5f5f';

/** Okabe & Ito's palette, without its yellow and sky blue, which are too light for a line on white. */
export const colors = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#000000', '#E69F00'];

/** How a curve and its points look: told apart by colour, and in print without colour by dashes and marks. */
export interface SeriesStyle {
  color: string;
  dash?: string;
  symbol: Plot.SymbolType;
  /** The size of its marks, where that tells series apart. */
  r?: number;
}

const dashes = [undefined, '5,2', '1.5,1.8', '6,2,1.5,2', '3,1.5', '8,2'];
const marks = ['circle', 'square', 'triangle', 'diamond', 'star', 'wye'] as const;

/** The style of the k-th curve, for kinds of things that have no order. */
export function series(k: number): SeriesStyle {
  return {
    color: colors[k % colors.length],
    dash: dashes[k % dashes.length],
    symbol: marks[k % marks.length],
  };
}

/** From dark to light in equal steps of lightness, as the map viridis; its lightest part does not show on white. */
const ramp = ['#440154', '#472d7b', '#3b528b', '#2c728e', '#21918c', '#28ae80', '#5ec962', '#addc30'];

/** Styles of `count` curves that have an order, such as sizes: the first is the lightest, and all lines are solid. */
export function sequence(count: number): SeriesStyle[] {
  const last = ramp.length - 2;
  return Array.from({ length: count }, (_, k) => ({
    color: ramp[count === 1 ? 0 : Math.round((last * (count - 1 - k)) / (count - 1))],
    symbol: marks[k % marks.length],
  }));
}

/** Options of a line in a style. */
export function lineStyle({ color, dash }: SeriesStyle, width = 1) {
  return { stroke: color, strokeWidth: width, strokeDasharray: dash };
}

/** Options of points in a style, filled or open. */
export function dotStyle({ color, symbol, r: own }: SeriesStyle, { open = false, r = 2 } = {}) {
  const size = own ?? r;
  // A dot without a stroke is filled; the outline lies half outside.
  return open
    ? { symbol, r: size, stroke: color, strokeWidth: 0.8, fill: 'white' }
    : { symbol, r: size + 0.2, fill: color };
}

/** Limits and guides to the eye. */
export const guide = { stroke: muted, strokeWidth: 0.7, strokeDasharray: '2,2' };

/** Powers of ten as such, other numbers plainly. */
export function decadeTick(x: number): string {
  const exponent = Math.round(Math.log10(x));
  if (Math.abs(x / 10 ** exponent - 1) > 1e-9) return String(x);
  return exponent === 0 ? '1' : exponent === 1 ? '10' : `$10^{${exponent}}$`;
}

/** Decades within [low, high], for the ticks of a logarithmic axis; at most about seven. */
export function decades(low: number, high: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const step = Math.max(1, Math.ceil((last - first) / 6));
  const ticks = [];
  for (let e = first; e <= last; e += step) ticks.push(10 ** e);
  return ticks;
}

/** A logarithmic axis over [low, high] with decades as ticks. */
export function logScale(label: string, low: number, high: number): Plot.ScaleOptions {
  return { type: 'log', domain: [low, high], label, ticks: decades(low, high), tickFormat: decadeTick };
}

/** A number with a minus sign rather than a hyphen. */
export function signed(x: number): string {
  return String(x).replace('-', '−');
}
