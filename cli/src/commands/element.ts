// emft element: what one element of a Slurm array runs. Not for people.
import type { Command } from 'commander';
import { InputError } from 'emft';
import { note } from '../files/streams.js';

interface Options {
  chunks: string;
  retryFailed?: boolean;
}

export function addElement(program: Command): void {
  program
    .command('element', { hidden: true })
    .description('compute the given chunks of a run, as an element of a Slurm array')
    .argument('<dir>', 'directory of the run')
    .requiredOption('--chunks <list>', 'numbers and ranges of chunks, such as 0-9,12')
    .option('--retry-failed', 'compute chunks with failed tasks again')
    .action(run);
}

async function run(path: string, { chunks: list, retryFailed }: Options): Promise<void> {
  // Sent some time before the limit; until it is handled, the default would be to die.
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
    throw new InputError('--chunks', `expected numbers below ${directory.chunks.length}, got ${list}`);
  const workers = Number(process.env.SLURM_CPUS_PER_TASK ?? 1);
  const summary = await sweepHere(directory, { chunks, workers, retryFailed, stop: limit.signal });
  await report(directory, summary, false);
  // Only after progress, so that a chunk longer than the limit does not keep the element going for ever.
  if (limit.signal.aborted && summary.missing > 0 && summary.computed > 0) {
    const { requeueSelf } = await import('../sweeps/engines/slurm/slurm.js');
    note('the time limit is near: back to the queue');
    await requeueSelf();
  }
}
