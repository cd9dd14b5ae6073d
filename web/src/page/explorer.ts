// The page as a whole: what runs when a view is opened, a parameter changes or a button is pressed, and what is shown.
import { InputError } from 'emft/client';
import type { Shown } from '../parts/view.js';
import { type TaskName, views } from '../views/index.js';
import type { Compute } from '../worker/compute.js';
import { CANCELLED, createActions } from './actions.js';
import { element, fromBefore, showProblems } from './elements.js';
import type { Host } from './figureNodes.js';
import { createLayout } from './layout.js';
import { nextValue } from './play.js';
import { createRunner, type Listener } from './runner.js';
import { createState, type State } from './state.js';

/** Milliseconds between two parts of an article that are laid out, in which figures are drawn. */
const BREATH = 30;
/** Milliseconds that a step of Play is looked at. */
const LOOK = 60;
/** Milliseconds after which a frame is not waited for. */
const UNSEEN = 1000;
const PRESS_RUN = 'Press Run to start.';

/** Fills the page with the view that its URL names, and from then on does what its visitor wants. */
export function startExplorer(compute: Compute): void {
  let playing = false;
  /** What the run that is shown was computed with, and when: parameters may have moved on since. */
  let origin = '';
  let started = '';
  const layout = createLayout(
    hostOf(
      () => state,
      () => origin,
    ),
  );
  const run = () => void runner.update();
  const actions = createActions({ run, cancel, play });
  const state = createState(opened, changed);
  const problems = createProblems(state);
  const words = createWords(state, layout.quote);
  offerLargeType(layout.again);
  const runner = createRunner({
    compute: (listener) => computeView(compute, state, state.name, playing, listener),
    cancel: compute.cancel,
    begins() {
      started = dated(state.summary());
      layout.setBusy(true);
    },
    busy: actions.busy,
    show(shown, partial) {
      problems.mended();
      origin = started;
      words.follow(shown);
      layout.show(shown, partial);
    },
    idle: () => rest(),
    done: () => playing && setTimeout(step, LOOK),
    failed: (error) => {
      playing = false;
      problems.failed(error);
      rest();
    },
  });

  function opened(): void {
    playing = false;
    layout.clear();
    words.opened();
    actions.opened(state.view());
    if (!wait()) run();
    const stored = state.view().manual && state.view().stored?.();
    if (stored) layout.show(stored, false);
  }

  function changed(): void {
    if (!wait()) runner.follow();
  }

  /** Long computations wait for the button. */
  function wait(): boolean | undefined {
    const { manual } = state.view();
    if (manual) {
      runner.stop();
      rest(PRESS_RUN);
    }
    return manual;
  }

  function cancel(): void {
    playing = false;
    runner.stop();
    rest(CANCELLED);
  }

  function play(): void {
    playing = !playing;
    rest();
    if (playing) step();
    else run();
  }

  function step(): void {
    const next = playing && nextValue(state.view(), state.values);
    if (next) state.set(next);
  }

  /** Nothing is computed; `note` says why not. */
  function rest(note = ''): void {
    layout.setBusy(false);
    words.follow();
    actions.idle(state.name, state.view(), playing, note);
  }

  state.openLocation();
}

/** The first figure of the page comes before the words that follow it; these come a part at a time, and `quote` fills in numbers. */
function createWords(state: State, quote: () => void) {
  let begun = false;
  return {
    /** The first figure is there, or there will be none. */
    follow(shown?: Shown): void {
      state.article.reach(shown?.figures.map(({ id }) => id) ?? []);
      if (begun) return;
      begun = true;
      const watch = setInterval(() => {
        if (!state.article.unfold()) clearInterval(watch);
        quote();
      }, BREATH);
    },
    /** A view that is opened later has all of its words at once. */
    opened(): void {
      if (begun) while (state.article.unfold());
    },
  };
}

/** What is wrong with the URL, and beside it what was refused, until a run shows that it has been mended. */
function createProblems(state: State) {
  let ofRun = false;
  return {
    failed(error: unknown): void {
      ofRun = true;
      showProblems([...state.problems, failure(error)]);
    },
    mended(): void {
      if (ofRun) showProblems(state.problems);
      ofRun = false;
    },
  };
}

function computeView<Name extends TaskName>(
  compute: Compute,
  state: State,
  name: Name,
  playing: boolean,
  { progress, partial, wanted }: Listener,
): Promise<Shown> {
  return views[name].run(state.values, {
    playing,
    show(some) {
      partial(some);
      return painted();
    },
    change: state.set,
    run(input, soFar) {
      wanted();
      const result = compute.run(name, input, (fraction, some) => {
        progress(fraction);
        if (some !== undefined) soFar?.(some);
      });
      return result.finally(wanted);
    },
  });
}

/**
 * Resolves after the next frame: at once in a tab in the background, which paints none and whose timers are slow, and after a second
 * where none is painted for another reason.
 */
const painted = () =>
  new Promise<void>((resolve) => {
    if (document.hidden) return resolve();
    const late = setTimeout(resolve, UNSEEN);
    requestAnimationFrame(() => {
      clearTimeout(late);
      setTimeout(resolve);
    });
  });

const failure = (error: unknown) =>
  error instanceof InputError
    ? `${error.message}.${fromBefore()}`
    : `The computation failed: ${error instanceof Error ? error.message : String(error)}`;

const dated = (what: string) => `${what}, ${new Date().toISOString().slice(0, 10)}`;

/** What figures may know and do of the parameters. */
function hostOf(state: () => State, origin: () => string): Host {
  return {
    param: (key) =>
      state()
        .view()
        .params.find((param) => param.key === key),
    value: (key) => state().values[key],
    set: (values) => state().set(values),
    origin,
  };
}

/** For talks: everything grows, the figures too. */
function offerLargeType(again: () => void): void {
  const type = element('type');
  type.addEventListener('click', () => {
    const large = document.documentElement.classList.toggle('large');
    type.setAttribute('aria-pressed', String(large));
    again();
  });
}
