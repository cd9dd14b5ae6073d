// A client's side of its worker: calls that wait for their answers, and what stands for the worker's objects.
import { isA, isThenable, said } from '../wasm/check.js';
import { InputError, WorkerError } from '../wasm/errors.js';
import { checkWatch, takeWatch, WATCH_KEYS, type Watch } from '../wasm/steps.js';
import { patience } from '../wasm/workers.js';
import type { About, Reply, Request, SentOptions } from './messages.js';
import { startWorker, type Thread } from './startWorker.js';
import { moved } from './transfer.js';
import type { ClientOptions } from './types.js';
import { markStandIn, packArguments, type Sign, unpackError, unpackResult } from './values.js';

interface Pending {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  onProgress?: (fraction: number, soFar: unknown) => unknown;
}

/** A call as it is sent, and how it is watched. */
interface PlannedCall {
  method: string;
  args: readonly unknown[];
  watch?: Pick<Watch, 'onProgress' | 'signal'>;
}

/** What `read` finds in arguments; what a proxy or a getter among them throws is an InputError. */
function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof InputError ? error : new InputError('arguments', `cannot be read: ${said(error)}`);
  }
}

/** Sends a request; `name` is the argument at fault where it cannot be sent. */
function post(thread: Thread, request: Request, name: string, transfer: ArrayBuffer[] = []): void {
  try {
    thread.post(request, transfer);
  } catch (error) {
    throw new InputError(name, `expected what can be sent to a worker (${said(error)})`);
  }
}

/** Whether the last argument says, among other things, how a call of the core is watched. */
const isWatched = (last: unknown): last is object =>
  typeof last === 'object' && last !== null && WATCH_KEYS.some((key) => Object.hasOwn(last, key));

/** Whether the last argument of a function of one's own says how it is watched, and nothing else. */
function isWatch(last: unknown): last is Watch {
  if (typeof last !== 'object' || last === null) return false;
  const keys = Object.keys(last);
  return keys.length > 0 && keys.every((key) => key === 'onProgress' || key === 'signal');
}

export class Connection {
  readonly about: About;
  readonly #thread: Thread;
  readonly #pending = new Map<number, Pending>();
  /** The numbers of the worker's objects, by what stands for them here. */
  readonly #numbers = new WeakMap<object, number>();
  readonly #lost = new FinalizationRegistry<number>((target) => this.#release(target));
  readonly #twins: ReadonlySet<string>;
  readonly #own: ReadonlySet<string>;
  #calls = 0;
  /** Why nothing can be computed any more. */
  #ended: string | undefined;

  constructor(thread: Thread, about: About) {
    this.#thread = thread;
    this.about = about;
    this.#twins = new Set(about.methods.filter((name) => name.endsWith('Async')));
    this.#own = new Set(about.own);
  }

  hear(reply: Reply): void {
    if (reply.kind === 'started' || reply.kind === 'failed') return;
    const pending = this.#pending.get(reply.id);
    try {
      if (reply.kind === 'error') throw unpackError(reply.error);
      const value = this.#unpacked(reply.kind === 'result' ? reply.value : reply.soFar);
      if (reply.kind === 'result') pending?.resolve(value);
      else pending?.onProgress?.(reply.fraction, value);
    } catch (error) {
      pending?.reject(error);
    }
  }

  /** An object gets its stand-in even if its call was given up: the worker's object is freed through it. */
  #unpacked(value: unknown): unknown {
    return unpackResult(value, (sign) => this.#standFor(sign));
  }

