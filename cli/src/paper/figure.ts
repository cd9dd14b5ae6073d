// What a figure is: a table computed with the public API, what the paper states of it against what was measured, and a
// drawing that is a function of the table. Each of the three is a file of the figure's folder.
import { basename } from 'node:path';
import type { Core } from 'emft';
import { InputError } from 'emft/check';
import type { Claim } from './claim.js';
import type { Finding } from './finding.js';
import type { Workers } from './workers.js';

/** Realizations of each size (spins N, or radius R), by size. */
export type Ensemble = Record<number, number>;

/** `quick` fits the main job on a laptop; `paper` has the resolution and the samples of the paper. */
export const profiles = ['quick', 'paper'] as const;
export type Profile = (typeof profiles)[number];

/** Columns of one length, in the order in which they are written. */
export type Columns = Record<string, Float64Array | Int32Array | number[] | string[]>;

/** What a figure shows: one table, and the parameters it was computed for. */
export interface FigureData {
  columns: Columns;
  parameters: Record<string, unknown>;
}

/** A table with the numbers read off the figure, by name: what a Parquet file holds, and what the claims are judged by. */
export interface Measured extends FigureData {
  measured: Record<string, number>;
}

export interface FigureResult extends Measured {
  claims: Claim[];
  /** Of a figure beyond the paper. */
  beyond: Finding[];
}

export interface FigureContext {
  core: Core;
  profile: Profile;
  /** The ensemble to compute in place of the profile's: see `partOf`. */
  ensemble?: Ensemble;
  /** Tables with the rows of sweeps, in place of what would be computed: of a figure that `drawsRows`. */
  rows?: readonly string[];
  /** Name of the reading; the figure's first one by default. */
  reading?: string;
  /** Ends the work when it is aborted, at the next `checkpoint`. */
  signal?: AbortSignal;
  /** Threads that figures of one run share; by default a figure has its own. */
  workers?: Workers;
  /** Called with the seconds that a worker spent on a task. */
  onTime?(seconds: number): void;
  /** Reports a fraction in [0, 1], and lets events in. */
  progress(fraction: number): Promise<void>;
}

/** To be awaited between two pieces of work: reports progress, and throws the signal's reason when the work is to end. */
export async function checkpoint(
  { progress, signal }: Pick<FigureContext, 'progress' | 'signal'>,
  fraction: number,
): Promise<void> {
  await progress(fraction);
  signal?.throwIfAborted();
}

export interface PlotOptions {
  /** The document that makes the elements; a page's own by default. */
  document?: Document;
  /** Title and line of parameters above the panels; by default they are in the caption alone. */
  heading?: boolean;
}

/** Parameters under which a figure is computed where the paper leaves a choice, or where as printed its numbers do not come out. */
export interface Reading {
  /** Ends the names of files: 'printed' is the paper to the letter. */
  name: string;
  /** What stands in the figure and in its caption, parameters included: 'hopping 0.41'. */
  label: string;
  parameters: Readonly<Record<string, number | string>>;
}

export interface Figure {
  /** As in the paper: '3a' is Fig. 3(a). */
  id: string;
  title: string;
  /** The first is drawn unless another is asked for; a figure without any has one way to be drawn. */
  readings?: readonly Reading[];
  /** Realizations of each size that the profiles take, for a figure drawn from an ensemble. */
  ensemble?(profile: Profile, reading?: string): Ensemble;
  /** The largest number of sizes that one drawing shows; without it there is no limit. */
  sizesAtOnce?: number;
  /** The least number of realizations for which there are standard errors: 2, or 1 where the states of one give them. */
  fewestRealizations?: number;
  /** Whether its table follows from the rows of a sweep of its experiment file. */
  drawsRows?: boolean;
  compute(context: FigureContext): Promise<FigureResult>;
  /** The paper's statements against a table that `compute` made, now or earlier; the same table gives the same claims. */
  claims(table: Measured, core: Core): Claim[];
  /** Draws `data`; the same data give the same elements. */
  plot(data: FigureData, options?: PlotOptions): Promise<SVGElement>;
}

