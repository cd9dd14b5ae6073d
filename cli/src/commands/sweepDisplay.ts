// Shared by `sweep`, `resume` and `element`: progress with rate and time left, and the end of a run.
import { FileError } from '../files/fileError.js';
import { printable } from '../files/printable.js';
import { note, print } from '../files/streams.js';
import { shellWord } from '../sweeps/engines/slurm/shellWord.js';
import type { RunDirectory } from '../sweeps/runDirectory.js';
import type { SweepOptions, SweepProgress, SweepSummary } from '../sweeps/sweep.js';
import { printJson } from './common.js';
import { interruptible, labelledBar } from './progress.js';

/** Seconds between progress lines where stderr is no terminal. */
const LINE_SECONDS = 10;

/** Milliseconds that running chunks may go on after the first Ctrl-C: longer ones are left to `resume`. */
const PATIENCE = 5000;

export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${(hours / 24).toFixed(1)} days`;
}

function describe({ done, failed, total, computed, seconds, secondsLeft }: SweepProgress): string {
  const rate = computed / seconds;
  return [
    `${done}/${total} tasks`,
    ...(failed ? [`${failed} failed`] : []),
    `${rate >= 100 ? Math.round(rate) : rate.toPrecision(3)} tasks/s`,
    ...(secondsLeft === null ? [] : [`${duration(secondsLeft)} left`]),
  ].join(', ');
}

interface Display {
  show(progress: SweepProgress): void;
  notice(text: string): void;
  stop(): void;
}

function createDisplay(): Display {
  if (process.stderr.isTTY) {
    const bar = labelledBar();
    let started = false;
    return {
      show(progress) {
        if (!started) bar.start(progress.total, 0, { label: '' });
        started = true;
        bar.update(progress.done, { label: describe(progress) });
      },
      notice: (text) => process.stderr.write(`${started ? '\n' : ''}${printable(text)}\n`),
      stop() {
        if (started) bar.stop();
      },
    };
  }
  let shown = Number.NEGATIVE_INFINITY;
  return {
    show(progress) {
      if (progress.done < progress.total && progress.seconds - shown < LINE_SECONDS) return;
      shown = progress.seconds;
      process.stderr.write(`${describe(progress)}\n`);
    },
    notice: note,
    stop() {},
  };
}

/**
 * Computes on this machine, showing progress; the first Ctrl-C lets running chunks finish for some seconds, the second
 * ends the process at once.
 */
export async function sweepHere(run: RunDirectory, options: SweepOptions): Promise<SweepSummary> {
  const { sweep } = await import('../sweeps/sweep.js');
  const display = createDisplay();
  try {
    return await interruptible((signal) => {
      const stop = options.stop ? AbortSignal.any([signal, options.stop]) : signal;
      const giveUp = new AbortController();
      let timer: NodeJS.Timeout | undefined;
      signal.addEventListener('abort', () => {
        timer = setTimeout(() => giveUp.abort(), PATIENCE);
      });
      const watched = { stop, giveUp: giveUp.signal, onProgress: display.show, onNotice: display.notice };
      return sweep(run, { ...options, ...watched }).finally(() => clearTimeout(timer));
    });
  } catch (error) {
    if (error instanceof FileError) {
      error.message += `; what is computed is kept, go on with: emft resume ${shellWord(run.path)}`;
    }
    throw error;
  } finally {
    display.stop();
  }
}

/** Prints the result, and sets the exit status: 1 for failed tasks, 130 when stopped early. */
export async function report(
  run: RunDirectory,
  summary: SweepSummary,
  json: boolean | undefined,
): Promise<void> {
  const { computed, missing, failures } = summary;
  const tasks = run.manifest.tasks;
  if (json)
    await printJson({ directory: run.path, tasks, chunks: run.chunks.length, computed, missing, failures });
  else await print(`${printable(run.path)}\n`);
  printFailures(failures);
  if (missing > 0) {
    note(
      `stopped: ${missing} ${missing === 1 ? 'chunk is' : 'chunks are'} missing; go on with: emft resume ${shellWord(run.path)}`,
    );
    process.exitCode = 130;
  } else if (failures.length > 0) process.exitCode = 1;
  else if (!json) note(`collect its rows with: emft collect ${shellWord(run.path)}`);
}

/** Most failures listed in full. */
const LISTED = 50;

export function printFailures(failures: SweepSummary['failures']): void {
  if (failures.length === 0) return;
  note(`${failures.length} ${failures.length === 1 ? 'task' : 'tasks'} failed:`);
  for (const { task, parameters, sample, attempts, error } of failures.slice(0, LISTED)) {
    const values = Object.entries(parameters).map(([name, value]) => `${name} = ${value}`);
    const parts = [...values, `sample = ${sample}`].join(', ');
    note(
      `  task ${task} (${parts}), ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}: ${error.name}: ${error.message}`,
    );
  }
  if (failures.length > LISTED) note(`  … and ${failures.length - LISTED} more`);
}
