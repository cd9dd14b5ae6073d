// A quantum sun in the form that computations use, and a random one: J. Šuntajs and L. Vidmar, Phys. Rev. Lett. 129, 060602 (2022);
// Phys. Rev. B 110, 134206 (2024).
import { bitCount } from '../operator/paulis.js';
import { goe, keyWords, uniforms } from '../random/draw.js';
import type { Runtime } from '../wasm/runtime.js';
import type { RandomSunModel, SunSymmetry } from './types.js';

/** The model after checks; `dot` flat and exactly symmetric. */
export interface CheckedSun extends RandomSunModel {
  dotSpins: number;
}

/** The checked options of `randomSunModel`. */
export interface RandomSunTask {
  spins: number;
  alpha: number;
  seed: number;
  index: number;
  dotSpins: number;
  g0: number;
  gamma: number;
  zeta: number;
  fields: readonly [from: number, to: number];
  conserve: SunSymmetry;
}

/** The streams from which the random numbers of one realization are drawn; a larger sun has those of a smaller one. */
const SUN_STREAMS = { dot: 1, fields: 2, exponents: 3, partners: 4 } as const;

/**
 * γ R with Gaussian entries, off the diagonal of variance v and on it of 2v; with `u1` only between states of one number of up
 * spins. E tr H_dot² = v Σ d_b (d_b + 1) over blocks of d_b states: v = 1/(d + 1) without symmetry, as published.
 */
function randomDot(
  runtime: Runtime,
  { seed, index, dotSpins, gamma, conserve }: RandomSunTask,
): Float64Array {
  const d = 2 ** dotSpins;
  const sizes = new Array(dotSpins + 1).fill(0);
  for (let a = 0; a < d; ++a) sizes[conserve === 'u1' ? bitCount(a) : 0]++;
  const variance = d / sizes.reduce((sum, size) => sum + size * (size + 1), 0);
  const dot = goe(runtime, keyWords(seed, SUN_STREAMS.dot, index), d, variance);
  for (let a = 0; a < d; ++a) {
    for (let b = 0; b < d; ++b) {
      const apart = conserve === 'u1' && bitCount(a) !== bitCount(b);
      dot[a * d + b] = apart ? 0 : gamma * dot[a * d + b];
    }
  }
  return dot;
}

/** first · α^u, by the core's own logarithm and exponential: the same bits on every host. */
function powers(runtime: Runtime, first: number, alpha: number, exponents: Float64Array): Float64Array {
  return runtime.scope((arena) => {
    const n = exponents.length;
    const at = arena.put(Float64Array.of(alpha));
    runtime.wasm.logVector(1, at, at);
    const [log] = arena.take(at, 1);
    const out = arena.put(exponents.map((u) => u * log));
    runtime.wasm.expVector(n, out, out);
    return arena.take(out, n).map((x) => first * x);
  });
}

export function randomSunModel(runtime: Runtime, task: RandomSunTask): RandomSunModel {
  const { spins, alpha, seed, index, dotSpins, g0, zeta, fields, conserve } = task;
  const draws = (stream: number) => uniforms(runtime, keyWords(seed, stream, index), spins);
  const exponents = draws(SUN_STREAMS.exponents).map((u, j) => (j === 0 ? 0 : j + zeta * (2 * u - 1)));
  return {
    dot: randomDot(runtime, task),
    fields: draws(SUN_STREAMS.fields).map((u) => fields[0] + (fields[1] - fields[0]) * u),
    couplings: powers(runtime, g0, alpha, exponents),
    partners: Int32Array.from(draws(SUN_STREAMS.partners), (u) => Math.floor(dotSpins * u)),
    conserve,
  };
}
