// Checks some shards of a run at a bounded cost, however large the run is: a limited number of files and bytes is read
// in full, and the other shards are not judged.
import type { RunDirectory } from './runDirectory.js';
import { DamagedShardError } from './shard.js';
import { GoneShardError, type Shard } from './shardStore.js';

/** The most that is read: a second or two. */
const BUDGET: Budget = { bytes: 64 * 2 ** 20, shards: 2000 };

interface Budget {
  bytes: number;
  shards: number;
}

interface Inspection {
  /** For each chunk its best shard that is whole, or that was not read. */
  shards: Map<number, Shard>;
  /** Number of shards that were read and match their names. */
  whole: number;
  /** For each damaged shard among those that were read, one sentence. */
  damaged: string[];
}

/** `candidates` come from a listing; the shards of one chunk are tried in their order. */
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

/** `whole`, or `gone` where another process has set the shard aside, or what is wrong with it. */
async function look(run: RunDirectory, chunk: number, shard: Shard): Promise<string> {
  try {
    return (await run.readLatest(chunk, shard)) ? 'whole' : 'gone';
  } catch (error) {
    if (error instanceof GoneShardError) return 'gone';
    if (error instanceof DamagedShardError) return error.message;
    throw error;
  }
}
