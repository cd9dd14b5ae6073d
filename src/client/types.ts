// The types of a client: those of a core, every result a promise.
import type { Core, CoreOptions, Operator } from '../index.js';

/** Where a client runs, beside what its core is. */
export interface ClientOptions extends CoreOptions {
  /**
   * Where the script of the client's worker is, `emft/clientWorker.js` or one that calls `serve` of `emft/client/serve`; by
   * default the former, beside the module or where the bundler put it. A worker that runs such a script will do too, which from
   * then on is this client's alone: `new Worker(new URL('mine.js', import.meta.url), { type: 'module' })` is what bundlers
   * recognise. In Node, Deno and Bun it is one of `node:worker_threads`.
   */
  script?: URL | WorkerLike;
}

/** A Worker, of a page or of `node:worker_threads`. */
export interface WorkerLike {
  /** Sends it a message. */
  postMessage(message: unknown): void;
  /** Ends it. */
  terminate(): unknown;
}

/** What a function that `serve` serves gets first. */
export interface Served<SoFar = unknown> {
  /** The core of the client. */
  core: Core;
  /** Aborts when the client's call is ended. A function that neither ends then nor reports holds up all later calls. */
  signal: AbortSignal;
  /**
   * Tells the client's `onProgress` how far the function is, 0 … 1, and what of its result there is so far, which is copied. To be
   * awaited: other messages are heard meanwhile, and a call that was ended ends here.
   */
  report(fraction: number, soFar?: SoFar): Promise<void>;
}

/** Functions of one's own, by name. */
export type Functions = Record<string, (served: Served<never>, ...args: never[]) => unknown>;

export type NoFunctions = Record<never, never>;

type AnyFunction = (...args: never[]) => unknown;

/** The arguments of a core's method as a client's method takes them: objects that the core has made are those that the client got. */
export type Sent<T> = T extends Operator
  ? Remote<T>
  : T extends AnyFunction | ArrayBufferView | AbortSignal
    ? T
    : T extends object
      ? { [K in keyof T]: Sent<T[K]> }
      : T;

/** The result of a core's method as a client's promise gives it. */
export type Received<T> = T extends Operator ? Remote<T> : T;

type OneNumber = number | Record<string, number>;

/** An argument that may be a number or an array, where it is this one of the two. */
type Only<P, One extends number | Float64Array> = {
  [I in keyof P]: [number | Float64Array] extends [P[I]]
    ? [P[I]] extends [number | Float64Array]
      ? One
      : Sent<P[I]>
    : Sent<P[I]>;
};

/** A function of each element gives a number for a number and an array for an array. */
type Promised<P extends unknown[], R> = [Extract<R, OneNumber>] extends [never]
  ? (...args: Extract<Sent<P>, unknown[]>) => Promise<Received<R>>
  : [Exclude<R, OneNumber>] extends [never]
    ? (...args: Extract<Sent<P>, unknown[]>) => Promise<R>
    : {
        (...args: Extract<Only<P, number>, unknown[]>): Promise<Extract<R, OneNumber>>;
        (...args: Extract<Only<P, Float64Array>, unknown[]>): Promise<Exclude<R, OneNumber>>;
      };

type Called<F> = F extends (...args: infer P) => infer R ? Promised<P, Awaited<R>> : never;

/** Takes the options of the twin that ends in Async, where there is one. */
type ClientMethod<Api, K extends keyof Api> = `${K & string}Async` extends keyof Api
  ? Called<Api[`${K & string}Async` & keyof Api]>
  : Called<Api[K]>;

/** What stands for an object of the worker: its fields, and its methods, whose results are promises. */
export type Remote<T> = {
  [K in keyof T]: T[K] extends AnyFunction ? Called<T[K]> : T[K];
} & {
  /** Frees the object in the worker. Objects that are no longer referenced are freed in time without it. */
  dispose(): void;
};

/**
 * The methods of a core, every result a promise. Those that have a twin ending in Async take `onProgress`, `signal` and
 * `slice` under their plain name too.
 */
export type ClientMethods = {
  [K in keyof Core as Core[K] extends AnyFunction
    ? K extends 'dispose' | symbol
      ? never
      : K
    : never]: ClientMethod<Core, K>;
};

/** How a function of one's own is watched and ended. */
interface OwnWatch<SoFar> {
  /** Called with what the function reports. A promise that it returns is waited for before the call's resolves. */
  onProgress?: (fraction: number, soFar?: SoFar) => unknown;
  /** Ends the call: its promise then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Functions of one's own as a client has them: without what they get first, and with what watches them as one more argument. A last
 * argument that has `onProgress` or `signal` and nothing else is taken for that.
 */
export type OwnMethods<Own extends Functions> = {
  [K in keyof Own]: Own[K] extends (served: Served<infer SoFar>, ...args: infer P) => infer R
    ? (...args: [...Extract<Sent<P>, unknown[]>, watch?: OwnWatch<SoFar>]) => Promise<Received<Awaited<R>>>
    : never;
};

/** What a client says of its core, and how it ends. */
export interface ClientState extends Disposable {
  /** The build that runs. */
  readonly build: Core['build'];
  /** The number of threads that the core had when the client was made. */
  readonly threads: number;
  /** Why `build` or `threads` are less than was asked for; empty when they are not. */
  readonly notes: readonly string[];
  /** Ends the worker; calls under way reject with a WorkerError. `using client = await createClient()` calls it. */
  dispose(): void;
}

/**
 * Everything that a core can compute, in a worker thread of its own: the page stays responsive, whatever is asked for. Calls
 * are made one after another.
 */
export type Client<Own extends Functions = NoFunctions> = ClientMethods & OwnMethods<Own> & ClientState;
