// Which command or flag helps after an error: the rooms below say what the problem is, not what to type.
import { PortError } from '../explorer/portError.js';
import { OccupiedError } from '../files/occupiedError.js';
import { shellWord } from '../sweeps/engines/slurm/shellWord.js';
import { BegunError, GapError } from '../sweeps/refusals.js';

/** Text to be added to the message; empty if there is no advice. */
export function adviceOn(error: unknown): string {
  if (error instanceof PortError) return ': choose another with --port, or 0 for any';
  if (error instanceof OccupiedError) {
    return error.inResults ? '; move it, choose another -o, or use --force' : '; --force replaces it';
  }
  if (error instanceof BegunError) return `; go on with: emft resume ${shellWord(error.run)}`;
  if (!(error instanceof GapError)) return '';
  const retry = error.failed > 0 ? ' --retry-failed' : '';
  return `; go on with: emft resume ${shellWord(error.run)}${retry}, or collect with --allow-gaps`;
}
