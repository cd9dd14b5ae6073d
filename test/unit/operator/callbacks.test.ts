// Functions of the program wherever an operator goes: what they do wrong is an error with a name, at the first product and later,
// and the core has nothing left of the call, whose next results are the bits of before.
import { type Core, createCore, type Eigsh, InputError, type Operator } from 'emft';
import { describe, expect, test } from 'vitest';

const core = await createCore();
const n = 40;
const diagonal = Float64Array.from({ length: n }, (_, i) => (i * 7) % n);
const psi = core.normals({ seed: 1 }, 3 * n);
const right = (x: Float64Array, y: Float64Array) => {
  for (let i = 0; i < n; ++i) y[i] = diagonal[i] * x[i] + (x[i - 1] ?? 0) + (x[i + 1] ?? 0);
};
const good = core.operator({ n, multiply: right });
const beside = core.operator({ n, multiply: right });

type Call = (core: Core, a: Operator) => unknown;
const times = [0.5, 3];
const timeless = (found: Eigsh) => ({ ...found, report: { ...found.report, seconds: 0 } });
const measured: Call[] = [
  (core, a) => core.expectation(a, psi),
  (core, a) => core.variance(a, psi),
  (core, a) => core.matrixElements(a, psi),
  (core, a) => core.expectationAsync(a, psi),
  (core, a) => core.varianceAsync(a, psi),
  (core, a) => core.matrixElementsAsync(a, psi),
  (core, a) => core.evolve(good, psi, times, { observables: [a] }),
  (core, a) => core.evolveAsync(good, psi, times, { observables: [a] }),
  (core, a) => core.evolveExact(good, psi, times, { observables: [a] }),
  (core, a) => core.evolveExactAsync(good, psi, times, { observables: [a] }),
  (core, a) => core.typicality(good, { betas: [1], samples: 3, observables: [a] }),
  (core, a) => core.typicalityAsync(good, { betas: [1], samples: 3, observables: [a] }),
];
const evolved: Call[] = [
  (_, a) => a.multiply(psi, 3),
  (_, a) => a.plus(beside).scaled(2).shifted(1).multiply(psi, 3),
  (_, a) => a.toDense(),
  (core, a) => timeless(core.eigsh(a, { k: 2, method: 'lanczos' })),
  (core, a) => timeless(core.eigsh(a, { k: 2, which: { near: 3 }, method: 'filtered' })),
  async (core, a) => timeless(await core.eigshAsync(a, { k: 2 })),
  (core, a) => core.evolve(a, psi, times, { method: 'chebyshev' }),
  (core, a) => core.evolve(a, psi, times, { method: 'krylov' }),
  (core, a) => core.evolveAsync(a, psi, times, { imaginary: true }),
  (core, a) => core.evolveExact(a, psi, times),
  (core, a) => core.typicality(a, { betas: [1], samples: 3 }),
];
const calls = [...measured, ...evolved].map((call): [string, Call] => [call.toString(), call]);

const mine = new Error('mine\n of two lines');
const faults: [string, (x: Float64Array, y: Float64Array) => unknown, unknown][] = [
  [
    'throw',
    () => {
      throw mine;
    },
    /^operator\.multiply: threw: mine of two lines$/,
  ],
  ['write NaN', (_, y) => y.fill(Number.NaN, 3), /^operator\.multiply: wrote NaN to y\[3\]/],
  ['write Infinity', (_, y) => y.fill(Infinity, 3), /^operator\.multiply: wrote Infinity to y\[3\]/],
  [
    'set more than there is',
    (x, y) => y.set([...x, 1]),
    /^operator\.multiply: threw: offset is out of bounds$/,
  ],
  [
    'throw what is no error',
    () => {
      throw undefined;
    },
    /^operator\.multiply: threw: undefined$/,
  ],
  ['return a promise', async () => Promise.reject(mine), /^operator\.multiply: returned a promise/],
  [
    'take the array away',
    (_, y) => void structuredClone(y.buffer, { transfer: [y.buffer] }),
    /^operator\.multiply: left 0 numbers in y/,
  ],
  ['return another array', () => new Float64Array(n + 1), /^operator\.multiply: returned a value of type/],
  [
    'return what cannot be looked at',
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    },
    /^operator\.multiply: threw: .*revoked/,
  ],
  [
    'hide what they wrote',
    (_, y) => {
      y.fill(Number.NaN, 3);
      y.findIndex = () => -1;
    },
    /^operator\.multiply: wrote NaN to y\[3\]/,
  ],
  [
    'take both arrays away',
    (x, y) => void structuredClone([x, y], { transfer: [x.buffer, y.buffer] }),
    /^operator\.multiply: left 0 numbers in y/,
  ],
];

test('what the function threw is the cause, also where operators of functions are in one another', async () => {
  const outer = (inner: Operator) => core.operator({ n, multiply: (x, y) => void y.set(inner.multiply(x)) });
  const bad = core.operator({
    n,
    multiply: () => {
      throw mine;
    },
  });
  const error = await core.eigshAsync(outer(bad).plus(good), { k: 1 }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).argument).toBe('operator.multiply');
  const { cause } = error as InputError;
  expect(cause).toBeInstanceOf(InputError);
  expect((cause as InputError).cause).toBe(mine);
  const quiet = core.operator({ n, multiply: (_, y) => void y.fill(Number.NaN) });
  expect(() => quiet.multiply(psi, 3)).toThrow(InputError);
});

describe.each(calls)('in %s', (_, call) => {
  test.each(faults)('functions that %s are refused', async (_, fault, error) => {
    for (const after of [0, 2]) {
      let count = 0;
      const multiply = (x: Float64Array, y: Float64Array) => (count++ < after ? right(x, y) : fault(x, y));
      const expected = await call(core, good);
      const before = core.memoryBytes;
      const bad = core.operator({ n, multiply: multiply as never });
      await expect((async () => call(core, bad))()).rejects.toThrow(error as Error);
      expect(core.memoryBytes).toBe(before);
      expect(await call(core, good)).toEqual(expected);
    }
  });

  test('numbers beyond the end went nowhere, without a word', async () => {
    const before = core.memoryBytes;
    const beyond = core.operator({
      n,
      multiply: (x, y) => {
        right(x, y);
        y[n] = 1e300;
      },
    });
    await expect((async () => call(core, beyond))()).rejects.toThrow(
      /^operator\.multiply: wrote to y\[40\], expected places from 0 to 39$/,
    );
    expect(core.memoryBytes).toBe(before);
  });
});

test.each<[string, (e: number) => unknown, unknown]>([
  [
    'throw',
    () => {
      throw mine;
    },
    /^options\.functions\[1\]: threw: mine of two lines$/,
  ],
  ['give NaN', () => Number.NaN, /^options\.functions\[1\]: gave NaN/],
  ['give a promise', async () => Promise.reject(mine), /^options\.functions\[1\]: gave a promise/],
  ['give what has no words', () => Object.create(null), /^options\.functions\[1\]: gave an object/],
])('functions of energy that %s are refused', async (_, fault, error) => {
  const functions = [(e: number) => e, fault as () => number];
  expect(() => core.typicality(good, { functions, samples: 2 })).toThrow(error as Error);
  await expect(core.typicalityAsync(good, { functions, samples: 2 })).rejects.toThrow(error as Error);
});
