// Values of one parameter: a single one, a list, or a range. Pure arithmetic (no host transcendentals), so
// that a grid has the same bits on every machine.
import { InputError } from 'emft';
import type { ParameterValue } from './sweepKind.js';

export interface AxisRange {
  from: number;
  to: number;
  points: number;
  spacing?: 'linear' | 'geometric';
}

/** A list, or a range that is written out where it is used. */
export type Axis = ParameterValue[] | AxisRange;

export function checkAxis(name: string, value: ParameterValue | Axis): Axis {
  if (typeof value !== 'object') return [unsigned(value)];
  if (Array.isArray(value)) {
    if (value.length === 0) throw new InputError(name, 'expected at least one value, got an empty list');
    return value.map(unsigned);
  }
  const { from, to, points, spacing } = value;
  if (points === 1 && from !== to) {
    throw new InputError(`${name}.points`, 'expected at least 2 between different ends, got 1');
  }
  if (spacing === 'geometric' && !(from * to > 0)) {
    throw new InputError(
      name,
      `geometric spacing needs ends of one sign other than 0, got ${from} and ${to}`,
    );
  }
  return { ...value, from: from + 0, to: to + 0 };
}

/** The manifest of a run does not keep the sign of a zero. */
function unsigned(value: ParameterValue): ParameterValue {
  return typeof value === 'number' ? value + 0 : value;
}

/** Every value of an axis, in order; the ends of a range are exact. */
export function axisValues(axis: Axis): ParameterValue[] {
  if (Array.isArray(axis)) return axis;
  const { from, to, points, spacing = 'linear' } = axis;
  const values: number[] = [];
  const ratio = spacing === 'geometric' && points > 1 ? positiveRoot(to / from, points - 1) : 1;
  for (let i = 0, power = 1; i < points; ++i, power *= ratio) {
    values.push(spacing === 'geometric' ? from * power : from + ((to - from) * i) / (points - 1 || 1));
  }
  values[points - 1] = to;
  return values;
}

/** The root x > 0 of xⁿ = a by Newton's iteration for xⁿ/a = 1, after a start by repeated square roots. */
export function positiveRoot(a: number, n: number): number {
  // a^(1/n) = Π over binary digits d_k of 1/n of a^(2^-k): gives about 50 bits; Newton mends the rest.
  let x = 1;
  let root = a;
  let fraction = 1 / n;
  if (n === 1) return a;
  for (let k = 0; k < 52; ++k) {
    root = Math.sqrt(root);
    fraction *= 2;
    if (fraction >= 1) {
      x *= root;
      fraction -= 1;
    }
  }
  for (let k = 0; k < 3; ++k) x -= (x / n) * (1 - a / power(x, n));
  return x;
}

function power(x: number, n: number): number {
  let result = 1;
  for (let base = x, e = n; e > 0; e = Math.floor(e / 2), base *= base) if (e % 2 === 1) result *= base;
  return result;
}
