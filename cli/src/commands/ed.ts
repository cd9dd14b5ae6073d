// emft ed: exact diagonalization of one explicit central-grain model or of random ones.
import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import type { GrainEigenstates, GrainModel, GrainWindow } from 'emft';
import { EmftError, InputError } from 'emft';
import { inputName, readText } from '../files/inputFile.js';
import { parseJson } from '../files/text.js';
import type { Outcome } from '../sweeps/engines/local/pool.js';
import type { SampleMeans } from '../sweeps/tasks/sampleMeans.js';
import { parseInteger, parseNumber, printFacts, printJson, printTable, withCore } from './common.js';
import { createProgress, interruptible } from './progress.js';

interface Options {
  model?: string;
  alpha?: number;
  n?: number;
  samples?: number;
  seed?: number;
  grainDimension?: number;
  window?: GrainWindow;
  method?: 'auto' | 'dense' | 'filtered';
  threads?: number;
  json?: boolean;
}

export function addEd(program: Command): void {
  program
    .command('ed')
    .description(
      'exact diagonalization of the central-grain model: spectrum, entropies and Czz of every l-bit',
    )
    .option(
      '--model <file>',
      'explicit model, JSON { grain: [[…]…], fields: […], couplings: […] }; - is standard input',
    )
    .option('--alpha <a>', 'random models: J_n = 0.41 α^(n−1)', parseNumber)
    .option('-n, --n <count>', 'number of l-bits', parseInteger)
    .option('--samples <count>', 'number of realizations (default: 1)', parseInteger)
    .option('--seed <seed>', 'seed of the realizations', parseInteger)
    .option('--grain-dimension <d>', 'd_g, a power of two (default: 8)', parseInteger)
    .option(
      '--window <window>',
      'E,COUNT: nearest to energy E; FROM:TO: an interval; P%: the middle P per cent',
      parseWindow,
    )
    .option('--method <name>', 'auto, dense or filtered (without forming H; needs --window E,COUNT)')
    .option(
      '--threads <count>',
      'threads, or worker processes for several samples (default: cores)',
      parseInteger,
    )
    .option('--json', 'print { eigenvalues, meanEntropy, entropies, czz }')
    .addHelpText(
      'after',
      `
Entropies are in nats. Basis: index = a 2^N + Σ b_n 2^n, a the grain state, b_n = 0 up; bit 0 of a couples.
JSON of one model: eigenvalues; meanEntropy and czz, one number an l-bit, averaged over the window; entropies, one
array an l-bit, one number an eigenstate; gapRatio, null where there is none; method; residual and orthogonality as
of eigh; for the filtered method also residuals and work.
JSON of several samples: meanEntropy, czz and gapRatio averaged over samples, each with …Error, its standard error;
eigenvalues and entropies are then arrays over samples.
Above a residual or orthogonality of 60 the exit status is 1.`,
    )
    .action(run);
}

function parseWindow(text: string): GrainWindow {
  const number = (part: string) => (part.trim() === '' ? Number.NaN : Number(part));
  const near = text.split(',');
  const interval = text.split(':');
  let window: GrainWindow | undefined;
  if (text.endsWith('%')) window = { fraction: number(text.slice(0, -1)) / 100 };
  else if (near.length === 2) window = { energy: number(near[0]), count: number(near[1]) };
  else if (interval.length === 2) window = { from: number(interval[0]), to: number(interval[1]) };
  if (!window || Object.values(window).some((x) => !Number.isFinite(x))) {
    throw new InvalidArgumentError("expected 'E,COUNT', 'FROM:TO' or 'P%'.");
  }
  return window;
}

