// emft ed for one random model.
import { withCore } from '../common.js';
import { type Parameters, printStates, type Work } from './shared.js';

export async function edOfOne(parameters: Parameters, { window, method, threads, json }: Work) {
  const states = await withCore(
    (core) => core.diagonalizeGrain({ ...core.randomGrainModel(parameters), window, method, verify: true }),
    threads,
  );
  await printStates(states, json);
}
