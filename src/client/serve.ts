// The worker's side: one core, whose calls are made one after another. A call that has a twin ending in Async runs in
// slices, between which requests to stop are heard.
import { type Core, type CoreOptions, createCore } from '../index.js';
import { EmftError } from '../wasm/errors.js';
import type { Port, Reply, Request, SentOptions } from './messages.js';
import { packError, packResult, unpackArguments } from './values.js';

type Call = Extract<Request, { kind: 'call' }>;
type Method = (...args: unknown[]) => unknown;

const optionsOf = ({ wasm, worker, ...rest }: SentOptions): CoreOptions => ({
  ...rest,
  ...(wasm && { wasm: 'url' in wasm ? new URL(wasm.url) : wasm.source }),
  ...(worker !== undefined && { worker: new URL(worker) }),
});

const isMethod = (core: Core, name: string) =>
  typeof core[name as keyof Core] === 'function' && name !== 'dispose';

/** Serves one client until its thread is ended. */
export function serve({ post, listen }: Port<Reply, Request>): void {
  const objects = new Map<number, object>();
  const stops = new Map<number, AbortController>();
  /** The call under way, behind which the next one waits. */
  let last: Promise<void> = Promise.resolve();
  let made = 0;

  function keep(value: object): number {
    objects.set(++made, value);
    return made;
  }
  function objectOf(target: number): object {
    const object = objects.get(target);
    if (!object) throw new EmftError('this object was disposed of');
    return object;
  }

  async function start(options: SentOptions): Promise<void> {
    try {
      const core = await createCore(optionsOf(options));
      objects.set(0, core);
      const methods = Object.keys(core).filter((name) => isMethod(core, name));
      const { build, threads, notes } = core;
      post({ kind: 'started', about: { build, threads, notes, methods } });
    } catch (error) {
      post({ kind: 'failed', error: packError(error) });
    }
  }

  async function perform({ id, target, method, args, watched }: Call): Promise<void> {
    const signal = stops.get(id)!.signal;
    try {
      signal.throwIfAborted();
      const object = objectOf(target) as Record<string, Method>;
      const given = unpackArguments(args, objectOf);
      if (watched) {
        const options = given.pop() as object;
        const onProgress = (fraction: number) => post({ kind: 'progress', id, fraction });
        given.push({ ...options, signal, ...(watched.progress && { onProgress }) });
      }
      const result = await object[method](...given);
      const { value, transfer } = packResult(result, keep);
      post({ kind: 'result', id, value }, transfer);
    } catch (error) {
      post({ kind: 'error', id, error: packError(error) });
    } finally {
      stops.delete(id);
    }
  }

  listen((request) => {
    if (request.kind === 'start') void start(request.options);
    else if (request.kind === 'stop') stops.get(request.id)?.abort();
    // Waiting calls may still need it.
    else if (request.kind === 'release') last = last.then(() => void objects.delete(request.target));
    else {
      stops.set(request.id, new AbortController());
      last = last.then(() => perform(request));
    }
  });
}
