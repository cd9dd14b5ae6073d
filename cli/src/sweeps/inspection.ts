// A look into the shards of a run that costs little, however large the run is: a bounded number of
// files and bytes is read in full, of the others nothing is said.
import type { RunDirectory } from './runDirectory.js';
import { DamagedShardError } from './shard.js';
import { GoneShardError, type Shard } from './shardStore.js';

/** What is read, at most: a second or two. */
const BUDGET: Budget = { bytes: 64 * 2 ** 20, shards: 2000 };

export interface Budget {
  bytes: number;
  shards: number;
}

export interface Inspection {
  /** Of each chunk the best shard that is whole, or that was not read. */
  shards: Map<number, Shard>;
  /** How many shards were read and are what their names say. */
  whole: number;
  /** What is wrong with the others that were read, one sentence each. */
  damaged: string[];
}

/** `candidates` as a listing gives them; shards of one chunk are tried in their order. */
export async function inspect(
  run: RunDirectory,
  candidates: ReadonlyMap<number, readonly Shard[]>,
  budget = BUDGET,
): Promise<Inspection> {
  const found: Inspection = { shards: new Map(), whole: 0, damaged: [] };
  const left = { ...budget };
  for (const [chunk, list] of [...candidates].sort(([a], [b]) => a - b)) {
    for (const shard of list) {
      if (left.shards > 0) left.bytes -= (await run.shardSize(shard)) ?? 0;
      if (left.bytes < 0 || --left.shards < 0) {
        found.shards.set(chunk, shard);
        break;
      }
      const state = await look(run, chunk, shard);
      if (state === 'whole') {
        found.shards.set(chunk, shard);
        found.whole++;
        break;
      }
      if (state !== 'gone') found.damaged.push(state);
    }
  }
  return found;
}

/** `whole`, `gone` where another process has set it aside, or what is wrong with it. */
async function look(run: RunDirectory, chunk: number, shard: Shard): Promise<string> {
  try {
    return (await run.readLatest(chunk, shard)) ? 'whole' : 'gone';
  } catch (error) {
    if (error instanceof GoneShardError) return 'gone';
    if (error instanceof DamagedShardError) return error.message;
    throw error;
  }
}
