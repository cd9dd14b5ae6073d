// Two libraries of which one is ahead at small orders and the other at large ones, and one at eigenvalues alone.
import { expect, test } from 'vitest';
import { Fastest } from '../../../bench/native/choice.js';
import type { Native } from '../../../bench/native/process.js';

/** A library whose runs take these seconds, by its own clock. */
function library(seconds: (driver: string, n: number) => number) {
  const orders: number[] = [];
  let closed = false;
  const native: Native = {
    about: { kernel: 'SkylakeX', config: '', threads: 1, wide: false },
    async load(_problem, n, a) {
      if (a.length < n * n) throw new Error('short');
      orders.push(n);
    },
    run: async (driver, count) => count * seconds(driver, orders.at(-1)!),
    read: async () => ({ values: new Float64Array(0) }),
    stack: async () => undefined,
    loop: async () => 0,
    keep: async () => ({ values: new Float64Array(0), vectors: new Float64Array(0) }),
    close() {
      closed = true;
    },
  };
  return { native, orders, closed: () => closed };
}

const matrix = (n: number) => new Float64Array(n * n);

test('the fastest at order 256 was compared with at every order and driver', async () => {
  const one = library((driver, n) => (driver === 'dsyevd_N' || n < 100 ? 2e-3 : 0.2));
  const other = library((driver, n) => (driver === 'dsyevd_N' || n < 100 ? 3e-3 : 0.1));
  const both = [one.native, other.native];
  const vectors = new Fastest(both, 'dsyevd');
  await vectors.load('symmetric', 16, matrix(16));
  expect([vectors.at, await vectors.run(2)]).toEqual([0, 4e-3]);
  await vectors.load('symmetric', 256, matrix(256));
  expect([vectors.at, await vectors.run(1)]).toEqual([1, 0.1]);
  const values = new Fastest(both, 'dsyevd_N');
  await values.load('symmetric', 256, matrix(256));
  expect(values.at).toBe(0);
  vectors.close();
  expect([one.closed(), other.closed()]).toEqual([true, true]);
});

test('only the one that is chosen keeps a matrix, and is given the next of that order at once', async () => {
  const [one, other] = [library(() => 1), library(() => 2)];
  const both = new Fastest([one.native, other.native], 'dsyevd');
  await both.load('hermitian', 50, new Float64Array(5000));
  await both.load('hermitian', 50, new Float64Array(5000));
  expect(both.at).toBe(0);
  expect([one.orders, other.orders]).toEqual([
    [50, 50],
    [50, 1],
  ]);
});

test('one that lacks the driver is none, and where all lack it that is said', async () => {
  const lacking = library(() => {
    throw new Error('dsyevr: is not in this library');
  });
  const slow = library(() => 5);
  const one = new Fastest([lacking.native, slow.native], 'dsyevr');
  await one.load('symmetric', 4, matrix(4));
  expect(one.at).toBe(1);
  const none = new Fastest([lacking.native, lacking.native], 'dsyevr');
  await expect(none.load('symmetric', 4, matrix(4))).rejects.toThrow('is not in this library');
});

test('the least of several runs counts, whatever the first took', async () => {
  let runs = 0;
  const noisy = library(() => (++runs <= 2 ? 2.9e-3 : 1e-3));
  const steady = library(() => 2e-3);
  const both = new Fastest([steady.native, noisy.native], 'dsyevd');
  await both.load('symmetric', 4, matrix(4));
  expect(both.at).toBe(1);
});
