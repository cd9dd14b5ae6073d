// Typed errors of the public API. The command line maps them to exit statuses.

/** Base of every error this package throws on purpose. */
export class EmftError extends Error {
  /** The name of the class. */
  override name = 'EmftError';
}

/**
 * The way to an argument, from the outside in: `['options', 'range', 'index']` is the option `index` in the option `range`,
 * a number is a place in a list.
 */
export type ArgumentPath = readonly (string | number)[];

/** The path as a programmer writes it: `options.range.index`, `ends[2].alpha`. */
function written(path: ArgumentPath): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('');
}

/**
 * An argument is of the wrong type, length or range, or asks for more than WebAssembly can address. `argument` names it.
 * Exit status 2.
 */
export class InputError extends EmftError {
  /** The name of the class. */
  override name = 'InputError';
  /** The argument at fault, `a` or `options.range.index` for example. */
  readonly argument: string;
  /** The same as a path, for programs: `['a']` or `['options', 'range', 'index']`. Parts in lists are numbers. */
  readonly path: ArgumentPath;
  /** The value passed and the values allowed: the message without the argument. */
  readonly reason: string;
  /**
   * An error whose message begins with the argument.
   *
   * @param argument - Its name, or the path to it. A name is not taken apart: it is a path of one part.
   * @param reason - The value passed and the values allowed.
   * @param options - `cause`: what a function of the program threw, where that is the reason.
   */
  constructor(argument: string | ArgumentPath, reason: string, options?: ErrorOptions) {
    const path = typeof argument === 'string' ? [argument] : argument.slice();
    const text = written(path);
    super(`${text}: ${reason}`, options);
    this.argument = text;
    this.path = path;
    this.reason = reason;
  }
}

/**
 * The computation needs more memory than the host gives, or more than WebAssembly can address where no single argument
 * is the cause. Exit status 1, or 2 where no host could give it.
 */
export class MemoryError extends EmftError {
  /** The name of the class. */
  override name = 'MemoryError';
  /** Bytes that the call needs in all. */
  readonly needed: number;
  /** Bytes available, where that is known. */
  readonly available: number | undefined;
  /**
   * An error that records how much memory was asked for.
   *
   * @param needed - Bytes.
   * @param message - The whole message.
   * @param available - Bytes available.
   */
  constructor(needed: number, message: string, available?: number) {
    super(message);
    this.needed = needed;
    this.available = available;
  }
}

/**
 * A worker thread of the core ended while a call was using it. That call is lost; the core goes on with one thread, and
 * with as many as before once new workers have started. Exit status 1.
 */
export class WorkerError extends EmftError {
  override name = 'WorkerError';
}

/** An iteration reached its cap without converging. Exit status 1. */
export class ConvergenceError extends EmftError {
  /** The name of the class. */
  override name = 'ConvergenceError';
}
