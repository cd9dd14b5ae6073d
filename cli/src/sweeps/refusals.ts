// Errors about the state of a run. The caller says what to do about them.
import { EmftError, InputError } from 'emft/check';

/** The run was not collected, because tasks have no rows. */
export class GapError extends EmftError {
  override name = 'GapError';

  constructor(
    message: string,
    /** Directory of the run. */
    readonly run: string,
    /** Number of tasks that were computed and failed. */
    readonly failed: number,
  ) {
    super(message);
  }
}

/** The run was not begun, because the directory already holds it. */
export class BegunError extends InputError {
  constructor(readonly run: string) {
    super(run, 'holds this very run already');
  }
}
