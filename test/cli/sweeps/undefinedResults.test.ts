// A task whose result is no number has failed: NaN and what an integer cannot hold are never written as results.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { computeChunk } from '../../../cli/src/sweeps/chunk.js';
import { type Experiment, parseExperiment } from '../../../cli/src/sweeps/experiment.js';
import { type Core, createCore } from '../../../src/index.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const order = (text: string) => {
  const { experiment } = parseExperiment(text, 'x.toml');
  return { experiment: experiment as Experiment, from: 0, to: 3, retries: 0 };
};
/** The core with one function that gives something else. */
const lying = (function_: string, answer: (...args: never[]) => unknown) =>
  new Proxy(core, {
    get: (own, name) => (name === function_ ? answer : Reflect.get(own, name)),
  });

const density = order(`
  title = "x"
  compute = "distribution"
  columns = ["density"]
  [[ensemble]]
  g = [0.1, 0.2, 0.3]
  entropyBits = 0.5
`);

test('a chain that no length ends is not cut off without a word', async () => {
  const chunk = order(`
    title = "x"
    compute = "drh"
    columns = ["etaTot", "spins"]
    [[ensemble]]
    g10 = 1e-6
    alpha = [0.6, 0.9999, 0.65]
  `);
  const { tasks, failures } = await computeChunk(core, chunk);
  expect(Array.from(tasks)).toEqual([0, 2]);
  expect(failures.map(({ error }) => error.message)).toEqual([
    'n: missing: the last of 65536 spins still contributes, and so may those after it',
  ]);
});

describe('NaN', () => {
  test('in a column that can have none fails its task, and the others go on', async () => {
    const { tasks, columns, failures } = await computeChunk(
      lying('entropyDistribution', (g: number, s: Float64Array) =>
        g === 0.2 ? Float64Array.of(Number.NaN) : core.entropyDistribution(g, s),
      ),
      density,
    );
    expect(Array.from(tasks)).toEqual([0, 2]);
    expect(Array.from(columns[0])).toHaveLength(2);
    expect(failures).toEqual([
      {
        task: 1,
        attempts: 1,
        error: {
          name: 'EmftError',
          message: "column 'density' has the value NaN, which stands for no result",
        },
      },
    ]);
  });

  test('in one row of many fails the task, which leaves no row', async () => {
    const chains = order(`
      title = "x"
      compute = "drh"
      table = "spins"
      columns = ["spin", "g"]
      [[ensemble]]
      g10 = [0.1, 0.2, 0.3]
      alpha = 0.5
      n = 4
    `);
    let calls = 0;
    const solve = (...args: Parameters<Core['solveMeanField']>) => {
      const solution = core.solveMeanField(...args);
      if (++calls === 2) solution.g[2] = Number.NaN;
      return solution;
    };
    const { tasks, columns, failures } = await computeChunk(lying('solveMeanField', solve as never), chains);
    expect(Array.from(tasks)).toEqual([0, 0, 0, 0, 2, 2, 2, 2]);
    expect(columns.map(({ length }) => length)).toEqual([8, 8]);
    expect(failures.map(({ task }) => task)).toEqual([1]);
  });

  test('stays where it says something: a gap ratio of two levels, an offset of random phases', async () => {
    const total = order(`
      title = "x"
      compute = "ed"
      table = "total"
      columns = ["gapRatio", "lowest"]
      [[ensemble]]
      alpha = [0.5, 0.6, 0.7]
      n = 2
      states = 2
    `);
    const random = order(`
      title = "x"
      compute = "lattice"
      columns = ["theta0", "etaTot"]
      [[ensemble]]
      samples = 3
      radius = 3
      strength = 50
      phases = "random"
    `);
    for (const chunk of [total, random]) {
      const { columns, failures } = await computeChunk(core, chunk);
      expect(failures).toEqual([]);
      expect(Array.from(columns[0])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
      expect(Array.from(columns[1]).every(Number.isFinite)).toBe(true);
    }
  });

  test('is no integer and no truth either', async () => {
    const columns = (name: string) =>
      order(`
        title = "x"
        compute = "drh"
        columns = ["etaTot", "${name}"]
        [[ensemble]]
        g10 = [0.1, 0.2, 0.3]
        alpha = 0.5
        n = 4
      `);
    for (const [name, value] of [
      ['iterations', Number.NaN],
      ['iterations', 2 ** 31],
      ['iterations', 0.5],
      ['converged', Number.NaN],
    ] as const) {
      const solve = (...args: Parameters<Core['solveMeanField']>) => ({
        ...core.solveMeanField(...args),
        [name]: value,
      });
      const { tasks, failures } = await computeChunk(lying('solveMeanField', solve as never), columns(name));
      expect([tasks.length, failures.length]).toEqual([0, 3]);
      expect(failures[0].error.message).toBe(
        `column '${name}' has the value ${value}, which stands for no result`,
      );
    }
  });
});
