// What the torture knows of a computation other than eigh: how its arguments are drawn, and what its results must be.
import type { Core } from 'emft';
import type { Random } from './random.js';

export interface Finding {
  /** The kind of failure, without numbers. */
  what: string;
  detail: string;
}

export interface Room<T> {
  draw(random: Random): T;
  /** Everything that is wrong; the error of a call that threw is found by the caller. */
  check(core: Core, model: T): Finding[];
}

/** Collects findings. */
export class Findings {
  readonly list: Finding[] = [];

  /** Wrong unless x ≤ limit, which NaN is not. */
  below(what: string, x: number, limit: number, where = ''): void {
    if (x <= limit) return;
    this.list.push({ what, detail: `${x} is above ${limit}${where && `, ${where}`}` });
  }

  holds(what: string, condition: boolean, detail: string): void {
    if (!condition) this.list.push({ what, detail });
  }
}

/** The largest |x_i − y_i|; NaN where one is, or where lengths differ. */
export function distance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) return Number.NaN;
  let most = 0;
  for (let i = 0; i < x.length; ++i) {
    const d = x[i] === y[i] ? 0 : Math.abs(x[i] - y[i]);
    if (!(d <= most)) most = d;
  }
  return most;
}
