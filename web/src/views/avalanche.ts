// The front of an avalanche along a chain, and the movie of the iteration that moves it, for the views that show one.
import { bits, formatNumber } from '../parts/params.js';
import type { Movie } from '../parts/view.js';

/** Iterates of a chain: entropies row by row, Σ η of each, and the entropies in the end; nats. */
interface Iterates {
  count: number;
  rows: Float64Array;
  totals: Float64Array;
  etaTot: number;
  entropy: Float64Array;
}

/** Where the profile falls through ½ log 2, between two l-bits linearly; null where it does not. */
export function crossing(entropy: Float64Array): number | null {
  const half = 0.5 * Math.LN2;
  const k = entropy.findIndex((s) => s < half);
  if (k <= 0) return null;
  return k + (entropy[k - 1] - half) / (entropy[k - 1] - entropy[k]);
}

/** Entropies of step k. */
export function rowOf({ rows, entropy: { length: n } }: Iterates, k: number): Float64Array {
  return rows.subarray(k * n, (k + 1) * n);
}

/** Σ η of step k; the last one is short of the solution by what can no longer be seen. */
export function sumOf(
  { count, totals, etaTot }: Pick<Iterates, 'count' | 'totals' | 'etaTot'>,
  k: number,
): string {
  const end = k === count - 1 ? `; solved, ${formatNumber(bits(etaTot))} log 2` : '';
  return `$Σ η$ = ${formatNumber(bits(totals[k]))} log 2${end}`;
}

/** What the player goes through: the iterates. */
export function movieOf(id: string, r: Iterates): Movie {
  return {
    id,
    count: r.count,
    label(k) {
      const row = rowOf(r, k);
      const at = crossing(row);
      const cold = row[0] < Math.LN2 / 2 ? 'no front yet' : 'past the last l-bit';
      return `${at === null ? cold : `front at $n$ = ${at.toFixed(1)}`}, ${sumOf(r, k)}`;
    },
  };
}
