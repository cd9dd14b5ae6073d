// What a task is: a computation of one view, made in the worker. Every number comes through the package's public API.
import type { Core } from 'emft';

/**
 * Tells how far the task is, and what of its result there is so far. To be awaited: a cancelled task ends there.
 * Fractions are from 0 to 1.
 */
export type Report<Result = never> = (fraction: number, partial?: Result) => Promise<void>;

/** The core of one thread, and one on as many as the page may use: they pay only for large matrices. */
export interface Cores {
  core: Core;
  threaded(): Promise<Core>;
}

/** `signal`: for what stops by itself between two reports. */
export type Task<Input, Result> = (
  input: Input,
  cores: Cores,
  report: Report<Result>,
  signal: AbortSignal,
) => Result | Promise<Result>;

export type AnyTask = Task<never, unknown>;
export type InputOf<T extends AnyTask> = Parameters<T>[0];
export type ResultOf<T extends AnyTask> = Awaited<ReturnType<T>>;
