// Shares of p_S in equal bins, against edges of the bins from a different formula.
import { type Core, createCore, InputError } from 'emft';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

/** The root of an increasing function between 0 and `high`. */
function root(f: (x: number) => number, high: number): number {
  let low = 0;
  for (let step = 0; step < 80; ++step) {
    const middle = 0.5 * (low + high);
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return low;
}

/** Resonance strength at S = part · log 2, where S has all its digits: in P below a third of log 2, above in c = 1 − 2P. */
function strength(part: number, rest: number): number {
  if (part < 1 / 3) {
    const p = root((p) => -p * Math.log(p) - (1 - p) * Math.log1p(-p) - part * Math.LN2, 0.5);
    return Math.sqrt(p * (1 - p)) / (1 - 2 * p);
  }
  // log 2 − S = Σ c^{2k} / (2k (2k − 1)).
  const series = (c: number) => {
    let sum = 0;
    for (let k = 150; k > 0; --k) sum = c * c * (sum + 1 / (2 * k * (2 * k - 1)));
    return sum - rest * Math.LN2;
  };
  const c = root(series, 1);
  return Math.sqrt((1 - c) * (1 + c)) / (2 * c);
}

test.each([1, 2, 7, 24, 1000])('%d bins', (bins) => {
  const edges = Float64Array.from({ length: bins - 1 }, (_, b) =>
    strength((b + 1) / bins, (bins - b - 1) / bins),
  );
  for (const g of [1e-3, 0.05, 0.4, 3, 20]) {
    const below = [0, ...core.resonanceCdf(edges.map((h) => h / g)), 1];
    const shares = core.entropyShares(Float64Array.of(g), bins);
    expect(shares.length).toBe(bins);
    shares.forEach((share, b) => {
      expect(Math.abs(share - (below[b + 1] - below[b]))).toBeLessThan(1e-13);
    });
  }
});

test('are not negative, have the sum 1, and are the mean over l-bits', () => {
  const couplings = fc.array(fc.double({ min: 0, max: 1e300, noNaN: true }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(couplings, fc.integer({ min: 1, max: 40 }), (g, bins) => {
      const shares = core.entropyShares(Float64Array.from(g), bins);
      expect(Math.abs(shares.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-14);
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      const each = g.map((x) => core.entropyShares(Float64Array.of(x), bins));
      shares.forEach((share, b) => {
        const mean = each.reduce((sum, one) => sum + one[b] / g.length, 0);
        expect(Math.abs(share - mean)).toBeLessThan(1e-14);
      });
    }),
  );
});

test('an l-bit without coupling, or with hardly any, is localized; a huge coupling entangles it', () => {
  for (const g of [0, 5e-324, 1e-300])
    expect([...core.entropyShares(Float64Array.of(g), 3)]).toEqual([1, 0, 0]);
  expect(core.entropyShares(Float64Array.of(1e300), 3)[2]).toBeCloseTo(1, 15);
});

test('what is wrong with an argument is named', () => {
  const at = Float64Array.of(1);
  expect(() => core.entropyShares(new Float64Array(0), 4)).toThrow(
    new InputError('g', 'expected at least one coupling, got none'),
  );
  expect(() => core.entropyShares(Float64Array.of(-1), 4)).toThrow(/^g: element 0/);
  for (const bins of [0, 2.5, 65537]) expect(() => core.entropyShares(at, bins)).toThrow(/^bins: /);
});
