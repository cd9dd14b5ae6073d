// Below the controls: a progress bar with Cancel while something is computed, Run and Play otherwise.

import { setText } from '../parts/text.js';
import type { Description } from '../parts/view.js';
import { button, element } from './elements.js';

/** What the buttons do. */
interface Pressed {
  run(): void;
  cancel(): void;
  play(): void;
}

/** After a press of Cancel: the run can be started again. */
export const CANCELLED = 'Cancelled.';

export function createActions(pressed: Pressed) {
  const node = element('actions');
  /** Which buttons there are. */
  let shown = '';

  function runButton(): HTMLButtonElement {
    const run = button('Run', pressed.run);
    run.className = 'primary';
    run.id = 'run';
    return run;
  }

  return {
    /** A view whose buttons are none has the progress bar between its controls and its facts, where nothing moves for it. */
    opened({ manual, play }: Description): void {
      node.classList.toggle('bare', !manual && !play);
    },
    busy(fraction: number): void {
      let bar = node.querySelector('progress');
      if (!bar) {
        bar = document.createElement('progress');
        bar.setAttribute('aria-label', 'Computation');
        const cancel = button('Cancel', pressed.cancel);
        cancel.id = 'cancel';
        node.replaceChildren(bar, cancel);
        shown = '';
      }
      bar.value = fraction;
    },
    /** The buttons of the view of this name; `note` stands behind them. */
    idle(name: string, { manual, play }: Description, playing: boolean, note: string): void {
      // Buttons that would come out the same keep the focus they may have.
      const wanted = [name, playing, note].join(' ');
      if (shown === wanted) return;
      shown = wanted;
      const parts: (HTMLElement | string)[] = [];
      if (manual || note === CANCELLED) parts.push(runButton());
      if (play) parts.push(setText(button('', pressed.play), playing ? 'Pause' : play.label));
      if (note) parts.push(note);
      node.replaceChildren(...parts);
    },
  };
}
