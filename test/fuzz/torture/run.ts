// A run: rounds of one seed, shared out among processes, for a number of rounds or for a time.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { nodeBinary, nodeMajors } from '../../fixtures/nodes.js';
import type { Case } from './cases.js';
import type { JobNews, JobOrder } from './job.js';
import { addTally, emptyTally, type Tally } from './tally.js';

export interface RunOptions {
  seed: number;
  /** The first round, 0 by default. */
  first?: number;
  /** Rounds, at most. */
  rounds: number;
  /** No round starts after this, in milliseconds since 1970. */
  until?: number;
  /** Processes. */
  jobs: number;
  onRound?(round: number, sum: Tally): void;
  /** One call a failure, as soon as it is known. */
  onFailure?(failure: Case): void;
}

export interface RunResult {
  tally: Tally;
  failures: Case[];
  /** Rounds that ended by an error of the torture itself, and processes that died. */
  errors: string[];
  /** Nodes that cold processes ran on, by major version: path of the binary. */
  nodes: Record<string, string>;
}

const job = fileURLToPath(new URL('./job.ts', import.meta.url));

/** The Nodes to be tested; throws where one is not installed. */
export function nodesToTest(): Record<string, string> {
  return Object.fromEntries(nodeMajors.map((major) => [major, nodeBinary(major)]));
}

export async function torture(options: RunOptions): Promise<RunResult> {
  const { seed, first = 0, rounds, until = null, jobs, onRound, onFailure } = options;
  const nodes = nodesToTest();
  const result: RunResult = { tally: emptyTally(), failures: [], errors: [], nodes };
  const hear = (news: JobNews) => {
    if (news.kind === 'error') result.errors.push(`round ${news.round}: ${news.message}`);
    if (news.kind !== 'round') return;
    addTally(result.tally, news.tally);
    for (const failure of news.failures) {
      result.failures.push(failure);
      onFailure?.(failure);
    }
    onRound?.(news.round, result.tally);
  };
  const runs = Array.from({ length: jobs }, (_, k) => {
    const order: JobOrder = { seed, first: first + k, step: jobs, end: first + rounds, until, nodes };
    return start(order, hear, result.errors);
  });
  await Promise.all(runs);
  return result;
}

function start(order: JobOrder, hear: (news: JobNews) => void, errors: string[]): Promise<void> {
  const old = Number(process.versions.node.split('.')[0]) < 22;
  const child: ChildProcess = fork(job, {
    execArgv: ['--import', 'tsx', ...(old ? ['--experimental-wasm-relaxed-simd'] : [])],
    env: { ...process.env, EMFT_TORTURE_JOB: '1' },
    // Not JSON: ranges and rare numbers are infinite.
    serialization: 'advanced',
  });
  let ended = false;
  let last = order.first;
  child.on('message', (news: JobNews) => {
    if (news.kind === 'end') ended = true;
    else last = news.round;
    hear(news);
  });
  child.send(order);
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      if (!ended) errors.push(`the process ended (${signal ?? code}) in the round after ${last}`);
      resolve();
    });
  });
}
