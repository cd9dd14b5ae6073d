// The loop from changed parameters to what is shown. A run that is no longer wanted has no effect on the page; figures
// follow a slider that moves, because what is being computed is shown before the next values are taken up.

import type { Shown } from '../parts/view.js';
import { Cancelled } from '../worker/compute.js';

/** Milliseconds for which a run that has shown nothing yet is let go on while its parameters move. */
const PATIENCE = 100;
/** Milliseconds after which a run has a progress bar. */
const SLOW = 150;

/** What a run tells while it computes. */
export interface Listener {
  progress(fraction: number): void;
  partial(shown: Shown): void;
  /**
   * Throws Cancelled once the run is not wanted: one of several jobs would end the job of the run that is, if it started another.
   */
  wanted(): void;
}

/** What the runner runs, and where it shows how that goes. */
interface Stage {
  /** Computes with the present parameters. */
  compute(listener: Listener): Promise<Shown>;
  /** Ends what is being computed, if anything is. */
  cancel(): void;
  begins(): void;
  busy(fraction: number): void;
  show(shown: Shown, partial: boolean): void;
  /** Nothing is computed any more. */
  idle(): void;
  /** The result is shown, and nothing else has begun since. */
  done(): void;
  failed(error: unknown): void;
}

export function createRunner(stage: Stage) {
  /** The present run: others have ended, or are not wanted. */
  let run = 0;
  /** When the run that has shown nothing yet began, or null. */
  let unseen: number | null = null;
  /** The parameters moved on since that run began. */
  let moved = false;

  function stop(): void {
    run++;
    unseen = null;
    moved = false;
    stage.cancel();
  }

  /** Shows a result of the present run, and starts the next one if the parameters have moved on. */
  function seen(shown: Shown, partial: boolean): void {
    stage.show(shown, partial);
    unseen = null;
    if (moved) void update();
  }

  async function update(): Promise<void> {
    stop();
    const mine = run;
    const current = () => mine === run;
    const started = performance.now();
    unseen = started;
    stage.begins();
    const slow = setTimeout(() => current() && stage.busy(0), SLOW);
    try {
      const shown = await stage.compute({
        progress: (fraction) => {
          if (current() && performance.now() - started > SLOW) stage.busy(fraction);
        },
        partial: (partial) => current() && seen(partial, true),
        wanted: () => {
          if (!current()) throw new Cancelled();
        },
      });
      if (!current()) return;
      stage.idle();
      seen(shown, false);
      if (current()) stage.done();
    } catch (error) {
      if (current() && !(error instanceof Cancelled)) stage.failed(error);
    } finally {
      clearTimeout(slow);
    }
  }

  return {
    stop,
    /** Computes anew. */
    update,
    /** The parameters have moved: a slider that moves faster than runs end does not leave the figures as they were. */
    follow(): void {
      const left = unseen === null ? 0 : unseen + PATIENCE - performance.now();
      if (left <= 0) void update();
      else if (!moved) {
        moved = true;
        const mine = run;
        setTimeout(() => {
          if (moved && mine === run) void update();
        }, left);
      }
    },
  };
}
