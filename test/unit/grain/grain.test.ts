// Central-grain models: explicit references, properties, the filtered solver against dense diagonalization.
import { readFileSync } from 'node:fs';
import { type Core, createCore, InputError } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

interface Reference {
  grain: number[][];
  fields: number[];
  couplings: number[];
  eigenvalues: number[];
  meanEntropy: number[];
  entropies: number[][];
  czz: number[];
}
const { ed: reference } = JSON.parse(
  readFileSync(new URL('../../fixtures/ed.json', import.meta.url), 'utf8'),
) as { ed: Reference[] };

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

function difference(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(got.length).toBe(expected.length);
  let most = 0;
  for (let i = 0; i < got.length; ++i) most = Math.max(most, Math.abs(got[i] - expected[i]));
  return most;
}

describe('explicit models', () => {
  test('spectrum, entropies and Czz of the reference models to 1e-11, dense', () => {
    for (const { grain, fields, couplings, ...expected } of reference) {
      const got = core.diagonalizeGrain({ grain, fields, couplings });
      expect(got.method).toBe('dense');
      expect(difference(got.eigenvalues, expected.eigenvalues)).toBeLessThan(1e-11);
      expect(difference(got.meanEntropy, expected.meanEntropy)).toBeLessThan(1e-11);
      expect(difference(got.czz, expected.czz)).toBeLessThan(1e-11);
      expected.entropies.forEach((s, n) => {
        expect(difference(got.entropies[n], s)).toBeLessThan(1e-11);
      });
    }
  });

  test('the same in a window, by the filtered solver', () => {
    for (const { grain, fields, couplings, ...expected } of reference) {
      const d = expected.eigenvalues.length;
      for (const at of [0.3, 0.5, 0.62]) {
        const count = d / 8;
        const k = Math.floor(at * d);
        const energy = expected.eigenvalues[k] + 0.01;
        const got = core.diagonalizeGrain({
          grain,
          fields,
          couplings,
          method: 'filtered',
          window: { energy, count },
        });
        const nearest = [...expected.eigenvalues.keys()]
          .sort(
            (i, j) => Math.abs(expected.eigenvalues[i] - energy) - Math.abs(expected.eigenvalues[j] - energy),
          )
          .slice(0, count)
          .sort((i, j) => i - j);
        expect(got.method).toBe('filtered');
        expect(
          difference(
            got.eigenvalues,
            nearest.map((i) => expected.eigenvalues[i]),
          ),
        ).toBeLessThan(1e-11);
        got.entropies.forEach((s, n) => {
          expect(
            difference(
              s,
              nearest.map((i) => expected.entropies[n][i]),
            ),
          ).toBeLessThan(1e-11);
        });
        expect(Math.max(...got.residuals!)).toBeLessThan(1e-11);
      }
    }
  });

  test('without couplings every eigenstate is a product and the spectrum is a sum', () => {
    const model = core.randomGrainModel({ alpha: 0.7, n: 4, seed: 3, j1: 0, grainDimension: 4 });
    const { eigenvalues, meanEntropy, czz } = core.diagonalizeGrain(model);
    const grain = core.eigh(model.grain, 4).values;
    const sums: number[] = [];
    for (const e of grain) {
      for (let s = 0; s < 16; ++s)
        sums.push(model.fields.reduce((t, h, n) => t + ((s >> n) & 1 ? -h : h), e));
    }
    expect(
      difference(
        eigenvalues,
        sums.sort((a, b) => a - b),
      ),
    ).toBeLessThan(1e-13);
    expect(Math.max(...meanEntropy)).toBeLessThan(1e-24);
    expect(difference(czz, [1, 1, 1, 1])).toBeLessThan(1e-13);
  });

  test('a grain of two levels and one l-bit, by hand', () => {
    // H_g = 0: |01⟩, |10⟩ couple by 2J and are split by 2h: E = ±√(h² + 4J²), weight ½(1 − h/E).
    const [h, j] = [0.3, 0.2];
    const { eigenvalues, entropies } = core.diagonalizeGrain({
      grain: [
        [0, 0],
        [0, 0],
      ],
      fields: [h],
      couplings: [j],
    });
    const e = Math.sqrt(h * h + 4 * j * j);
    expect(difference(eigenvalues, [-e, -h, h, e])).toBeLessThan(1e-15);
    const p = 0.5 * (1 - h / e);
    const s = -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    expect(difference(entropies[0], [s, 0, 0, s])).toBeLessThan(1e-14);
  });

  test('a grain of 5e-324 everywhere lost its off-diagonal elements when it was made symmetric', () => {
    const q = 5e-324;
    const model = { grain: [q, q, q, q], fields: [], couplings: [] };
    expect(Array.from(core.diagonalizeGrain(model).eigenvalues)).toEqual([0, 2 * q]);
  });
});

