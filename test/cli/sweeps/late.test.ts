// The rows of the kind `late`: whole traces and their averages over all times, random vectors, and the mean field beside them.
import { type Core, createCore, drhCouplings, type RandomGrainModel } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { autocorrelators } from '../../../cli/src/sweeps/autocorrelators.js';
import { late } from '../../../cli/src/sweeps/kinds/late.js';
import { taskKinds } from '../../../cli/src/sweeps/tasks/lateTimes.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const printed = { reading: 'printed', h: 1, deltaH: 0.1, grainScale: 1.5, grain: 'goe' };
const chain = { ...printed, alpha: 0.6, n: 3 };
const range = { earliest: 0.25, latest: 64, times: 5 };
const times = [0.25, 1, 4, 16, 64];
type Columns = Record<string, ArrayLike<number>>;
const rows = async (p: object, table: string) =>
  (await late.compute(core, { ...chain, ...p }, 5, 2, table)) as Columns;

/** Tr[σ(t) σ]/D of l-bit k, from states that began as those of the basis. */
function traces(model: RandomGrainModel, k: number): number[] {
  const h = core.grainOperator(model);
  const basis = Float64Array.from({ length: h.n * h.n }, (_, i) => Number(i % (h.n + 1) === 0));
  const { states } = core.evolveExact(h, basis, times, { states: true, complex: false });
  const sign = (s: number) => ((s >> k) & 1 ? -1 : 1);
  return times.map((_, j) => {
    let sum = 0;
    for (let from = 0; from < h.n; ++from)
      for (let to = 0; to < h.n; ++to) {
        const at = 2 * ((j * h.n + from) * h.n + to);
        sum += sign(from) * sign(to) * (states[at] ** 2 + states[at + 1] ** 2);
      }
    return sum / h.n;
  });
}

test.each(['goe', 'gue', 'poisson'] as const)(
  '%s: C(t) is the trace, the plateau Czz of the eigenstates',
  async (grain) => {
    const model = core.randomGrainModel({ alpha: 0.6, n: 3, seed: 5, sample: 2, grain });
    const { spin, time, autocorrelator } = await rows({ grain, ...range }, 'curves');
    expect(Array.from(spin)).toEqual([1, 2, 3].flatMap((k) => times.map(() => k)));
    expect(Array.from(time)).toEqual([1, 2, 3].flatMap(() => times));
    [0, 1, 2]
      .flatMap((k) => traces(model, k))
      .forEach((x, i) => {
        expect(Math.abs(autocorrelator[i] - x)).toBeLessThan(1e-12);
      });
    const { plateau, coupling } = await rows({ grain }, 'spins');
    expect(coupling).toEqual(model.couplings);
    core.diagonalizeGrain(model).czz.forEach((x, k) => {
      expect(Math.abs(plateau[k] - x)).toBeLessThan(1e-12);
    });
  },
);

test('the plateau is that of figure t1, which evolves all states of the basis', async () => {
  const { plateau } = await rows({ n: 5 }, 'spins');
  const task = { n: 5, alpha: 0.6, times: [1], late: 1, vectors: 1, exact: true };
  taskKinds.lateTimes.run(core, task, 5, 2).plateau!.forEach((x, k) => {
    expect(Math.abs(plateau[k] - x)).toBeLessThan(1e-12);
  });
});

test('states of one level count together: eigenstates alone lost a fifth of what is conserved', async () => {
  const { grain } = core.randomGrainModel({ alpha: 0.6, n: 2, seed: 1 });
  const model = { grain, fields: Float64Array.of(1, 1), couplings: Float64Array.of(0, 0) };
  const { plateau, curves } = await autocorrelators(core, model, [7]);
  for (const x of [...plateau, curves[0][0], curves[1][0]]) expect(x).toBeCloseTo(1, 12);
  expect(core.diagonalizeGrain(model).czz[0]).toBeLessThan(0.9);
});

