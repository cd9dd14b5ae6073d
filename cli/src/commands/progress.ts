// Progress on stderr: a bar on a terminal, a line per step elsewhere.
import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';

export interface Progress {
  /** Begins a step. */
  step(label: string): void;
  /** Says that a step is done, where steps are not one after the other and none was begun. */
  done(label: string, seconds: number): void;
  /** Shows the share of the current step that is done, in [0, 1], and lets signals be handled. */
  update(fraction: number): Promise<void>;
  /** Ends the last step and the display. */
  stop(): void;
}

/** `steps` is the number of calls of `step` that will follow. */
export function createProgress(steps: number): Progress {
  const display = process.stderr.isTTY ? bar(steps) : lines(steps);
  return {
    ...display,
    async update(fraction) {
      display.show(fraction);
      await setImmediate();
    },
  };
}

/** The bar has many modules: they are loaded only where one is drawn. */
const load = createRequire(import.meta.url);

/** A bar, followed by the words of its `label`. */
export function labelledBar() {
  const { SingleBar } = load('cli-progress') as typeof import('cli-progress');
  return new SingleBar({
    format: '{bar} {percentage} %  {label}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    stream: process.stderr,
    gracefulExit: false,
  });
}

function bar(steps: number) {
  const single = labelledBar();
  let done = -1;
  let finished = 0;
  single.start(steps, 0, { label: '' });
  return {
    step: (label: string) => single.update(++done, { label }),
    show(fraction: number) {
      if (done >= 0) single.update(done + fraction);
    },
    done: (label: string) => single.update(++finished, { label }),
    stop() {
      single.update(Math.min(Math.max(done + 1, finished), steps));
      single.stop();
    },
  };
}

function lines(steps: number) {
  let number = 0;
  let started = 0;
  let label: string | undefined;
  const say = (what: string, seconds: number) =>
    process.stderr.write(`[${number}/${steps}] ${what}: ${seconds.toFixed(1)} s\n`);
  const finish = () => {
    if (label !== undefined) say(label, (performance.now() - started) / 1000);
  };
  return {
    step(next: string) {
      finish();
      number++;
      label = next;
      started = performance.now();
    },
    done(what: string, seconds: number) {
      number++;
      say(what, seconds);
    },
    show() {},
    stop: finish,
  };
}

/**
 * A signal raised by the first Ctrl-C (or SIGTERM, or the end of the terminal), so that the run stops after the current
 * piece of work with its files in order; the second Ctrl-C ends the process at once.
 */
export function interruptible<T>(body: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(130);
    process.stderr.write(`\n${name}: stopping after the current step; once more to stop at once\n`);
    controller.abort(new DOMException('interrupted', 'AbortError'));
  };
  // Without a terminal, SIGHUP has been set to be ignored.
  const names: NodeJS.Signals[] = [
    'SIGINT',
    'SIGTERM',
    ...(process.listenerCount('SIGHUP') ? [] : ['SIGHUP' as const]),
  ];
  for (const name of names) process.on(name, stop);
  return body(controller.signal).finally(() => {
    for (const name of names) process.off(name, stop);
  });
}
