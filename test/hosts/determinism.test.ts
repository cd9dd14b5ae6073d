// "The same bits on every machine, in Node, Deno, Bun, workerd and in browsers, on one thread or many": one hash of what every
// public function gives, for all of them.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Core, createCore } from 'emft';
import { methodNames, rangeMethods } from 'emft/check';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { coreFunctions } from '../fuzz/functions.js';
// @ts-expect-error: plain JavaScript, so that a page can load it too
import { computations } from '../support/browser/computations.js';
import { launch, serve } from '../support/browser/host.js';
import { nodeBinary, nodeMajors } from '../support/nodes.js';

const run = promisify(execFile);
/** Below, between and above the orders 128, 144, 192 and 256, from which kernels divide what they do into blocks or among threads. */
const SIZES = [1, 33, 199, 270];

/** A core that keeps how each operator was made: by a method, with arguments. */
function keeping(core: Core) {
  const made = new Map<unknown, [name: string, args: unknown[]]>();
  const kept = new Proxy(core, {
    get(target, name: keyof Core) {
      const own = target[name];
      if (typeof own !== 'function') return own;
      return (...args: unknown[]) => {
        const result = (own as (...args: unknown[]) => unknown)(...args);
        if (result !== null && typeof result === 'object' && 'multiply' in result) {
          made.set(result, [String(name), args]);
        }
        return result;
      };
    },
  });
  return { kept, made };
}

/** Whether a value goes through JSON: numbers, words, lists and records of them, and doubles. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null)
    return ['number', 'string', 'boolean'].includes(typeof value);
  if (Array.isArray(value)) return value.every(isPlain);
  if (value instanceof Float64Array) return true;
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}

/** The calls whose bits the fuzz compares, of every function whose arguments can be sent: operators by how they are made. */
async function referencesOf(): Promise<unknown[]> {
  const core = await createCore();
  const { kept, made } = keeping(core);
  const sendable = (value: unknown): unknown => {
    if (made.has(value)) return { made: sendable(made.get(value)) };
    if (Array.isArray(value)) return value.map(sendable);
    if (!value || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, sendable(item)]));
  };
  const calls = Object.entries(coreFunctions(kept)).map(([name, { reference }]) =>
    sendable([name, reference]),
  );
  core.dispose();
  const sent = (_: string, value: unknown) =>
    value instanceof Float64Array ? { doubles: Array.from(value) } : value;
  return JSON.parse(JSON.stringify(calls.filter(isPlain), sent));
}

/** What every host computes, as JSON carries it. */
const work = { sizes: SIZES, methods: methodNames, rangeMethods, references: await referencesOf() };

interface Outcome {
  threads: number;
  notes: readonly string[];
  unused: string[];
  hash: string;
}

