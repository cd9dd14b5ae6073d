// Functions of the program that are not linear, or not Hermitian where a space has few dimensions: a named error wherever something
// would be concluded from their products.
import { type Core, createCore, InputError, type Operator } from 'emft';
import { describe, expect, test } from 'vitest';

const core = await createCore();
type Multiply = (x: Float64Array, y: Float64Array) => void;

const functions: [string, Multiply][] = [
  ['1 whatever x', (_, y) => void y.fill(1)],
  ['|x|', (x, y) => y.set(x.map(Math.abs))],
  ['x + 0.001', (x, y) => y.set(x.map((v) => v + 1e-3))],
  ['x³', (x, y) => y.set(x.map((v) => v * v * v))],
  ['next to the largest double', (x, y) => y.set(x.map((v) => (v > 0 ? 1e308 : 0)))],
];
const calls: [string, (core: Core, h: Operator) => unknown][] = [
  ['lowest', (core, h) => core.eigsh(h, { k: 2 })],
  ['near', (core, h) => core.eigsh(h, { k: 2, which: { near: 0.3 } })],
  ['near, filtered', (core, h) => core.eigsh(h, { k: 2, which: { near: 0.3 }, method: 'filtered' })],
  ['interval', (core, h) => core.eigsh(h, { which: { interval: [0.5, 1.5] } })],
  ['interval, filtered', (core, h) => core.eigsh(h, { which: { interval: [0.5, 1.5] }, method: 'filtered' })],
  ['of a sum', (core, h) => core.eigsh(h.plus(h.shifted(1)).scaled(0.3), { k: 2 })],
  ['toDense', (_, h) => h.toDense()],
  ['evolve', (core, h) => core.evolve(h, new Float64Array(h.n).fill(1), [1])],
  ['typicality', (core, h) => core.typicality(h, { betas: [1], samples: 2 })],
  // Observables were not asked, and gave numbers of no operator.
  ['expectation', (core, h) => core.expectation(h, new Float64Array(h.n).fill(1))],
  ['variance', (core, h) => core.variance(h, new Float64Array(h.n).fill(1))],
  ['matrixElements', (core, h) => core.matrixElements(h, new Float64Array(h.n).fill(1))],
  ...(['evolve', 'evolveExact'] as const).map((name): [string, (core: Core, h: Operator) => unknown] => [
    `observed in ${name}`,
    (core, h) => {
      const path = core.csr({ n: h.n, indptr: Array(h.n + 1).fill(0), indices: [], data: [] });
      return core[name](path, new Float64Array(h.n).fill(1), [1], { observables: [h] });
    },
  ]),
];

describe.each(functions)('y = %s', (_, multiply) => {
  test.each(calls)('%s', (_, call) => {
    for (const n of [60, 700]) {
      const h = core.operator({ n, multiply });
      expect(() => call(core, h)).toThrow(InputError);
      expect(() => call(core, h)).toThrow(/^operator\.multiply: is not linear/);
    }
  });
});

test('neither is memory stated for an interval of its levels', () => {
  const h = core.operator({ n: 700, multiply: (_, y) => void y.fill(1) });
  const options = { which: { interval: [5, 6] }, method: 'filtered' } as const;
  expect(() => core.eigshBytes(h, options)).toThrow(/is not linear/);
});

test('a complex function that is linear in real factors alone', () => {
  const conjugate = (x: Float64Array, y: Float64Array) => y.set(x.map((v, i) => (i % 2 === 0 ? v : -v)));
  const h = core.operator({ n: 20, complex: true, multiply: conjugate });
  expect(() => core.eigsh(h, { k: 1 })).toThrow(/is not linear/);
});

test('linear functions of any size are let through, and are asked once, by four products', () => {
  for (const size of [1, 1e-300, 5e-324, 1e300, 1.7e308]) {
    let calls = 0;
    const h = core.operator({
      n: 50,
      multiply(x, y) {
        calls++;
        for (let i = 0; i < 50; ++i) y[i] = size * (i % 7 === 0 ? 1 : 0.5) * x[i];
      },
    });
    const first = core.eigsh(h, { k: 1, which: 'highest' });
    const once = calls;
    core.eigsh(h, { k: 1, which: 'highest' });
    expect(first.converged).toBe(true);
    expect(calls - once).toBe(once - 4);
  }
});

test('a matrix of one column is linear and not Hermitian: its closed space said nothing of it', () => {
  const multiply = (x: Float64Array, y: Float64Array) => void y.fill(x[0]);
  const h = core.operator({ n: 9000, multiply });
  for (const which of [{ near: 0.1 }, { interval: [0.5, 1.5] }] as const) {
    const k = 'near' in which ? { k: 2 } : {};
    expect(() => core.eigsh(h, { which, ...k, method: 'filtered' })).toThrow(/is not Hermitian/);
  }
});
