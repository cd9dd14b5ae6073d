// Which command helps after an error: what the rooms below say is what is the case, not what to type.
import { shellWord } from '../sweeps/engines/slurm/shellWord.js';
import { BegunError, GapError } from '../sweeps/refusals.js';

/** To be put behind the message; empty where there is nothing to advise. */
export function adviceOn(error: unknown): string {
  if (error instanceof BegunError) return `; go on with: emft resume ${shellWord(error.run)}`;
  if (!(error instanceof GapError)) return '';
  const retry = error.failed > 0 ? ' --retry-failed' : '';
  return `; go on with: emft resume ${shellWord(error.run)}${retry}, or collect with --allow-gaps`;
}
