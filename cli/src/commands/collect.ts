// emft collect: one file from the shards of a run.
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from 'emft/check';
import { columnName } from '../files/columnNames.js';
import { checkOutput } from '../files/outputFile.js';
import { placeOf } from '../files/place.js';
import { printable } from '../files/printable.js';
import { note, print } from '../files/streams.js';
import { axisValues } from '../sweeps/axis.js';
import { shellWord } from '../sweeps/engines/slurm/shellWord.js';
import { kindOf } from '../sweeps/kindOf.js';
import type { Manifest } from '../sweeps/manifest.js';
import { command } from './command.js';
import { printJson } from './common.js';
import { called, file, toggle, type Values } from './flags.js';
import { json } from './shared.js';

const flags = {
  output: file(
    '-o, --output <file>',
    'a name that ends in .parquet or .csv; by default that of the run, with .parquet',
    {
      becomes: [['output']],
    },
  ),
  allowGaps: toggle('--allow-gaps', 'collect although tasks are missing or failed'),
  header: toggle('--header', 'lines with # at the head of a CSV: where the rows come from'),
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

async function merge(path: string, { output: wanted, ...options }: Values<typeof flags>): Promise<void> {
  const { allowGaps, header, force, json } = options;
  const output = wanted ?? besideRun(path);
  const [{ RunDirectory }, { collect }] = await Promise.all([
    import('../sweeps/runDirectory.js'),
    import('../sweeps/collect.js'),
  ]);
  await checkOutput(called(flags.output), output, force);
  await refuseFolderOfRun(output);
  const directory = await RunDirectory.open(path);
  const summary = await collect(directory, output, { allowGaps, header, overwrite: force });
  for (const text of summary.damaged) note(text);
  if (summary.missing > 0) note(`${summary.missing} of ${summary.tasks} tasks have no rows`);
  if (json) await printJson(summary);
  else {
    await print(`${printable(output)}: ${summary.rows} rows\n`);
    const several = summary.rows > summary.tasks - summary.missing;
    note(`draw them with: emft ${plotOf(output, directory.manifest, several)}`);
  }
}

/** The name of a table next to the directory of its run. */
function besideRun(path: string): string {
  const plain = path.replace(/[/\\]+$/, '');
  return `${/(^|[/\\])\.{0,2}$/.test(plain) ? resolve(path) : plain}.parquet`;
}

/** The columns of most interest; others, such as offsets and couplings, describe the realization. */
const RESULTS = ['etaTot', 'entropy', 'entropyMiddle', 'avalanche', 'gapRatio', 'eta', 'czz', 'g'];

/** The column that is drawn unless another is asked for. */
function resultOf<C extends { name: string; type: string }>(columns: readonly C[]): C | undefined {
  const known = RESULTS.flatMap((name) => columns.filter((column) => column.name === name));
  return known[0] ?? columns.find(({ type }) => type === 'double');
}

/**
 * A command that draws the rows. The x axis is the column that numbers the rows of a realization, if
 * there is one and realizations have several rows, otherwise the parameter with most values; the next
 * parameter gives the colours; of further ones the last value is drawn.
 */
function plotOf(file: string, { experiment, parameters, columns }: Manifest, several: boolean): string {
  const valuesOf = (name: string) => [
    ...new Set(experiment.ensembles.flatMap(({ axes }) => (axes[name] ? axisValues(axes[name]) : []))),
  ];
  const called = ({ name, unit }: { name: string; unit: string }) => columnName(name, unit);
  const varied = parameters
    .filter(({ name, type }) => type !== 'choice' && valuesOf(name).length > 1)
    .sort((a, b) => valuesOf(b.name).length - valuesOf(a.name).length);
  const numbered = several && kindOf(experiment).tables[experiment.table].rows === 'many';
  const counter = numbered ? (columns.find(({ type }) => type === 'integer') ?? columns[0]) : undefined;
  const [x, colour, ...others] = counter ? [counter, ...varied] : varied;
  const y = resultOf(columns.filter((column) => column !== x)) ?? columns[0];
  const words = ['plot', shellWord(file), '--x', x ? called(x) : 'sample', '--y', called(y)];
  if (colour) words.push('--colour', called(colour));
  const fixed = others.map((other) => `${called(other)}=${valuesOf(other.name).at(-1)}`);
  if (fixed.length > 0) words.push('--where', shellWord(fixed.join(',')));
  if (x && experiment.ensembles.some(({ samples }) => samples > 1)) words.push('--mean');
  return words.join(' ');
}

/** A table written over a shard would lose that shard; also refuses the folder of another run, or a link to one. */
async function refuseFolderOfRun(output: string): Promise<void> {
  const { path } = await placeOf(output, true);
  const folder = await realpath(dirname(path)).catch(() => dirname(path));
  if (!['shards', 'quarantine'].includes(basename(folder))) return;
  const run = dirname(folder);
  if (!existsSync(join(run, 'manifest.json'))) return;
  throw new InputError(output, `lies in ${basename(folder)}/ of the run ${run}; choose another directory`);
}
