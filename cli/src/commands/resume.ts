// emft resume: computes the missing chunks of a run, on either engine.
import { note } from '../files/streams.js';
import type { Engine } from '../sweeps/manifest.js';
import type { RunDirectory } from '../sweeps/runDirectory.js';
import { command } from './command.js';
import { file, type Values } from './flags.js';
import { engine, json, run } from './shared.js';
import { printSubmission } from './sweep.js';

const flags = {
  engine,
  workers: run.workers,
  retryFailed: run.retryFailed,
  json: json('print { directory, tasks, chunks, … }'),
};

export const resume = command({
  name: 'resume',
  description: 'go on with a run: compute what is missing or damaged',
  example: 'run',
  arguments: { dir: file('<dir>', 'directory of the run') },
  flags,
  run: ({ dir, ...options }) => goOn(dir, options),
});

async function goOn(
  path: string,
  { engine, workers, retryFailed, json }: Values<typeof flags>,
): Promise<void> {
  const { RunDirectory } = await import('../sweeps/runDirectory.js');
  const opened = await RunDirectory.open(path);
  const target = engine ?? opened.manifest.engine;
  // Checked before anything is cleaned up, because elements may be running.
  if (opened.wasSubmitted()) await checkQueue(opened, target);
  const directory = await RunDirectory.resume(path);
  if (target === 'slurm') {
    const { submit } = await import('../sweeps/engines/slurm/slurm.js');
    const all = directory.chunks.map((_, i) => i);
    for (const text of await directory.setDamagedAside(all)) note(text);
    await printSubmission(directory.path, await submit(directory, { retryFailed }), json);
  } else {
    const { sweepHere, report } = await import('./sweepDisplay.js');
    await report(directory, await sweepHere(directory, { workers, retryFailed }), json);
  }
}

/** On a machine without Slurm a copy of the directory can be finished: chunks computed twice do no harm. */
async function checkQueue(directory: RunDirectory, target: Engine): Promise<void> {
  const { checkIdle, SlurmError } = await import('../sweeps/engines/slurm/slurm.js');
  try {
    await checkIdle(directory);
  } catch (error) {
    if (!(error instanceof SlurmError) || target === 'slurm') throw error;
    note(`the queue does not answer, going on: ${error.message}`);
  }
}
