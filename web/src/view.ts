// What a view is: parameters, a computation, figures drawn from its result, and the words that go with them.
import type { Compute } from './compute.js';
import type { Param, Values } from './params.js';

export interface Figure {
  /** Name of the downloaded files, and the key that keeps a figure's place on the page. */
  id: string;
  /** Here, as in every text a view gives, _{…} is a subscript. */
  title: string;
  /** What the figure shows, in words, for those who cannot see it. */
  summary: string;
  /** In pixels; a key may add to the height. */
  draw(width: number, height: number): SVGSVGElement;
  /** As high as wide. */
  square?: boolean;
  /** What the drawing depends on, beyond the width: while it stays the same the figure is not drawn again. */
  drawnFor?: string;
  /** Columns of equal length; downloaded as CSV. */
  data?: Record<string, ArrayLike<number | string>>;
}

export interface Result {
  /** Headline numbers. */
  facts: { label: string; value: string }[];
  /** What has to be known about where the numbers come from. */
  note?: string;
  figures: Figure[];
  /** The main numbers in full, kept in the page's `#facts` as data-exact. */
  exact?: string;
}

export interface RunContext {
  compute: Compute;
  /** Reports the share of the work done, from 0 to 1. */
  progress(fraction: number): void;
  /** The next step of Play follows as soon as this run is done. */
  playing: boolean;
  /** Shows what there is so far; figures that it does not have stay as they were. */
  partial(result: Result): void;
  /** Changes parameters as the controls would. */
  change(values: Values): void;
}

export interface View {
  id: string;
  title: string;
  /** Trusted markup of this project, with MathML where an equation explains more than words. */
  intro: string;
  params: readonly Param[];
  /** Hides parameters that do not apply, by key. */
  hidden?(values: Values): readonly string[];
  run(values: Values, context: RunContext): Promise<Result>;
  /** The same computation on the command line. */
  command(values: Values): string;
  /** Long computations wait for a press of the button. */
  manual?: boolean;
  /** A parameter that a Play button walks through, with its step. */
  play?: { key: string; step: number; label: string };
}
