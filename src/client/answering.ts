// The worker's side: one core, and functions of one's own beside it, whose calls are made one after another. A call that has
// a twin ending in Async runs in slices, between which requests to stop are heard; functions of one's own hear them in report.
import { type Core, type CoreOptions, createCore } from '../index.js';
import { checkNumber } from '../wasm/check.js';
import { EmftError, InputError } from '../wasm/errors.js';
import { pause } from '../wasm/steps.js';
import type { Port, Reply, Request, SentOptions } from './messages.js';
import { moved } from './transfer.js';
import type { ClientState, Functions, Served } from './types.js';
import { packError, packResult, unpackArguments } from './values.js';

type CallRequest = Extract<Request, { kind: 'call' }>;
type Callable = (...args: unknown[]) => unknown;

/** What a client has beside methods; the compiler sees to it that nothing is left out. */
const STATE: Record<Exclude<keyof ClientState, symbol>, true> = {
  build: true,
  threads: true,
  notes: true,
  dispose: true,
};

/** Whether a client has this already; with a method `then` it would be taken for a promise. */
const isTaken = (name: string) => name === 'then' || Object.hasOwn(STATE, name);

const optionsOf = ({ wasm, worker, ...rest }: SentOptions): CoreOptions => ({
  ...rest,
  ...(wasm && { wasm: 'url' in wasm ? new URL(wasm.url) : wasm.source }),
  ...(worker !== undefined && { worker: new URL(worker) }),
});

const isMethod = (core: Core, name: string) =>
  typeof core[name as keyof Core] === 'function' && name !== 'dispose';

function checkNames(own: readonly string[], methods: readonly string[]): void {
  for (const name of own) {
    if (methods.includes(name) || isTaken(name)) {
      throw new InputError(['functions', name], 'has the name of what a client has already');
    }
  }
}

/** Answers one client until its thread is ended. */
export function answer(functions: Functions, { post, listen }: Port<Reply, Request>): void {
  const answering = new Answering(functions, post);
  listen((request) => answering.hear(request));
}

class Answering {
  readonly #own: ReadonlyMap<string, Callable>;
  readonly #post: Port<Reply, Request>['post'];
  /** By their numbers; 0 is the core. */
  readonly #objects = new Map<number, object>();
  readonly #stops = new Map<number, AbortController>();
  /** The call under way, behind which the next one waits. */
  #last: Promise<void> = Promise.resolve();
  #made = 0;

  constructor(functions: Functions, post: Port<Reply, Request>['post']) {
    this.#own = new Map(Object.entries(functions)) as Map<string, Callable>;
    this.#post = post;
  }

  hear(request: Request): void {
    if (request.kind === 'start') void this.#start(request.options);
    else if (request.kind === 'stop') this.#stops.get(request.id)?.abort();
    // Waiting calls may still need it.
    else if (request.kind === 'release') this.#queue(() => void this.#objects.delete(request.target));
    else {
      this.#stops.set(request.id, new AbortController());
      this.#queue(() => this.#perform(request));
    }
  }

  #queue(next: () => void | Promise<void>): void {
    // Nothing that fails may stop what waits behind it.
    this.#last = this.#last.then(next).catch(() => {});
  }

  async #start(options: SentOptions): Promise<void> {
    try {
      const core = await createCore(optionsOf(options));
      this.#objects.set(0, core);
      const methods = Object.keys(core).filter((name) => isMethod(core, name));
      const own = [...this.#own.keys()];
      checkNames(own, methods);
      const { build, threads, notes } = core;
      this.#post({ kind: 'started', about: { build, threads, notes, methods, own } });
    } catch (error) {
      this.#post({ kind: 'failed', error: packError(error) });
    }
  }

  async #perform(call: CallRequest): Promise<void> {
    const { id, target, method } = call;
    const { signal } = this.#stops.get(id)!;
    try {
      signal.throwIfAborted();
      const given = unpackArguments(call.args, (number) => this.#objectOf(number));
      const own = target === 0 ? this.#own.get(method) : undefined;
      const result = own ? own(this.#served(call, signal), ...given) : this.#called(call, given, signal);
      const { value, transfer } = this.#packed(await result, own !== undefined);
      this.#post({ kind: 'result', id, value }, transfer);
    } catch (error) {
      this.#post({ kind: 'error', id, error: packError(error) });
    } finally {
      this.#stops.delete(id);
    }
  }

  /** The call of a core's method, or of an object's. */
  #called({ id, target, method, watched }: CallRequest, given: unknown[], signal: AbortSignal): unknown {
    const object = this.#objectOf(target) as Record<string, Callable>;
    if (watched) {
      const options = given.pop() as object;
      const onProgress = (fraction: number) => this.#post({ kind: 'progress', id, fraction });
      given.push({ ...options, signal, ...(watched.progress && { onProgress }) });
    }
    return object[method](...given);
  }

  /** What a function of one's own gets first. */
  #served({ id, watched }: CallRequest, signal: AbortSignal): Served {
    return {
      core: this.#objectOf(0) as Core,
      signal,
      report: async (fraction, soFar) => {
        checkNumber('fraction', fraction, { min: 0, max: 1 });
        if (watched?.progress) {
          const { value, transfer } = this.#packed(soFar, true);
          this.#post({ kind: 'progress', id, fraction, soFar: value }, transfer);
        }
        await pause();
        signal.throwIfAborted();
      },
    };
  }

  /** Results of one's own functions are copied, except for what is marked. */
  #packed(value: unknown, isOwn: boolean) {
    const packed = packResult(value, (object) => this.#keep(object), isOwn ? moved : undefined);
    for (const buffer of packed.transfer) moved.delete(buffer);
    return packed;
  }

  #keep(value: object): number {
    this.#objects.set(++this.#made, value);
    return this.#made;
  }

  #objectOf(target: number): object {
    const object = this.#objects.get(target);
    if (!object) throw new EmftError('this object was disposed of');
    return object;
  }
}
