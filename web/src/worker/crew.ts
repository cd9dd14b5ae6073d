// The workers of the page: one works while another stands ready. A WebAssembly call cannot be interrupted from outside,
// so that a worker which has been asked to stop and has not after a moment is ended.
import { type Client, createClient } from 'emft/client';
import type { WorkerFunctions } from './worker.js';

/** One works, one stands ready. */
const WORKERS = 2;
/** Milliseconds that a cancelled task has to stop by itself. */
const GRACE = 60;

export type WorkerClient = Client<WorkerFunctions>;

/** A worker whose script is loaded while the module still is. */
async function startClient(module: Promise<WebAssembly.Module>): Promise<WorkerClient> {
  const script = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  try {
    const fails = new Promise<never>((_, reject) => {
      script.onerror = ({ message }) =>
        reject(new Error(message || 'the script of a worker cannot be loaded'));
    });
    const wasm = await Promise.race([module, fails]);
    return await createClient<WorkerFunctions>({ script, wasm });
  } catch (error) {
    script.terminate();
    throw error;
  }
}

/** `module` is the core of one thread. */
export function createCrew(module: Promise<WebAssembly.Module>) {
  /** The last of them has worked last: it has what is kept. */
  const free: Promise<WorkerClient>[] = [];
  let size = 0;
  /** Gets the next one that is free. */
  let waiting: ((client: Promise<WorkerClient>) => void) | undefined;

  function create(): Promise<WorkerClient> {
    size++;
    const client = startClient(module);
    client.catch(() => {
      size--;
      if (free.includes(client)) free.splice(free.indexOf(client), 1);
    });
    return client;
  }

  /** Its task has ended. */
  function release(client: Promise<WorkerClient>): void {
    if (waiting) waiting(client);
    else free.push(client);
    waiting = undefined;
  }

  /** It ends, or has ended by itself. */
  function end(client: WorkerClient): void {
    client.dispose();
    size--;
    if (waiting) release(create());
  }

  return {
    release: (client: WorkerClient) => release(Promise.resolve(client)),
    end,
    /** One that is free: at once, or when one that was asked to stop has done so or is ended. The last who asks gets it. */
    take(): Promise<WorkerClient> {
      const client = free.pop() ?? (size < WORKERS ? create() : undefined);
      if (client) return client;
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
    /** One more stands ready, if there may be one. */
    prepare(): void {
      if (size < WORKERS) free.unshift(create());
    },
    /** Its task was asked to stop. */
    async stop(client: WorkerClient): Promise<void> {
      const late = setTimeout(end, GRACE, client);
      try {
        await client.rest();
        clearTimeout(late);
        release(Promise.resolve(client));
      } catch {
        // It ends with the moment, if it did not by itself.
      }
    },
  };
}
