// emft collect: one file from the shards of a run.
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from 'emft';
import { checkOutput } from '../files/outputFile.js';
import { placeOf } from '../files/place.js';
import { printable } from '../files/printable.js';
import { note, print } from '../files/streams.js';
import { command } from './command.js';
import { printJson } from './common.js';
import { called, file, toggle, type Values } from './flags.js';
import { json } from './shared.js';

const flags = {
  output: file('-o, --output <file>', 'a name that ends in .parquet or .csv', {
    required: true,
    becomes: [['output']],
  }),
  allowGaps: toggle('--allow-gaps', 'collect although tasks are missing or failed'),
  force: toggle('--force', 'replace the file if it exists'),
  json: json('print { file, rows, tasks, missing, damaged, failed }'),
};

export const collect = command({
  name: 'collect',
  description: "merge a run's shards into one Parquet or CSV file, with where it comes from in its metadata",
  example: 'run -o rows.csv',
  arguments: { dir: file('<dir>', 'directory of the run') },
  flags,
  run: ({ dir, ...options }) => merge(dir, options),
});

async function merge(path: string, { output, allowGaps, force, json }: Values<typeof flags>): Promise<void> {
  const [{ RunDirectory }, { collect }] = await Promise.all([
    import('../sweeps/runDirectory.js'),
    import('../sweeps/collect.js'),
  ]);
  await checkOutput(called(flags.output), output, force);
  await refuseFolderOfRun(output);
  const directory = await RunDirectory.open(path);
  const summary = await collect(directory, output, { allowGaps, overwrite: force });
  for (const text of summary.damaged) note(text);
  if (summary.missing > 0) note(`${summary.missing} of ${summary.tasks} tasks have no rows`);
  if (json) await printJson(summary);
  else await print(`${printable(output)}: ${summary.rows} rows\n`);
}

/** A table in the place of a shard would be the loss of that shard; also where another run or a link is meant. */
async function refuseFolderOfRun(output: string): Promise<void> {
  const { path } = await placeOf(output, true);
  const folder = await realpath(dirname(path)).catch(() => dirname(path));
  if (!['shards', 'quarantine'].includes(basename(folder))) return;
  const run = dirname(folder);
  if (!existsSync(join(run, 'manifest.json'))) return;
  throw new InputError(output, `lies in ${basename(folder)}/ of the run ${run}; choose another directory`);
}
