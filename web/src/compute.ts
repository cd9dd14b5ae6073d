// The page's side of the worker: one job at a time, progress, and a Cancel that always works. A synchronous
// WebAssembly call cannot be interrupted from outside, so cancelling ends the worker and starts a fresh one
// on the module that was compiled once.
import type { Tasks } from './tasks.js';

export type TaskName = keyof Tasks;
export type Input<K extends TaskName> = Parameters<Tasks[K]>[0];
export type Output<K extends TaskName> = Awaited<ReturnType<Tasks[K]>>;

export class Cancelled extends Error {
  override name = 'Cancelled';
}

/** What the worker sends. */
export type Reply =
  | { kind: 'progress'; job: number; fraction: number; partial?: unknown }
  | { kind: 'result'; job: number; value: unknown }
  | { kind: 'error'; job: number; message: string };

interface Job {
  id: number;
  resolve(value: unknown): void;
  reject(error: Error): void;
  progress?(fraction: number, partial?: unknown): void;
}

export class Compute {
  #worker: Worker | null = null;
  /** Ready to take over when the worker is ended. */
  #spare: Worker | null = null;
  #job: Job | null = null;
  #next = 1;
  readonly #module: Promise<WebAssembly.Module>;

  constructor(module: Promise<WebAssembly.Module>) {
    this.#module = module;
  }

  /** Starts a job; one that still runs is cancelled first. */
  async run<K extends TaskName>(
    task: K,
    input: Input<K>,
    progress?: (fraction: number, partial?: unknown) => void,
  ): Promise<Output<K>> {
    this.cancel();
    const id = this.#next++;
    const promise = new Promise<unknown>((resolve, reject) => {
      this.#job = { id, resolve, reject, progress };
    });
    promise.catch(() => {});
    const worker = this.#worker ?? (await this.#start());
    if (this.#job?.id === id) worker.postMessage({ job: id, task, input });
    return promise as Promise<Output<K>>;
  }

  /** Ends the running job, if any: its promise rejects with Cancelled. */
  cancel(): void {
    if (!this.#job) return;
    const job = this.#job;
    this.#job = null;
    this.#worker?.terminate();
    this.#worker = null;
    job.reject(new Cancelled());
  }

  get busy(): boolean {
    return this.#job !== null;
  }

  async #start(): Promise<Worker> {
    const module = await this.#module;
    if (this.#worker) return this.#worker;
    const worker = this.#spare ?? this.#create(module);
    this.#spare = null;
    this.#worker = worker;
    return worker;
  }

  #create(module: WebAssembly.Module): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#receive(data);
    worker.onerror = (event) => this.#fail(event.message || 'the computation ended unexpectedly');
    worker.postMessage({ module });
    return worker;
  }

  #receive(reply: Reply): void {
    const job = this.#job;
    if (!job || reply.job !== job.id) return;
    if (reply.kind === 'progress') {
      job.progress?.(reply.fraction, reply.partial);
      return;
    }
    this.#job = null;
    if (!this.#spare)
      this.#module.then((module) => {
        this.#spare ??= this.#create(module);
      });
    if (reply.kind === 'result') job.resolve(reply.value);
    else job.reject(new Error(reply.message));
  }

  #fail(message: string): void {
    const job = this.#job;
    this.#job = null;
    this.#worker?.terminate();
    this.#worker = null;
    job?.reject(new Error(message));
  }
}
