// What diagonalizeGrain and randomGrainModel refuse, and that they say why.
import { type Core, createCore, InputError } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

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
      /grain: is not symmetric: \[1\]\[0\] is 2, \[0\]\[1\] is 1/,
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
    expect(() => loose(model, true)).toThrow(/^more: expected an object \{ window, method.* \}, got true/);
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
