// Functions of one's own in a client's worker: what they get, what comes back, how they are watched and ended.
import { Worker } from 'node:worker_threads';
import { type Core, createCore, InputError } from 'emft';
import { type Client, createClient, type Served, transfer, type WorkerLike } from 'emft/client';
import { serve } from 'emft/client/serve';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';

const script = (name: string) => new URL(`../../fixtures/clientWorkers/${name}.mjs`, import.meta.url);

/** What test/fixtures/clientWorkers/own.mjs serves. */
type Own = {
  sum(served: Served, ...terms: number[]): number;
  given(served: Served, ...args: unknown[]): unknown[];
  levels(served: Served, n: number): Float64Array;
  ring(served: Served, sites: number): ReturnType<Core['spins']>;
  kept(served: Served): Float64Array;
  moved(served: Served): Float64Array;
  count(served: Served<{ counted: number; at: Float64Array }>, most: number): Promise<boolean>;
  part(served: Served): Float64Array;
  odd(served: Served, how: string): void;
  fails(served: Served, how: string): Promise<void>;
};

let core: Core;
let client: Client<Own>;
beforeAll(async () => {
  [core, client] = await Promise.all([createCore(), createClient<Own>({ script: script('own') })]);
});
afterAll(() => {
  client.dispose();
  core.dispose();
});

describe('functions of one’s own', () => {
  test('stand beside the methods of the core', async () => {
    expect(await client.sum(1, 2, 3)).toBe(6);
    expect(await client.eta(0.3)).toBe(core.eta(0.3));
    expectTypeOf(client.sum).returns.resolves.toBeNumber();
    expectTypeOf(client.count).parameter(1).toExtend<{ signal?: AbortSignal } | undefined>();
  });

  test('use operators that are functions, and return operators, which stay with the worker', async () => {
    expect(Array.from(await client.levels(6))).toEqual([0, 1]);
    const ring = await client.ring(6);
    expect((await client.eigsh(ring, { k: 1 })).values[0]).toBeCloseTo(-1.5, 14);
  });

  test('get arguments as they were given: what watches is the last one, if it says nothing else', async () => {
    const args = [1, undefined, { slice: 3 }, [Float64Array.of(1)], { onProgress: 1, other: 2 }];
    expect(await client.given(...args)).toEqual(args);
    expect(await client.given(1, { signal: new AbortController().signal } as never)).toEqual([1]);
    expect(await client.given({})).toEqual([{}]);
    await expect(client.given(1, { onProgress: 2 } as never)).rejects.toThrow(/^options\.onProgress: /);
  });

  test('keep what they return, unless they transfer it', async () => {
    for (const _ of [1, 2]) expect(await client.kept()).toEqual(Float64Array.of(1, 2, 3));
    for (const _ of [1, 2]) expect(await client.moved()).toEqual(Float64Array.of(4, 5));
  });

  test('tell how far they are, and what there is so far', async () => {
    const seen: unknown[] = [];
    expect(await client.count(4, { onProgress: (...args) => seen.push(args) })).toBe(false);
    const at = Float64Array.of(1, 2, 3);
    expect(seen).toEqual([0, 1, 2, 3].map((counted) => [counted / 4, { counted, at }]));
    expect(await client.count(3)).toBe(false);
  });

  test('end where they report, and the next call is made', async () => {
    const stop = new AbortController();
    const counting = client.count(1e9, {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    const next = client.sum(1, 1);
    await expect(counting).rejects.toThrow('enough');
    expect(await next).toBe(2);
  });

  test('throw what they throw', async () => {
    const input = await client.fails('input').catch((error) => error);
    expect(input).toBeInstanceOf(InputError);
    expect(input.path).toEqual(['a']);
    await expect(client.fails('')).rejects.toMatchObject({ name: 'RangeError', message: 'not this way' });
    await expect(client.fails('report')).rejects.toThrow(/^fraction: expected .*, got 2$/);
  });
});

test('what cannot be read or sent ended all later calls: it is an error, and they are made', async () => {
  for (const how of ['bare', 'named', 'other', 'function', 'undefined']) {
    await expect(client.odd(how)).rejects.toThrow();
    expect(await client.sum(1, 1)).toBe(2);
  }
});

test('an array that was moved already left a call without an answer in Node 20: it is refused', async () => {
  const a = Float64Array.of(2, 0, 0, 2);
  await client.eigh(transfer(a), 2);
  await expect(client.eigh(transfer(a), 2)).rejects.toThrow(InputError);
  expect(await client.sum(1, 1)).toBe(2);
});

test('what is transferred is moved with all of its memory, and shared memory is refused', async () => {
  expect(Array.from(await client.part())).toEqual([2, 3]);
  const shared = new Float64Array(new SharedArrayBuffer(8));
  expect(() => transfer(shared)).toThrow(/^array: expected memory that is not shared/);
  expect(() => transfer(new DataView(new ArrayBuffer(8)))).toThrow(/^array: expected a typed array/);
});

describe('a worker of one’s own', () => {
  test('is given as such, and ends with the client', async () => {
    const worker = new Worker(script('own'));
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    const other = await createClient<Own>({ script: worker });
    expect(await other.sum(2, 2)).toBe(4);
    await expect(createClient({ script: worker })).rejects.toThrow(
      'options.script: is the worker of another client',
    );
    other.dispose();
    await ended;
  });

  test('is refused where it is none, or has the name of a method of the core', async () => {
    const proxy = Proxy.revocable({}, {});
    proxy.revoke();
    for (const wrong of [{ postMessage() {} }, proxy.proxy, 'own.mjs']) {
      await expect(createClient({ script: wrong as WorkerLike })).rejects.toThrow(/^options\.script: /);
    }
    await expect(createClient({ script: script('taken') })).rejects.toThrow(
      'functions.eigh: has the name of what a client has already',
    );
  });

  test('serves functions alone', () => {
    expect(() => serve({ levels: 3 } as never)).toThrow('functions.levels: expected a function, got 3');
    expect(() => serve(null as never)).toThrow(/^functions: expected an object of functions/);
  });
});
