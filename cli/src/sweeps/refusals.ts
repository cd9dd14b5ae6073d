// What is refused for the state that a run is in. What to do about it is for the caller to say.
import { EmftError, InputError } from 'emft';

/** Not collected: tasks have no rows. */
export class GapError extends EmftError {
  override name = 'GapError';

  constructor(
    message: string,
    /** Directory of the run. */
    readonly run: string,
    /** Tasks that were computed, and failed. */
    readonly failed: number,
  ) {
    super(message);
  }
}

/** Not begun: the directory holds this very run already. */
export class BegunError extends InputError {
  constructor(readonly run: string) {
    super(run, 'holds this very run already');
  }
}
