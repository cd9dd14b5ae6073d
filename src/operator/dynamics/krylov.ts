// Time evolution in Krylov spaces (T. J. Park and J. C. Light, J. Chem. Phys. 85, 5870 (1986)): in the space of ψ, Hψ, …
//     e^{−iHt} ψ ≈ Q e^{−iTt} Q* ψ ,
// with an error of at most β_m ∫₀ᵗ |e_m* e^{−iTs} e_1| ds ≤ Π_{j≤m} (β_j t/j) for Hermitian H: the last element of a function of
// T is the product of the β below it times a divided difference, which is no more than a derivative over a factorial. A space that
// H leads out of by β at its last vector loses no more than β t, and one that hangs together by a β, 2β t. Small orders take the
// whole space, so that nothing is left out. In imaginary time all these errors grow as the lowest level does.
import { ConvergenceError } from '../../wasm/errors.js';
import { exponentials } from '../../wasm/exponentials.js';
import type { Steps } from '../../wasm/steps.js';
import { type Chain, chainSteps } from '../chain.js';
import { fillNormal } from '../randomVectors.js';
import { type Ritz, ritz } from '../ritz.js';
import { leadingBits, type Span } from '../span.js';
import { KRYLOV_VECTORS } from '../tuning.js';
import { type Small, small, VectorBlocks } from '../vectorBlocks.js';
import { decays, turns } from './exponentials.js';
import { type Flow, LEAST_ERROR, MOST_COPIES, type Moved, type Propagator, rounding } from './propagator.js';

/** Halvings that find the longest time. */
const TIME_HALVINGS = 50;
/** A vector whose share in a level is no larger than this has none: its square vanishes. */
const NONE = 2 ** -500;

/** Vectors of a space. */
function spaceSize(n: number): number {
  return Math.min(KRYLOV_VECTORS, n);
}

/** Bytes that it takes from an arena. */
export function krylovBytes({
  runtime,
  computed,
  length,
  pairs,
}: Pick<Flow, 'runtime' | 'computed' | 'length' | 'pairs'>): number {
  const most = spaceSize(computed.n) + 1;
  return 8 * length * most + VectorBlocks.bytes(runtime, computed.n, pairs, most, 1);
}

/** What is left out in a time, at most. */
function boundOf({ rests, ended }: Chain, time: number): number {
  if (ended) return rests[rests.length - 1] * time;
  const product = rests.reduce((so, beta, j) => so * ((beta * time) / (j + 1)), 1);
  return Math.min(product, 2 * Math.min(...rests) * time);
}

/** The longest time, up to `most`, in which no more than `rate` per unit of it is left out. */
function reach(chain: Chain, rate: number, most: number): number {
  const fits = (time: number) => boundOf(chain, time) <= Math.max(rate * time, LEAST_ERROR);
  if (chain.ended || fits(most)) return most;
  let [from, to] = [0, most];
  // Times of all sizes: first by factors, then by halving.
  while (to > 0 && !fits(0.5 * to)) to *= 0.5;
  from = 0.5 * to;
  for (let k = 0; k < TIME_HALVINGS; ++k) {
    const middle = 0.5 * (from + to);
    if (fits(middle)) from = middle;
    else to = middle;
  }
  return from;
}

