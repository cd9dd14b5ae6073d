// Orders of symmetries and of the groups that they generate.
import type { ModelSymmetry } from './model.js';

/** Elements up to which a group is counted. A bound on the wait. */
const COUNTED = 4096;

/** The sites that one step of a permutation goes through, for each of its cycles. */
function cycles(permutation: readonly number[]): number[] {
  const seen = new Set<number>();
  const lengths: number[] = [];
  for (const start of permutation.keys()) {
    let length = 0;
    for (let site = start; !seen.has(site); site = permutation[site]) {
      seen.add(site);
      length++;
    }
    if (length > 0) lengths.push(length);
  }
  return lengths;
}

function greatest(a: number, b: number): number {
  return b === 0 ? a : greatest(b, a % b);
}

/** The least m > 0 for which the symmetry, m times, is the identity. */
export function orderOf({ permutation = [], flip }: Pick<ModelSymmetry, 'permutation' | 'flip'>): number {
  return cycles(permutation).reduce((m, length) => (m * length) / greatest(m, length), flip ? 2 : 1);
}

/** How many elements the group has, up to a bound. */
export function groupOrder(generators: readonly Pick<ModelSymmetry, 'permutation' | 'flip'>[]): number {
  const sites = generators.reduce((most, { permutation = [] }) => Math.max(most, permutation.length), 0);
  const identity = Array.from({ length: sites }, (_, i) => i);
  const key = (permutation: readonly number[], flip: boolean) => `${permutation.join()} ${flip}`;
  const found = new Map([[key(identity, false), { permutation: identity, flip: false }]]);
  for (const one of found.values()) {
    for (const { permutation = identity, flip } of generators) {
      const next = { permutation: one.permutation.map((site) => permutation[site]), flip: one.flip !== flip };
      found.set(key(next.permutation, next.flip), next);
      if (found.size >= COUNTED) return found.size;
    }
  }
  return found.size;
}
