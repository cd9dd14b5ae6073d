// Windows at the ends of a spectrum as they are printed, of width zero, and what is measured of levels that are all equal.
import { createCore, InputError } from 'emft';
import { describe, expect, test } from 'vitest';
import { sampleMeans } from '../../../cli/src/sweeps/tasks/sampleMeans.js';

const core = await createCore();

describe('ends of the spectrum', () => {
  const model = core.randomGrainModel({ alpha: 0.7, n: 4, seed: 21 });
  const all = core.diagonalizeGrain(model).eigenvalues;

  test.each([4, 6, 10, 12, 17])(
    'printed with %i digits are within the spectrum, or are refused',
    (digits) => {
      for (const scale of [1, 2 ** -1000, 2 ** 500]) {
        const times = (x: Float64Array) => x.map((v) => v * scale);
        const scaled = {
          grain: times(model.grain),
          fields: times(model.fields),
          couplings: times(model.couplings),
        };
        for (const [end, states] of [
          [all[0], [0, 1, 2]],
          [all[127], [125, 126, 127]],
        ] as const) {
          const energy = Number((end * scale).toPrecision(digits));
          for (const method of ['dense', 'filtered'] as const) {
            const call = () => core.diagonalizeGrain({ ...scaled, method, window: { energy, count: 3 } });
            if (digits < 10 && Math.abs(energy) > Math.abs(end * scale) * (1 + 1e-8)) {
              expect(call).toThrow(/outside the spectrum, which reaches from/);
            } else {
              const got = call().eigenvalues;
              for (let k = 0; k < 3; ++k)
                expect(Math.abs(got[k] / scale - all[states[k]])).toBeLessThan(1e-11);
            }
          }
        }
      }
    },
  );

  test('the lowest of a cluster that Lanczos does not resolve was outside the spectrum for the filtered solver', () => {
    const [a, b, c] = [0.8129526359036409, -0.48656990255653915, -0.6293969932309325];
    const clustered = {
      grain: [a, 0, b, a, 0, 0, 0, 0, b, 0, c, b, a, 0, b, a],
      fields: [0.4, 0.034284366882243636, 0.00293854453129071, 0.0002518653470264534, 0.00002158760990594635],
      couplings: [0, 0, 0, 0, 0],
    };
    const { eigenvalues } = core.diagonalizeGrain(clustered);
    for (const [energy, first] of [
      [eigenvalues[0], 0],
      [eigenvalues[127], 122],
    ]) {
      const window = { energy, count: 6 };
      const found = core.diagonalizeGrain({ ...clustered, method: 'filtered', window }).eigenvalues;
      for (let k = 0; k < 6; ++k) expect(Math.abs(found[k] - eigenvalues[first + k])).toBeLessThan(1e-14);
    }
    const window = { energy: eigenvalues[0] - 1e-5, count: 6 };
    expect(() => core.diagonalizeGrain({ ...clustered, method: 'filtered', window })).toThrow(
      /outside the spectrum/,
    );
  });

  test('of an interval too, which keeps the states at its ends', () => {
    const window = (from: number, to: number) =>
      core.diagonalizeGrain({ ...model, window: { from, to } }).eigenvalues.length;
    const [low, high] = [all[0], all[127]];
    expect(window(low, high)).toBe(128);
    const rounded = [low * (1 + 4e-10), low * (1 - 4e-10), high * (1 + 4e-10)];
    // Past the end by what printing rounds: the state at the end.
    expect(low).toBeLessThan(0);
    expect(window(-9, rounded[0])).toBe(1);
    expect(window(rounded[2], 99)).toBe(1);
    expect(window(rounded[1], 99)).toBe(127);
    // A window of width zero.
    expect(window(all[40], all[40])).toBe(1);
    expect(() => window(all[40] + 1e-9, all[40] + 1e-9)).toThrow(/no eigenvalue between/);
    expect(() => window(high + 1e-6, 99)).toThrow(InputError);
    expect(() => window(-99, low - 1e-6)).toThrow(/outside the spectrum/);
    expect(() => window(2, 1)).toThrow(/window\.to/);
  });
});

describe('gap ratio', () => {
  test('of levels that are all equal is NaN, not 0, and so are means over samples with it', () => {
    const equal = core.diagonalizeGrain({ grain: [2, 0, 0, 2], fields: [0], couplings: [0] });
    expect(equal.gapRatio).toBe(Number.NaN);
    // Gaps 0, 1, 0: no ratio but 0.
    const pairs = core.diagonalizeGrain({ grain: [1, 0, 0, 2], fields: [0], couplings: [0] });
    expect(pairs.gapRatio).toBe(0);
    expect(sampleMeans(core, [pairs, pairs]).gapRatio).toBe(0);
    expect(sampleMeans(core, [pairs, equal]).gapRatio).toBe(Number.NaN);
    expect(sampleMeans(core, [pairs, equal]).gapRatioError).toBe(Number.NaN);
  });
});
