// Where the couplings of a bath have become small: [CC22] (20) for any distances.
import { exponentials } from '../wasm/exponentials.js';
import type { Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';

/** d = dg e^{η_tot}: the states of a bath of dg states with the l-bits in it; Infinity beyond the range of doubles, as in an avalanche. */
export function bathStates(runtime: Runtime, dg: number, etaTot: number): number {
  // Far enough below the largest exponent that the exponential is a double.
  return etaTot < 600 ? dg * exponentials(runtime, [etaTot])[0] : Number.POSITIVE_INFINITY;
}

/** How small the couplings have to be, of a bath of d states. */
interface Collar {
  d: number;
  ratio: number;
  /** The farthest distance there is, the largest of the l-bits' by default. */
  outer?: number;
}

/** Numbers that are merged between two pauses: 6 ms of random ones (AMD EPYC, Zen 4, Node 20). It only bounds a wait. */
const SORTED = 2 ** 18;

/** Places of the numbers in descending order, equal ones in the order in which they come: merged runs of 1, 2, 4 … places. */
function* descending(x: Float64Array): Steps<Uint32Array> {
  const n = x.length;
  let from = new Uint32Array(n).map((_, i) => i);
  let to = new Uint32Array(n);
  let left = SORTED;
  for (let run = 1; run < n; run *= 2) {
    for (let start = 0; start < n; start += 2 * run) {
      const [middle, end] = [Math.min(start + run, n), Math.min(start + 2 * run, n)];
      let [i, j] = [start, middle];
      for (let k = start; k < end; ++k) {
        const first = j === end || (i < middle && x[from[i]] >= x[from[j]]);
        to[k] = first ? from[i++] : from[j++];
        if (--left > 0) continue;
        yield undefined;
        left = SORTED;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

/**
 * The smallest distance R with Σ g_n ≤ ratio/d over the l-bits farther away than R ([CC22] (20)), and that sum times d; null where even
 * the farthest l-bits together couple more strongly, so that no R is known, and where d is beyond the range of doubles.
 */
export function* collarSteps(
  g: Float64Array,
  distances: Float64Array,
  { d, ratio, outer }: Collar,
): Steps<{ radius: number; sum: number } | null> {
  if (!(d < Number.POSITIVE_INFINITY)) return null;
  const order = yield* descending(distances);
  let sum = 0;
  for (let from = 0; from < order.length; ) {
    const radius = distances[order[from]];
    // Nothing is farther away than the last of them.
    if (radius === 0 && from > 0) break;
    let shell = 0;
    let to = from;
    for (; to < order.length && distances[order[to]] === radius; ++to) shell += g[order[to]];
    const more = sum + shell * d;
    if (!(more <= ratio)) return from === 0 && !(radius < (outer ?? radius)) ? null : { radius, sum };
    sum = more;
    from = to;
  }
  return { radius: 0, sum };
}
