// The entry emft/client/serve, for the script of a client's worker that has functions of its own beside the core's.
import { show } from '../wasm/check.js';
import { InputError, WorkerError } from '../wasm/errors.js';
import { isNode } from '../wasm/host.js';
import { nodeThreads } from '../wasm/workers.js';
import { answer } from './answering.js';
import type { Reply, Request } from './messages.js';
import type { Functions } from './types.js';

export { ConvergenceError, EmftError, InputError, MemoryError, WorkerError } from '../wasm/errors.js';
export { transfer } from './transfer.js';
export type { Functions, Served } from './types.js';

const noWorker = () => new WorkerError('serve: expected to be called in a worker, this is none');

async function serveInNode(functions: Functions): Promise<void> {
  const { parentPort } = await nodeThreads();
  if (!parentPort) throw noWorker();
  answer(functions, {
    post: (message: Reply, transfer) => parentPort.postMessage(message, transfer as never),
    listen: (hear) => parentPort.on('message', hear),
  });
}

/** A page does not wait for a listener: it is there when the script has run. */
function serveInPage(functions: Functions): void {
  const scope = globalThis as unknown as {
    postMessage(message: Reply, transfer: Transferable[]): void;
    addEventListener(type: 'message', hear: (event: MessageEvent<Request>) => void): void;
  };
  if (typeof document === 'object' || typeof scope.postMessage !== 'function') throw noWorker();
  answer(functions, {
    post: (message, transfer = []) => scope.postMessage(message, transfer),
    listen: (hear) => scope.addEventListener('message', ({ data }) => hear(data)),
  });
}

/**
 * Makes the worker that calls it the worker of a client, which has `functions` as methods beside those of a core: for tasks of
 * many calls with decisions between them, and for operators given as functions, which cannot be sent. To be called at once, before the
 * script awaits anything; `createClient({ script })` names the script.
 *
 * Each function gets what it may use of the client's call, `{ core, signal, report }` (`Served`), and then the arguments.
 * Arguments and results are copied; an array that `transfer` marks is moved. What has methods, as an operator, stays in the
 * worker. What it throws is what the client's promise rejects with: errors of this package as they are, others by name and
 * message.
 *
 * @param functions - By the name that the client's methods get; names of a core's methods, and `then`, are refused when the
 * client starts.
 * @returns Nothing; calls are answered from then on.
 * @throws InputError for what is not an object of functions; WorkerError outside of a worker, in Node as a rejection that nobody
 * handles.
 * @example
 * ```ts
 * import { createCore } from 'emft';
 *
 * const functions = {
 *   async gapRatios({ core, report }, n, matrices) {
 *     const ratios = [];
 *     for (let stream = 0; stream < matrices; ++stream) {
 *       const { values } = core.eigh(core.goe(n, { seed: 1, stream }), n, { vectors: false });
 *       ratios.push(core.gapRatio(values));
 *       await report(stream / matrices, ratios);
 *     }
 *     return ratios;
 *   },
 * };
 *
 * // The script of a worker ends with serve(functions), and client.gapRatios(20, 3) calls it. Elsewhere it is a function as any other.
 * const core = await createCore();
 * const ratios = await functions.gapRatios({ core, async report() {} }, 20, 3);
 * console.log(ratios.length); // 3
 * core.dispose();
 * ```
 */
export function serve(functions: Functions = {}): void {
  if (typeof functions !== 'object' || functions === null) {
    throw new InputError('functions', `expected an object of functions, got ${show(functions)}`);
  }
  for (const [name, own] of Object.entries(functions)) {
    if (typeof own !== 'function') {
      throw new InputError(['functions', name], `expected a function, got ${show(own)}`);
    }
  }
  if (isNode()) void serveInNode({ ...functions });
  else serveInPage({ ...functions });
}
