// emft sweep: begins a run of an experiment file.
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from 'emft/check';
import { inputName, readText } from '../files/inputFile.js';
import { printable } from '../files/printable.js';
import { note, print } from '../files/streams.js';
import { profiles } from '../paper/figure.js';
import { kindsText, kindText } from '../sweeps/describe.js';
import { shellWord } from '../sweeps/engines/slurm/shellWord.js';
import { sweepKinds } from '../sweeps/kinds/index.js';
import { command } from './command.js';
import { printJson } from './common.js';
import { called, choice, file, toggle, type Values } from './flags.js';
import { EXPERIMENT_BYTES, engineOrLocal, json, run } from './shared.js';

/** The folder of examples, in a clone and in an installed package. */
const examples = new URL('../../examples/', import.meta.url);

const flags = {
  output: file('-o, --output <dir>', 'directory of the run; by default the name of the file without .toml'),
  profile: choice(
    '--profile <name>',
    'the file, or with its section [quick] in place of the same keys',
    profiles,
    {
      default: 'paper',
    },
  ),
  engine: engineOrLocal,
  workers: run.workers,
  kinds: toggle('--kinds', 'print what can be computed, and nothing else'),
  describe: choice(
    '--describe <kind>',
    'print its parameters, tables and columns, and nothing else',
    Object.keys(sweepKinds),
  ),
  json: json('print { directory, tasks, chunks, … }, or what is described'),
};

export const sweep = command({
  name: 'sweep',
  description: 'compute an ensemble described in a TOML file, durably',
  example: 'experiment.toml -o run',
  arguments: { config: file('[config]', 'experiment file; - is standard input', { becomes: [['file']] }) },
  flags,
  help: () => `\nExamples, those of the paper's figures among them: ${fileURLToPath(examples)}`,
  run: ({ config, kinds, describe, ...options }) => {
    if (kinds || describe !== undefined) return tell(describe, options.json);
    if (config === undefined)
      throw new InputError('config', 'is needed: an experiment file; --kinds says what one can compute');
    return begin(config, options);
  },
});

/** Prints one kind, or the names of all. */
async function tell(kind: string | undefined, json: boolean | undefined): Promise<void> {
  const described = Object.entries(sweepKinds).map(([name, { description, model, parameters, tables }]) => {
    const section = model && { description: model.description, example: model.example };
    return [name, { description, model: section, parameters, tables }] as const;
  });
  if (json) {
    const all = Object.fromEntries(described);
    await printJson(kind === undefined ? all : all[kind]);
  } else await print(kind === undefined ? kindsText() : kindText(kind));
}

function directoryOf(config: string, output: string | undefined): string {
  if (output === '') throw new InputError(called(flags.output), "expected the name of a directory, got ''");
  if (output !== undefined) return output;
  if (config === '-')
    throw new InputError(called(flags.output), 'is needed for an experiment from standard input');
  return basename(config, '.toml');
}

async function begin(
  config: string,
  { output, profile, engine, workers, json }: Omit<Values<typeof flags>, 'kinds' | 'describe'>,
): Promise<void> {
  const [{ parseExperiment }, { RunDirectory }] = await Promise.all([
    import('../sweeps/experiment.js'),
    import('../sweeps/runDirectory.js'),
  ]);
  const file = parseExperiment(await readText(config, EXPERIMENT_BYTES), inputName(config), profile);
  const path = directoryOf(config, output);
  if (engine === 'slurm') {
    const { checkSlurmPath, largestArray, submit } = await import('../sweeps/engines/slurm/slurm.js');
    // Checked before a directory is made that would stay empty.
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
  // The threads of the pool start while the directory is made.
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
