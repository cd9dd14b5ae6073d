// A random model: H_g from the GOE, fields in a box, couplings that fall off exponentially ([CC22] (12)).
import { goeOfScale, keyWords, uniforms } from '../random/draw.js';
import type { Runtime } from '../wasm/runtime.js';
import type { RandomGrainModel } from './types.js';

/** The checked options of `randomGrainModel`. */
export interface RandomTask {
  alpha: number;
  n: number;
  seed: number;
  index: number;
  dg: number;
  h: number;
  deltaH: number;
  j1: number;
  scale: number;
}

/** The streams from which the random numbers of one realization are drawn. */
const Stream = { grain: 1, fields: 2 } as const;

/** J_1 … J_N. */
export function drawnCouplings({ j1, alpha, n }: Pick<RandomTask, 'j1' | 'alpha' | 'n'>): Float64Array {
  const couplings = new Float64Array(n);
  for (let k = 0, j = j1; k < n; ++k, j *= alpha) couplings[k] = j;
  return couplings;
}

export function randomGrainModel(runtime: Runtime, task: RandomTask): RandomGrainModel {
  const { n, seed, index, dg, h, deltaH, scale } = task;
  const grain = goeOfScale(runtime, keyWords(seed, Stream.grain, index), dg, scale);
  const fields = uniforms(runtime, keyWords(seed, Stream.fields, index), n).map(
    (u) => h + deltaH * (2 * u - 1),
  );
  return { grain, fields, couplings: drawnCouplings(task) };
}
