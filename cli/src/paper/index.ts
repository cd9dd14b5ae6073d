// The registry of figures: each folder figure<id> is one, of the paper where it has no beyond.ts. Loaded on demand, because plotting is heavy.
import { readdirSync } from 'node:fs';
import type { Claim } from './claim.js';
import { assemble, type Data, type Draw, type Figure, type FigureContext, type Judges } from './figure.js';

type Figures = Record<string, () => Promise<{ figure: Figure }>>;

const here = new URL('./', import.meta.url);

/** The file of a figure's folder, as it is built or as it is written. */
const load = <M>(file: string): Promise<M> => import(file);

/** A figure by its folder: what draws it is loaded when it is drawn. */
function figureOf(id: string, judges: string | undefined): Figures[string] {
  const file = (name: string) => `./figure${id}/${name}.js`;
  return () =>
    assemble(
      id,
      load<{ data: Data<unknown> }>(file('data')),
      () => load<{ plot: Draw }>(file('plot')),
      judges === undefined ? undefined : load<Judges<unknown>>(file(judges)),
    );
}

const found = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name.startsWith('figure'))
  .map(({ name }) => {
    const files = readdirSync(new URL(name, here)).map((file) => file.split('.', 1)[0]);
    return {
      id: name.replace('figure', ''),
      judges: ['claims', 'beyond'].find((one) => files.includes(one)),
    };
  })
  // A directory is listed in no order in particular.
  .sort((a, b) => (a.id < b.id ? -1 : 1));
const those = (beyond: boolean): Figures =>
  Object.fromEntries(
    found
      .filter(({ judges }) => (judges === 'beyond') === beyond)
      .map(({ id, judges }) => [id, figureOf(id, judges)]),
  );

/** Those that go beyond the paper, with findings of their own: `emft reproduce --all` computes them too. */
export const beyondPaper: Figures = those(true);

/** Before them those of the paper, and tests of what it assumes: what `npm start` computes. */
export const figures: Figures = { ...those(false), ...beyondPaper };

/** Statements of the paper that belong to no figure; each entry measures some of them. */
export const claimChecks: Record<string, () => Promise<{ check(context: FigureContext): Promise<Claim[]> }>> =
  {
    'resonance distribution': () => import('./statements/density.js'),
    'critical coupling': () => import('./statements/critical.js'),
  };