describe('filtered solver', () => {
  test('finds states at the ends of the spectrum, and those of a Hamiltonian of any magnitude', () => {
    const model = core.randomGrainModel({ alpha: 0.8, n: 6, seed: 3 });
    const all = core.diagonalizeGrain(model).eigenvalues;
    const near = (energy: number) =>
      core.diagonalizeGrain({ ...model, method: 'filtered', window: { energy, count: 5 } }).eigenvalues;
    expect(difference(near(all[0] + 1e-9), all.subarray(0, 5))).toBeLessThan(1e-11);
    expect(difference(near(all[511] - 1e-9), all.subarray(507))).toBeLessThan(1e-11);
    // A power of two only scales the spectrum.
    const unit = 2 ** -600;
    const small = Object.fromEntries(
      Object.entries(model).map(([k, x]) => [k, x.map((v: number) => v * unit)]),
    );
    const window = { energy: 0.1, count: 5 };
    const base = core.diagonalizeGrain({ ...model, method: 'filtered', window });
    const scaled = core.diagonalizeGrain({
      ...(small as typeof model),
      method: 'filtered',
      window: { energy: 0.1 * unit, count: 5 },
    });
    expect(scaled.eigenvalues.map((e) => e / unit)).toEqual(base.eigenvalues);
    expect(scaled.meanEntropy).toEqual(base.meanEntropy);
  });

  test('agrees with dense at D = 1024, at any number of threads to the bit', async () => {
    const model = core.randomGrainModel({ alpha: 0.8, n: 7, seed: 11 });
    const all = core.diagonalizeGrain({ ...model, vectors: true });
    const window = { energy: 0.2, count: 32 };
    const dense = core.diagonalizeGrain({ ...model, window, method: 'dense' });
    const near = core.diagonalizeGrain({ ...model, window, method: 'filtered', vectors: true });
    expect(difference(near.eigenvalues, dense.eigenvalues)).toBeLessThan(1e-12);
    near.entropies.forEach((s, n) => {
      expect(difference(s, dense.entropies[n])).toBeLessThan(1e-9);
    });
    const first = all.eigenvalues.findIndex((e) => Math.abs(e - near.eigenvalues[0]) < 1e-11);
    const d = 1024;
    for (let k = 0; k < 32; ++k) {
      let overlap = 0;
      for (let i = 0; i < d; ++i) overlap += near.vectors![k * d + i] * all.vectors![(first + k) * d + i];
      expect(Math.abs(overlap)).toBeGreaterThan(1 - 1e-12);
    }
    const two = await createCore({ threads: 2 });
    expect(two.threads).toBe(2);
    const again = two.diagonalizeGrain({ ...model, window, method: 'filtered', vectors: true });
    expect(again.vectors).toEqual(near.vectors);
    two.dispose();
  });
});