async function run({ json, ...options }: Options): Promise<void> {
  const { window, method, threads = availableParallelism() } = options;
  if (threads < 1 || threads > 64) throw new InputError('--threads', `expected 1 to 64, got ${threads}`);
  if (options.model !== undefined) {
    for (const name of ['alpha', 'n', 'samples', 'seed', 'grainDimension'] as const) {
      if (options[name] !== undefined) throw new InputError(name, 'not together with --model');
    }
    const model = await readModel(options.model);
    return print(
      await withCore(
        (core) =>
          inFile(inputName(options.model!), () =>
            core.diagonalizeGrain({ ...model, window, method, verify: true }),
          ),
        threads,
      ),
      json,
    );
  }
  for (const name of ['alpha', 'n', 'seed'] as const) {
    if (options[name] === undefined)
      throw new InputError(
        name === 'n' ? '-n' : name,
        'missing; give --alpha, -n and --seed, or --model FILE',
      );
  }
  const { alpha, n, seed, samples = 1, grainDimension } = options;
  if (samples < 1) throw new InputError('--samples', `expected a whole number ≥ 1, got ${samples}`);
  const parameters = { alpha: alpha!, n: n!, grainDimension };
  if (samples === 1) {
    return print(
      await withCore(
        (core) =>
          core.diagonalizeGrain({
            ...core.randomGrainModel({ ...parameters, seed: seed! }),
            window,
            method,
            verify: true,
          }),
        threads,
      ),
      json,
    );
  }
  const { TaskPool } = await import('../sweeps/engines/local/pool.js');
  const pool = new TaskPool({ workers: Math.min(threads, samples) });
  const { states, means } = await interruptible(async (signal) => {
    const progress = createProgress(1);
    try {
      // What is wrong with the options is wrong in every sample: found before they are announced.
      const check = { kind: 'grainModel', params: parameters, seed: seed!, index: 0 };
      (await pool.run([check], { signal })).forEach(answerOf);
      progress.step(`${samples} samples`);
      const outcomes = await pool.run<GrainEigenstates>(
        Array.from({ length: samples }, (_, index) => ({
          kind: 'grain',
          params: { ...parameters, window, method, verify: true },
          seed: seed!,
          index,
        })),
        {
          signal,
          onProgress: ({ done, total }) => void progress.update(done / total),
        },
      );
      const states = outcomes.map(answerOf);
      const params = states.map(({ meanEntropy, czz, gapRatio }) => ({ meanEntropy, czz, gapRatio }));
      // By a worker too: where addresses are few there is no room for one more core.
      const [average] = await pool.run<SampleMeans>([{ kind: 'sampleMeans', params, seed: seed!, index: 0 }]);
      return { states, means: answerOf(average) };
    } finally {
      progress.stop();
      await pool.close();
    }
  });
  if (json) {
    await printJson({
      samples,
      eigenvalues: states.map((s) => s.eigenvalues),
      ...means,
      entropies: states.map((s) => s.entropies),
    });
  } else {
    const { meanEntropy, meanEntropyError, czz, czzError } = means;
    const l = Array.from(meanEntropy, (_, k) => k + 1);
    await printTable({ n: l, meanEntropy, meanEntropyError, czz, czzError });
    await printFacts({ samples, gapRatio: means.gapRatio, gapRatioError: means.gapRatioError });
  }
}

function answerOf<R>(outcome: Outcome<R>): R {
  if (outcome.status === 'done') return outcome.value;
  const { name, message } = outcome.status === 'failed' ? outcome.error : { name: '', message: 'not run' };
  throw name === 'InputError' ? new InputError(...splitMessage(message)) : new EmftError(message);
}

function splitMessage(text: string): [string, string] {
  const at = text.indexOf(': ');
  return at < 0 ? ['options', text] : [text.slice(0, at), text.slice(at + 2)];
}

/** The parts of a model are not flags: an error about one of them says in which file it is. */
function inFile<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof InputError) || !/^(grain|fields|couplings|options$)/.test(error.argument))
      throw error;
    throw new InputError(
      path,
      error.argument === 'options' ? error.message.replace('options: ', '') : error.message,
    );
  }
}

/** Bytes; the grain of a model that can be diagonalized takes far fewer. */
const LARGEST_MODEL = 2 ** 26;

async function readModel(path: string): Promise<GrainModel> {
  const name = inputName(path);
  const value = parseJson(name, await readText(path, LARGEST_MODEL));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(name, 'expected an object { grain, fields, couplings }');
  }
  // Other keys, such as results beside the model, are left alone.
  const { grain, fields, couplings } = value as GrainModel;
  for (const [name, part] of Object.entries({ grain, fields, couplings })) {
    if (!Array.isArray(part)) throw new InputError(name, `'${name}' is missing or not an array`);
  }
  return { grain, fields, couplings };
}

async function print(states: GrainEigenstates, json: boolean | undefined): Promise<void> {
  const { eigenvalues, meanEntropy, entropies, czz, method, residuals, work } = states;
  const { gapRatio, residual, orthogonality } = states;
  if (json) {
    const ratio = Number.isFinite(gapRatio) ? gapRatio : null;
    const measured = { eigenvalues, meanEntropy, entropies, czz, gapRatio: ratio };
    return printJson({ ...measured, method, residual, orthogonality, residuals, work });
  }
  await printTable({ n: Array.from(meanEntropy, (_, k) => k + 1), meanEntropy, czz });
  await printFacts({
    states: eigenvalues.length,
    // To the last digit: they come back as ends of a window.
    lowest: String(eigenvalues[0]),
    highest: String(eigenvalues[eigenvalues.length - 1]),
  });
  if (Number.isFinite(gapRatio)) await printFacts({ gapRatio });
  if (residuals) await printFacts({ largestResidual: Math.max(...residuals) });
  if (work) await printFacts({ products: work.products });
  await printFacts({ residual: residual!, orthogonality: orthogonality! });
}
