// The entry emft/client: a core in a worker thread of its own, with the methods of a core, every result a promise.
import { isA, readOptions, show } from '../wasm/check.js';
import { disposable } from '../wasm/disposable.js';
import { EmftError, InputError, WorkerError } from '../wasm/errors.js';
import { keptAlive } from '../wasm/host.js';
import { type Connection, connect } from './connection.js';
import type { SentOptions } from './messages.js';
import { isWorker } from './startWorker.js';
import type { Client, ClientOptions, Functions, NoFunctions } from './types.js';

export { ConvergenceError, EmftError, InputError, MemoryError, WorkerError } from '../wasm/errors.js';
export { transfer } from './transfer.js';
export type {
  Client,
  ClientMethods,
  ClientOptions,
  ClientState,
  Functions,
  OwnMethods,
  Received,
  Remote,
  Sent,
  Served,
  WorkerLike,
} from './types.js';

function sentOptions({ wasm, worker, build, threads }: ClientOptions): SentOptions {
  if (worker !== undefined && !isA(worker, URL)) {
    throw new InputError(['options', 'worker'], `expected a URL object, got ${show(worker)}`);
  }
  return {
    ...(build !== undefined && { build }),
    ...(threads !== undefined && { threads }),
    ...(wasm !== undefined && { wasm: isA(wasm, URL) ? { url: wasm.href } : { source: wasm } }),
    ...(worker !== undefined && { worker: worker.href }),
  };
}

/**
 * Starts a worker thread with a core in it, and returns what has the methods of that core: each is called in the worker and
 * gives a promise. Results are moved, arguments are copied, or moved where `transfer` says so.
 *
 * @param options - Those of `createCore`, and `script`.
 * @returns The client, whose core is ready.
 * @throws What `createCore` throws; WorkerError when no worker starts.
 * @example
 * ```ts
 * import { createClient } from 'emft/client';
 *
 * const client = await createClient();
 * const { values } = await client.eigh([2, -1, -1, 2], 2);
 * console.log(values.map(Math.round).join(' ')); // 1 3
 * client.dispose();
 * ```
 */
export async function createClient<Own extends Functions = NoFunctions>(
  options: ClientOptions = {},
): Promise<Client<Own>> {
  const given = readOptions<ClientOptions>('options', options, [
    'build',
    'threads',
    'wasm',
    'worker',
    'script',
  ]);
  const { script } = given;
  if (script !== undefined && !isA(script, URL) && !isWorker(script)) {
    throw new InputError(['options', 'script'], `expected a URL object or a worker, got ${show(script)}`);
  }
  const connection = await keptAlive(() => opened(sentOptions(given), script));
  const { about } = connection;
  const methods = [...about.methods, ...about.own].map((name) => [name, connection.method(0, name)]);
  return disposable({
    build: about.build,
    threads: about.threads,
    notes: about.notes,
    ...Object.fromEntries(methods),
    dispose: () => connection.end(),
  }) as Client<Own>;
}

async function opened(options: SentOptions, script: ClientOptions['script']): Promise<Connection> {
  try {
    return await connect(options, script);
  } catch (error) {
    if (error instanceof EmftError) throw error;
    throw new WorkerError(`no worker starts: ${error instanceof Error ? error.message : String(error)}`);
  }
}
