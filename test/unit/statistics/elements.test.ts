// Statistics of matrix elements against what they mean.
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';
import { range } from '../../support/spectra.js';

const core = await createCore();

describe('matrix elements', () => {
  const count = 40;
  const h = core.goe(count, { seed: 21 });
  const { values, vectors } = core.eigh(h, count);
  const v = core.goe(count, { seed: 22 });
  /** ⟨m|V|n⟩, row by row. */
  const elements = range(count * count, (p) => {
    const [m, k] = [Math.floor(p / count), p % count];
    let sum = 0;
    for (let i = 0; i < count; ++i) {
      for (let j = 0; j < count; ++j)
        sum += vectors[m * count + i] * v[i * count + j] * vectors[k * count + j];
    }
    return sum;
  });

  test('the susceptibility is the second derivative of the fidelity', () => {
    const chi = core.fidelitySusceptibility(values, elements);
    const step = 1e-4;
    const moved = core.eigh(
      h.map((x, p) => x + step * v[p]),
      count,
    ).vectors;
    chi.forEach((x, m) => {
      const overlap = range(count, (i) => vectors[m * count + i] * moved[m * count + i]).reduce(
        (a, b) => a + b,
      );
      // 1 − F² = χ step² to leading order.
      if (x < 100) expect(Math.abs((1 - overlap * overlap) / (step * step) / x - 1)).toBeLessThan(0.05);
    });
    const wanted = range(count, (m) =>
      range(count, (k) => {
        const omega = values[k] - values[m];
        return k === m ? 0 : (elements[m * count + k] * omega) ** 2 / (omega * omega + 0.01) ** 2;
      }).reduce((a, b) => a + b),
    );
    core.fidelitySusceptibility(values, elements, { cutoff: 0.1 }).forEach((x, m) => {
      expect(Math.abs(x / wanted[m] - 1)).toBeLessThan(1e-12);
    });
    expect([...core.fidelitySusceptibility([1, 1], [0, 1, 1, 0])]).toEqual([Infinity, Infinity]);
    expect([...core.fidelitySusceptibility([1, 1, 2], [3, 0, 1, 0, 3, 2, 1, 2, 3])]).toEqual([1, 4, 5]);
  });

  test('the spectral function adds up to the off-diagonal norm, and is even', () => {
    const edges = range(41, (k) => -5 + k / 4);
    const { density, squares, pairs } = core.spectralFunction(values, elements, edges);
    const whole = density.reduce((a, x) => a + (x * count) / 4, 0);
    const wanted = elements.reduce((a, x, p) => a + (p % (count + 1) === 0 ? 0 : x * x), 0);
    expect(Math.abs(whole / wanted - 1)).toBeLessThan(1e-12);
    expect(pairs.reduce((a, b) => a + b)).toBe(count * (count - 1));
    density.forEach((x, b) => {
      expect(Math.abs(x - density[39 - b])).toBeLessThan(1e-12);
      if (pairs[b] > 0) expect(Math.abs((squares[b] * pairs[b]) / count / 0.25 - x)).toBeLessThan(1e-12);
      else expect(squares[b]).toBeNaN();
    });
    const some = core.spectralFunction(values, elements, edges, { states: [10, 19] });
    expect(some.pairs.reduce((a, b) => a + b)).toBe(90);
    // In pairs, the imaginary parts 0: the same.
    const complex = range(2 * count * count, (p) => (p % 2 === 0 ? elements[p / 2] : 0));
    expect(core.spectralFunction(values, complex, edges)).toEqual({ density, squares, pairs });
  });
});