describe('what is refused', () => {
  const good = {
    grain: [
      [0, 1],
      [1, 0],
    ],
    fields: [1],
    couplings: [0.1],
  };
  const cases: [string, object, RegExp][] = [
    [
      'non-symmetric grain',
      {
        grain: [
          [0, 1],
          [2, 0],
        ],
      },
      /grain: not symmetric: \[1\]\[0\] is 2, \[0\]\[1\] is 1/,
    ],
    ['ragged grain', { grain: [[0, 1], [1]] }, /grain\[1\]: expected 2 elements/],
    ['grain of three levels', { grain: [0, 0, 0, 0, 0, 0, 0, 0, 0] }, /power of two ≥ 2, got 3/],
    ['lengths', { couplings: [0.1, 0.2] }, /couplings: expected 1 elements, .* got 2/],
    ['NaN', { fields: [Number.NaN] }, /fields: element 0 is NaN/],
    ['unknown option', { windows: 1 }, /options.windows: unknown option/],
    ['window beyond', { window: { energy: 9, count: 1 } }, /window: energy 9, count 1: outside the spectrum/],
    ['interval beyond', { window: { from: 5, to: 6 } }, /outside the spectrum, which reaches from -\d/],
    ['mixed window', { window: { from: 5, count: 6 } }, /window: expected \{ energy, count \}/],
    ['filtered without window', { method: 'filtered' }, /needs a window/],
  ];
  for (const [name, change, message] of cases) {
    test(name, () => {
      expect(() => core.diagonalizeGrain({ ...good, ...change } as never)).toThrow(InputError);
      expect(() => core.diagonalizeGrain({ ...good, ...change } as never)).toThrow(message);
    });
  }

  test('too large to be dense, saying what would work', () => {
    const model = core.randomGrainModel({ alpha: 0.7, n: 12, seed: 1 });
    expect(() => core.diagonalizeGrain(model)).toThrow(/D = 32768 needs \d+ MiB .* method 'filtered'/);
    const few = { ...model, method: 'dense', window: { energy: 0, count: 4 } } as const;
    expect(() => core.diagonalizeGrain(few)).toThrow(/method 'filtered' finds these states/);
    const before = core.memoryBytes;
    expect(() => core.reducedCoupling({ ...model, fields: new Float64Array(12).fill(1) })).toThrow(
      /16384 states of the rest need \d+ MiB/,
    );
    expect(core.memoryBytes).toBe(before);
  });

  test('elements that overflow', () => {
    const model = { grain: [1, 0, 0, 0], fields: [1], couplings: [1.7e308] };
    expect(() => core.diagonalizeGrain(model)).toThrow(/elements of H reach Infinity/);
  });

  test('options of diagonalizeGrain as a second argument were ignored without a word', () => {
    const model = core.randomGrainModel({ alpha: 0.7, n: 3, seed: 1 });
    const more = { verify: true, window: { energy: 0, count: 8 } };
    const states = core.diagonalizeGrain(model, more);
    expect(states).toEqual(core.diagonalizeGrain({ ...model, ...more }));
    expect(states.eigenvalues.length).toBe(8);
    expect(states.residual).toBeLessThan(10);
    const loose = core.diagonalizeGrain as (...more: unknown[]) => unknown;
    expect(() => loose(model, { verfy: true })).toThrow(
      /^more\.verfy: unknown option; known are window, method/,
    );
    expect(() => loose(model, true)).toThrow(/^more: expected an object, got true/);
    expect(() => loose({ ...model, verify: false }, more)).toThrow(
      /^more\.verify: .*options\.verify, not both/,
    );
  });

  test('random models', () => {
    const good = { alpha: 0.7, n: 3, seed: 1 };
    expect(() => core.randomGrainModel({ ...good, grainDimension: 6 })).toThrow(/power of two/);
    expect(() => core.randomGrainModel({ ...good, n: -1 })).toThrow(/options.n/);
    expect(() => core.randomGrainModel({ ...good, sample: 0.5 })).toThrow(/options.sample/);
  });
});

describe('random models', () => {
  test('a grain too large to draw was told as a wrong n, and scales whose squares are no doubles gave 0 or blamed the variance', () => {
    const good = { alpha: 0.7, n: 2, seed: 3 };
    expect(() => core.randomGrainModel({ ...good, grainDimension: 2 ** 15 })).toThrow(
      /^options\.grainDimension: .*≤ 16384, got 32768/,
    );
    expect(() => core.randomGrainModel({ ...good, grainScale: 1e300 })).toThrow(
      /^options\.grainScale: .*≤ 1e\+296, got 1e\+300/,
    );
    const { grain } = core.randomGrainModel({ ...good, grainScale: 1 });
    for (const grainScale of [2 ** -900, 2 ** 900]) {
      expect(core.randomGrainModel({ ...good, grainScale }).grain).toEqual(grain.map((x) => x * grainScale));
    }
    const wide = core.randomGrainModel({ ...good, grainDimension: 64, grainScale: 1e296 });
    expect(core.diagonalizeGrain({ ...wide, verify: true }).eigenvalues.every(Number.isFinite)).toBe(true);
  });

  test('moments of the grain and range of the fields', () => {
    let trace = 0;
    const [samples, dg] = [2000, 8];
    let [low, high] = [2, 0];
    for (let sample = 0; sample < samples; ++sample) {
      const { grain, fields } = core.randomGrainModel({ alpha: 0.7, n: 4, seed: 5, sample });
      for (const x of grain) trace += x * x;
      low = Math.min(low, ...fields);
      high = Math.max(high, ...fields);
    }
    // tr H²/d_g has relative standard deviation √(2/36) a sample.
    expect(Math.abs(trace / (samples * dg) / 1.5 ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / 36 / samples));
    expect(low).toBeGreaterThan(0.9);
    expect(low).toBeLessThan(0.901);
    expect(high).toBeLessThan(1.1);
    expect(high).toBeGreaterThan(1.099);
  });

  test('gap ratio of a 512-level GOE grain without couplings is 0.5307 within 0.003', () => {
    let sum = 0;
    const samples = 96;
    for (let sample = 0; sample < samples; ++sample) {
      const { grain } = core.randomGrainModel({ alpha: 0, n: 0, seed: 8, sample, grainDimension: 512 });
      sum += core.diagonalizeGrain({ grain, fields: [], couplings: [] }).gapRatio;
    }
    expect(Math.abs(sum / samples - 0.5307)).toBeLessThan(0.003);
  });
});
