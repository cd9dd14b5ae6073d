// Twins come to a pause often enough: with slices of no length every step ends a turn of the event loop, so that turns count steps.
// What is counted does not depend on how fast the machine is.
import { type Core, createCore } from 'emft';
import { afterAll, describe, expect, test } from 'vitest';

const core = await createCore();
afterAll(() => core.dispose());

/** Turns of the event loop while a promise is waited for. */
async function turnsOf(start: () => Promise<unknown>): Promise<number> {
  let [turns, running] = [0, true];
  const turn = () => {
    ++turns;
    if (running) setImmediate(turn);
  };
  setImmediate(turn);
  try {
    await start();
  } finally {
    running = false;
  }
  return turns;
}

const sites = (count: number) => ({
  subsystem: Array.from({ length: count }, (_, i) => 2 * i),
  complex: false,
  slice: 0,
});

/** One state each, or one matrix, and the turns that it has to take at least. */
const calls: Record<string, { least: number; start: (core: Core) => Promise<unknown> }> = {
  // Eight parts are squared, and of 4096 weights each 256 are added up, twice.
  'the participation entropy of 2^20 amplitudes': {
    least: 500,
    start: (core) =>
      core.participationEntropyAsync(core.normals({ seed: 5 }, 2 ** 20), { complex: false, slice: 0 }),
  },
  // Twelve parts of the product, the matrix of the amplitudes in eighteen, and its transpose in two.
  'the reduced density matrix of half of 18 sites': {
    least: 30,
    start: (core) => core.reducedDensityMatrixAsync(core.normals({ seed: 5 }, 2 ** 18), sites(9)),
  },
  // As many sums of 2^14 products each in parts.
  'the reduced density matrix of 6 of 20 sites': {
    least: 80,
    start: (core) => core.reducedDensityMatrixAsync(core.normals({ seed: 5 }, 2 ** 20), sites(6)),
  },
};

describe.each(Object.entries(calls))('%s', (_, { least, start }) => {
  test('is computed in many steps', async () => {
    expect(await turnsOf(() => start(core))).toBeGreaterThan(least);
  });
});

test('the check of the states of a complex grain is made in many steps', async () => {
  const model = core.randomGrainModel({ alpha: 0.7, n: 5, seed: 3, grain: 'gue', grainDimension: 16 });
  const [without, checked] = [
    await turnsOf(() => core.diagonalizeGrainAsync(model, { slice: 0 })),
    await turnsOf(() => core.diagonalizeGrainAsync(model, { slice: 0, verify: true })),
  ];
  expect(checked - without).toBeGreaterThan(30);
});

test('no turn has more than a few products of a function of the program', async () => {
  const n = 90;
  let [products, most] = [0, 0];
  const multiply = (x: Float64Array, y: Float64Array) => {
    most = Math.max(most, ++products);
    for (let i = 0; i < n; ++i) y[i] = i * x[i] + (x[i - 1] ?? 0) + (x[i + 1] ?? 0);
  };
  let running = true;
  const turn = () => {
    products = 0;
    if (running) setImmediate(turn);
  };
  const operator = core.operator({ n, multiply });
  setImmediate(turn);
  await core.eigshAsync(operator, { k: 4, method: 'dense', slice: 0 });
  await core.evolveExactAsync(operator, core.normals({ seed: 1 }, n), [1], { slice: 0 });
  running = false;
  // Four are those of the check that it is linear, and the first of the matrix.
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(6);
});
