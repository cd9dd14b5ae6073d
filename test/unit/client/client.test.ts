// A client computes in a worker what a core computes: the same bits, by promises, watched and ended from outside.
import { type Core, createCore, type Eigh, InputError } from 'emft';
import { type Client, createClient, type Remote, transfer, WorkerError } from 'emft/client';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';

let core: Core;
let client: Client;
beforeAll(async () => {
  [core, client] = await Promise.all([createCore(), createClient()]);
});
afterAll(() => {
  client.dispose();
  core.dispose();
});

const ring = {
  sites: 8,
  terms: Array.from({ length: 8 }, (_, i) =>
    ['xx', 'yy', 'zz'].map((op) => ({ op, sites: [i, (i + 1) % 8] })),
  ).flat(),
};

describe('what a core computes', () => {
  test('a decomposition has its bits, and its methods', async () => {
    const a = core.goe(60, { seed: 1 });
    const wanted = core.eigh(a, 60, { verify: true });
    const got = await client.eigh(a, 60, { verify: true });
    expect(got).toEqual(wanted);
    expect(got.vector(3)).toEqual(wanted.vector(3));
    expect(a.length).toBe(3600);
    expectTypeOf(got).toEqualTypeOf<Eigh>();
    expect(await client.eighAsync(a, 60, { verify: true })).toEqual(wanted);
  });

  test('a batch knows its order', async () => {
    const a = core.goe(12, { seed: 1 });
    const wanted = core.eighBatch(a, 3, 16);
    const got = await client.eighBatch(a, 3, 16);
    expect(got.vector(15, 2)).toEqual(wanted.vector(15, 2));
    expect(got.convergence).toEqual(wanted.convergence);
  });

  test('numbers for numbers, arrays for arrays, to the types', async () => {
    const one = await client.eta(0.1);
    const many = await client.eta(Float64Array.of(0.1, 1));
    expectTypeOf(one).toEqualTypeOf<number>();
    expectTypeOf(many).toEqualTypeOf<Float64Array>();
    expect(one).toBe(core.eta(0.1));
    expect(many).toEqual(core.eta(Float64Array.of(0.1, 1)));
    const response = await client.response(0.3);
    expect(response).toEqual(core.response(0.3));
    expectTypeOf(response.eta).toEqualTypeOf<number>();
  });

  test('results of many levels', async () => {
    const bare = Float64Array.from({ length: 30 }, (_, n) => 0.9 * 0.7 ** n);
    expect(await client.meanFieldBranches(bare)).toEqual(core.meanFieldBranches(bare));
  });
});

describe('operators stay with the worker', () => {
  test('a chain of spins, its products and its lowest states', async () => {
    const own = core.spins(ring);
    const remote = await client.spins(ring);
    expect(remote.n).toBe(own.n);
    expect(await remote.toDense()).toEqual(own.toDense());
    const sum = await (await remote.scaled(2)).plus(remote);
    const x = core.normals({ seed: 2 }, own.n);
    expect(await sum.multiply(x)).toEqual(own.scaled(2).plus(own).multiply(x));
    const wanted = core.eigsh(own, { k: 4 });
    const got = await client.eigsh(remote, { k: 4 });
    expect(got.values).toEqual(wanted.values);
    expect(got.vectors).toEqual(wanted.vectors);
    expectTypeOf(remote).toExtend<Remote<ReturnType<Core['spins']>>>();
  });

  test('one that was disposed of is said to be', async () => {
    const remote = await client.spins(ring);
    remote.dispose();
    await expect(client.eigsh(remote)).rejects.toThrow('this object was disposed of');
  });

  test('one of this thread is refused by name', async () => {
    await expect(client.eigsh(core.spins(ring) as never)).rejects.toThrow(
      /^arguments\[0\]\.\w+: expected what can be sent to a worker, got a function: make operators with this client;/,
    );
  });
});

