// Every long call has a twin that ends in Async: the same bits, progress that rises to 1, alive in between, and ended by its
// signal wherever it is, with nothing left behind.
import { createHash } from 'node:crypto';
import { createCore, InputError } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { many, twinsOf } from '../../support/twins.js';

const core = await createCore();
const twins = twinsOf(core);
afterAll(() => core.dispose());

/** All that a result says, its numbers as their bits: comparing element by element would take longer than computing. */
function bits(value: unknown): string {
  const hash = createHash('sha256');
  const add = (x: unknown): void => {
    if (ArrayBuffer.isView(x)) hash.update(new Uint8Array(x.buffer, x.byteOffset, x.byteLength));
    else if (typeof x === 'number') hash.update(new Uint8Array(Float64Array.of(x).buffer));
    else if (typeof x === 'object' && x !== null)
      for (const [key, item] of Object.entries(x)) {
        // What a clock says.
        if (key === 'seconds') continue;
        hash.update(key);
        add(item);
      }
    else hash.update(String(x));
  };
  add(value);
  return hash.digest('hex');
}

test('none is left out', () => {
  const named = Object.keys(twins).map((name) => name.split(',')[0].split(' ')[0]);
  const found = Object.keys(core).filter((name) => name.endsWith('Async'));
  expect(new Set(named)).toEqual(new Set(found.map((name) => name.slice(0, -'Async'.length))));
});

describe.each(Object.entries(twins))('%s', (_, { plain, twin }) => {
  let expected: string;
  /** Calls of onProgress where each slice is as short as it can be. */
  let calls = 0;
  beforeAll(async () => {
    expected = bits(plain(core));
    await twin(core, { slice: 0, onProgress: () => ++calls });
  });

  test('has the bits of the plain call, and lets the event loop run', async () => {
    const seen: number[] = [];
    let turns = 0;
    let running = true;
    const turn = () => {
      ++turns;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    expect(bits(await twin(core, { slice: 0, onProgress: (x) => seen.push(x) }))).toBe(expected);
    running = false;
    expect(turns).toBeGreaterThan(5);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.every((x, k) => x >= 0 && x <= 1 && (k === 0 || x >= seen[k - 1]))).toBe(true);
    expect(seen.some((x) => x > 0.05 && x < 0.95)).toBe(true);
    expect(seen.at(-1)).toBe(1);
    expect(bits(await twin(core, {}))).toBe(expected);
  });

  test('is ended by its signal anywhere: memory is given back, and the next call is right', async () => {
    const reason = new Error('the user left');
    await expect(twin(core, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const before = core.memoryBytes;
    for (const part of [0, 0.1, 0.3, 0.5, 0.7, 0.9]) {
      const controller = new AbortController();
      let left = Math.floor(part * (calls - 1));
      let after = 0;
      const onProgress = () => {
        if (controller.signal.aborted) ++after;
        else if (left-- === 0) controller.abort(reason);
      };
      const ended = twin(core, { slice: 0, signal: controller.signal, onProgress });
      await expect(ended).rejects.toBe(reason);
      // Not even one more slice.
      expect(after).toBe(0);
      expect(bits(plain(core))).toBe(expected);
    }
    expect(core.memoryBytes).toBe(before);
  });

  test('rejects with what its onProgress throws or rejects with, at once, later or at the end, and nothing else does', async () => {
    const before = core.memoryBytes;
    const unheard: unknown[] = [];
    const hear = (reason: unknown) => unheard.push(reason);
    process.on('unhandledRejection', hear);
    const reason = new Error('no more of this');
    const turns = () => new Promise((resolve) => setImmediate(resolve));
    const watchers: Record<string, (x: number) => unknown> = {
      throws: () => {
        throw reason;
      },
      rejects: async () => {
        throw reason;
      },
      'rejects later': async () => {
        await turns();
        await turns();
        throw reason;
      },
      'throws at the end': (x) => {
        if (x === 1) throw reason;
      },
      'rejects later at the end': async (x) => {
        if (x < 1) return;
        await turns();
        throw reason;
      },
    };
    try {
      for (const onProgress of Object.values(watchers)) {
        await expect(twin(core, { slice: 0, onProgress })).rejects.toBe(reason);
      }
      // A promise that never settles does not outlive the signal.
      const controller = new AbortController();
      const onProgress = () => {
        setImmediate(() => controller.abort(reason));
        return new Promise(() => {});
      };
      await expect(twin(core, { slice: 0, onProgress, signal: controller.signal })).rejects.toBe(reason);
      await turns();
      await turns();
    } finally {
      process.off('unhandledRejection', hear);
    }
    expect(unheard).toEqual([]);
    expect(bits(plain(core))).toBe(expected);
    expect(core.memoryBytes).toBe(before);
  });

  test('names what is wrong with its watch', async () => {
    for (const wrong of [{ slice: -1 }, { onProgress: 3 }, { signal: {} }]) {
      const [name] = Object.keys(wrong);
      await expect(twin(core, wrong as never)).rejects.toThrow(name);
      await expect(twin(core, wrong as never)).rejects.toBeInstanceOf(InputError);
    }
  });
});

test('an async onProgress is waited for', async () => {
  const a = core.goe(100, { seed: 2 });
  let [under, most, calls] = [0, 0, 0];
  await core.eighAsync(a, 100, {
    slice: 0,
    onProgress: async () => {
      ++calls;
      most = Math.max(most, ++under);
      await new Promise((resolve) => setImmediate(resolve));
      --under;
    },
  });
  expect([under, most]).toEqual([0, 1]);
  expect(calls).toBeGreaterThan(5);
});

test('a batch may be changed as soon as the call has returned', async () => {
  const a = many(core, 12, 400);
  const expected = bits(core.eighBatch(a, 12, 400));
  const promise = core.eighBatchAsync(a, 12, 400, { slice: 0 });
  a.fill(Number.NaN);
  expect(bits(await promise)).toBe(expected);
});

test('a core that is disposed of meanwhile ends them with an error that says so', async () => {
  for (const { twin } of Object.values(twins)) {
    const other = await createCore();
    const promise = twin(other, { slice: 0 });
    other.dispose();
    await expect(promise).rejects.toThrow(/already disposed/);
  }
});
