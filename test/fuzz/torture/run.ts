// A run: rounds of one seed in short stretches, each in a process of its own on the next of the Nodes, so many at a time.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { nodeBinary, nodeMajors } from '../../support/nodes.js';
import type { Case } from './cases.js';
import type { JobNews, JobOrder } from './job.js';
import { addTally, emptyTally, type Tally } from './tally.js';

interface RunOptions {
  seed: number;
  /** The first round, 0 by default. */
  first?: number;
  /** Rounds, at most. */
  rounds: number;
  /** No round starts after this, in milliseconds since 1970. */
  until?: number;
  /** Processes at a time. */
  jobs: number;
  onRound?(round: number, sum: Tally): void;
  /** One call a failure, as soon as it is known. */
  onFailure?(failure: Case): void;
}

export interface RunResult {
  tally: Tally;
  failures: Case[];
  /** Rounds that ended by an error of the torture itself, and processes that died or did not end. */
  errors: string[];
  /** Nodes that everything ran on, by major version: path of the binary. */
  nodes: Record<string, string>;
}

/** Rounds of a stretch. */
const STRETCH = 20;
/** Minutes of a round, on a machine as busy as it may be, after which its process is ended. */
const MINUTES = 20;

const job = fileURLToPath(new URL('./job.ts', import.meta.url));

/** The Nodes to be tested; throws where one is not installed. */
export function nodesToTest(): Record<string, string> {
  return Object.fromEntries(nodeMajors.map((major) => [major, nodeBinary(major)]));
}

/** Flags with which a Node of that major version has relaxed SIMD, and runs TypeScript. */
export function nodeFlags(major: string): string[] {
  return ['--import', 'tsx', ...(Number(major) < 22 ? ['--experimental-wasm-relaxed-simd'] : [])];
}

export async function torture(options: RunOptions): Promise<RunResult> {
  const { seed, first = 0, rounds, until = null, jobs, onRound, onFailure } = options;
  const nodes = nodesToTest();
  const majors = Object.keys(nodes);
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
  // Stretches begin at multiples of their length, so that a round is always run on the same Node.
  let next = Math.floor(first / STRETCH);
  const end = first + rounds;
  const seen: Record<string, number> = {};
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      while (next * STRETCH < end && (until === null || Date.now() < until)) {
        const stretch = next++;
        const order: JobOrder = {
          seed,
          first: Math.max(first, stretch * STRETCH),
          end: Math.min(end, (stretch + 1) * STRETCH),
          until,
          nodes,
          seen,
        };
        await runStretch(order, majors[stretch % majors.length], hear, result.errors);
        for (const [key, x] of Object.entries(result.tally.failures)) seen[key] = x;
      }
    }),
  );
  return result;
}

async function runStretch(
  order: JobOrder,
  major: string,
  hear: (news: JobNews) => void,
  errors: string[],
): Promise<void> {
  const child = fork(job, {
    execPath: order.nodes[major],
    execArgv: nodeFlags(major),
    env: { ...process.env, EMFT_TORTURE_JOB: '1' },
    // Not JSON: some numbers are infinite.
    serialization: 'advanced',
  });
  let ended = false;
  let last: number | undefined;
  const kill = () => child.kill('SIGKILL');
  let timer = setTimeout(kill, 60_000 * MINUTES);
  child.on('message', (news: JobNews) => {
    clearTimeout(timer);
    if (news.kind === 'end') ended = true;
    else {
      last = news.round;
      timer = setTimeout(kill, 60_000 * MINUTES);
    }
    hear(news);
  });
  child.send(order);
  const how = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(signal ?? `exit status ${code}`));
  });
  clearTimeout(timer);
  if (!ended)
    errors.push(`the process ended by ${how} in round ${last === undefined ? order.first : last + 1}`);
}
