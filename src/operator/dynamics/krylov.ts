// Time evolution in Krylov spaces (T. J. Park and J. C. Light, J. Chem. Phys. 85, 5870 (1986)): in the space of ψ, Hψ, …
//     e^{−iHt} ψ ≈ Q e^{−iTt} Q* ψ ,
// with an error of at most β_m ∫₀ᵗ |e_m* e^{−iTs} e_1| ds ≤ Π_{j≤m} (β_j t/j) for Hermitian H: the last element of a function of
// T is the product of the β below it times a divided difference, which is no more than a derivative over a factorial.
import { ConvergenceError } from '../../wasm/errors.js';
import type { Steps } from '../../wasm/steps.js';
import { chainSteps } from '../chain.js';
import { Columns, type Small, small } from '../columns.js';
import { type Ritz, ritz } from '../ritz.js';
import { leadingBits } from '../span.js';
import { KRYLOV_VECTORS } from '../tuning.js';
import { decays, turns } from './exponentials.js';
import { type Flow, type Moved, type Propagator, TOGETHER } from './propagator.js';

/** Below this share of the vector nothing is gained. */
const LEAST = 2 ** -58;
/** Halvings by which the longest time is found. */
const HALVINGS = 50;

/** Vectors of a space. */
function spaceSize(n: number): number {
  return Math.min(KRYLOV_VECTORS, n);
}

/** Bytes that it takes from an arena. */
export function krylovBytes({ runtime, computed, length, pairs }: Omit<Flow, 'arena' | 'apply'>): number {
  const most = spaceSize(computed.n) + 1;
  return 8 * length * most + Columns.bytes(runtime, computed.n, pairs, most, 1);
}

/** Π (β_j t/j): the bound for a time. */
function boundOf(rests: Float64Array, time: number): number {
  return rests.reduce((product, beta, j) => product * ((beta * time) / (j + 1)), 1);
}

/** The longest time, up to `most`, in which no more than `rate` per unit of it is left out. */
function reach(rests: Float64Array, rate: number, most: number): number {
  const fits = (time: number) => boundOf(rests, time) <= Math.max(rate * time, LEAST);
  if (rests[rests.length - 1] === 0 || fits(most)) return most;
  let [from, to] = [0, most];
  // Times of all sizes: first by factors, then by halving.
  while (to > 0 && !fits(0.5 * to)) to *= 0.5;
  from = 0.5 * to;
  for (let k = 0; k < HALVINGS; ++k) {
    const middle = 0.5 * (from + to);
    if (fits(middle)) from = middle;
    else to = middle;
  }
  return from;
}

export function krylov(flow: Flow): Propagator {
  const { runtime, arena, computed, length, pairs, rate, apply } = flow;
  const size = spaceSize(computed.n);
  const columns = new Columns(runtime, arena, computed.n, pairs, size + 1, 1);
  const q = arena.f64(length * (size + 1));
  /** Time a product, of the last space. */
  let lately = 0;

  function* advance(x: number, times: readonly number[], outs: number): Steps<Moved> {
    arena.view(q, length).set(arena.view(x, length));
    const chain = yield* chainSteps(columns, apply, q, size);
    const found = ritz(runtime, chain.t, 0, chain.size);
    if (!found) throw new ConvergenceError('eigh did not converge in a Krylov space');
    const first = Math.abs(times[0]);
    const candidates = times.slice(0, TOGETHER);
    const most = reach(chain.rests, rate, Math.abs(candidates[candidates.length - 1]));
    lately = reach(chain.rests, rate, Number.MAX_VALUE) / chain.size;
    const near = candidates.filter((time) => Math.abs(time) <= most);
    const stops = near.length > 0 ? near : [Math.sign(times[0]) * leadingBits(Math.min(most, first), 8)];
    const logs = stops.map((time, j) => {
      const { y, log } = exponential(flow, found, time);
      const out = outs + 8 * length * j;
      arena.view(out, length).fill(0);
      columns.subtract(chain.size, q, y, out);
      return log;
    });
    if (near.length === 0) arena.view(x, length).set(arena.view(outs, length));
    return {
      served: near.length,
      by: near.length === 0 ? stops[0] : 0,
      logs,
      gains: stops.map(() => 1),
      errors: stops.map((time) => boundOf(chain.rests, Math.abs(time))),
      products: chain.size,
    };
  }

  return { advance, products: (time) => (lately > 0 ? Math.abs(time) / lately : 0) };
}

/** −e^{−iTt} e_1, or −e^{−(T − θ)t} e_1 and −θt, θ the end of the spectrum of T that counts most. */
function exponential(
  { runtime, pairs, imaginary }: Flow,
  { values, vectors }: Ritz,
  time: number,
): { y: Small; log: number } {
  const m = values.length;
  const end = time < 0 ? values[m - 1] : values[0];
  const factors = imaginary ? decays(runtime, values, time, end) : turns(runtime, values, time);
  const y = small(m, 1, pairs);
  for (let k = 0; k < m; ++k) {
    const start = vectors.re[k * m];
    const [re, im] = [start * factors[2 * k], start * factors[2 * k + 1]];
    for (let i = 0; i < m; ++i) {
      y.re[i] -= re * vectors.re[k * m + i];
      if (y.im) y.im[i] -= im * vectors.re[k * m + i];
    }
  }
  return { y, log: imaginary ? -end * time : 0 };
}
