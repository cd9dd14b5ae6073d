// Starts the worker thread of a client, in Node or in a page.

import { isNode } from '../wasm/host.js';
import { nodeThreads, pageWorker, scriptBeside } from '../wasm/workers.js';
import type { Port, Reply, Request } from './messages.js';
import type { ClientOptions, WorkerLike } from './types.js';

/** A thread, as the client sees it. */
export interface Thread extends Port<Request, Reply> {
  /** Whether the process waits for it. Pages have no such thing. */
  hold(busy: boolean): void;
  terminate(): void;
}

const OWN = 'clientWorker.js';

type Script = ClientOptions['script'];

/** Whether it is a worker, of the kind that this host has. */
export function isWorker(value: unknown): value is WorkerLike {
  try {
    const { postMessage, terminate, on, addEventListener } = Object(value) as Record<string, unknown>;
    const listen = isNode() ? on : addEventListener;
    return [postMessage, terminate, listen].every((method) => typeof method === 'function');
  } catch {
    return false;
  }
}

/** `ended`: called with the reason when the thread ends, or cannot go on. */
export async function startWorker(script: Script, ended: (why: string) => void): Promise<Thread> {
  return isNode() ? startInNode(script, ended) : startInPage(script, ended);
}

async function startInNode(script: Script, ended: (why: string) => void): Promise<Thread> {
  const { Worker } = await nodeThreads();
  const worker = isWorker(script)
    ? (script as InstanceType<typeof Worker>)
    : new Worker(script ?? scriptBeside(import.meta.url, 'client', OWN), { execArgv: [] });
  worker.on('error', (error) => ended(error instanceof Error ? error.message : String(error)));
  worker.on('messageerror', (error) => ended(error.message));
  worker.once('exit', (status) => ended(`it ended, with exit status ${status}`));
  return {
    post: (message, transfer) => worker.postMessage(message, transfer as never),
    listen: (hear) => void worker.on('message', hear),
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
    terminate: () => void worker.terminate(),
  };
}

async function startInPage(script: Script, ended: (why: string) => void): Promise<Thread> {
  // Bundlers recognise this form as a whole and ship the script.
  const own = () => new Worker(new URL('./clientWorker.js', import.meta.url), { type: 'module' });
  const worker = isWorker(script) ? (script as Worker) : pageWorker(script, import.meta.url, OWN, own);
  // There is no message when the script itself cannot be loaded.
  worker.onerror = ({ message }) => ended(message ?? 'its script cannot be loaded');
  worker.onmessageerror = () => ended('it sent what cannot be read');
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    listen: (hear) => worker.addEventListener('message', ({ data }) => hear(data)),
    hold() {},
    terminate: () => worker.terminate(),
  };
}
