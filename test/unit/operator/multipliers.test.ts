// An object { n, multiply } had to be made an operator first: eigsh, evolve, typicality, expectation and all others refused it.
import { createCore, InputError } from 'emft';
import { expect, test } from 'vitest';

const core = await createCore();
const n = 60;

class Path {
  readonly n = n;
  readonly hopping = -1;
  multiply(x: Float64Array, y: Float64Array): void {
    for (let i = 0; i < this.n; ++i) y[i] = this.hopping * ((x[i - 1] ?? 0) + (x[i + 1] ?? 0));
  }
}

test('an object that multiplies was refused where operators are taken', () => {
  const path = new Path();
  const made = core.operator({ n, multiply: (x, y) => path.multiply(x, y) });
  const psi = Float64Array.from({ length: n }, (_, i) => Math.sin(i + 1));
  const real = { complex: false };
  expect(core.eigsh(path, { k: 3 }).values).toEqual(core.eigsh(made, { k: 3 }).values);
  expect(core.eigshBytes(path)).toBe(core.eigshBytes(made));
  expect(core.evolve(path, psi, [2], real).states).toEqual(core.evolve(made, psi, [2], real).states);
  const measured = { observables: [path], ...real };
  expect(core.evolveExact(path, psi, [2], measured).averages).toEqual(
    core.evolveExact(made, psi, [2], { ...measured, observables: [made] }).averages,
  );
  const sampled = { betas: [1], samples: 3 };
  expect(core.typicality(path, sampled).logZ).toEqual(core.typicality(made, sampled).logZ);
  expect(core.expectation(path, psi, real)).toEqual(core.expectation(made, psi, real));
  expect(core.variance(path, psi, real)).toEqual(core.variance(made, psi, real));
  expect(core.matrixElements(path, psi, real)).toEqual(core.matrixElements(made, psi, real));
  // The same object is one operator: what cancels leaves nothing.
  const sum = made.plus(path).plus(made.scaled(-1)).plus(path);
  expect(Math.max(...sum.multiply(psi).map((x, i) => Math.abs(x - 2 * made.multiply(psi)[i])))).toBeLessThan(
    1e-14,
  );
});

test('what an object has wrong is named', () => {
  const multiply = (x: Float64Array, y: Float64Array) => y.set(x);
  expect(() => core.eigsh({ n: -1, multiply })).toThrow(/^operator\.n: expected a whole number ≥ 0/);
  expect(() => core.eigsh({ n: 3, complex: 1 as never, multiply })).toThrow(/^operator\.complex: expected/);
  expect(() => core.eigsh({ multiply } as never)).toThrow(/or an object \{ n, multiply\(x, y, columns\) \}/);
  expect(() =>
    core.expectation({ n: 2, multiply: (x, y) => y.set(x.map((v) => v * v)) }, [1, 2], { complex: false }),
  ).toThrow(/^operator\.multiply: is not linear/);
  const throwing = {
    n: 3,
    multiply: () => {
      throw new Error('no');
    },
  };
  expect(() => core.eigsh(throwing)).toThrow(/^operator\.multiply: threw: no/);
  expect(() => core.typicality(new Path(), { betas: [1], observables: [{ n: 3, multiply }] })).toThrow(
    /^options\.observables\[0\]: expected an operator of order 60, got 3/,
  );
});

test('a getter that throws, or a proxy, came through as an error of its own', () => {
  const { proxy, revoke } = Proxy.revocable({ n: 3, multiply: () => {} }, {});
  revoke();
  const closed = {
    n: 3,
    get multiply(): never {
      throw new Error('closed');
    },
  };
  for (const [operator, why] of [
    [proxy, /^operator: expected an object whose n, complex and multiply can be read: .*revoked/],
    [closed, /^operator: expected an object whose n, complex and multiply can be read: closed$/],
  ] as const) {
    expect(() => core.eigsh(operator)).toThrow(why);
    expect(() => core.expectation(operator, [1, 0, 0])).toThrow(InputError);
  }
});
