// The page's side of the workers: one job at a time, progress, and a Cancel that always works. Tasks that report
// progress stop where they do so; a WebAssembly call cannot be interrupted from outside, so that a worker which has
// not stopped after a moment is ended. A second one stands ready meanwhile: the next job does not wait for either.
import type { Tasks } from './tasks.js';

export type TaskName = keyof Tasks;
export type Input<K extends TaskName> = Parameters<Tasks[K]>[0];
export type Output<K extends TaskName> = Awaited<ReturnType<Tasks[K]>>;

export class Cancelled extends Error {
  override name = 'Cancelled';
}

/** What the page sends: first the module, then jobs, one at a time, and the request to stop one. */
export type Request =
  | { kind: 'start'; module: WebAssembly.Module; threads: number }
  | { kind: 'job'; job: number; task: TaskName; input: unknown }
  | { kind: 'stop'; job: number };

/** What the worker sends. Every job ends with one of the last three. */
export type Reply =
  | { kind: 'progress'; job: number; fraction: number; partial?: unknown }
  | { kind: 'result'; job: number; value: unknown }
  | { kind: 'error'; job: number; message: string }
  | { kind: 'stopped'; job: number };

interface Job {
  id: number;
  task: TaskName;
  input: unknown;
  /** null until one is free. */
  worker: Worker | null;
  resolve(value: unknown): void;
  reject(error: Error): void;
  progress?(fraction: number, partial?: unknown): void;
}

/** One works, one stands ready. */
const WORKERS = 2;
/** Milliseconds that a cancelled task has to stop by itself. */
const GRACE = 60;

export class Compute {
  #module: WebAssembly.Module | null = null;
  #job: Job | null = null;
  #next = 1;
  readonly #threads: number;
  /** All there are; those that stand ready; and the timer that ends each one asked to stop. */
  readonly #workers = new Set<Worker>();
  readonly #free: Worker[] = [];
  readonly #stopping = new Map<Worker, ReturnType<typeof setTimeout>>();

  /** `module` is the core of one thread; large matrices are solved on `threads`. */
  constructor(module: Promise<WebAssembly.Module>, threads: number) {
    this.#threads = threads;
    module.then(
      (compiled) => {
        this.#module = compiled;
        if (this.#workers.size === 0) this.#free.push(this.#create(compiled));
        this.#dispatch();
      },
      (error) => {
        this.#failure = error;
        this.#dispatch();
      },
    );
  }
  #failure: Error | null = null;

  /** Starts a job; one that still runs is cancelled first. */
  run<K extends TaskName>(
    task: K,
    input: Input<K>,
    progress?: (fraction: number, partial?: unknown) => void,
  ): Promise<Output<K>> {
    this.cancel();
    return new Promise<unknown>((resolve, reject) => {
      this.#job = { id: this.#next++, task, input, worker: null, resolve, reject, progress };
      this.#dispatch();
    }) as Promise<Output<K>>;
  }

  /** Ends the running job, if any: its promise rejects with Cancelled. */
  cancel(): void {
    const job = this.#job;
    if (!job) return;
    this.#job = null;
    const { worker } = job;
    if (worker) {
      this.#send(worker, { kind: 'stop', job: job.id });
      this.#stopping.set(
        worker,
        setTimeout(() => {
          this.#end(worker);
          this.#dispatch();
        }, GRACE),
      );
    }
    job.reject(new Cancelled());
  }

  get busy(): boolean {
    return this.#job !== null;
  }

  /** Hands the job to a worker. When none is free, the one that is being stopped will be, or is ended, soon. */
  #dispatch(): void {
    const job = this.#job;
    if (!job || job.worker) return;
    if (this.#failure) {
      this.#job = null;
      job.reject(this.#failure);
    }
    if (!this.#module) return;
    const worker =
      this.#free.pop() ?? (this.#workers.size < WORKERS ? this.#create(this.#module) : undefined);
    if (!worker) return;
    job.worker = worker;
    this.#send(worker, { kind: 'job', job: job.id, task: job.task, input: job.input });
  }

  #create(module: WebAssembly.Module): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#receive(worker, data);
    worker.onerror = (event) => this.#fail(worker, event.message || 'the computation ended unexpectedly');
    this.#workers.add(worker);
    this.#send(worker, { kind: 'start', module, threads: this.#threads });
    return worker;
  }

  #send(worker: Worker, request: Request): void {
    worker.postMessage(request);
  }

  #receive(worker: Worker, reply: Reply): void {
    const job = this.#job?.worker === worker ? this.#job : null;
    if (reply.kind === 'progress') {
      job?.progress?.(reply.fraction, reply.partial);
      return;
    }
    clearTimeout(this.#stopping.get(worker));
    this.#stopping.delete(worker);
    this.#free.push(worker);
    if (job) {
      this.#job = null;
      if (reply.kind === 'result') job.resolve(reply.value);
      else if (reply.kind === 'error') job.reject(new Error(reply.message));
      if (this.#module && this.#workers.size < WORKERS) this.#free.unshift(this.#create(this.#module));
    }
    this.#dispatch();
  }

  #fail(worker: Worker, message: string): void {
    const job = this.#job?.worker === worker ? this.#job : null;
    this.#end(worker);
    if (job) {
      this.#job = null;
      job.reject(new Error(message));
    }
    this.#dispatch();
  }

  #end(worker: Worker): void {
    clearTimeout(this.#stopping.get(worker));
    this.#stopping.delete(worker);
    this.#workers.delete(worker);
    const at = this.#free.indexOf(worker);
    if (at >= 0) this.#free.splice(at, 1);
    worker.terminate();
  }
}
