// emft element: what one element of a Slurm array runs. Not for people.
import { InputError } from 'emft/check';
import { note } from '../files/streams.js';
import { command } from './command.js';
import { called, file, text, type Values } from './flags.js';
import { run } from './shared.js';

const flags = {
  chunks: text('--chunks <list>', 'numbers and ranges of chunks, such as 0-9,12', { required: true }),
  retryFailed: run.retryFailed,
};

export const element = command({
  name: 'element',
  description: 'compute the given chunks of a run, as an element of a Slurm array',
  example: 'run --chunks 0',
  hidden: true,
  arguments: { dir: file('<dir>', 'directory of the run') },
  flags,
  run: ({ dir, ...options }) => compute(dir, options),
});

async function compute(path: string, { chunks: list, retryFailed }: Values<typeof flags>): Promise<void> {
  // The signal comes some time before the limit; without a handler it would end the process.
  const limit = new AbortController();
  process.on('SIGUSR2', () => limit.abort());
  const [{ RunDirectory }, { parseRanges }, { sweepHere, report }] = await Promise.all([
    import('../sweeps/runDirectory.js'),
    import('../sweeps/engines/slurm/ranges.js'),
    import('./sweepDisplay.js'),
  ]);
  const directory = await RunDirectory.resume(path);
  const chunks = parseRanges(list, directory.chunks.length);
  if (!chunks)
    throw new InputError(
      called(flags.chunks),
      `expected numbers below ${directory.chunks.length}, got ${list}`,
    );
  const workers = Number(process.env.SLURM_CPUS_PER_TASK ?? 1);
  const summary = await sweepHere(directory, { chunks, workers, retryFailed, stop: limit.signal });
  await report(directory, summary, false);
  // Requeues only after progress, so that a chunk longer than the limit does not keep the element going for ever.
  if (limit.signal.aborted && summary.missing > 0 && summary.computed > 0) {
    const { requeueSelf } = await import('../sweeps/engines/slurm/slurm.js');
    note('the time limit is near: back to the queue');
    await requeueSelf();
  }
}
