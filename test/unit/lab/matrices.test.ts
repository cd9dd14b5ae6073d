// The matrices of the lab, against what is known of their spectra, and the rounds with solvers that do wrong.
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { familiesOf, TITLES } from '../../../web/src/lab/families.js';
import { FAMILIES } from '../../../web/src/lab/matrices.js';
import { measure, pose } from '../../../web/src/lab/rounds.js';
import { ascending, type Solver } from '../../../web/src/lab/solver.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const valuesOf = (name: string, n: number) =>
  core.eigh(FAMILIES[name].make(core, n, 1), n, { vectors: false }).values;

function near(values: Float64Array, expected: number[]): void {
  const size = Math.max(...expected.map(Math.abs));
  const off = values.map((x, k) => Math.abs(x - expected[k]) / size);
  expect(values.length).toBe(expected.length);
  expect(Math.max(...off)).toBeLessThan(1e-14 * expected.length);
}

describe('matrices', () => {
  test.each(Object.keys(FAMILIES))('%s is symmetric, finite and the same again', (name) => {
    for (const size of [2, 3, 24]) {
      const n = FAMILIES[name].order?.(size) ?? size;
      const a = FAMILIES[name].make(core, n, 3);
      expect(n).toBeLessThanOrEqual(size);
      expect(a).toHaveLength(n * n);
      expect(a.every(Number.isFinite)).toBe(true);
      for (let i = 0; i < n; ++i) for (let j = 0; j < i; ++j) expect(a[i * n + j]).toBe(a[j * n + i]);
      expect(FAMILIES[name].make(core, n, 3)).toEqual(a);
    }
  });

  test('Clement has the integers n − 1, n − 3, … 1 − n', () => {
    near(
      valuesOf('clement', 30),
      Array.from({ length: 30 }, (_, k) => 2 * k - 29),
    );
  });

  test('a Hückel ring has −2 cos(2πk/n)', () => {
    for (const n of [3, 6, 25]) {
      const levels = Array.from({ length: n }, (_, k) => -2 * Math.cos((2 * Math.PI * k) / n));
      near(
        valuesOf('huckel', n),
        levels.sort((p, q) => p - q),
      );
    }
  });

  test('the Heisenberg chain is that of the operator of spins', () => {
    const sites = 8;
    const n = FAMILIES.heisenberg.order!(100);
    expect(n).toBe(70);
    const fields = core.uniforms({ seed: 5, stream: sites }, sites).map((u) => 3 * (2 * u - 1));
    const bonds = Array.from({ length: sites - 1 }, (_, i) => i);
    const terms = [
      ...bonds.map((i) => ({ op: 'zz', sites: [i, i + 1], coefficient: 1 })),
      ...bonds.flatMap((i) => [
        { op: '+-', sites: [i, i + 1], coefficient: 0.5 },
        { op: '-+', sites: [i, i + 1], coefficient: 0.5 },
      ]),
      // A site is up where its bit is 0 there, and where it is 1 here.
      ...Array.from(fields, (h, i) => ({ op: 'z', sites: [i], coefficient: -h })),
    ];
    const operator = core.spins({ sites, terms, sector: { up: sites / 2 } });
    const expected = core.eigh(operator.toDense(), n, { vectors: false }).values;
    const values = core.eigh(FAMILIES.heisenberg.make(core, n, 5), n, { vectors: false }).values;
    near(values, Array.from(expected));
  });

  test('have titles', () => expect(Object.keys(TITLES).sort()).toEqual(Object.keys(FAMILIES).sort()));

  test('names are groups and families, and wrong ones are refused with all that there are', () => {
    expect(familiesOf('known,goe')).toEqual(['goe', 'wilkinson', 'glued', 'clement', 'huckel', 'heisenberg']);
    expect(familiesOf('types')).toHaveLength(18);
    expect(() => familiesOf('goe,rosser')).toThrow(/'rosser'.*wilkinson.*type18/);
  });
});

