// Typed errors of the public API. The command line maps them to exit statuses.

/** Base of every error this package throws on purpose. */
export class EmftError extends Error {
  override name = 'EmftError';
}

/** An argument is of the wrong type, length or range. `argument` names it. Exit status 2. */
export class InputError extends EmftError {
  override name = 'InputError';
  readonly argument: string;
  constructor(argument: string, message: string) {
    super(`${argument}: ${message}`);
    this.argument = argument;
  }
}

/** The computation needs more memory than WebAssembly can address or the host gives. Exit status 1. */
export class MemoryError extends EmftError {
  override name = 'MemoryError';
  /** Bytes asked for. */
  readonly needed: number;
  /** Bytes that there are, where that is known. */
  readonly available: number | undefined;
  constructor(needed: number, message: string, available?: number) {
    super(message);
    this.needed = needed;
    this.available = available;
  }
}

/** An iteration reached its cap without converging. Exit status 1. */
export class ConvergenceError extends EmftError {
  override name = 'ConvergenceError';
}
