// emft resume: computes what a run still lacks, on either engine.
import type { Command } from 'commander';
import { note } from '../files/streams.js';
import type { Engine } from '../sweeps/manifest.js';
import type { RunDirectory } from '../sweeps/runDirectory.js';
import { parseInteger } from './common.js';
import { engineOption, printSubmission } from './sweep.js';

interface Options {
  engine?: Engine;
  workers?: number;
  retryFailed?: boolean;
  json?: boolean;
}

export function addResume(program: Command): void {
  program
    .command('resume')
    .description('go on with a run: compute what is missing or damaged')
    .argument('<dir>', 'directory of the run')
    .addOption(engineOption())
    .option('--workers <n>', 'worker threads of the local engine; by default one a core', parseInteger)
    .option('--retry-failed', 'compute chunks with failed tasks again')
    .option('--json', 'print { directory, tasks, chunks, … }')
    .action(run);
}

async function run(path: string, { engine, workers, retryFailed, json }: Options): Promise<void> {
  const { RunDirectory } = await import('../sweeps/runDirectory.js');
  const opened = await RunDirectory.open(path);
  const target = engine ?? opened.manifest.engine;
  // Before anything is tidied up: elements may be at work.
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
