// What a cold process of the torture runs, in plain JavaScript, on any Node: a core of k threads, decompositions whose
// bits are known, and what they left behind. The order comes through standard input, the answer goes to standard output.
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';

/** Threads that do nothing but keep cores busy. */
function startHogs(count) {
  return Array.from(
    { length: count },
    () => new Worker('for (let x = 1; ; ) x = Math.imul(x, 3) + 1;', { eval: true }),
  );
}

async function read() {
  const parts = [];
  for await (const part of process.stdin) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString('utf8'), (_, x) =>
    typeof x?.number === 'string' ? Number(x.number) : x,
  );
}

const doubles = (text) => {
  const bytes = Buffer.from(text, 'base64');
  const copy = new Float64Array(bytes.length / 8);
  new Uint8Array(copy.buffer).set(bytes);
  return copy;
};

export function hashOf(arrays) {
  const hash = createHash('sha256');
  for (const part of arrays) hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  return hash.digest('hex');
}

/** How many numbers are NaN, and how large the others are: what a wrong result looks like. */
function sketch(values) {
  const nan = values.filter(Number.isNaN).length;
  return `${nan} of ${values.length} values NaN; ${Array.from(values.slice(0, 4)).join(' ')} …`;
}

async function perform(core, { a, n, ask, model }) {
  if (model) {
    const states = core.diagonalizeGrain(model);
    return {
      arrays: [states.eigenvalues, ...states.entropies, states.meanEntropy, states.czz],
      converged: true,
    };
  }
  const { how, method, vectors, uplo, range } = ask;
  const options = { method, vectors, uplo, ...(range && { range }) };
  const result =
    how === 'eighBatch'
      ? core.eighBatch(a, n, 1, { method, vectors, uplo })
      : how === 'eighAsync'
        ? await core.eighAsync(a, n, { ...options, slice: 0 })
        : core.eigh(a, n, options);
  return { arrays: [result.values, result.vectors], converged: result.convergence.converged };
}

async function main() {
  const order = await read();
  const { Runtime } = await import(new URL('../../../dist/wasm/runtime.js', import.meta.url).href);
  const { createCore } = await import(new URL('../../../dist/index.js', import.meta.url).href);
  let heap;
  const create = Runtime.create;
  Runtime.create = async (...args) => {
    const runtime = await create.apply(Runtime, args);
    heap = runtime.heap;
    return runtime;
  };
  const hogs = startHogs(order.hogs);
  const wrong = [];
  let calls = 0;
  let core;
  try {
    core = await createCore({ threads: order.threads, build: order.build });
    const atRest = heap.bytesInUse;
    const jobs = order.jobs.map((job) => ({ ...job, a: job.a === undefined ? undefined : doubles(job.a) }));
    for (let turn = 0; turn < order.turns; ++turn) {
      for (const [index, job] of jobs.entries()) {
        const { arrays, converged } = await perform(core, job);
        calls++;
        if (!converged) wrong.push({ index, turn, what: 'not converged', detail: '' });
        if (hashOf(arrays) !== job.expected) {
          wrong.push({ index, turn, what: 'other bits', detail: sketch(arrays[0]) });
        }
        const left = heap.bytesInUse - atRest;
        if (left !== 0) wrong.push({ index, turn, what: 'heap', detail: `${left} bytes not given back` });
      }
    }
  } catch (error) {
    wrong.push({ index: -1, turn: 0, what: `threw ${error.name}`, detail: String(error.stack ?? error) });
  }
  process.stdout.write(
    JSON.stringify({ calls, wrong, threads: core?.threads, build: core?.build, notes: core?.notes }),
  );
  core?.dispose();
  for (const hog of hogs) await hog.terminate();
}

if (process.argv[2] === '--run') await main();