test('two real states of a worker were one complex state, or one of a site more: how they are written goes along', async () => {
  const sites = 4;
  const options = {
    sites,
    terms: [0, 1, 2].flatMap((i) => ['xx', 'yy', 'zz'].map((op) => ({ op, sites: [i, i + 1] }))),
    sector: { up: 2 },
  };
  const subsystem = [0, 1];
  const h = core.spins(options);
  const wanted = core.entanglementEntropy(h.embed(core.eigsh(h, { k: 2 }).vectors), { subsystem });
  const there = await client.spins(options);
  const { vectors } = await client.eigsh(there, { k: 2 });
  const whole = await there.embed(vectors);
  expect(await client.entanglementEntropy(whole, { subsystem })).toEqual(wanted);
  expect(core.entanglementEntropy(whole, { subsystem })).toEqual(wanted);
  await expect(client.entanglementEntropy(vectors, { subsystem })).rejects.toThrow(/sector of 4 sites/);
});

describe('watched and ended from outside', () => {
  test('progress rises to 1', async () => {
    const seen: number[] = [];
    const a = core.goe(200, { seed: 3 });
    const got = await client.eigh(a, 200, { onProgress: (x) => seen.push(x), slice: 1 });
    expect(got.values).toEqual(core.eigh(a, 200).values);
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual([...seen].sort((x, y) => x - y));
  });

  test('an aborted call ends at once, and so does one that has not begun', async () => {
    const a = core.goe(900, { seed: 3 });
    const [first, second] = [new AbortController(), new AbortController()];
    const calls = [
      client.eigh(a, 900, { method: 'jacobi', signal: first.signal }),
      client.eigh(a, 900, { method: 'jacobi', signal: second.signal }),
    ];
    const third = client.eta(1);
    second.abort(new Error('second'));
    await expect(calls[1]).rejects.toThrow('second');
    first.abort(new Error('first'));
    await expect(calls[0]).rejects.toThrow('first');
    expect(await third).toBe(core.eta(1));
  });

  test('what onProgress throws is what the call throws', async () => {
    const call = client.eigh(core.goe(100, { seed: 3 }), 100, {
      onProgress() {
        throw new RangeError('no more');
      },
    });
    await expect(call).rejects.toThrow(new RangeError('no more'));
    expect(await client.eta(1)).toBe(core.eta(1));
  });

  test('what an async onProgress rejects with is what the call rejects with, at the end too', async () => {
    for (const from of [0, 1]) {
      const call = client.eigh(core.goe(100, { seed: 3 }), 100, {
        slice: 0,
        async onProgress(x) {
          await new Promise((resolve) => setImmediate(resolve));
          if (x >= from) throw new RangeError('no more');
        },
      });
      await expect(call).rejects.toThrow(new RangeError('no more'));
    }
    expect(await client.eta(1)).toBe(core.eta(1));
  });

  test('a signal that was aborted before', async () => {
    await expect(client.eigh([1], 1, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow(
      'before',
    );
  });
});

describe('errors are those of a core', () => {
  test('of what cannot be read or sent', async () => {
    const circle: Record<string, unknown> = {};
    circle.circle = circle;
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const options of [
      circle,
      proxy,
      {
        get method() {
          throw new Error('no');
        },
      },
    ]) {
      await expect(client.eigh([1], 1, options as never)).rejects.toThrow(InputError);
    }
    await expect(createClient({ wasm: (() => 1) as never })).rejects.toThrow(InputError);
  });

  test('of arguments', async () => {
    const error = await client.eigh([1, 2, 3], 2).catch((error) => error);
    expect(error).toBeInstanceOf(InputError);
    expect(() => core.eigh([1, 2, 3], 2)).toThrow(error.message);
    expect(error.path).toEqual(['a']);
  });

  test('functions are not sent', async () => {
    await expect(client.operator({ n: 2, multiply() {} })).rejects.toThrow(
      'arguments[0].multiply: expected what can be sent to a worker, got a function',
    );
  });

  test('of options of the client', async () => {
    await expect(createClient({ threads: 0 })).rejects.toThrow(/^options\.threads: /);
    await expect(createClient({ script: 'worker.js' as never })).rejects.toThrow(/^options\.script: /);
    await expect(createClient({ script: new URL('nowhere.js', import.meta.url) })).rejects.toThrow(
      WorkerError,
    );
  });
});

describe('what waits in the queue', () => {
  test('keeps its operator, though nobody holds it any more', async () => {
    const first = client.eigh(core.goe(150, { seed: 3 }), 150, { onProgress() {}, slice: 1 });
    const remote = await client.spins(ring);
    const busy = client.eigh(core.goe(150, { seed: 3 }), 150, { onProgress() {}, slice: 1 });
    const waiting = client.eigsh(remote, { k: 2 });
    remote.dispose();
    await Promise.all([first, busy]);
    expect((await waiting).values).toEqual(core.eigsh(core.spins(ring), { k: 2 }).values);
  });

  test('has what arrays held when it was called: views of shared memory, and of a part', async () => {
    const shared = new Float64Array(new SharedArrayBuffer(8 * 6), 8, 4);
    shared.set([2, -1, -1, 2]);
    const busy = client.eigh(core.goe(100, { seed: 3 }), 100, { onProgress() {} });
    const waiting = client.eigh(shared, 2);
    shared.set([9, 0, 0, 9]);
    await busy;
    expect((await waiting).values).toEqual(core.eigh([2, -1, -1, 2], 2).values);
  });

  test('every promise of onProgress is waited for, and ends with the client', async () => {
    const calls = client.eigh(core.goe(150, { seed: 3 }), 150, {
      slice: 0,
      onProgress: (x) => (x < 1 ? Promise.reject(new Error('disk full')) : undefined),
    });
    await expect(calls).rejects.toThrow('disk full');
    const other = await createClient();
    let told = () => {};
    const begun = new Promise<void>((resolve) => {
      told = resolve;
    });
    const never = other.eigh([2, -1, -1, 2], 2, {
      onProgress() {
        told();
        return new Promise(() => {});
      },
    });
    await begun;
    other.dispose();
    await expect(never).rejects.toThrow(WorkerError);
  });
});

describe('memory and ends', () => {
  test('transfer reaches into options and lists', async () => {
    const b = transfer(Float64Array.of(2, 0, 0, 2));
    expect((await client.eigh([2, -1, -1, 2], 2, { b })).values).toEqual(
      core.eigh([2, -1, -1, 2], 2, { b: [2, 0, 0, 2] }).values,
    );
    expect(b.length).toBe(0);
  });

  test('transfer takes typed arrays alone', () => {
    expect(() => transfer([1] as never)).toThrow('array: expected a typed array, got a value of type Array');
  });

  test('an array that is transferred is moved', async () => {
    const a = core.goe(20, { seed: 5 });
    const wanted = core.eigh(a, 20);
    const call = client.eigh(transfer(a), 20);
    expect(a.length).toBe(0);
    expect((await call).values).toEqual(wanted.values);
  });

  test('two threads have the same bits', async () => {
    const two = await createClient({ threads: 2 });
    const a = core.goe(300, { seed: 6 });
    expect((await two.eigh(a, 300)).vectors).toEqual(core.eigh(a, 300).vectors);
    expect(two.threads).toBe(2);
    two.dispose();
  });

  test('whoever waits when the client is disposed of gets a WorkerError, and later calls too', async () => {
    const other = await createClient();
    const call = other.eigh(core.goe(400, { seed: 1 }), 400, { method: 'jacobi' });
    other.dispose();
    await expect(call).rejects.toThrow(WorkerError);
    await expect(other.eta(1)).rejects.toThrow('this client was disposed of');
    other.dispose();
  });
});
