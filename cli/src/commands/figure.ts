// emft figure: one figure of the paper.
import { Argument, type Command, Option } from 'commander';
import { print } from '../files/streams.js';
import { type Profile, profiles } from '../paper/figure.js';
import { figures } from '../paper/index.js';
import type { Part } from '../paper/part.js';
import { parseIntegers, parseNumber, printFacts, printJson, withCore } from './common.js';
import { createProgress, interruptible } from './progress.js';
import { openResults, runFigure } from './results.js';

interface Options {
  output: string;
  profile: Profile;
  force?: boolean;
  json?: boolean;
  sizes?: number[];
  share?: number;
}

export function addFigure(program: Command): void {
  program
    .command('figure')
    .description('compute and draw one figure: SVG, PNG, and its data as CSV and Parquet')
    .addArgument(
      new Argument('<figure>', 'its number in the paper, or a further one').choices(Object.keys(figures)),
    )
    .option('-o, --output <dir>', 'directory for the files', 'results')
    .addOption(
      new Option('--profile <name>', 'quick, or the resolution and samples of the paper')
        .choices(profiles)
        .default('quick'),
    )
    .option(
      '--sizes <list>',
      'only these sizes of its ensemble (N of Fig. 2, R of Fig. 5): 6,7,8',
      parseIntegers,
    )
    .option('--share <fraction>', "this share of the profile's realizations of each size", parseNumber)
    .option('--force', 'replace files in the directory that emft did not write')
    .option('--json', 'print { figure, files, parameters, measured, claims }')
    .action((id: string, options: Options) => run(id, options));
}

async function run(id: string, { output, profile, force, json, ...part }: Options & Part): Promise<void> {
  const [{ figureFileNames }, { partOf }, { figure }] = await Promise.all([
    import('../paper/render.js'),
    import('../paper/part.js'),
    figures[id](),
  ]);
  const ensemble = partOf(figure, profile, part);
  const { directory, origin } = await openResults(output, figureFileNames(id), profile, force);
  const result = await interruptible((signal) =>
    withCore(async (core) => {
      const progress = createProgress(1);
      try {
        progress.step(`figure ${id}`);
        return await runFigure(figure, core, { profile, ensemble, signal }, progress, directory, origin);
      } finally {
        progress.stop();
      }
    }),
  );
  const { files, parameters, measured, claims } = result;
  if (json) await printJson({ figure: id, files, parameters, measured, claims });
  else {
    for (const file of files) await print(`${file}\n`);
    await printFacts(measured);
  }
}
