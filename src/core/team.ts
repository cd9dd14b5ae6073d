// The worker threads of one core: instances of the same module over the same memory, which serve
// assembly/kernel/team.ts. All of them are there before anything is written to memory, because each
// instance writes the module's static data again when it starts.
import type { Heap } from './heap.js';
import type { TeamMessage, TeamSetup } from './teamWorker.js';

/** Bytes of the block where a team meets: TEAM_BYTES of assembly/kernel/team.ts. */
const TEAM_BYTES = 512;

/** Where, in it, tasks' threads that have not finished are counted: PENDING of that file. */
const PENDING = 64;
/** Where, in it, workers that end by an error are counted: assembly/kernel/team.ts has nothing there. */
const LOST = 320;
/** In which a terminated thread stops: at its next loop or call. */
const STOP_SECONDS = 10;

/** Turns of a waiting loop before a thread sleeps: some milliseconds. */
const SPINS = 1 << 22;

interface TeamExports {
  leadTeam(block: number, size: number, sleep: number, spins: number): void;
}

/** The instance that leads: a Runtime. */
interface Leader {
  readonly memory: WebAssembly.Memory;
  readonly heap: Heap;
  exports<T>(): T;
}

/** What is common to a worker of Node and one of a page. */
interface Member {
  ready: Promise<void>;
  terminate(): void;
  /** Whether the thread still runs, known without the event loop; null where the host does not tell. */
  alive(): boolean | null;
}

/** Why no team could be formed: the script of its workers did not start. */
export class WorkerScriptError extends Error {}

export class Team {
  readonly size: number;
  readonly #leader: Leader;
  readonly #block: number;
  readonly #members: Member[] = [];

  private constructor(leader: Leader, block: number, size: number) {
    this.#leader = leader;
    this.#block = block;
    this.size = size;
  }

  /**
   * Starts `size` − 1 workers; `lead` makes the runtime's own instance their leader. `script` is in place of the
   * teamWorker.js beside this file. `onDeath` is called when one ends. Throws WorkerScriptError, with nothing left running, when it does not start.
   */
  static async form(
    leader: Leader,
    module: WebAssembly.Module,
    size: number,
    script: URL | undefined,
    onDeath: () => void,
  ): Promise<Team> {
    const { memory, heap } = leader;
    const block = heap.alloc(TEAM_BYTES);
    new Uint8Array(memory.buffer, block, TEAM_BYTES).fill(0);
    const node = isNode();
    const start = node ? startInNode : startInPage;
    const team = new Team(leader, block, size);
    try {
      for (let rank = 1; rank < size; ++rank) {
        team.#members.push(await start({ module, memory, block, lost: block + LOST, rank }, script, onDeath));
      }
      await Promise.all(team.#members.map((member) => member.ready));
    } catch (error) {
      team.end();
      heap.free(block);
      throw error;
    }
    team.#spins = size > (await cores(node)) ? 1 : SPINS;
    return team;
  }

  #spins = SPINS;

  /** From here on calls are shared out. No call may be under way: workspaces depend on the number of threads. */
  lead(): void {
    // The main thread of a page may not wait on memory.
    const sleep = isNode() || !('document' in globalThis);
    this.#leader.exports<TeamExports>().leadTeam(this.#block, this.size, sleep ? 1 : 0, this.#spins);
  }

  /** Whether a worker has died, as far as that is known without the event loop. */
  isBroken(): boolean {
    return this.#lost() > 0 || this.#members.some((member) => member.alive() === false);
  }

  /** Ends what is left of a broken team, waits until nothing writes to memory any more, and leads nobody. */
  disband(): void {
    for (const member of this.#members) member.terminate();
    const pending = new Int32Array(this.#leader.memory.buffer, this.#block + PENDING, 1);
    const pause = new Int32Array(new SharedArrayBuffer(4));
    const end = performance.now() + 1000 * STOP_SECONDS;
    // Where the host does not tell who is alive, threads that have nothing to do are as good as ended.
    const running = () =>
      this.#members.some((member) => member.alive() ?? Atomics.load(pending, 0) > this.#lost());
    while (running() && performance.now() < end) if (isNode()) Atomics.wait(pause, 0, 0, 1);
    this.#leader.exports<TeamExports>().leadTeam(this.#block, 1, 0, 1);
    this.end();
    this.#leader.heap.free(this.#block);
  }

  /** Workers that said that they end by an error. */
  #lost(): number {
    return Atomics.load(new Int32Array(this.#leader.memory.buffer), (this.#block + LOST) / 4);
  }

  end(): void {
    for (const member of this.#members) member.terminate();
    this.#members.length = 0;
  }
}

function isNode(): boolean {
  return typeof process !== 'undefined' && process.versions?.node !== undefined;
}

async function cores(node: boolean): Promise<number> {
  if (!node) return navigator.hardwareConcurrency;
  const os = 'node:os';
  const { availableParallelism } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ os
  )) as typeof import('node:os');
  return availableParallelism();
}

async function startInNode(setup: TeamSetup, script: URL | undefined, onDeath: () => void): Promise<Member> {
  // A variable keeps bundlers for the browser from resolving the Node module.
  const threads = 'node:worker_threads';
  const { Worker } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ threads
  )) as typeof import('node:worker_threads');
  // Workers load compiled JavaScript: where this file runs as TypeScript, the built one is taken.
  // The base is a variable for the same reason as above.
  const here = import.meta.url;
  const folder = here.endsWith('.ts') ? '../../dist/core/' : './';
  const url = script ?? new URL(`${folder}teamWorker.js`, here);
  const worker = new Worker(url, {
    workerData: setup,
    // Flags such as --input-type would break it; flags of V8 hold for the whole process anyway.
    execArgv: [],
  });
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', (problem: TeamMessage) => {
      // A process ends without waiting for idle workers.
      worker.unref();
      if (problem === null) resolve();
      else reject(new WorkerScriptError(`${url.href}: ${problem}`));
    });
    // Later ones find the promise settled: without a listener they would end the process.
    worker.on('error', (error) => reject(new WorkerScriptError(`${url.href}: ${error.message}`)));
  });
  const terminate = () => void worker.removeListener('exit', onDeath).terminate();
  worker.once('exit', onDeath);
  // Of a thread that has ended, the idle time reads −1 at once; when its exit has been told, all of this is 0.
  const alive = () => {
    const { idle, active } = worker.performance.eventLoopUtilization();
    return idle >= 0 && active !== 0;
  };
  return { ready, terminate, alive };
}

