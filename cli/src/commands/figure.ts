// emft figure: one figure of the paper.
import { InputError } from 'emft/check';
import { print } from '../files/streams.js';
import { figures } from '../paper/index.js';
import { command } from './command.js';
import { printFacts, printJson, withCore } from './common.js';
import { choice, integers, number, parsed, text, toggle, type Values } from './flags.js';
import { createProgress, interruptible } from './progress.js';
import { openResults, runFigure } from './results.js';
import { json, results } from './shared.js';

const flags = {
  ...results,
  sizes: integers('--sizes <list>', 'only these sizes of its ensemble (N of Fig. 2, R of Fig. 5): 6,7,8', {
    becomes: [['sizes']],
  }),
  share: number('--share <fraction>', "this share of the profile's realizations of each size", {
    allowed: { above: 0, max: 1 },
    becomes: [['share']],
  }),
  rows: parsed(
    '--rows <tables>',
    'draw the collected rows of sweeps of its experiment file in place of computing them (b1, s1, s2): a.parquet,b.csv',
    'names of files, separated by commas',
    (list) => (list.split(',').every((path) => path !== '') ? list.split(',') : undefined),
    { becomes: [['rows']], excludes: ['sizes', 'share'] },
  ),
  reading: text(
    '--reading <name>',
    'named reading to draw; by default the one that gives the numbers of the paper',
    {
      becomes: [['reading']],
    },
  ),
  title: toggle('--title', 'title and parameters above the panels; they are in the caption file anyway'),
  json: json('print { figure, files, parameters, measured, claims, findings }'),
};

export const figure = command({
  name: 'figure',
  description: 'compute and draw one figure: SVG, PDF, PNG, its caption, and its data as CSV and Parquet',
  example: '1c -o figures',
  arguments: {
    figure: choice('<figure>', 'its number in the paper, or a further one', Object.keys(figures)),
  },
  flags: {
    output: flags.output,
    profile: flags.profile,
    sizes: flags.sizes,
    share: flags.share,
    rows: flags.rows,
    reading: flags.reading,
    title: flags.title,
    force: flags.force,
    json: flags.json,
  },
  run: ({ figure, ...options }) => draw(figure, options),
});

async function draw(
  id: string,
  { output, profile, force, json, reading, title, rows, ...part }: Values<typeof flags>,
): Promise<void> {
  const [{ figureFileNames, figureName, readingOf }, { partOf }, { figure }] = await Promise.all([
    import('../paper/figure.js'),
    import('../paper/part.js'),
    figures[id](),
  ]);
  readingOf(figure, reading);
  if (rows && !figure.drawsRows) {
    throw new InputError('rows', `figure ${id} shows more than the rows of one sweep`);
  }
  const ensemble = partOf(figure, profile, part, reading);
  const { directory, origin } = await openResults(
    output,
    figureFileNames(figureName(figure, reading)),
    profile,
    force,
  );
  const result = await interruptible((signal) =>
    withCore(async (core) => {
      const progress = createProgress(1);
      try {
        progress.step(`figure ${id}`);
        return await runFigure(
          figure,
          core,
          { profile, ensemble, rows, reading, signal },
          progress,
          directory,
          origin,
          title,
        );
      } finally {
        progress.stop();
      }
    }),
  );
  const { files, parameters, measured, claims, beyond: findings } = result;
  if (json) await printJson({ figure: id, files, parameters, measured, claims, findings });
  else {
    for (const file of files) await print(`${file}\n`);
    await printFacts(measured);
  }
}
