// What a figure is: a table computed with the public API, what the paper states of it against what was measured, and a
// drawing that is a function of the table. Each of the three is a file of the figure's folder.
import type { Core } from 'emft';
import type { Claim } from './claim.js';
import type { Ensemble } from './part.js';

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

export interface FigureResult extends FigureData {
  /** Numbers read off the figure, by name. */
  measured: Record<string, number>;
  claims: Claim[];
}

export interface FigureContext {
  core: Core;
  profile: Profile;
  /** What to compute in place of the profile's ensemble: see `partOf`. */
  ensemble?: Ensemble;
  /** Ends the work when it is aborted, at the next `checkpoint`. */
  signal?: AbortSignal;
  /** Reports a fraction in [0, 1], and lets events in. */
  progress(fraction: number): Promise<void>;
}

/** Stands between two pieces of work: reports progress, and throws the signal's reason when the work is to end. */
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
}

export interface Figure {
  /** As in the paper: '3a' is Fig. 3(a). */
  id: string;
  title: string;
  /** Realizations of each size that the profiles take, for a figure drawn from an ensemble. */
  ensemble?(profile: Profile): Ensemble;
  /** How many sizes one drawing shows; by default any number of them. */
  sizesAtOnce?: number;
  compute(context: FigureContext): Promise<FigureResult>;
  /** Draws `data`; the same data give the same elements. */
  plot(data: FigureData, options?: PlotOptions): SVGElement;
}

/** A figure's table, and its findings: what the claims are judged by. */
export interface Computed<F> extends FigureData {
  measured: Record<string, number>;
  findings: F;
}

/** What data.ts of a figure exports. */
export interface Data<F> extends Pick<Figure, 'title' | 'ensemble' | 'sizesAtOnce'> {
  compute(context: FigureContext): Promise<Computed<F>>;
}

/** What plot.ts of a figure exports. */
export type Draw = (data: FigureData, options: PlotOptions & { title: string }) => SVGElement;

/** What claims.ts of a figure exports. */
export type Judge<F> = (findings: F) => Claim[];

/** A figure from its three files; one beyond the paper has nothing to claim. */
export async function assemble<F>(
  id: string,
  ...files: [
    data: Promise<{ data: Data<F> }>,
    plot: Promise<{ plot: Draw }>,
    claims?: Promise<{ claims: Judge<F> }>,
  ]
): Promise<{ figure: Figure }> {
  const [{ data }, { plot }, judge] = await Promise.all(files);
  const { title, ensemble, sizesAtOnce } = data;
  const figure: Figure = {
    id,
    title,
    ensemble,
    sizesAtOnce,
    async compute(context) {
      const { findings, ...result } = await data.compute(context);
      return { ...result, claims: judge?.claims(findings) ?? [] };
    },
    plot: (table, options = {}) => plot(table, { title, ...options }),
  };
  return { figure };
}
