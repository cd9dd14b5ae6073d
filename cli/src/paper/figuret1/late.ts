// Which l-bits have reached their plateau within the late times.

import { rowsOfKind } from '../columns.js';
import type { Columns } from '../figure.js';

/**
 * An l-bit whose loss 1 − C(t) grows by more than this share within the late times has not reached its plateau. One that falls as slowly
 * as it likes, at a constant rate, has a loss that grows by a third.
 */
const GROWS = 0.05;

export interface Late {
  value: number;
  /** By how much C(t) falls from the first half of the late times to the second. */
  falls: number;
}

export const stillFalls = ({ value, falls }: Late) => falls > GROWS * (1 - value);

/** Of an l-bit of the table, late times being those from until/2 to `until`: the mean of the first half of them less that of the second. */
export function fallsOf(
  columns: Columns,
  until: number,
): (bit: { n: number; alpha: number; spin: number }) => number {
  const curves = rowsOfKind(columns, 'curve', ['n', 'alpha', 'spin', 'time', 'value'] as const);
  return ({ n, alpha, spin }) => {
    const own = curves.filter((r) => r.n === n && r.alpha === alpha && r.spin === spin);
    const meanOf = (from: number, to: number) => {
      const part = own.filter(({ time }) => time >= from * until && time <= to * until);
      return part.reduce((sum, { value }) => sum + value, 0) / part.length;
    };
    return meanOf(0.5, 0.75) - meanOf(0.75, 1);
  };
}
