// emft sweep: begins a run of an experiment file.
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import { InputError } from 'emft';
import { inputName, readText } from '../files/inputFile.js';
import { printable } from '../files/printable.js';
import { note, print } from '../files/streams.js';
import { shellWord } from '../sweeps/engines/slurm/shellWord.js';
import type { Engine } from '../sweeps/manifest.js';
import { parseInteger, printJson } from './common.js';

interface Options {
  output?: string;
  engine: Engine;
  workers?: number;
  json?: boolean;
}

/** In a clone and in an installed package. */
const examples = new URL('../../examples/', import.meta.url);

export const engineOption = () =>
  new Option('--engine <name>', 'worker threads of this machine, or a job array').choices(['local', 'slurm']);

export function addSweep(program: Command): void {
  program
    .command('sweep')
    .description('compute an ensemble described in a TOML file, durably')
    .argument('<config>', 'experiment file; - is standard input')
    .option('-o, --output <dir>', 'directory of the run; by default the name of the file without .toml')
    .addOption(engineOption().default('local'))
    .option('--workers <n>', 'worker threads of the local engine; by default one a core', parseInteger)
    .option('--json', 'print { directory, tasks, chunks, … }')
    .addHelpText('after', () => `\nExamples, one a figure of the paper: ${fileURLToPath(examples)}`)
    .action(run);
}

/** Bytes of an experiment file. */
const LARGEST = 2 ** 24;

function directoryOf(config: string, output: string | undefined): string {
  if (output === '') throw new InputError('--output', "expected the name of a directory, got ''");
  if (output !== undefined) return output;
  if (config === '-') throw new InputError('--output', 'is needed for an experiment from standard input');
  return basename(config, '.toml');
}

async function run(config: string, { output, engine, workers, json }: Options): Promise<void> {
  const [{ parseExperiment }, { RunDirectory }] = await Promise.all([
    import('../sweeps/experiment.js'),
    import('../sweeps/runDirectory.js'),
  ]);
  const file = parseExperiment(await readText(config, LARGEST), inputName(config));
  const path = directoryOf(config, output);
  if (engine === 'slurm') {
    const { checkSlurmPath, largestArray, submit } = await import('../sweeps/engines/slurm/slurm.js');
    // Told before a directory is made that nothing would fill.
    checkSlurmPath(resolve(path));
    await largestArray();
    const directory = await RunDirectory.create(path, file, engine);
    await printSubmission(directory.path, await submit(directory), json);
    return;
  }
  const [{ TaskPool }, { sweepHere, report }] = await Promise.all([
    import('../sweeps/engines/local/pool.js'),
    import('./sweepDisplay.js'),
  ]);
  // Its threads start while the directory is made.
  const pool = new TaskPool({
    workers: workers ?? file.run.workers ?? undefined,
    build: file.experiment.build,
  });
  try {
    const directory = await RunDirectory.create(path, file, engine);
    await report(directory, await sweepHere(directory, { pool }), json);
  } finally {
    await pool.close();
  }
}

export async function printSubmission(
  directory: string,
  submitted: { job: string; elements: number } | undefined,
  json: boolean | undefined,
): Promise<void> {
  const { job = null, elements = 0 } = submitted ?? {};
  if (json) await printJson({ directory, job, elements });
  else if (job === null) await print(`${printable(directory)}: nothing is missing\n`);
  else {
    await print(`${printable(directory)}\n`);
    note(`submitted job ${job}, ${elements} elements; follow with: emft status ${shellWord(directory)}`);
  }
}
