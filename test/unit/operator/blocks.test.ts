// Several vectors at once are multiplied as one by one, to the bit: by every kind of operator and what is made of them.
import { type Core, createCore, type Operator } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const kinds: Record<string, (core: Core) => Operator> = {
  'a grain with spins': (core) => core.grainOperator(core.randomGrainModel({ alpha: 0.7, n: 4, seed: 3 })),
  'a sun': (core) => core.sunOperator(core.randomSunModel({ alpha: 0.7, spins: 4, seed: 3 })),
  spins: (core) =>
    core.spins({
      sites: 6,
      terms: [
        { op: 'xx', sites: [0, 3] },
        { op: 'zz', sites: [1, 5] },
      ],
    }),
  rows: (core) =>
    core.csr({ n: 3, indptr: [0, 2, 4, 5], indices: [0, 1, 0, 1, 2], data: [1, 2, 2, 3, Math.SQRT2] }),
  'a matrix': (core) => core.operator({ n: 20, matrix: core.goe(20, { seed: 4 }) }),
  'a function': (core) => core.operator({ n: 30, multiply: (x, y) => y.set(x.map((value, i) => value * i)) }),
};

const made: Record<string, (one: Operator) => Operator> = {
  'as it is': (one) => one,
  'a multiple': (one) => one.scaled(-1.5),
  'a sum': (one) => one.plus(one.scaled(2)).shifted(0.3),
};

const cases = Object.keys(kinds).flatMap((kind) => Object.keys(made).map((how) => [kind, how]));

test.each(cases)('%s, %s', (kind, how) => {
  const operator = made[how](kinds[kind](core));
  for (const complex of [false, true]) {
    const length = operator.n * (complex ? 2 : 1);
    const columns = 19;
    const x = core.normals({ seed: 7 }, length * columns);
    const all = operator.multiply(x, columns, complex);
    for (let k = 0; k < columns; ++k) {
      const one = x.slice(k * length, (k + 1) * length);
      expect(all.slice(k * length, (k + 1) * length)).toEqual(operator.multiply(one, 1, complex));
    }
    const out = new Float64Array(x.length).fill(Number.NaN);
    expect(operator.multiply(x, columns, complex, out)).toBe(out);
    expect(out).toEqual(all);
    expect(operator.multiply(x, columns, complex, x)).toBe(x);
    expect(x).toEqual(all);
  }
});

test('products lie where they are asked for, or nowhere', () => {
  const h = core.operator({ n: 3, multiply: (x, y) => y.set(x) }).scaled(2);
  const memory = new Float64Array(9);
  const x = memory.subarray(3, 6).fill(1);
  for (const from of [2, 4]) {
    expect(() => h.multiply(x, 1, false, memory.subarray(from, from + 3))).toThrow(
      /^out: lies partly over x/,
    );
  }
  expect(() => h.multiply(x, 1, false, memory)).toThrow(/^out: expected 3 elements, got 9/);
  expect(() => h.multiply(x, 1, false, [0, 0, 0] as never)).toThrow(/^out: expected a Float64Array/);
  expect([...memory]).toEqual([0, 0, 0, 1, 1, 1, 0, 0, 0]);
  h.multiply(x, 1, false, memory.subarray(6));
  h.multiply(x, 1, false, memory.subarray(0, 3));
  expect([...memory]).toEqual([2, 2, 2, 1, 1, 1, 2, 2, 2]);
});
