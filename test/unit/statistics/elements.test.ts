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

describe('matrix elements of any size', () => {
  const unit = [0, 1, 1, 1, 0, 1, 1, 1, 0];
  const sizes = [1e-300, 1e-170, 1e-161, 1e-100, 1, 1e100, 1e160, 1e300];

  test('the susceptibility was 0 or Infinity where squares of gaps were beyond the doubles', () => {
    for (const s of sizes) {
      const scaled = (list: number[]) => list.map((x) => x * s);
      const real = core.fidelitySusceptibility(scaled([0, 1, 3]), scaled(unit));
      [1 + 1 / 9, 1 + 1 / 4, 1 / 9 + 1 / 4].forEach((x, m) => {
        expect(Math.abs(real[m] / x - 1)).toBeLessThan(1e-14);
      });
      // 3 + 4i in place of 1: 25 times as much.
      const pairs = unit.flatMap((x) => [3 * x, 4 * x]);
      const hermitian = pairs.map((x, p) => (p % 2 === 1 && Math.floor(p / 6) > (p >> 1) % 3 ? -x : x));
      core.fidelitySusceptibility(scaled([0, 1, 3]), scaled(hermitian)).forEach((x, m) => {
        expect(Math.abs(x / real[m] / 25 - 1)).toBeLessThan(1e-14);
      });
      const cut = (omega: number) => (omega / (omega * omega + 4)) ** 2;
      const wanted = [cut(1) + cut(3), cut(1) + cut(2), cut(3) + cut(2)];
      core.fidelitySusceptibility(scaled([0, 1, 3]), scaled(unit), { cutoff: 2 * s }).forEach((x, m) => {
        expect(Math.abs(x / wanted[m] - 1)).toBeLessThan(1e-14);
      });
    }
    // An imaginary element between two states of one energy, whose real part is 0.
    const pair = [0, 0, 0, 1, 0, -1, 0, 0];
    expect([...core.fidelitySusceptibility([1, 1], pair)]).toEqual([Infinity, Infinity]);
    expect([...core.fidelitySusceptibility([1, 1], pair, { cutoff: 1 })]).toEqual([0, 0]);
  });

  test('the spectral density was 0 or Infinity where squares of elements were beyond the doubles', () => {
    for (const s of sizes) {
      const scaled = (list: number[]) => list.map((x) => x * s);
      const { density, pairs } = core.spectralFunction(
        scaled([0, 1, 3]),
        scaled(unit),
        scaled([0, 1.5, 1.75, 4]),
      );
      expect([...pairs]).toEqual([1, 0, 2]);
      [1 / 4.5, 0, 2 / 6.75].forEach((x, b) => {
        expect(Math.abs(density[b] / s - x)).toBeLessThan(1e-14);
      });
    }
    // Bins do not share a scale: a large element takes nothing from small ones elsewhere.
    const uneven = [0, 1e-120, 0, 1e-120, 0, 1e150, 0, 1e150, 0];
    const { squares } = core.spectralFunction([0, 1, 3], uneven, [0.5, 1.5, 2.5]);
    [1e-240, 1e300].forEach((x, b) => {
      expect(Math.abs(squares[b] / x - 1)).toBeLessThan(1e-14);
    });
  });
});
