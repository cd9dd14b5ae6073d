// What a view is: parameters, a computation, figures drawn from its result, and the words that go with them.
import type { AnyTask, InputOf, ResultOf } from '../tasks/task.js';
import type { Most, Param, Values } from './params.js';

/** Something on a figure that is dragged, and is a slider for the keyboard: it sets a parameter. */
interface Handle {
  /** Of the parameter. */
  key: string;
  /** What it is, for those who cannot see it. */
  label: string;
  /** Where it is, in the units of the axes. */
  x: number;
  y: number;
  /** The parameter's value at a point of the drawing. */
  value(x: number, y: number): number;
}

/** Steps that a figure plays; figures of the same `id` go through them together. */
export interface Movie {
  id: string;
  count: number;
  /** What there is to see at step k, in words. */
  label(k: number): string;
}

/** A number in the words of a section. */
export interface Quoted {
  text: string;
  exact: number;
}

/** A part of a view that is read: words, and beside them what moves. */
export interface Section {
  id: string;
  title: string;
  /** Trusted markup of this project; `<data data-number="…">` is filled with a number that is computed. */
  words: string;
  /** Ids of its figures, and keys of its parameters. */
  figures: readonly string[];
  params: readonly string[];
  /** The computation on the command line, or the several that it is of. */
  command?(values: Values): string | readonly string[];
}

/** A drawing of Plot knows its axes. */
export type Drawing = SVGSVGElement & {
  scale(name: string): { apply(x: number): number; invert?(x: number): number } | undefined;
};

export interface Figure {
  /** Name of the downloaded files, and the key that keeps a figure's place on the page. */
  id: string;
  /** Here, as in every text a view gives, `$…$` encloses mathematics (text.ts). */
  title: string;
  /** What the figure shows, in words, for those who cannot see it. */
  summary: string;
  /** In pixels; a key may add to the height. Lines and type grow with `u`, which is 1 where the page's type is 16 px. */
  draw(width: number, height: number, u: number, frame: number): SVGSVGElement;
  /** What is to be dragged, and what can be played: `frame` is its step. */
  handle?: Handle;
  movie?: Movie;
  /** As high as wide. */
  square?: boolean;
  /** What the drawing depends on, beyond the width: while it stays the same the figure is not drawn again. */
  drawnFor?: string;
  /** What there is at a point of the drawing, in the units of its axes: said beside the pointer. */
  probe?(x: number, y: number): string | null;
  /** Of a drawing of squares from 0 to `columns` and to `rows`: the keyboard goes from one to the next. */
  cells?: { columns: number; rows: number };
  /** Columns of equal length; downloaded as CSV. */
  data?: Record<string, ArrayLike<number | string>>;
}

/** What can be taken along: copied, where it is text, and saved. */
interface Taken {
  label: string;
  /** Of the saved file. */
  name: string;
  content(): string | Uint8Array;
}

/** A part of a program or a file that computes the same. */
export interface Snippet {
  title: string;
  text: string;
  /** The file that it is. */
  name?: string;
}

/** What a view shows. */
export interface Shown {
  /** Headline numbers. */
  facts: { label: string; value: string }[];
  /** What has to be known about where the numbers come from. */
  note?: string;
  figures: Figure[];
  /** A list to be read, copied and saved: a line each. */
  list?: { title: string; lines(): string[]; name: string };
  /** What else can be saved. */
  taken?: readonly Taken[];
  /** Numbers in the words of sections, by name. */
  numbers?: Record<string, Quoted>;
  /** What a download says of where it is from, if that is not the page with its parameters. */
  origin?: string;
  /** The main numbers in full, kept in the page's `#facts` as data-exact. */
  exact?: string;
}

/** What a view can do while it computes. */
export interface Context<T extends AnyTask> {
  /** Runs the view's task in the worker; `partial` is given what there is so far. */
  run(input: InputOf<T>, partial?: (result: ResultOf<T>) => void): Promise<ResultOf<T>>;
  /** The next step of Play follows as soon as this run is done. */
  playing: boolean;
  /** Shows what there is so far; figures that it does not have stay as they were. Resolves once that can be seen. */
  show(partial: Shown): Promise<void>;
  /** Changes parameters as the controls would. */
  change(values: Values): void;
}

/** What the page knows of a view. */
export interface Description {
  /** In its tab. */
  title: string;
  /** What it shows: its row in the guide's table of views. */
  about: string;
  /** Trusted markup of this project, with MathML where an equation explains more than words. */
  intro: string;
  params: readonly Param[];
  /** A page to read in place of controls on the left and figures on the right. */
  sections?: readonly Section[];
  /** Hides parameters that do not apply, by key. */
  hidden?(values: Values): readonly string[];
  /** Where the values of some parameters bound those of others, as the number of sites bounds that of up spins. */
  most?: Most;
  /** The same computation on the command line. */
  command(values: Values): string;
  /** The same in other forms, below the command. */
  snippets?(values: Values): readonly Snippet[];
  /** Long computations wait for a press of the button. */
  manual?: boolean;
  /** What is shown until then: a run that was made elsewhere. */
  stored?(): Shown;
  /** A parameter that a Play button walks through, with its step. */
  play?: { key: string; step: number; label: string };
}

/** A view of what the task T computes. */
export interface View<T extends AnyTask> extends Description {
  run(values: Values, context: Context<T>): Promise<Shown>;
}
