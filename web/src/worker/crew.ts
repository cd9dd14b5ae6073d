// The workers of the page: one works while another stands ready. A WebAssembly call cannot be interrupted from outside,
// so that a worker which has been asked to stop and has not after a moment is ended.
import type { Reply, Request } from './messages.js';

/** One works, one stands ready. */
const WORKERS = 2;
/** Milliseconds that a cancelled task has to stop by itself. */
const GRACE = 60;

/** What the workers tell. */
interface Listener {
  said(worker: Worker, reply: Reply): void;
  /** It ended by itself and is no longer one of them. */
  died(worker: Worker, message: string): void;
  /** There may be a worker that is free. */
  changed(): void;
}

export type Crew = ReturnType<typeof createCrew>;

/** `module` is the core of one thread; large matrices are solved on `threads`. */
export function createCrew(module: WebAssembly.Module, threads: number, listener: Listener) {
  const all = new Set<Worker>();
  const free: Worker[] = [];
  /** The timer that ends each one asked to stop. */
  const stopping = new Map<Worker, ReturnType<typeof setTimeout>>();

  const send = (worker: Worker, request: Request) => worker.postMessage(request);

  function forgive(worker: Worker): void {
    clearTimeout(stopping.get(worker));
    stopping.delete(worker);
  }

  function end(worker: Worker): void {
    forgive(worker);
    all.delete(worker);
    const at = free.indexOf(worker);
    if (at >= 0) free.splice(at, 1);
    worker.terminate();
  }

  function create(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Reply>) => listener.said(worker, data);
    worker.onerror = ({ message }) => {
      end(worker);
      listener.died(worker, message || 'the computation ended unexpectedly');
    };
    all.add(worker);
    send(worker, { kind: 'start', module, threads });
    return worker;
  }

  return {
    send,
    /** One that is free, or null: the one that is being stopped will be, or is ended, soon. */
    take: (): Worker | null => free.pop() ?? (all.size < WORKERS ? create() : null),
    /** It has nothing more to do. */
    release(worker: Worker): void {
      forgive(worker);
      free.push(worker);
    },
    /** One more stands ready, if there may be one. */
    prepare(): void {
      if (all.size < WORKERS) free.unshift(create());
    },
    /** Asks for the end of a job, and sees to it. */
    stop(worker: Worker, id: number): void {
      send(worker, { kind: 'stop', id });
      const late = () => {
        end(worker);
        listener.changed();
      };
      stopping.set(worker, setTimeout(late, GRACE));
    },
  };
}