  #settled(id: number): void {
    this.#pending.delete(id);
    this.#thread.hold(this.#pending.size > 0);
  }

  /** The method of an object of the worker, as a client has it. */
  method(target: number, name: string) {
    return async (...args: unknown[]): Promise<unknown> => this.#call(target, name, args);
  }

  /** The call to be sent: where it is watched, that of the twin ending in Async. */
  #understood(target: number, name: string, args: readonly unknown[]): PlannedCall {
    const last = args.at(-1);
    if (target !== 0) return { method: name, args };
    if (this.#own.has(name)) {
      const watch = isWatch(last) ? checkWatch('options', last) : {};
      return { method: name, args: isWatch(last) ? args.slice(0, -1) : args, watch };
    }
    const twin = name.endsWith('Async') ? name : `${name}Async`;
    if (!this.#twins.has(twin) || !isWatched(last)) return { method: name, args };
    const { watch, rest } = takeWatch('options', last);
    return { method: twin, args: [...args.slice(0, -1), { ...rest, slice: watch.slice }], watch };
  }

  #call(target: number, name: string, given: unknown[]): Promise<unknown> {
    const { method, watch, packed } = readable(() => {
      const { args, ...call } = this.#understood(target, name, given);
      return { ...call, packed: packArguments(args, this.#numbers, moved) };
    });
    const { signal, onProgress } = watch ?? {};
    signal?.throwIfAborted();
    if (this.#ended !== undefined) throw new WorkerError(this.#ended);
    const id = ++this.#calls;
    const watched = watch && { progress: onProgress !== undefined };
    post(
      this.#thread,
      { kind: 'call', id, target, method, args: packed.args, watched },
      'arguments',
      packed.transfer,
    );
    for (const buffer of packed.transfer) moved.delete(buffer);
    return this.#answer(id, onProgress, signal);
  }

  #answer(id: number, onProgress: Pending['onProgress'], signal?: AbortSignal): Promise<unknown> {
    this.#thread.hold(true);
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#settled(id);
        this.#thread.post({ kind: 'stop', id });
        reject(signal!.reason);
      };
      const done = <T>(settle: (value: T) => void) => {
        return (value: T) => {
          this.#settled(id);
          signal?.removeEventListener('abort', stop);
          settle(value);
        };
      };
      const failed = done(reject);
      const end = (error: unknown) => {
        this.#thread.post({ kind: 'stop', id });
        failed(error);
      };
      /** Promises that `onProgress` has returned. The worker does not wait for them. */
      let last: Promise<unknown> | undefined;
      const report = (fraction: number, soFar: unknown) => {
        try {
          const returned = onProgress!(fraction, soFar);
          if (!isThenable(returned)) return;
          last = Promise.all([last, returned]);
          last.catch(end);
        } catch (error) {
          end(error);
        }
      };
      const resolved = done(resolve);
      this.#pending.set(id, {
        resolve: (value: unknown) => {
          if (!last) resolved(value);
          else last.then(() => resolved(value), end);
        },
        reject: failed,
        ...(onProgress && { onProgress: report }),
      });
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  #standFor({ target, fields, methods }: Sign): object {
    const own = methods.map((name) => [name, this.method(target, name)]);
    const release = () => {
      this.#lost.unregister(object);
      this.#release(target);
    };
    const object = markStandIn(Object.freeze({ ...fields, ...Object.fromEntries(own), dispose: release }));
    this.#numbers.set(object, target);
    this.#lost.register(object, target, object);
    return object;
  }

  #release(target: number): void {
    if (this.#ended === undefined) this.#thread.post({ kind: 'release', target });
  }

  /** Ends the worker; whoever waits gets a WorkerError. */
  end(why = 'this client was disposed of'): void {
    if (this.#ended !== undefined) return;
    this.#ended = why;
    this.#thread.terminate();
    for (const { reject } of this.#pending.values()) reject(new WorkerError(why));
    this.#pending.clear();
  }
}

/** Workers that were given to a client. */
const given = new WeakSet<object>();

/** Starts a worker, and waits until its core is ready. */
export async function connect(options: SentOptions, script: ClientOptions['script']): Promise<Connection> {
  if (script && given.has(script)) {
    throw new InputError(['options', 'script'], 'is the worker of another client');
  }
  if (script && !isA(script, URL)) given.add(script);
  let connection: Connection | undefined;
  let fail: (error: Error) => void = () => {};
  const ended = (why: string) => {
    connection?.end(`the worker of this client: ${why}`);
    fail(new WorkerError(`the worker of a client: ${why}`));
  };
  const thread = await startWorker(script, ended);
  const { late, end } = patience(
    60,
    (seconds) => new WorkerError(`the worker of a client: no answer within ${seconds} s`),
  );
  try {
    const started = new Promise<About>((resolve, reject) => {
      fail = reject;
      thread.listen((reply) => {
        if (reply.kind === 'started') resolve(reply.about);
        else if (reply.kind === 'failed') reject(unpackError(reply.error));
        else connection?.hear(reply);
      });
      post(thread, { kind: 'start', options }, 'options');
    });
    connection = new Connection(thread, await Promise.race([started, late]).finally(end));
    thread.hold(false);
    return connection;
  } catch (error) {
    end();
    thread.terminate();
    throw error;
  }
}
