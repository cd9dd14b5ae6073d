// The script of a client's worker, in Node or in a page.
import { isNode } from '../wasm/host.js';
import { nodeThreads } from '../wasm/workers.js';
import type { Reply, Request } from './messages.js';
import { serve } from './serve.js';

async function serveInNode(): Promise<void> {
  const { parentPort } = await nodeThreads();
  serve({
    post: (message: Reply, transfer) => parentPort!.postMessage(message, transfer as never),
    listen: (hear) => parentPort!.on('message', hear),
  });
}

/** A page may not wait for a listener: it is there when the script has run. */
function serveInPage(): void {
  const scope = globalThis as unknown as {
    postMessage(message: Reply, transfer: Transferable[]): void;
    addEventListener(type: 'message', hear: (event: MessageEvent<Request>) => void): void;
  };
  serve({
    post: (message, transfer = []) => scope.postMessage(message, transfer),
    listen: (hear) => scope.addEventListener('message', ({ data }) => hear(data)),
  });
}

if (isNode()) void serveInNode();
else serveInPage();
