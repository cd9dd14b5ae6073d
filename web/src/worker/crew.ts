// The workers of the page: one works while another stands ready. A WebAssembly call cannot be interrupted from outside,
// so that a worker which has been asked to stop and has not after a moment is ended.
import { type Client, createClient } from 'emft/client';
import type { Started } from './script.js';
import type { WorkerFunctions } from './worker.js';

/** One works, one stands ready. */
const WORKERS = 2;
/** Milliseconds that a cancelled task has to stop by itself. */
const GRACE = 60;

type WorkerClient = Client<WorkerFunctions>;

/** A worker whose script is loaded while the module still is. `died`: it cannot go on, whether it works or not. */
async function startClient(
  startScript: () => Started,
  module: Promise<WebAssembly.Module>,
  died: () => void,
): Promise<WorkerClient> {
  const { script, fails } = startScript();
  script.addEventListener('error', died);
  try {
    const wasm = await Promise.race([module, fails]);
    return await createClient<WorkerFunctions>({ script, wasm });
  } catch (error) {
    script.terminate();
    throw error;
  }
}

export interface Member {
  readonly client: Promise<WorkerClient>;
}

/** `module` is the core of one thread, `startScript` gives a new worker. */
export function createCrew(module: Promise<WebAssembly.Module>, startScript: () => Started) {
  const all = new Set<Member>();
  /** Idle workers, the one that worked last at the end: it still holds what its last task kept. */
  const free: Member[] = [];
  /** Gets the next one that is free. */
  let waiting: ((member: Member) => void) | undefined;

  function create(): Member {
    const forgotten = () => forget(member);
    const member: Member = { client: startClient(startScript, module, forgotten) };
    all.add(member);
    member.client.catch(forgotten);
    return member;
  }

  /** It has ended. */
  function forget(member: Member): void {
    if (!all.delete(member)) return;
    const at = free.indexOf(member);
    if (at >= 0) free.splice(at, 1);
    if (waiting) give(create());
  }

  function give(member: Member): void {
    if (waiting) waiting(member);
    else free.push(member);
    waiting = undefined;
  }

  /** Its task has ended. */
  function release(member: Member): void {
    if (all.has(member)) give(member);
  }

  function end(member: Member): void {
    void member.client.then((client) => client.dispose());
    forget(member);
  }

  return {
    release,
    end,
    /** One that is free: at once, or when one that was asked to stop has done so or is ended. The last who asks gets it. */
    async take(): Promise<Member> {
      const member = free.pop() ?? (all.size < WORKERS ? create() : undefined);
      if (member) return member;
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
    /** One more stands ready, if there may be one. */
    prepare(): void {
      if (all.size < WORKERS) free.unshift(create());
    },
    /** Its task was asked to stop. */
    async stop(member: Member): Promise<void> {
      const late = setTimeout(end, GRACE, member);
      try {
        await (await member.client).rest();
        clearTimeout(late);
        release(member);
      } catch {
        // It ends with the moment, if it did not by itself.
      }
    },
  };
}
