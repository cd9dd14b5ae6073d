// What assembly/grain and assembly/statistics measure in states and samples: entropies of known states, samples worked by hand.
import { beforeAll, describe, expect, test } from 'vitest';
import type { CoreBindings } from '../../../src/wasm/bindings.js';
import { Runtime } from '../../../src/wasm/runtime.js';
import { shipped } from '../../../src/wasm/shipped.js';
import { numbers } from '../../support/numbers.js';

let runtime: Runtime;
let kernels: CoreBindings;
beforeAll(async () => {
  runtime = await Runtime.create(shipped, 'simd');
  kernels = runtime.wasm;
});

function view(address: number, count: number): Float64Array {
  return new Float64Array(runtime.memory.buffer, address, count);
}

describe('entanglement entropy', () => {
  /** S of a two-level reduced matrix with smaller eigenvalue q. */
  const binary = (q: number) => (q === 0 ? 0 : -q * Math.log(q) - (1 - q) * Math.log1p(-q));

  test('Bell pairs, products and states with a known Schmidt weight down to 1e-28', () => {
    const [dg, bits] = [4, 3];
    const d = dg << bits;
    for (const weight of [0.5, 0.3, 1e-3, 1e-8, 1e-16, 1e-28, 0]) {
      for (let n = 0; n < bits; ++n) {
        // √(1−q) |χ⟩|u⟩ + √q |χ'⟩|v⟩ with χ ⟂ χ', u ⟂ v: the l-bit's reduced matrix has eigenvalues 1 − q, q.
        const rest = numbers(n + 1, d / 2);
        const other = numbers(n + 7, d / 2);
        const norm = (v: Float64Array) => v.reduce((s, t) => s + t * t, 0) ** 0.5;
        const chi = rest.map((t) => t / norm(rest));
        const overlap = other.reduce((s, t, i) => s + t * chi[i], 0);
        const perpendicular = other.map((t, i) => t - overlap * chi[i]);
        const chi2 = perpendicular.map((t) => t / norm(perpendicular));
        const [c, s] = [0.6, 0.8];
        const z = new Float64Array(d);
        for (let i = 0; i < d / 2; ++i) {
          const up = ((i >> n) << (n + 1)) | (i & ((1 << n) - 1));
          const [a, b] = [Math.sqrt(1 - weight) * chi[i], Math.sqrt(weight) * chi2[i]];
          z[up] = c * a - s * b;
          z[up + (1 << n)] = s * a + c * b;
        }
        const pz = runtime.heap.alloc(8 * d);
        view(pz, d).set(z);
        const pe = runtime.heap.alloc(8 * bits);
        const ps = runtime.heap.alloc(8 * bits);
        kernels.grainEntropies(dg, bits, 1, pz, pe, ps, 1);
        const entropy = view(pe, bits)[n];
        // Rounding the state's elements moves its smaller Schmidt amplitude √q by a few ulp of 1.
        const moved = 2 * Math.sqrt(weight) * 4e-16 + 1.6e-31;
        const slope = weight === 0 ? 75 : -Math.log(weight);
        expect(Math.abs(entropy - binary(weight))).toBeLessThan(moved * (slope + 1) + 1e-15);
        // … which for small q is far below what det ρ = x·x y·y − (x·y)² would give, about 1e-16.
        if (weight <= 1e-16) expect(Math.abs(entropy - binary(weight))).toBeLessThan(moved * (slope + 1));
        const sz = (1 - weight) * (c * c - s * s) + weight * (s * s - c * c);
        expect(Math.abs(view(ps, bits)[n] - sz)).toBeLessThan(1e-14);
        for (const b of [pz, pe, ps]) runtime.heap.free(b);
      }
    }
  });
});

describe('statistics', () => {
  test('gap ratio, mean and standard error of small samples worked by hand', () => {
    const put = (data: number[]) => {
      const address = runtime.heap.alloc(8 * data.length);
      view(address, data.length).set(data);
      return address;
    };
    // Gaps 1, 2, 2, 0, 0: ratios 1/2, 1, 0, 0 (0/0 counts as 0).
    expect(kernels.gapRatios(6, put([0, 1, 3, 5, 5, 5]), 0)).toBe(1.5 / 4);
    const out = put([0, 0]);
    kernels.meanAndError(4, put([1, 2, 3, 6]), out);
    expect(view(out, 2)[0]).toBe(3);
    expect(view(out, 2)[1]).toBeCloseTo(Math.sqrt(14 / 12), 15);
    // The same times a power of two, where squares and sums leave the range of doubles.
    for (const k of [-1070, -1000, -600, -400, 460, 600, 1000, 1020]) {
      const unit = 2 ** k;
      kernels.meanAndError(4, put([unit, 2 * unit, 3 * unit, 6 * unit]), out);
      expect(view(out, 2)[0]).toBe(3 * unit);
      expect(Math.abs(view(out, 2)[1] - Math.sqrt(14 / 12) * unit)).toBeLessThanOrEqual(
        Math.max(2 ** -1074, 1e-15 * unit),
      );
    }
    expect(kernels.meanSquare(3, put([1, -2, 3]))).toBeCloseTo(14 / 3, 15);
  });
});
