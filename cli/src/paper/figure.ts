// What a figure is: data computed with the public API, and a plot that is a function of the data.
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
  /** Call between pieces of work: reports progress in [0, 1], lets signals in, throws when aborted. */
  progress(fraction: number): Promise<void>;
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
