// The worker threads of one core: instances of the same module over the same memory, which serve
// assembly/kernel/team.ts. All of them are there before anything is written to memory, because each
// instance writes the module's static data again when it starts.
import type { Runtime } from './runtime.js';
import type { TeamSetup } from './teamWorker.js';

/** Bytes of the block where a team meets: TEAM_BYTES of assembly/kernel/team.ts. */
const TEAM_BYTES = 512;

/** Turns of a waiting loop before a thread sleeps: some milliseconds. */
const SPINS = 1 << 22;

interface TeamExports {
  leadTeam(block: number, size: number, sleep: number, spins: number): void;
}

/** What is common to a worker of Node and one of a page. */
interface Member {
  ready: Promise<void>;
  terminate(): void;
}

export class Team {
  readonly #members: Member[];

  private constructor(members: Member[]) {
    this.#members = members;
  }

  /** Starts `runtime.threads` − 1 workers and makes the runtime's own instance their leader. */
  static async form(runtime: Runtime, module: WebAssembly.Module): Promise<Team> {
    const { memory, threads } = runtime;
    const block = runtime.heap.alloc(TEAM_BYTES);
    new Uint8Array(memory.buffer, block, TEAM_BYTES).fill(0);
    const node = typeof process !== 'undefined' && process.versions?.node !== undefined;
    const start = node ? startInNode : startInPage;
    const team = new Team([]);
    try {
      for (let rank = 1; rank < threads; ++rank) {
        team.#members.push(await start({ module, memory, block, rank }));
      }
      await Promise.all(team.#members.map((member) => member.ready));
    } catch (error) {
      team.end();
      throw error;
    }
    // The main thread of a page may not wait on memory.
    const sleep = node || !('document' in globalThis);
    runtime
      .exports<TeamExports>()
      .leadTeam(block, threads, sleep ? 1 : 0, threads > (await cores(node)) ? 1 : SPINS);
    return team;
  }

  end(): void {
    for (const member of this.#members) member.terminate();
    this.#members.length = 0;
  }
}

async function cores(node: boolean): Promise<number> {
  if (!node) return navigator.hardwareConcurrency;
  const os = 'node:os';
  const { availableParallelism } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ os
  )) as typeof import('node:os');
  return availableParallelism();
}

async function startInNode(setup: TeamSetup): Promise<Member> {
  // A variable keeps bundlers for the browser from resolving the Node module.
  const threads = 'node:worker_threads';
  const { Worker } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ threads
  )) as typeof import('node:worker_threads');
  // Workers load compiled JavaScript: where this file runs as TypeScript, the built one is taken.
  // The base is a variable for the same reason as above.
  const here = import.meta.url;
  const folder = here.endsWith('.ts') ? '../../dist/core/' : './';
  const worker = new Worker(new URL(`${folder}teamWorker.js`, here), {
    workerData: setup,
    // Flags such as --input-type would break it; flags of V8 hold for the whole process anyway.
    execArgv: [],
  });
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => {
      // A process ends without waiting for idle workers.
      worker.unref();
      resolve();
    });
    worker.once('error', reject);
  });
  return { ready, terminate: () => void worker.terminate() };
}

async function startInPage(setup: TeamSetup): Promise<Member> {
  const worker = new Worker(new URL('./teamWorker.js', import.meta.url), { type: 'module' });
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => reject(new Error(`a worker thread failed to start: ${event.message}`));
  });
  worker.postMessage(setup);
  return { ready, terminate: () => worker.terminate() };
}