async function startInPage(setup: TeamSetup, script: URL | undefined, onDeath: () => void): Promise<Member> {
  const worker = pageWorker(script);
  const where = script?.href ?? 'teamWorker.js';
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = ({ data: problem }: MessageEvent<TeamMessage>) => {
      if (problem === null) resolve();
      else reject(new WorkerScriptError(`${where}: ${problem}`));
    };
    // There is no message when it is the script that cannot be loaded.
    worker.onerror = ({ message }) =>
      reject(new WorkerScriptError(`${where}: ${message ?? 'the script cannot be loaded'}`));
  });
  void ready.then(
    () => {
      worker.onerror = onDeath;
    },
    () => {},
  );
  worker.postMessage(setup);
  return { ready, terminate: () => worker.terminate(), alive: () => null };
}

/** A worker that runs `script`, or the teamWorker.js that is beside this file or the bundle it went into. */
function pageWorker(script?: URL): Worker {
  try {
    const base = new URL(import.meta.url);
    const own = 'teamWorker.js';
    const foreign = isForeign(script ?? base) ? (script ?? new URL(own, base)) : undefined;
    if (foreign) {
      // A page may not start a worker from another origin, a CDN say; a worker of its own may import from there.
      const code = new Blob([`import ${JSON.stringify(foreign.href)};`], { type: 'text/javascript' });
      return new Worker(URL.createObjectURL(code), { type: 'module' });
    }
    if (script) return new Worker(script, { type: 'module' });
    // Bundlers recognise this form as a whole and ship the script.
    return new Worker(new URL('./teamWorker.js', import.meta.url), { type: 'module' });
  } catch (error) {
    throw new WorkerScriptError((error as Error).message);
  }
}

function isForeign({ protocol, origin }: URL): boolean {
  return /^https?:$/.test(protocol) && origin !== location.origin;
}
