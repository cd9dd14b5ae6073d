// emft status: the state of a run.
import { note } from '../files/streams.js';
import type { RunStatus } from '../sweeps/status.js';
import { command } from './command.js';
import { printFacts, printJson, shown } from './common.js';
import { file } from './flags.js';
import { json } from './shared.js';

export const status = command({
  name: 'status',
  description: 'how far a run is, from its shards and, on Slurm, the queue',
  example: 'run',
  arguments: { dir: file('<dir>', 'directory of the run') },
  flags: { json: json('print one JSON document') },
  run: ({ dir, json }) => tell(dir, json),
});

async function tell(path: string, json: boolean | undefined): Promise<void> {
  const [{ RunDirectory }, { statusOf }, display] = await Promise.all([
    import('../sweeps/runDirectory.js'),
    import('../sweeps/status.js'),
    import('./sweepDisplay.js'),
  ]);
  const status = await statusOf(await RunDirectory.open(path));
  if (json) return printJson(status);
  await printFacts(facts(status, display.duration));
  display.printFailures(status.failures);
  for (const text of status.damaged) note(text);
}

function facts(status: RunStatus, duration: (seconds: number) => string): Record<string, string | number> {
  const { tasks, shards, queue, queueError, rate, secondsLeft, lastShardSeconds } = status;
  const percent = shown(Math.floor((1000 * tasks.computed) / tasks.total) / 10);
  return {
    ...(status.title && { title: status.title }),
    directory: status.directory,
    engine: status.engine,
    tasks: `${tasks.computed} of ${tasks.total} (${percent} %)${tasks.failed ? `, ${tasks.failed} failed` : ''}`,
    shards: `${shards.present} of ${shards.total}`,
    ...(shards.read < shards.present && {
      read: `${shards.read} of ${shards.present} shards; resume and collect read all`,
    }),
    ...(lastShardSeconds !== null && { 'last shard': `${duration(lastShardSeconds)} ago` }),
    ...(tasks.computed > 0 &&
      !status.complete && {
        rate: rate === null ? '–' : `${shown(Number(rate.toPrecision(3)))} tasks/s`,
        'time left': secondsLeft === null ? '–' : duration(secondsLeft),
      }),
    ...(queue && {
      queue:
        Object.entries(queue)
          .map(([state, n]) => `${n} ${state.toLowerCase()}`)
          .join(', ') || 'no elements',
    }),
    ...(queueError && { queue: `unknown: ${queueError}` }),
    state: status.complete ? 'complete' : 'incomplete',
  };
}
