// The axes of a table's picture, for any doubles: what is very large or very small is drawn over a power of ten, which the
// label names, so that neither the range nor the steps between ticks leave the range of doubles.
import type * as Plot from '@observablehq/plot';
import { literal } from '../common/labels.js';
import { quantityOf } from '../files/columnNames.js';
import { logScale, signed } from './style.js';

/** How quantities of sweeps are written in labels; other columns have their names. */
const quantityLabels: Readonly<Record<string, string>> = {
  alpha: '$α$',
  deltaAlpha: '$δα$',
  g: '$g$',
  g0: '$g_0$',
  g10: '$g_{1,0}$',
  n: '$N$',
  spin: 'spin $n$',
  h: '$h$',
  deltaH: '$δh$',
  j1: '$J_1$',
  grainDimension: '$d_g$',
  radius: '$R$',
  strength: '$W$',
  theta0: '$θ_0$',
  eta: '$η$',
  etaTot: '$η_{tot}$',
  etaLow: '$η_{tot}$, lower bound',
  etaHigh: '$η_{tot}$, upper bound',
  entropy: '$[S]$',
  czz: '$C^{{z}{z}}$',
  eigenvalue: '$E$',
};

/** A column as a label of an axis: its quantity over its unit, and over a power of ten where it is drawn so. */
export function axisLabel(column: string, exponent = 0): string {
  const { name, unit } = quantityOf(column);
  const symbol = Object.hasOwn(quantityLabels, name) ? quantityLabels[name] : literal(name);
  const power = exponent === 0 ? '' : `10^{${exponent}}`;
  if (unit === '1') return power === '' ? symbol : `${symbol} / $${power}$`;
  if (unit === 'log 2' && symbol.endsWith('$')) {
    const over = power === '' ? 'log 2' : `(${power} log 2)`;
    return `${symbol.slice(0, -1)} / ${over}$`;
  }
  return power === '' ? `${symbol} (${unit})` : `${symbol} ($${power}$ ${unit})`;
}

/** Numbers of these decimal exponents are read as they are. */
const PLAIN = { least: -5, most: 6 };

/** Fewer decades than this of a logarithmic axis have too few powers of ten to read by. */
const FEW_DECADES = Math.log10(30);

/** The decimal exponent of the power of ten over which values are drawn: 0 for those that can be read as they are. */
export function exponentOf(values: readonly number[], log: boolean): number {
  const sizes = values.map(Math.abs);
  const most = sizes.reduce((a, b) => Math.max(a, b), 0);
  const least = sizes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (most === 0) return 0;
  // Powers of ten are ticks there.
  if (log && Math.log10(most) - Math.log10(least) >= FEW_DECADES) return 0;
  const exponent = Number(most.toExponential().split('e')[1]);
  return exponent >= PLAIN.least && exponent <= PLAIN.most ? 0 : exponent;
}

/** v / 10^exponent; neither power on the way leaves the range of doubles. */
export function over(v: number, exponent: number): number {
  if (exponent === 0) return v;
  const half = Math.trunc(exponent / 2);
  return v / 10 ** half / 10 ** (exponent - half);
}

/** Most ticks with labels on a logarithmic axis of less than a decade or two, and the ratio that parts their labels. */
const MOST_TICKS = 7;
const APART = 1.05;

/** Ticks of a logarithmic axis too short for powers of ten: the values themselves where they are few whole numbers, otherwise round ones. */
function plainTicks(values: readonly number[], [low, high]: readonly [number, number]): number[] {
  const places = [...new Set(values)].sort((a, b) => a - b);
  const parted = places.every((v, i) => i === 0 || v / places[i - 1] >= APART);
  if (places.length <= MOST_TICKS && parted && places.every(Number.isInteger)) return places;
  const decades = [Math.floor(Math.log10(low)), Math.floor(Math.log10(high))];
  const exponents = Array.from({ length: decades[1] - decades[0] + 1 }, (_, i) => decades[0] + i);
  const within = (digits: readonly number[]) =>
    exponents
      .flatMap((e) => digits.map((digit) => Number(`${digit}e${e}`)))
      .filter((v) => v >= low && v <= high);
  const round = within([1, 2, 5]);
  const every = round.length >= 3 ? round : within([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  if (every.length >= 2) return every.length <= MOST_TICKS ? every : every.filter((_, i) => i % 2 === 0);
  // A small part of a decade is nearly linear.
  const step = stepOf((high - low) / 4);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** The round number next to x: 1, 2 or 5 times a power of ten. */
function stepOf(x: number): number {
  const power = 10 ** Math.floor(Math.log10(x));
  return power * ([1, 2, 5].find((digit) => digit * power >= x) ?? 10);
}

/** The axis for values, with some room at its ends, and with decades as ticks where it is logarithmic. */
export function axisOf(label: string | null, values: readonly number[], log: boolean): Plot.ScaleOptions {
  const [low, high] = values.reduce(
    ([a, b], v) => [Math.min(a, v), Math.max(b, v)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  if (log) {
    // Of logarithms: the ratio of the ends may overflow.
    const span = Math.log10(high) - Math.log10(low);
    const air = low === high ? 2 : 10 ** (0.04 * span);
    const scale = logScale('', Math.max(low / air, Number.MIN_VALUE), Math.min(high * air, Number.MAX_VALUE));
    const plain =
      span < FEW_DECADES
        ? { ticks: plainTicks(values, scale.domain as [number, number]), tickFormat: signed }
        : {};
    return { ...scale, ...plain, label };
  }
  // Closer than some doubles to each other there is nothing between two values to put a tick at.
  const flat = high - low <= 16 * Number.EPSILON * Math.max(Math.abs(low), Math.abs(high));
  const air = flat ? Math.abs(low) / 2 || 1 : (high - low) * 0.04;
  const places = [...new Set(values)];
  // A few whole numbers are ticks themselves, none between them.
  const whole = places.length <= 12 && places.every(Number.isInteger);
  const ticks = whole ? { ticks: places, tickFormat: signed } : {};
  return { label, domain: [low - air, high + air], ...ticks };
}
