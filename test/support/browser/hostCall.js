// One core of the package in a page, and what it tells: run by test/browser/pageHosts.test.ts.

const url = (path) => path && new URL(path, location.href);

/** Bytes of a file when `wasm` begins with bytes:, its address otherwise. */
async function source(wasm) {
  if (!wasm?.startsWith('bytes:')) return url(wasm);
  return (await fetch(wasm.slice('bytes:'.length))).arrayBuffer();
}

export async function call({ threads, wasm, worker, entry = '/dist/index.js' }) {
  const { createCore, createEigenCore, EmftError, InputError } = await import(entry);
  try {
    const core = createCore
      ? await createCore({ threads, wasm: await source(wasm), worker: url(worker) })
      : await createEigenCore();
    const { values } = core.eigh(Float64Array.of(2, 1, 1, 2), 2);
    return { threads: core.threads, notes: core.notes, values: Array.from(values, Math.round) };
  } catch (error) {
    const { name, message } = error;
    return { typed: error instanceof EmftError, input: error instanceof InputError, name, message };
  }
}

/** The memory that `make` shares with the workers it starts: it is in the first message to each. */
async function sharedBy(make) {
  const { postMessage } = Worker.prototype;
  let shared;
  Worker.prototype.postMessage = function (message, ...rest) {
    shared ??= message.memory;
    return postMessage.call(this, message, ...rest);
  };
  try {
    return [await make(), shared];
  } finally {
    Worker.prototype.postMessage = postMessage;
  }
}

/** Calls until one fails, then until all threads are there again, then some more; whether every result had one thread's bits. */
export async function callUntilDeath(worker, threads) {
  const { createCore } = await import('/dist/index.js');
  const one = await createCore();
  const [core, memory] = await sharedBy(() => createCore({ threads, worker: url(worker) }));
  // From now on the worker may die: see mortalWorker.js.
  Atomics.store(new Int32Array(memory.buffer, 16, 1), 0, 1);
  const n = 300;
  const a = one.goe(n, { seed: 1 });
  const wanted = one.eigh(a, n).vectors;
  const right = () => core.eigh(a, n).vectors.every((x, i) => x === wanted[i]);
  const pause = () => new Promise((resolve) => setTimeout(resolve, 100));
  const before = core.threads;
  let death;
  while (!death) {
    await pause();
    try {
      if (!right()) return { wrong: true };
    } catch ({ name, message }) {
      death = { name, message, threads: core.threads };
    }
  }
  const alone = right();
  // A team whose old workers are still about has to compute as well as any other.
  let [after, together, always] = [core.threads, 0, true];
  while (together < 20 && core.notes.length === 0) {
    after = core.threads;
    if (!right()) always = false;
    if (after === threads) together++;
    else await pause();
  }
  return { before, death, alone, after, always, notes: core.notes };
}
