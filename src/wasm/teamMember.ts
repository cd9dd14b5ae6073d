// Starts one worker thread of a team, in Node or in a page.
import { isNode } from './host.js';
import type { TeamMessage, TeamSetup } from './teamWorker.js';

/** What is common to a worker of Node and one of a page. */
export interface Member {
  /** Settles when the worker serves, or why it does not: a TeamError. */
  ready: Promise<void>;
  terminate(): void;
  /** Whether the thread still runs, known without the event loop; null where the host does not tell. */
  alive(): boolean | null;
}

/**
 * Why there is no team: its workers did not start, or did not do what they should. `script`: where their script is to
 * blame, or may be; otherwise it is the host.
 */
export class TeamError extends Error {
  readonly script: URL | string | undefined;

  constructor(message: string, script?: URL | string) {
    super(script === undefined ? message : `${nameOf(script)}: ${message}`);
    this.script = script;
  }
}

const OWN = 'teamWorker.js';

/** Seconds that a worker has to say that it is ready. */
const START_SECONDS = 30;

/** Starts a worker that runs `script`, or the teamWorker.js beside this file. `onDeath` is called when it ends later. */
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
  const os = 'node:os';
  const { availableParallelism } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ os
  )) as typeof import('node:os');
  return availableParallelism();
}

/** Rejects when nothing was heard for long. Seconds in which the event loop stood still do not count. */
function patience(script: URL | string): { late: Promise<never>; end(): void } {
  let timer: ReturnType<typeof setInterval>;
  const late = new Promise<never>((_, reject) => {
    let seconds = 0;
    timer = setInterval(() => {
      if (++seconds < START_SECONDS) return;
      clearInterval(timer);
      reject(new TeamError(`no answer within ${START_SECONDS} s`, script));
    }, 1000);
  });
  return { late, end: () => clearInterval(timer) };
}

async function startInNode(setup: TeamSetup, script: URL | undefined, onDeath: () => void): Promise<Member> {
  const url = script ?? ownScript();
  let worker: import('node:worker_threads').Worker;
  try {
    // A variable keeps bundlers for the browser from resolving the Node module.
    const threads = 'node:worker_threads';
    const { Worker } = (await import(
      /* @vite-ignore */ /* webpackIgnore: true */ threads
    )) as typeof import('node:worker_threads');
    worker = new Worker(url, {
      workerData: setup,
      // Flags such as --input-type would break it; flags of V8 hold for the whole process anyway.
      execArgv: [],
    });
  } catch (error) {
    const denied = (error as NodeJS.ErrnoException).code === 'ERR_ACCESS_DENIED';
    throw new TeamError(
      denied ? "Node's permission model forbids threads: see --allow-worker" : messageOf(error),
      denied ? undefined : url,
    );
  }
  const { late, end } = patience(url);
  const answer = new Promise<void>((resolve, reject) => {
    worker.once('message', (problem: TeamMessage) => {
      // A process ends without waiting for idle workers.
      worker.unref();
      if (problem === null) resolve();
      else reject(new TeamError(problem, url));
    });
    worker.once('messageerror', (error) => reject(new TeamError(messageOf(error), url)));
    // Later ones find the promise settled: without a listener they would end the process.
    worker.on('error', (error) => reject(new TeamError(messageOf(error), url)));
    worker.once('exit', (status) =>
      reject(new TeamError(`ended before it was ready, with exit status ${status}`, url)),
    );
  });
  worker.once('exit', onDeath);
  // Of a thread that has ended, the idle time reads −1 at once; when its exit has been told, all of this is 0.
  const alive = () => {
    const { idle, active } = worker.performance.eventLoopUtilization();
    return idle >= 0 && active !== 0;
  };
  return {
    ready: settling(answer, late, end),
    terminate: () => void worker.removeListener('exit', onDeath).terminate(),
    alive,
  };
}

/** In one line. What was thrown need not be an Error. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}

/** The address, of which one that holds a whole script is cut. */
function nameOf(script: URL | string): string {
  const href = String(script);
  return href.length > 200 ? `${href.slice(0, 200)}…` : href;
}

/** Its promise rejects where nobody may be waiting for it yet. */
function settling(answer: Promise<void>, late: Promise<never>, end: () => void): Promise<void> {
  const ready = Promise.race([answer, late]).finally(end);
  ready.catch(() => {});
  return ready;
}

/** Workers load compiled JavaScript: where this file runs as TypeScript, the built one is taken. */
function ownScript(): URL {
  // A variable keeps bundlers for the browser from resolving the file; those that write CommonJS leave it empty.
  const here = import.meta.url as string | undefined;
  if (!here) throw new TeamError('a bundle without import.meta.url does not know where it is', OWN);
  const folder = here.endsWith('.ts') ? '../../dist/wasm/' : './';
  return new URL(`${folder}teamWorker.js`, here);
}

async function startInPage(setup: TeamSetup, script: URL | undefined, onDeath: () => void): Promise<Member> {
  const worker = pageWorker(script);
  const name = script ?? OWN;
  const { late, end } = patience(name);
  const answer = new Promise<void>((resolve, reject) => {
    worker.onmessage = ({ data: problem }: MessageEvent<TeamMessage>) => {
      if (problem === null) resolve();
      else reject(new TeamError(problem, name));
    };
    worker.onmessageerror = () => reject(new TeamError('sent what cannot be read', name));
    // There is no message when it is the script that cannot be loaded.
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
    ready: settling(answer, late, end),
    terminate: () => worker.terminate(),
    alive: () => null,
  };
}

/** A worker that runs `script`, or the teamWorker.js that is beside this file or the bundle it went into. */
function pageWorker(script?: URL): Worker {
  try {
    const base = script ?? new URL(import.meta.url);
    if (isForeign(base)) {
      const foreign = script ?? new URL(OWN, base);
      // A page may not start a worker from another origin, a CDN say; a worker of its own may import from there.
      const code = new Blob([`import ${JSON.stringify(foreign.href)};`], { type: 'text/javascript' });
      return new Worker(URL.createObjectURL(code), { type: 'module' });
    }
    if (script) return new Worker(script, { type: 'module' });
    // Bundlers recognise this form as a whole and ship the script.
    return new Worker(new URL('./teamWorker.js', import.meta.url), { type: 'module' });
  } catch (error) {
    throw new TeamError(messageOf(error), script ?? OWN);
  }
}

function isForeign({ protocol, origin }: URL): boolean {
  return /^https?:$/.test(protocol) && origin !== location.origin;
}
