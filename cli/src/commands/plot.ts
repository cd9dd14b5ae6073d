// emft plot: a picture of a table, written by `collect` or `figure` or by any other program.
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from 'emft/check';
import { writeFileAtomic } from '../files/atomicFile.js';
import { inputName } from '../files/inputFile.js';
import { checkOutput } from '../files/outputFile.js';
import { printable } from '../files/printable.js';
import { note, print } from '../files/streams.js';
import type { TableColumns } from '../files/tableFile.js';
import type { PlotChoice } from '../paper/tableRows.js';
import { command } from './command.js';
import { printJson } from './common.js';
import { bothOf, called, choice, type Flag, file, parsed, text, toggle, type Values } from './flags.js';
import { json } from './shared.js';

const names = (list: string) => {
  const found = list.split(',').map((name) => name.trim());
  return found.includes('') ? undefined : found;
};

function conditions(list: string): Record<string, string> | undefined {
  const pairs = list.split(',').map((pair) => /^([^=]+)=(.*)$/.exec(pair)?.slice(1));
  return pairs.includes(undefined) ? undefined : Object.fromEntries(pairs as [string, string][]);
}

const flags = {
  x: text('--x <column>', 'what is drawn along x', { becomes: [['choice', 'x']] }),
  y: parsed(
    '--y <columns>',
    'what is drawn against it: a column, or several separated by commas',
    'names of columns',
    names,
    {
      joins: (before, later) => [...before, ...later],
      becomes: [['choice', 'y']],
    },
  ),
  colour: text('--colour <column>', 'a curve for each value of this column', {
    becomes: [['choice', 'colour']],
  }),
  error: text('--error <column>', 'bars of ± this column', {
    excludes: ['mean'],
    becomes: [['choice', 'error']],
  }),
  mean: toggle('--mean', 'the mean of all rows of equal x and colour, with its standard error'),
  where: parsed('--where <conditions>', 'only rows like these: spin=4,n=6', 'name=value', conditions, {
    joins: bothOf,
    becomes: [['choice', 'where']],
  }),
  log: choice('--log <axes>', 'logarithmic axes', ['x', 'y', 'xy', 'x,y'], {
    becomes: [['choice', 'log']],
  }),
  marks: toggle('--marks', 'marks without lines between them'),
  width: choice('--width <name>', 'of a journal: 3.375 or 7 inches', ['column', 'page'], {
    default: 'column',
  }),
  title: text('--title <text>', 'a line above the picture'),
  output: file(
    '-o, --output <name>',
    'ends in .svg, .pdf or .png, or all three are written; a directory takes them under the name of the table, which is the default',
    {
      becomes: [['output']],
    },
  ),
  force: toggle('--force', 'replace the files if they exist'),
  json: json('print { files, curves, rows, left }'),
};

export const plot = command({
  name: 'plot',
  description: 'draw columns of a Parquet or CSV table, in the style of the figures: SVG, PDF and PNG',
  example: 'table.csv --x g --y eta --log xy -o picture',
  arguments: {
    table: file('<table>', 'Parquet, or CSV with names in its first line; - is standard input', {
      becomes: [['file']],
    }),
  },
  flags,
  run: ({ table, ...options }) => draw(table, options),
});

const endings = ['.svg', '.pdf', '.png'] as const;

/** The files to write: one if the name says which kind, otherwise one of each kind. */
async function filesOf(table: string, output: string | undefined): Promise<string[]> {
  if (output === undefined && table === '-') {
    throw new InputError(called(flags.output), 'is needed for a table from standard input');
  }
  if (output !== undefined && endings.some((ending) => output.endsWith(ending))) return [output];
  const own = table.replace(/\.(parquet|csv|txt)$/, '');
  const within = output !== undefined && output !== '' && (await isDirectory(output));
  if (within && table === '-') {
    throw new InputError(
      called(flags.output),
      `${output} is a directory, and a table from standard input has no name: expected the name of a picture`,
    );
  }
  const base = within ? join(output, basename(own)) : (output ?? own);
  return endings.map((ending) => `${base}${ending}`);
}

const isDirectory = (path: string) =>
  path.endsWith('/') ||
  stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );

/** Without a column there is nothing to draw: which there are is said, so that one can be chosen. */
function missing(flag: Flag, name: string, table: TableColumns): never {
  const columns = Object.keys(table).join(', ');
  throw new InputError(called(flag), `missing: ${flag.description}; ${name} has ${columns}`);
}

async function draw(table: string, options: Values<typeof flags>): Promise<void> {
  const { x, y, colour, error, mean, where, log, marks, width, title, output, force, json } = options;
  const files = await filesOf(table, output);
  const [{ readTable }, { rowsOf }, { drawTable }] = await Promise.all([
    import('../files/tableFile.js'),
    import('../paper/tableRows.js'),
    import('../paper/render.js'),
  ]);
  const axes = (['x', 'y'] as const).filter((axis) => log?.includes(axis));
  const read = await readTable(table);
  const name = inputName(table);
  const chosen: PlotChoice = {
    x: x ?? missing(flags.x, name, read),
    y: y ?? missing(flags.y, name, read),
    ...{ colour, error, mean, where, log: axes },
  };
  const drawn = rowsOf(name, read, chosen);
  // Checked after the columns: an error in what is drawn is reported before one in where it is written.
  for (const one of output === '' ? [''] : files) await checkOutput(called(flags.output), one, force);
  const { rows, keys, left, repeated } = drawn;
  if (left > 0)
    note(
      `${left} ${left === 1 ? 'row is' : 'rows are'} not drawn: not finite, or on a logarithmic axis not positive`,
    );
  if (repeated && !marks)
    note(
      'several rows of equal x, drawn as marks without lines: --mean, --where or --colour tells them apart',
    );
  const look = {
    x: chosen.x,
    y: chosen.y,
    colour,
    log: axes,
    wide: width === 'page',
    lines: !marks && !repeated,
  };
  const content = await drawTable(drawn, look, title);
  for (const one of files) {
    const ending = endings.find((known) => one.endsWith(known))!;
    const bytes = content[ending];
    if (bytes !== undefined) await writeFileAtomic(one, bytes, { overwrite: force ?? false });
  }
  const written = files.filter((one) => content[endings.find((known) => one.endsWith(known))!] !== undefined);
  if (json) await printJson({ files: written, curves: keys.length, rows: rows.length, left });
  else for (const one of written) await print(`${printable(one)}\n`);
}
