// emft ed for several random models: averages over samples, and the results of each.
import type { GrainEigenstates } from 'emft';
import { EmftError, InputError } from 'emft/check';
import { cores } from '../../files/cores.js';
import type { Outcome, TaskPool } from '../../sweeps/engines/local/pool.js';
import type { SampleMeans } from '../../sweeps/tasks/sampleMeans.js';
import { printFacts, printJson, printTable } from '../common.js';
import { createProgress, interruptible } from '../progress.js';
import type { Parameters, Work } from './shared.js';

export async function edOfSeveral(parameters: Parameters, samples: number, work: Work): Promise<void> {
  const { TaskPool } = await import('../../sweeps/engines/local/pool.js');
  const most = work.threads === 'auto' ? cores() : work.threads;
  const pool = new TaskPool({ workers: Math.min(most, samples) });
  try {
    const { states, means } = await interruptible((signal) =>
      compute(pool, parameters, samples, work, signal),
    );
    await print(states, means, work.json);
  } finally {
    await pool.close();
  }
}

interface Computed {
  states: GrainEigenstates[];
  means: SampleMeans;
}

async function compute(
  pool: TaskPool,
  { seed, ...params }: Parameters,
  samples: number,
  { window, method }: Work,
  signal: AbortSignal,
): Promise<Computed> {
  const progress = createProgress(1);
  try {
    // Bad options fail in every sample: they are found before the samples are announced.
    const check = { kind: 'grainModel', params, seed, index: 0 };
    (await pool.run([check], { signal })).forEach(answerOf);
    progress.step(`${samples} samples`);
    const outcomes = await pool.run<GrainEigenstates>(
      Array.from({ length: samples }, (_, index) => ({
        kind: 'grain',
        params: { ...params, window, method, verify: true },
        seed,
        index,
      })),
      { signal, onProgress: ({ done, total }) => void progress.update(done / total) },
    );
    const states = outcomes.map(answerOf);
    const measured = states.map(({ meanEntropy, czz, gapRatio }) => ({ meanEntropy, czz, gapRatio }));
    // A worker computes this too: where addresses are few there is no room for one more core.
    const average = { kind: 'sampleMeans', params: measured, seed, index: 0 };
    const [means] = await pool.run<SampleMeans>([average]);
    return { states, means: answerOf(means) };
  } finally {
    progress.stop();
  }
}

/** Throws the error of a worker as an error of the command, with the argument that it is about. */
function answerOf<R>(outcome: Outcome<R>): R {
  if (outcome.status === 'done') return outcome.value;
  if (outcome.status === 'skipped') throw new EmftError('not run');
  const { message, input } = outcome.error;
  throw input ? new InputError(input.path, input.reason) : new EmftError(message);
}

async function print(states: GrainEigenstates[], means: SampleMeans, json?: boolean): Promise<void> {
  const samples = states.length;
  if (json) {
    await printJson({
      samples,
      eigenvalues: states.map((s) => s.eigenvalues),
      ...means,
      entropies: states.map((s) => s.entropies),
    });
  } else {
    const { meanEntropy, meanEntropyError, czz, czzError } = means;
    const n = Array.from(meanEntropy, (_, k) => k + 1);
    await printTable({ n, meanEntropy, meanEntropyError, czz, czzError });
    await printFacts({ samples, gapRatio: means.gapRatio, gapRatioError: means.gapRatioError });
  }
}