/** What data.ts of a figure exports. */
export interface Data<F>
  extends Pick<
    Figure,
    'title' | 'readings' | 'ensemble' | 'sizesAtOnce' | 'fewestRealizations' | 'drawsRows'
  > {
  /** `reading` is the one to compute, for a figure that has readings. */
  compute(context: FigureContext, reading?: Reading): Promise<Measured>;
  /** What the claims are judged by; of the table alone, `core` evaluates the theory. */
  findings(table: Measured, core: Core): F;
}

/** What plot.ts of a figure exports. */
export type Draw = (data: FigureData, options: PlotOptions & { title: string }) => SVGElement;

/** What claims.ts of a figure exports, and beyond.ts of one beyond the paper. */
export interface Judges<F> {
  claims?(findings: F): Claim[];
  beyond?(findings: F): Finding[];
}

/** The reading of a name, the first without one; undefined for a figure that has none. Throws an InputError. */
export function readingOf(
  { id, readings }: Pick<Figure, 'id' | 'readings'>,
  name?: string,
): Reading | undefined {
  if (name === undefined) return readings?.[0];
  const found = readings?.find((reading) => reading.name === name);
  if (found) return found;
  const allowed = readings?.map((reading) => reading.name).join(', ');
  throw new InputError(
    'reading',
    allowed ? `expected one of ${allowed}, got ${name}` : `figure ${id} has one reading alone, got ${name}`,
  );
}

/** What a figure's files are called by: its id, with the reading where it is not the first. */
export function figureName({ id, readings }: Pick<Figure, 'id' | 'readings'>, reading?: string): string {
  return reading === undefined || reading === readings?.[0].name ? id : `${id}-${reading}`;
}

/** The files of a figure that has this name: of `figureName`. */
export function figureFileNames(name: string): string[] {
  return ['svg', 'pdf', 'png', 'md', 'csv', 'parquet'].map((ending) => `fig${name}.${ending}`);
}

/** A figure from its files. What draws is loaded when something is drawn: it is heavy. */
export async function assemble<F>(
  id: string,
  ...files: [
    data: Promise<{ data: Data<F> }>,
    drawing: () => Promise<{ plot: Draw }>,
    judges?: Promise<Judges<F>>,
  ]
): Promise<{ figure: Figure }> {
  const [{ data }, judges] = await Promise.all([files[0], files[2]]);
  const { title, readings, ensemble, sizesAtOnce, fewestRealizations, drawsRows } = data;
  const figure: Figure = {
    id,
    title,
    readings,
    ensemble,
    sizesAtOnce,
    fewestRealizations,
    drawsRows,
    async compute(context) {
      const reading = readingOf({ id, readings }, context.reading);
      const { parameters, ...result } = await data.compute(context, reading);
      const { rows } = context;
      const whence = {
        ...(reading && { reading }),
        ...(rows && { rows: rows.map((path) => basename(path)) }),
      };
      const table = { ...result, parameters: { ...parameters, ...whence } };
      const beyond = judges?.beyond?.(data.findings(table, context.core)) ?? [];
      return { ...table, claims: figure.claims(table, context.core), beyond };
    },
    claims(table, core) {
      const claims = judges?.claims?.(data.findings(table, core)) ?? [];
      const reading = table.parameters.reading as Reading | undefined;
      return reading ? claims.map((claim) => ({ ...claim, reading: reading.name })) : claims;
    },
    async plot(table, options = {}) {
      const [{ finish }, { plot }] = await Promise.all([import('./frame.js'), files[1]()]);
      const svg = plot(table, { title, ...options });
      return finish(svg, { ...options, reading: (table.parameters.reading as Reading | undefined)?.label });
    },
  };
  return { figure };
}
