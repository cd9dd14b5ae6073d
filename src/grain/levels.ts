// Random grains H_g of each level statistics, with E tr H_g² = d_g scale².
import { eighOf } from '../eigen/eighOf.js';
import type { ModelStatistics } from '../meanfield/statistics.js';
import { goe, goeOfScale, type KeyWords, keyWords, normals, uniforms } from '../random/draw.js';
import { floats } from '../wasm/arena.js';
import { ConvergenceError } from '../wasm/errors.js';
import type { Runtime } from '../wasm/runtime.js';

/** The streams of a random model: its levels, its fields, and the states of independent levels. */
export const GRAIN_STREAMS = { grain: 1, fields: 2, states: 3 } as const;

/** Complex Hermitian, in pairs: real and imaginary parts off the diagonal of variance scale²/(2 d), the diagonal of twice that. */
function gueOfScale(runtime: Runtime, words: KeyWords, d: number, scale: number): Float64Array {
  const z = normals(runtime, words, d * d);
  const [diagonal, part] = [scale / Math.sqrt(d), scale / Math.sqrt(2 * d)];
  const a = floats(2 * d * d);
  let p = 0;
  for (let i = 0; i < d; ++i) {
    a[2 * (i * d + i)] = diagonal * z[p++];
    for (let j = 0; j < i; ++j) {
      const [at, mirror] = [2 * (i * d + j), 2 * (j * d + i)];
      a[at] = a[mirror] = part * z[p++];
      a[at + 1] = part * z[p++];
      a[mirror + 1] = -a[at + 1];
    }
  }
  return a;
}

/** Independent levels, uniform on an interval, in states that have no direction: eigenvectors of a matrix of the GOE. */
function poissonOfScale(
  runtime: Runtime,
  seed: number,
  index: number,
  d: number,
  scale: number,
): Float64Array {
  const u = uniforms(runtime, keyWords(seed, GRAIN_STREAMS.grain, index), d);
  const levels = u.map((x) => Math.sqrt(3) * scale * (2 * x - 1));
  const drawn = goe(runtime, keyWords(seed, GRAIN_STREAMS.states, index), d, 1);
  const { vectors, convergence } = eighOf(runtime, drawn, d, { vectors: true });
  if (!convergence.converged) throw new ConvergenceError('randomGrainModel: eigh did not converge');
  return runtime.scope((arena) => {
    const { wasm } = runtime;
    const right = arena.put(vectors.map((x, p) => x * levels[Math.floor(p / d)]));
    const [left, out] = [arena.put(vectors), arena.f64(d * d)];
    const work = arena.bytes(wasm.gemmWorkspace(d, d, d) >>> 0);
    wasm.gemm(d, d, d, 1, wasm.operands(left, 1, d, right, d, 1, work), 0, out, d);
    const h = arena.take(out, d * d);
    // Symmetric to the bit.
    for (let i = 0; i < d; ++i) for (let j = 0; j < i; ++j) h[i * d + j] = h[j * d + i];
    return h;
  });
}

/** H_g: d² numbers, of 'gue' in pairs. */
export function randomGrain(
  runtime: Runtime,
  { seed, index, dg, scale, grain }: RandomGrainTask,
): Float64Array {
  if (grain === 'poisson') return poissonOfScale(runtime, seed, index, dg, scale);
  const words = keyWords(seed, GRAIN_STREAMS.grain, index);
  return grain === 'gue' ? gueOfScale(runtime, words, dg, scale) : goeOfScale(runtime, words, dg, scale);
}

interface RandomGrainTask {
  seed: number;
  index: number;
  dg: number;
  scale: number;
  grain: ModelStatistics;
}
