// Statistics of matrix elements, on checked arguments: assembly/statistics/elements.ts.
import { floats } from '../wasm/arena.js';
import type { Runtime } from '../wasm/runtime.js';
import type { SpectralFunction } from './types.js';

/** Energies ascending, and the elements of an operator between their states: `width` numbers each. */
interface Elements {
  values: Float64Array;
  elements: Float64Array;
  width: number;
}

export function fidelitySusceptibility(
  runtime: Runtime,
  { values, elements, width }: Elements,
  cutoff: number,
): Float64Array {
  const n = values.length;
  return runtime.scope((arena) => {
    const [at, v, out] = [arena.put(values), arena.put(elements), arena.f64(n)];
    runtime.wasm.fidelitySusceptibility(n, at, width, v, cutoff, out);
    return arena.take(out, n);
  });
}

/** The spectral function of the states from `first` to before `last`. */
export function spectralFunction(
  runtime: Runtime,
  { values, elements, width }: Elements,
  edges: Float64Array,
  first: number,
  last: number,
): SpectralFunction {
  const bins = edges.length - 1;
  return runtime.scope((arena) => {
    const [at, v, e] = [arena.put(values), arena.put(elements), arena.put(edges)];
    const [sums, units, pairs] = [arena.f64(bins), arena.f64(bins), arena.f64(bins)];
    runtime.wasm.spectralSums(values.length, at, width, v, first, last, bins, e, sums, units, pairs);
    const weight = arena.take(sums, bins, floats(bins));
    // Weights are of elements times a power of two, which is taken out twice, as their squares may be beyond the doubles.
    const unit = arena.take(units, bins, floats(bins));
    const count = arena.take(pairs, bins, floats(bins));
    return {
      density: weight.map((w, b) =>
        w === 0 ? 0 : w / ((edges[b + 1] - edges[b]) * unit[b]) / (last - first) / unit[b],
      ),
      squares: weight.map((w, b) => w / count[b] / unit[b] / unit[b]),
      pairs: count,
    };
  });
}