/** With estimates of the ends of the spectrum for imaginary time, unless a space is the whole one. */
export function krylov(flow: Flow, span: Span | null): Propagator {
  const { runtime, arena, computed, length, pairs, rate, apply } = flow;
  const size = spaceSize(computed.n);
  const columns = new VectorBlocks(runtime, arena, computed.n, pairs, size + 1, 1);
  const q = arena.f64(length * (size + 1));
  /** |H|: of the ends of the spectrum, of the space, and of those before it, the largest. */
  let norm = Math.max(flow.size, Math.abs(span?.lowest ?? 0), Math.abs(span?.highest ?? 0));
  /** Time by which a product of the last space moved the state. */
  let lately = 0;
  let made = 0;
  const fresh =
    computed.n === size ? (at: number) => fillNormal(runtime, 'whole', made++, length, at) : undefined;

  function* advance(x: number, times: readonly number[], outs: number): Steps<Moved> {
    arena.view(q, length).set(arena.view(x, length));
    made = 0;
    const chain = yield* chainSteps(columns, apply, q, size, { fresh, size: norm });
    const found = ritz(runtime, chain.t, 0, chain.size);
    if (!found) throw new ConvergenceError('eigh did not converge in a Krylov space');
    norm = Math.max(norm, Math.abs(found.values[0]), Math.abs(found.values[chain.size - 1]));
    const first = Math.abs(times[0]);
    const candidates = times.slice(0, MOST_COPIES);
    const most = reach(chain, rate, Math.abs(candidates[candidates.length - 1]));
    lately = reach(chain, rate, Number.MAX_VALUE) / chain.size;
    const near = candidates.filter((time) => Math.abs(time) <= most);
    const stops = near.length > 0 ? near : [Math.sign(times[0]) * leadingBits(Math.min(most, first), 8)];
    const grown = stops.map((time, j) => {
      const { y, log, end } = exponential(flow, found, time);
      const out = outs + 8 * length * j;
      arena.view(out, length).fill(0);
      columns.subtract(chain.size, q, y, out);
      const held = heldFor(flow, found, end, time);
      return { log, gain: gainOf(flow, found, span, end, time), held };
    });
    if (near.length === 0) arena.view(x, length).set(arena.view(outs, length));
    return {
      served: near.length,
      by: near.length === 0 ? stops[0] : 0,
      logs: grown.map(({ log }) => log),
      gains: grown.map(({ gain }) => gain),
      errors: stops.map((time, j) => {
        const { gain, held } = grown[j];
        return gain * (boundOf(chain, Math.abs(time)) + rounding(chain.size, norm * held));
      }),
      products: chain.size,
    };
  }

  return { advance, products: (time) => (lately > 0 ? Math.abs(time) / lately : 0) };
}

/**
 * Time in which energies that are wrong by a unit change the state by its length: in imaginary time the integral, or more, of the length of
 * e^{−(T − θ)s} e_1 over s up to t, θ = `end` as in `exponential`, for what has decayed before has no part in later errors.
 */
function heldFor({ imaginary }: Flow, { values, vectors }: Ritz, end: number, time: number): number {
  if (!imaginary) return time;
  return values.reduce((sum, value, k) => {
    const share = Math.abs(vectors.re[k * values.length]);
    return sum + share * Math.min(Math.abs(time), 1 / Math.abs(value - end));
  }, 0);
}

/** How much a rounding error, or a part left out, grows in the extreme level, in units of the growth at level `end`. */
function gainOf(
  { runtime, imaginary }: Flow,
  { values }: Ritz,
  span: Span | null,
  end: number,
  time: number,
): number {
  if (!imaginary) return 1;
  const level =
    time < 0
      ? Math.max(values[values.length - 1], span?.highest ?? Number.NEGATIVE_INFINITY)
      : Math.min(values[0], span?.lowest ?? Number.POSITIVE_INFINITY);
  return Math.min(Number.MAX_VALUE, exponentials(runtime, Float64Array.of((end - level) * time))[0]);
}

/** −e^{−iTt} e_1, or −e^{−(T − θ)t} e_1 and −θt, θ the level that counts most of those that e_1 is made of. */
function exponential(
  { runtime, pairs, imaginary }: Flow,
  { values, vectors }: Ritz,
  time: number,
): { y: Small; log: number; end: number } {
  const m = values.length;
  const starts = Array.from(values, (_, k) => vectors.re[k * m]);
  const present = (start: number) => Math.abs(start) > NONE;
  const end = values[time < 0 ? starts.findLastIndex(present) : starts.findIndex(present)];
  const factors = imaginary ? decays(runtime, values, time, end) : turns(runtime, values, time);
  const y = small(m, 1, pairs);
  for (let k = 0; k < m; ++k) {
    if (!present(starts[k])) continue;
    const [re, im] = [starts[k] * factors[2 * k], starts[k] * factors[2 * k + 1]];
    for (let i = 0; i < m; ++i) {
      y.re[i] -= re * vectors.re[k * m + i];
      if (y.im) y.im[i] -= im * vectors.re[k * m + i];
    }
  }
  return { y, log: imaginary ? -end * time : 0, end };
}
