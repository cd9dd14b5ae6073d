// Starts the worker thread of a client, in Node or in a page.

import { isNode } from '../wasm/host.js';
import { nodeThreads, pageWorker, scriptBeside } from '../wasm/workers.js';
import type { Port, Reply, Request } from './messages.js';

/** A thread, as the client sees it. */
export interface Thread extends Port<Request, Reply> {
  /** Whether the process waits for it. Pages have no such thing. */
  hold(busy: boolean): void;
  terminate(): void;
}

const OWN = 'clientWorker.js';

/** `ended`: called with the reason when the thread ends, or cannot go on. */
export async function startWorker(script: URL | undefined, ended: (why: string) => void): Promise<Thread> {
  return isNode() ? startInNode(script, ended) : startInPage(script, ended);
}

async function startInNode(script: URL | undefined, ended: (why: string) => void): Promise<Thread> {
  const { Worker } = await nodeThreads();
  const worker = new Worker(script ?? scriptBeside(import.meta.url, 'client', OWN), { execArgv: [] });
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

async function startInPage(script: URL | undefined, ended: (why: string) => void): Promise<Thread> {
  // Bundlers recognise this form as a whole and ship the script.
  const own = () => new Worker(new URL('./clientWorker.js', import.meta.url), { type: 'module' });
  const worker = pageWorker(script, import.meta.url, OWN, own);
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
