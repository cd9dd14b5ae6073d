// Values of one parameter: a single value, a list, or a range. Pure arithmetic (no transcendental functions of the
// host), so that a grid has the same bits on every machine.
import { InputError } from 'emft/check';
import type { ParameterValue } from '../common/parameters.js';
import { geometricGrid } from './geometric.js';

export interface AxisRange {
  from: number;
  to: number;
  points: number;
  spacing?: 'linear' | 'geometric';
}

/** A list, or a range that becomes a list where it is used. */
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
  if (spacing === 'geometric' && !(Math.sign(from) * Math.sign(to) > 0)) {
    throw new InputError(
      name,
      `geometric spacing needs ends of one sign other than 0, got ${from} and ${to}`,
    );
  }
  return { ...value, from: from + 0, to: to + 0 };
}

/** Drops the sign of a zero, which the manifest of a run does not keep. */
function unsigned(value: ParameterValue): ParameterValue {
  return typeof value === 'number' ? value + 0 : value;
}

/** Every value of an axis, in order; the ends of a range are exact. */
export function axisValues(axis: Axis): ParameterValue[] {
  if (Array.isArray(axis)) return axis;
  const { from, to, points, spacing = 'linear' } = axis;
  return spacing === 'geometric' ? geometricGrid(from, to, points - 1) : linearGrid(from, to, points);
}

/** A power of two above the number of points of any range. */
const ABOVE_ALL_POINTS = 2 ** 21;

function linearGrid(from: number, to: number, points: number): number[] {
  // The products below must not overflow.
  const unit = Number.isFinite((to - from) * points) ? 1 : ABOVE_ALL_POINTS;
  const [a, b] = [from / unit, to / unit];
  const values = Array.from({ length: points }, (_, i) => (a + ((b - a) * i) / (points - 1 || 1)) * unit);
  values[points - 1] = to;
  return values;
}