test('random vectors are those of figure t1', async () => {
  const { autocorrelator } = await rows({ vectors: 2, ...range }, 'curves');
  const task = { n: 3, alpha: 0.6, times, late: 64, vectors: 2, exact: false };
  expect(Array.from(autocorrelator)).toEqual(taskKinds.lateTimes.run(core, task, 5, 2).curves);
});

test('the mean field has the couplings of (3), or those that fall off from the given one', async () => {
  const { fields, couplings } = core.randomGrainModel({ alpha: 0.6, n: 3, seed: 5, sample: 2 });
  const { up } = core.grainCouplings({ grainDimension: 8, fields, couplings, energy: 0 });
  const own = await rows({}, 'spins');
  expect(own.bare).toEqual(up);
  expect({ g: own.g, czz: own.czz }).toEqual(pick(core.solveMeanField(up)));
  const given = await rows({ g0: 0.11, grain: 'gue' }, 'spins');
  const bare = drhCouplings({ g0: 0.11, alpha: 0.6, n: 3 });
  bare.forEach((g, k) => void expect(Math.abs(given.bare[k] / g - 1)).toBeLessThan(1e-15));
  expect({ g: given.g, czz: given.czz }).toEqual(
    pick(core.solveMeanField(given.bare as Float64Array, { grain: 'gue' })),
  );
  // A coupling of the other sign is as strong.
  const turned = await rows({ j1: -0.41 }, 'spins');
  expect(turned.bare).toEqual(own.bare);
});
const pick = ({ g, czz }: { g: Float64Array; czz: Float64Array }) => ({ g, czz });

test('a grain of which (3) knows nothing at E = 0 asks for g0', async () => {
  const far = { n: 1, h: 100 };
  await expect(rows(far, 'spins')).rejects.toThrow(/^g0: missing: .*no state of the grain/);
  expect((await rows({ ...far, g0: 0.1 }, 'spins')).bare).toEqual(Float64Array.of(0.1));
});

test.each([
  [{ n: 10 }, /^n: .* = 8192 states, expected at most 4096: random vectors/],
  [{ reading: 'dg256', n: 5 }, /^n: .* = 8192 states/],
  [{ grainDimension: 12 }, /^grainDimension: expected a power of two, got 12/],
  [{ earliest: 3, latest: 2 }, /^latest: expected more than earliest, 3, got 2/],
])('refuses %o', (p, message) => {
  expect(() => late.check!({ ...chain, ...p })).toThrow(message);
});

test('random vectors take more states than the whole trace', () => {
  expect(() => late.check!({ ...chain, n: 10, vectors: 1, ...range })).not.toThrow();
});

test.each([{}, { vectors: 1 }])(
  'times at which no phase is known are refused by the name of %j',
  async (p) => {
    const late = { ...range, h: 1e6, latest: 1e9, ...p };
    await expect(rows(late, 'curves')).rejects.toThrow(
      /^latest: 1000000000: a time is 1000000000, at which phases/,
    );
  },
);

test('each time has a bound on the error of C(t)', async () => {
  const { error, time } = await rows(range, 'curves');
  expect(error).toHaveLength(time.length);
  expect(error[4]).toBeGreaterThan(error[0]);
  expect(error[4]).toBeLessThan(1e-11);
});

test('a whole trace over many times is given up when asked: the signal was not looked at', async () => {
  const model = core.randomGrainModel({ alpha: 0.6, n: 1, seed: 5 });
  const controller = new AbortController();
  const late = Object.assign(Object.create(core) as Core, {
    csr: core.csr.bind(core),
    diagonalizeGrainAsync: core.diagonalizeGrainAsync.bind(core),
    async matrixElementsAsync(...args: Parameters<Core['matrixElementsAsync']>) {
      const found = await core.matrixElementsAsync(...args);
      // Once the sum over times has begun.
      setTimeout(() => controller.abort());
      return found;
    },
  });
  const many = Float64Array.from({ length: 150_000 }, (_, j) => j);
  await expect(autocorrelators(late, model, many, controller.signal)).rejects.toThrow(/aborted/);
});
