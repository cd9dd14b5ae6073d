// The pictures and captions of figures that were computed earlier, drawn anew from the tables that they left in a directory.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readDescribedTable } from '../files/tableFile.js';
import { type Figure, figureName, type Measured } from './figure.js';
import { figures } from './index.js';
import { captionFile, pictureFile } from './render.js';

/** A table in the directory, with the figure that draws it. */
interface Left {
  /** As in the names of its files: '2a-printed'. */
  name: string;
  figure: Figure;
  table: Measured;
}

/** The tables with these names, or all. */
async function* tablesIn(directory: string, wanted: readonly string[] = []): AsyncGenerator<Left> {
  for (const load of Object.values(figures)) {
    const { figure } = await load();
    for (const reading of figure.readings ?? [undefined]) {
      const name = figureName(figure, reading?.name);
      const path = join(directory, `fig${name}.parquet`);
      if ((wanted.length > 0 && !wanted.includes(name)) || !existsSync(path)) continue;
      const { columns, description } = await readDescribedTable(path);
      const { parameters, measured = {} } = description as unknown as Measured;
      yield { name, figure, table: { columns, parameters, measured } };
    }
  }
}

/** The captions, by name of the file. */
export async function captionsOf(
  directory: string,
  wanted: readonly string[] = [],
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name, figure, table } of tablesIn(directory, wanted))
    files[`fig${name}.md`] = await captionFile(figure, table);
  return files;
}

/** Pictures (PNG) and captions, one table after the other. */
export async function* redrawn(
  directory: string,
  wanted: readonly string[] = [],
): AsyncGenerator<[string, string | Uint8Array]> {
  for await (const { name, figure, table } of tablesIn(directory, wanted)) {
    yield [`fig${name}.md`, await captionFile(figure, table)];
    yield [`fig${name}.png`, await pictureFile(figure, table)];
  }
}