let browser: Browser;
let host: Awaited<ReturnType<typeof serve>>;
let reference: string;
beforeAll(async () => {
  host = await serve();
  browser = await launch();
  const outcome = (await computations(createCore, 1, work)) as Outcome;
  expect(outcome).toEqual({
    threads: 1,
    notes: [],
    unused: [],
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  reference = outcome.hash;
});
afterAll(async () => {
  await browser?.close();
  host?.close();
});

const same = (threads: number) => ({ threads, notes: [], unused: [], hash: reference });

async function inPage(path: string, threads: number): Promise<Outcome> {
  const page = await browser.newPage();
  try {
    await page.goto(host.origin + path);
    // As text: a function would come with the test runner's own rewriting of import().
    return (await page.evaluate(`(async () => {
      const { createCore } = await import('/dist/index.js');
      const { computations } = await import('/test/support/browser/computations.js');
      return computations(createCore, ${threads}, ${JSON.stringify(work)});
    })()`)) as Outcome;
  } finally {
    await page.close();
  }
}

const module = (path: string) => JSON.stringify(new URL(path, import.meta.url));
/** A program that prints the outcome. */
const program = (threads: number) => `
  import { createCore } from ${module('../../dist/index.js')};
  import { computations } from ${module('../support/browser/computations.js')};
  process.stdout.write(JSON.stringify(await computations(createCore, ${threads}, ${JSON.stringify(work)})));
`;

async function inProcess(binary: string, flags: string[], threads: number): Promise<Outcome> {
  const { stdout } = await run(binary, [...flags, '--input-type=module', '--eval', program(threads)], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  return JSON.parse(stdout);
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'emft-hosts-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** By a host that takes the program as a file. */
const byFile = (host: 'deno' | 'bun', flags: string[], threads: number): Promise<Outcome> =>
  inFolder(async (folder) => {
    const file = join(folder, 'program.mjs');
    await writeFile(file, program(threads).replace('process.stdout.write', 'console.log'));
    return JSON.parse((await run(nodeBinary(host), [...flags, file])).stdout);
  });

const WORKER = `
  import { createCore } from 'emft';
  import wasm from './emft.wasm';
  import { computations } from 'computations';
  export default {
    async fetch() {
      const create = (options) => createCore({ ...options, wasm });
      return Response.json(await computations(create, 1, ${JSON.stringify(work)}));
    },
  };
`;
/** A server of workers as edge hosts run them: one bundle, its .wasm as a module, no threads and no files. */
const CONFIG = `
  using Workerd = import "/workerd/workerd.capnp";
  const config :Workerd.Config = (
    services = [(name = "main", worker = .emft)],
    sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
  );
  const emft :Workerd.Worker = (
    modules = [
      (name = "worker.js", esModule = embed "bundle.js"),
      (name = "emft.wasm", wasm = embed "emft.wasm"),
    ],
    compatibilityDate = "2025-01-01",
  );
`;

const inWorkerd = (): Promise<Outcome> =>
  inFolder(async (folder) => {
    const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
    await build({
      stdin: { contents: WORKER, resolveDir: folder },
      bundle: true,
      format: 'esm',
      outfile: join(folder, 'bundle.js'),
      external: ['./emft.wasm', 'node:*'],
      alias: {
        emft: path('../../dist/index.js'),
        computations: path('../support/browser/computations.js'),
      },
    });
    await cp(path('../../build/emft.simd.wasm'), join(folder, 'emft.wasm'));
    await writeFile(join(folder, 'config.capnp'), CONFIG);
    const server = spawn(nodeBinary('workerd'), ['serve', '--control-fd=1', join(folder, 'config.capnp')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      let said = '';
      let port: string | undefined;
      for await (const piece of server.stdout) {
        said += piece;
        port = /"port":\s*(\d+)/.exec(said)?.[1];
        if (port) break;
      }
      return await (await fetch(`http://127.0.0.1:${port}/`)).json();
    } finally {
      server.kill();
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    }
  });

describe('the same bits', () => {
  test.each([2, 4])('on %i threads in Node', async (threads) => {
    expect(await computations(createCore, threads, work)).toEqual(same(threads));
  });

  test.each(nodeMajors)('in a process of Node %s, on three threads', async (major) => {
    expect(await inProcess(nodeBinary(major), [], 3)).toEqual(same(3));
  });

  test('in Deno, on three threads', async () => {
    expect(await byFile('deno', ['run', '-A', '--quiet'], 3)).toEqual(same(3));
  });

  test('in Bun, on three threads', async () => {
    expect(await byFile('bun', [], 3)).toEqual(same(3));
  });

  test('in Chromium, on two threads of a cross-origin isolated page', async () => {
    expect(await inPage('/isolated', 2)).toEqual(same(2));
  });
});

// Beside one another, for each has one.
describe.concurrent('the same bits on one thread', () => {
  test('in workerd, where there are no threads and no files', async () => {
    expect(await inWorkerd()).toEqual(same(1));
  });

  test.each(['--liftoff-only', '--no-liftoff', '--no-wasm-tier-up'])(
    'as V8 compiles with %s',
    async (flag) => {
      expect(await inProcess(process.execPath, [flag], 1)).toEqual(same(1));
    },
  );

  test('in Chromium', async () => {
    expect(await inPage('/plain', 1)).toEqual(same(1));
  });

  test('in Chromium, where two were asked for and the page is not isolated: one, and it says why', async () => {
    const { threads, notes, hash } = await inPage('/plain', 2);
    expect(threads).toBe(1);
    expect(notes).toEqual([expect.stringMatching(/shared memory/)]);
    expect(hash).toBe(reference);
  });
});
