// Starts one worker thread of a team, in Node or in a page.
import { hasSharedMemory, isNode } from './host.js';
import { coresAllowed } from './quota.js';
import type { TeamMessage, TeamSetup } from './teamWorker.js';
import { nodeThreads, pageWorker, patience, scriptBeside } from './workers.js';

/** The common interface of a worker of Node and a worker of a page. */
export interface Member {
  /** Resolves when the worker serves; rejects with a TeamError that says why it does not. */
  ready: Promise<void>;
  terminate(): void;
  /** Whether the thread still runs, known without the event loop; null where the host does not report it. */
  alive(): boolean | null;
}

/**
 * Why there is no team: its workers did not start, or failed. `script`: set where their script is the cause, or may be;
 * otherwise the host is.
 */
export class TeamError extends Error {
  readonly script: URL | string | undefined;

  constructor(message: string, script?: URL | string) {
    super(script === undefined ? message : `${nameOf(script)}: ${message}`);
    this.script = script;
  }
}

const OWN = 'teamWorker.js';

/** Seconds within which a worker must report that it is ready. */
const START_SECONDS = 30;

const late = (script: URL | string) => (seconds: number) =>
  new TeamError(`no answer within ${seconds} s`, script);

/**
 * Starts a worker that runs `script`, or the teamWorker.js beside this file. `onDeath` is called if the worker ends
 * later.
 */
export async function startMember(
  setup: TeamSetup,
  script: URL | undefined,
  onDeath: () => void,
): Promise<Member> {
  return isNode() ? startInNode(setup, script, onDeath) : startInPage(setup, script, onDeath);
}

/** The number of cores that this process may use. */
export async function cores(): Promise<number> {
  if (!isNode()) return globalThis.navigator?.hardwareConcurrency ?? Number.POSITIVE_INFINITY;
  const [os, fs] = ['node:os', 'node:fs'];
  const { availableParallelism } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ os
  )) as typeof import('node:os');
  const { readFileSync } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ fs
  )) as typeof import('node:fs');
  return coresAllowed(availableParallelism(), (path) => readFileSync(path, 'utf8'));
}

/**
 * Most threads that are taken unasked. A bound, not a number of speed: the product of a column, half of the operations of a reduction, is cut
 * into four parts (PRODUCT_STRIPS of assembly/eigen/tuning.ts), so that twice as many threads share the rest alone; each waits for the
 * slowest.
 */
const MOST_UNASKED = 8;

/**
 * The threads of `threads: 'auto'`: one for each core that this process may use. A page keeps a core for itself, and has
 * one thread where memory cannot be shared.
 */
export async function automaticThreads(): Promise<number> {
  if (!hasSharedMemory()) return 1;
  const all = await cores();
  const free = isNode() ? all : all - 1;
  return Number.isFinite(free) ? Math.max(1, Math.min(free, MOST_UNASKED)) : 1;
}

async function startInNode(setup: TeamSetup, script: URL | undefined, onDeath: () => void): Promise<Member> {
  const url = script ?? orTeamError(OWN, () => scriptBeside(import.meta.url, 'wasm', OWN));
  let worker: import('node:worker_threads').Worker;
  try {
    const { Worker } = await nodeThreads();
    worker = new Worker(url, {
      workerData: setup,
      // Flags such as --input-type would break the worker; flags of V8 hold for the whole process anyway.
      execArgv: [],
    });
  } catch (error) {
    const denied = (error as NodeJS.ErrnoException).code === 'ERR_ACCESS_DENIED';
    throw new TeamError(
      denied ? "Node's permission model forbids threads: see --allow-worker" : messageOf(error),
      denied ? undefined : url,
    );
  }
  const { late: none, end } = patience(START_SECONDS, late(url));
  const answer = new Promise<void>((resolve, reject) => {
    worker.once('message', (problem: TeamMessage) => {
      // A process ends without waiting for idle workers.
      worker.unref();
      if (problem === null) resolve();
      else reject(new TeamError(problem, url));
    });
    worker.once('messageerror', (error) => reject(new TeamError(messageOf(error), url)));
    // Later errors find the promise settled: without a listener they would end the process.
    worker.on('error', (error) => reject(new TeamError(messageOf(error), url)));
    worker.once('exit', (status) =>
      reject(new TeamError(`ended before it was ready, with exit status ${status}`, url)),
    );
  });
  worker.once('exit', onDeath);
  // The idle time of a thread that has ended reads −1 at once; after its exit event all these numbers are 0.
  const reported = reportsThreads(worker);
  const alive = () => {
    if (!reported) return null;
    const { idle, active } = worker.performance.eventLoopUtilization();
    return idle >= 0 && active !== 0;
  };
  return {
    ready: settling(answer, none, end),
    terminate: () => void worker.removeListener('exit', onDeath).terminate(),
    alive,
  };
}

/** Deno has no such function, Bun one that gives zeros. */
function reportsThreads({ performance }: import('node:worker_threads').Worker): boolean {
  return !('bun' in process.versions) && typeof performance?.eventLoopUtilization === 'function';
}

/** The message of an error in one line. The thrown value need not be an Error. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}

/** The address of the script for a message; an address that holds a whole script (data:) is cut. */
function nameOf(script: URL | string): string {
  const href = String(script);
  return href.length > 200 ? `${href.slice(0, 200)}…` : href;
}

/** Keeps a rejection from ending the process when nobody waits for the promise yet. */
function settling(answer: Promise<void>, late: Promise<never>, end: () => void): Promise<void> {
  const ready = Promise.race([answer, late]).finally(end);
  ready.catch(() => {});
  return ready;
}

/** What `start` returns; what it throws becomes a TeamError about this script. */
function orTeamError<T>(script: URL | string, start: () => T): T {
  try {
    return start();
  } catch (error) {
    throw new TeamError(messageOf(error), script);
  }
}

async function startInPage(setup: TeamSetup, script: URL | undefined, onDeath: () => void): Promise<Member> {
  const name = script ?? OWN;
  // Bundlers recognise this form as a whole and ship the script.
  const own = () => new Worker(new URL('./teamWorker.js', import.meta.url), { type: 'module' });
  const worker = orTeamError(name, () => pageWorker(script, import.meta.url, OWN, own));
  const { late: none, end } = patience(START_SECONDS, late(name));
  const answer = new Promise<void>((resolve, reject) => {
    worker.onmessage = ({ data: problem }: MessageEvent<TeamMessage>) => {
      if (problem === null) resolve();
      else reject(new TeamError(problem, name));
    };
    worker.onmessageerror = () => reject(new TeamError('sent what cannot be read', name));
    // There is no message when the script itself cannot be loaded.
    worker.onerror = ({ message }) => reject(new TeamError(message ?? 'the script cannot be loaded', name));
  });
  void answer.then(
    () => {
      worker.onerror = onDeath;
    },
    () => {},
  );
  try {
    worker.postMessage(setup);
  } catch (error) {
    worker.terminate();
    end();
    throw new TeamError(messageOf(error), name);
  }
  return {
    ready: settling(answer, none, end),
    terminate: () => worker.terminate(),
    alive: () => null,
  };
}
