// The path of an InputError: the argument at fault for programs, part by part, whatever its text looks like.
import { createCore, InputError } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { within } from '../../../src/wasm/check.js';

let core: Awaited<ReturnType<typeof createCore>>;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

function refused(body: () => unknown): InputError {
  try {
    body();
  } catch (error) {
    // Not toThrow: the path is looked at.
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('accepted');
}

const matrix = Float64Array.of(1);
const lattice = { radius: 2, strength: 30 };

test.each<[string, (string | number)[], () => unknown]>([
  ['a', ['a'], () => core.eigh(new Float64Array(3), 2)],
  [
    'options.range.index',
    ['options', 'range', 'index'],
    () => core.eigh(matrix, 1, { range: { index: [0, 3] } }),
  ],
  ['options.method', ['options', 'method'], () => core.eigh(matrix, 1, { method: 'lu' as never })],
  ['options.a.b', ['options', 'a.b'], () => core.eigh(matrix, 1, { 'a.b': 1 } as never)],
  [
    'grain[1]',
    ['grain', 1],
    () => core.diagonalizeGrain({ grain: [[1, 0], [0]], fields: [], couplings: [] }),
  ],
  ['options.seed', ['options', 'seed'], () => core.latticeCouplings({ ...lattice, random: true })],
  ['options.theta0', ['options', 'theta0'], () => core.latticeCouplings({ ...lattice, theta0: Number.NaN })],
  ['key.seed', ['key', 'seed'], () => core.uniforms({ seed: 0.5 }, 1)],
  [
    'ends[1].mean',
    ['ends', 1, 'mean'],
    () => core.fitFirstCoupling([0.1, 2].map((mean) => ({ alpha: 0.5, n: 4, mean, error: 0.01 }))),
  ],
])('%s', (argument, path, body) => {
  const error = refused(body);
  expect(error.path).toEqual(path);
  expect(error.argument).toBe(argument);
  expect(error.message).toBe(`${argument}: ${error.reason}`);
});

test('a name is one part, whatever it holds, and the path of an error is its own', () => {
  expect(new InputError('runs/options.seed[2]', 'is a directory').path).toEqual(['runs/options.seed[2]']);
  const path = ['options', 'seed'];
  const error = new InputError(path, 'expected a whole number');
  path.pop();
  expect(error.path).toEqual(['options', 'seed']);
  expect(error.message).toBe('options.seed: expected a whole number');
  expect(within('ends', 3, 'alpha')).toEqual(within(within('ends', 3), 'alpha'));
});
