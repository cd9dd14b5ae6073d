// A file that is there and stays as it is, unless the caller is asked to replace it: how one asks, the caller says.
import { InputError } from 'emft/check';

export class OccupiedError extends InputError {
  constructor(
    path: string,
    reason: string,
    /** Whether it is one of the files of a result directory. */
    readonly inResults: boolean,
  ) {
    super(path, reason);
  }
}
