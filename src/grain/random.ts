// A random model: H_g from the GOE or with other level statistics, fields in a box, couplings that fall off exponentially ([CC22] (12)).
import type { ModelStatistics } from '../meanfield/statistics.js';
import { keyWords, uniforms } from '../random/draw.js';
import type { Runtime } from '../wasm/runtime.js';
import { GRAIN_STREAMS, randomGrain } from './levels.js';
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
  grain: ModelStatistics;
}

/** J_1 … J_N. */
export function drawnCouplings({ j1, alpha, n }: Pick<RandomTask, 'j1' | 'alpha' | 'n'>): Float64Array {
  const couplings = new Float64Array(n);
  for (let k = 0, j = j1; k < n; ++k, j *= alpha) couplings[k] = j;
  return couplings;
}

export function randomGrainModel(runtime: Runtime, task: RandomTask): RandomGrainModel {
  const { n, seed, index, h, deltaH } = task;
  const grain = randomGrain(runtime, task);
  const fields = uniforms(runtime, keyWords(seed, GRAIN_STREAMS.fields, index), n).map(
    (u) => h + deltaH * (2 * u - 1),
  );
  const model = { grain, fields, couplings: drawnCouplings(task) };
  return task.grain === 'gue' ? { ...model, complex: true } : model;
}