describe('rounds', () => {
  const pace = { rounds: 4, least: 3, sample: 0, warm: 0, budget: 10, alone: 100, limit: 1 };
  const right: Solver = { name: 'right', solve: (a, n) => core.eigh(a, n) };
  const posed = () => pose(core, 'goe', 'symmetric', FAMILIES.goe.make(core, 12, 1), 12);
  const never = () => 0;

  test('keep every sample, and judge the decomposition', async () => {
    const [row] = await measure(posed(), [right], pace, never);
    expect(row.samples).toHaveLength(4);
    expect(row.residual).toBeLessThan(3);
    expect(row.orthogonality).toBeLessThan(3);
    expect(row.difference).toBeLessThan(10);
    expect(row.failed).toBeUndefined();
  });

  test('a wrong answer is not timed, an inaccurate one is and does not count, one that throws says why', async () => {
    const spoilt =
      (change: (x: Float64Array) => void): Solver['solve'] =>
      (a, n) => {
        const { values, vectors } = core.eigh(a, n);
        change(vectors);
        return { values, vectors };
      };
    const solvers: Solver[] = [
      { name: 'wrong', solve: (_, n) => ({ values: new Float64Array(n), vectors: new Float64Array(n * n) }) },
      { name: 'few', solve: () => ({ values: new Float64Array(3) }) },
      { name: 'not a number', solve: (_, n) => ({ values: new Float64Array(n).fill(Number.NaN) }) },
      {
        name: 'inaccurate',
        solve: spoilt((z) =>
          z.forEach((x, k) => {
            z[k] = x * (1 + 1e-10);
          }),
        ),
      },
      { name: 'without vectors', solve: (a, n) => ({ values: core.eigh(a, n).values }) },
      {
        name: 'throws',
        solve() {
          throw new Error('no memory\nat length');
        },
      },
      {
        name: 'destroys its input',
        solve(a, n) {
          const found = core.eigh(a, n);
          a.fill(0);
          return found;
        },
        maxOrder: 12,
      },
      { name: 'large', maxOrder: 11, solve: right.solve },
      right,
    ];
    const rows = await measure(posed(), solvers, pace, ({ name }) => (name === 'wrong' ? 0 : 0.5));
    const said = Object.fromEntries(rows.map((row) => [row.solver, [row.samples.length, row.failed]]));
    expect(said.wrong).toEqual([0, 'wrong eigenvalues (off by 1.0e+0)']);
    expect(said.few).toEqual([0, '3 eigenvalues of 12']);
    expect(said['not a number'][0]).toBe(0);
    expect(said.inaccurate).toEqual([4, expect.stringMatching(/^ratio .* above 60$/)]);
    expect(said['without vectors'][1]).toBe('0 components of vectors, not 144');
    expect(said.throws).toEqual([0, 'no memory']);
    expect(said.large).toEqual([0, 'takes orders up to 11']);
    expect(said.right).toEqual([4, undefined]);
  });

  test('what takes long alone has one sample, and a signal ends all of it at once', async () => {
    const [row] = await measure(posed(), [right], { ...pace, alone: 0 }, never);
    expect([row.samples.length, row.failed]).toEqual([1, undefined]);
    const stop = new AbortController();
    const shares: number[] = [];
    const pause = (share: number) => {
      shares.push(share);
      if (shares.length === 6) stop.abort(new Error('enough'));
      stop.signal.throwIfAborted();
    };
    await expect(
      measure(posed(), [right, right], { ...pace, pause, signal: stop.signal }, never),
    ).rejects.toThrow('enough');
    expect(shares).toHaveLength(6);
    expect(shares).toEqual(shares.toSorted((p, q) => p - q));
  });

  test('who would take too long is not asked', async () => {
    let asked = 0;
    const solve = () => {
      asked++;
    };
    const [row] = await measure(posed(), [{ name: 'slow', solve }], pace, () => 40);
    expect([asked, row.failed]).toEqual([0, 'would take about 40 s']);
  });

  test.each(['hermitian', 'generalized'] as const)(
    '%s problems are posed so that this package solves them',
    async (problem) => {
      const given = pose(core, 'goe', problem, FAMILIES.goe.make(core, 15, 1), 15);
      const solve: Solver['solve'] = (a, n) =>
        problem === 'hermitian'
          ? core.eighComplex(a, n)
          : core.eigh(a.slice(0, n * n), n, { b: a.slice(n * n) });
      const [row] = await measure(given, [{ name: 'own', problem, solve }, right], pace, never);
      expect(row.failed).toBeUndefined();
      expect(row.residual).toBeLessThan(3);
    },
  );

  test('values in any order come out ascending with their vectors', () => {
    const { values, vectors } = ascending([3, -1], (k, i) => 10 * k + i);
    expect(Array.from(values)).toEqual([-1, 3]);
    expect(Array.from(vectors)).toEqual([10, 11, 0, 1]);
  });
});
