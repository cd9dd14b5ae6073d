// Time evolution by Chebyshev polynomials (H. Tal-Ezer and R. Kosloff, J. Chem. Phys. 81, 3967 (1984)):
//     e^{−iHt} = e^{−ict} Σ_k (2 − δ_k0) (−i)^k J_k(z) T_k(Ĥ) ,   Ĥ = α(H − c) , z = t/α ,
// with T_{k+1} = 2Ĥ T_k − T_{k−1}, a product each. A long time is made of steps of one z, whose time is exact in binary, so that
// no rounding of times adds up. States at several times are sums of the same polynomials.
import { ConvergenceError } from '../../wasm/errors.js';
import { exponentials } from '../../wasm/exponentials.js';
import type { Steps } from '../../wasm/steps.js';
import { checkFinite, type Span, windowOf } from '../span.js';
import { IMAGINARY_STEP, REAL_STEP } from '../tuning.js';
import { type Coefficients, coefficients } from './coefficients.js';
import { turns } from './exponentials.js';
import { type Flow, MOST_COPIES, type Moved, type Propagator, rounding } from './propagator.js';

/** By how much a polynomial may make a vector longer: more, and there are levels outside of [−1, 1]. */
const LONGER = 1.001;
/**
 * The factor by which the window grows then, and how often it may: 1.5^40 is 10⁷. No numbers of speed: a window too narrow costs what was done
 * in it, whatever the factor, and the cap is there for an operator that is not Hermitian.
 */
const WINDOW_GROWTH = 1.5;
const MOST_GROWTHS = 40;

/** Bytes that it takes from an arena. */
export function chebyshevBytes(length: number): number {
  return 2 * 8 * length;
}

export function chebyshev(flow: Flow, span: Span): Propagator {
  const { runtime, arena, length, imaginary, rate, apply } = flow;
  const [one, two] = [arena.f64(length), arena.f64(length)];
  const longest = imaginary ? IMAGINARY_STEP : REAL_STEP;
  const norm = Math.max(flow.size, Math.abs(span.low), Math.abs(span.high));
  let factor = 1;
  let window = windowOf(span, factor);
  /** The coefficients of the one step that long times are made of. */
  let long: { time: number; of: Coefficients } | null = null;

  function* polynomials(x: number, sums: readonly Coefficients[], outs: number, way: number): Steps<boolean> {
    const last = sums.reduce((most, { re }) => Math.max(most, re.length - 1), 0);
    arena.view(outs, length * sums.length).fill(0);
    arena.view(one, length).set(arena.view(x, length));
    let [now, before] = [one, two];
    for (let k = 0; ; ++k) {
      sums.forEach(({ re, im }, j) => {
        if (k < re.length) add(flow, re[k], im?.[k] ?? 0, now, outs + 8 * length * j);
      });
      if (k === last) break;
      const twice = k === 0 ? 1 : 2;
      const beta = k === 0 ? 0 : -1;
      apply(now, before, { alpha: twice * window.alpha, sigma: twice * window.sigma, beta });
      [now, before] = [before, now];
      yield (k / last) * way;
    }
    const square = runtime.wasm.dot(length, now, now);
    checkFinite(square);
    return square <= LONGER;
  }

  function coefficientsFor(time: number): Coefficients {
    if (long?.time === time) return long.of;
    const turn = imaginary ? [1, 0] : turns(runtime, Float64Array.of(window.centre), time);
    return coefficients(runtime, time / window.alpha, imaginary, rate * Math.abs(time), turn);
  }

  /** The factor by which the extreme level multiplies a vector, in the scale of e^{−z}, in which that of the end of the window is 1. */
  function gainOf(time: number): number {
    if (!imaginary) return 1;
    const level = time > 0 ? span.lowest : span.highest;
    const end = window.centre - Math.sign(time) / window.alpha;
    return exponentials(runtime, Float64Array.of(Math.min(0, -(level - end) * time)))[0];
  }

  /** Time in units of 1/|H|; in imaginary time products are more than that time takes, and each has the rounding of H in units of the window. */
  function phaseOf(time: number, products: number): number {
    return norm * (imaginary ? Math.max(Math.abs(time), window.alpha * products) : time);
  }

  function* advance(x: number, times: readonly number[], outs: number): Steps<Moved> {
    let products = 0;
    for (let wider = 0; wider < MOST_GROWTHS; ++wider) {
      const most = longest * window.alpha;
      const near = times.slice(0, MOST_COPIES).filter((time) => Math.abs(time) <= most);
      const way = Math.sign(times[0]) * most;
      const stops = near.length > 0 ? near : [way];
      const sums = stops.map(coefficientsFor);
      if (near.length === 0) long = { time: way, of: sums[0] };
      products += sums.reduce((count, { re }) => Math.max(count, re.length - 1), 0);
      if (yield* polynomials(x, sums, outs, Math.abs(stops[stops.length - 1]))) {
        if (near.length === 0) arena.view(x, length).set(arena.view(outs, length));
        return {
          served: near.length,
          by: near.length === 0 ? way : 0,
          logs: stops.map((time) => (imaginary ? Math.abs(time) / window.alpha - window.centre * time : 0)),
          gains: stops.map(gainOf),
          errors: sums.map(({ tail }, j) => tail + rounding(products, phaseOf(stops[j], products))),
          products,
        };
      }
      factor *= WINDOW_GROWTH;
      window = windowOf(span, factor);
      long = null;
    }
    throw new ConvergenceError('the ends of the spectrum were not found');
  }

  return {
    advance,
    products(time) {
      if (time === 0) return 0;
      const z = Math.abs(time) / window.alpha;
      const steps = Math.floor(z / longest);
      const whole = coefficients(runtime, longest, imaginary, 0, [1, 0]).re.length;
      return steps * whole + (z - steps * longest) + 40;
    },
  };
}

/** The vector at `to` ← itself + (re + i im) times that at x. */
function add({ runtime, length, pairs }: Flow, re: number, im: number, x: number, to: number): void {
  const { wasm } = runtime;
  if (pairs) wasm.addPairs(length / 2, re, im, x, to);
  else wasm.combine(length, x, x, to, to, re, 0, 1, 0);
}
