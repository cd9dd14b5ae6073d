// Which site an orbital belongs to: an assignment problem (Kuhn–Munkres).
import { munkres } from 'munkres';

/**
 * `gain`: n×n, row k the gain of giving orbital k to each site. Returns the site of each orbital, a permutation that
 * maximizes the total gain. O(n³) at worst; localized orbitals at n = 1000 take well below a second.
 */
export function assignSites(gain: Float64Array, n: number): Int32Array {
  const cost: number[][] = [];
  for (let k = 0; k < n; ++k) {
    const row = gain.subarray(k * n, (k + 1) * n);
    cost.push(Array.from(row, (x) => -x));
  }
  const site = new Int32Array(n);
  for (const [orbital, to] of munkres(cost)) site[orbital] = to;
  return site;
}
