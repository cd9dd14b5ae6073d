// One of the processes of a run: rounds in turn; what they did is reported after each.
import type { Bench } from './bench.js';
import type { Case } from './cases.js';
import { watchedCore } from './cores.js';
import { runRound } from './round.js';
import { emptyTally, type Tally } from './tally.js';

export interface JobOrder {
  seed: number;
  /** The first round, and the one behind the last. */
  first: number;
  end: number;
  /** And none starts after this, in milliseconds since 1970. */
  until: number | null;
  nodes: Record<string, string>;
  /** Failures of each kind so far. */
  seen: Record<string, number>;
}

export type JobNews =
  | { kind: 'round'; round: number; tally: Tally; failures: Case[] }
  | { kind: 'end' }
  | { kind: 'error'; round: number; message: string };

async function runRounds(order: JobOrder, say: (news: JobNews) => void): Promise<void> {
  let [simd, relaxed] = [await watchedCore({}), await watchedCore({ build: 'relaxed' })];
  for (let round = order.first; round < order.end; ++round) {
    if (order.until !== null && Date.now() > order.until) break;
    const failures: Case[] = [];
    const tally = emptyTally();
    const bench: Bench = {
      seed: order.seed,
      round,
      simd,
      relaxed,
      tally,
      seen: order.seen,
      nodes: order.nodes,
      fail: (failure) => failures.push(failure),
    };
    try {
      await runRound(bench);
    } catch (error) {
      say({ kind: 'error', round, message: String((error as Error).stack ?? error) });
    }
    say({ kind: 'round', round, tally, failures });
    if (failures.length > 0) {
      // What follows does not depend on what a failure may have left behind.
      simd.core.dispose();
      relaxed.core.dispose();
      [simd, relaxed] = [await watchedCore({}), await watchedCore({ build: 'relaxed' })];
    }
  }
  say({ kind: 'end' });
}

if (process.send && process.env.EMFT_TORTURE_JOB) {
  // Who asked is gone.
  process.on('disconnect', () => process.exit());
  // A listener that stays keeps the process alive while nothing but WebAssembly compiles.
  process.on('message', (order: JobOrder) => {
    const say = (news: JobNews) => void process.send?.(news);
    void runRounds(order, say).then(() => process.disconnect());
  });
}
