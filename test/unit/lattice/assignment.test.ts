// Orbitals to sites: the assignment in WebAssembly against another implementation, and against every permutation.
import fc from 'fast-check';
import { munkres } from 'munkres';
import { beforeAll, describe, expect, test } from 'vitest';
import { createCore } from '../../../src/index.js';
import { MORE } from '../../../src/wasm/constants.js';
import { Runtime } from '../../../src/wasm/runtime.js';
import { shipped } from '../../../src/wasm/shipped.js';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await Runtime.create(shipped, 'simd');
});

/** In steps of any length: in the shortest ones, and in a single one. */
function assign(gain: readonly number[], n: number): number[] {
  const wasm = runtime.wasm;
  return runtime.scope((arena) => {
    const [given, column, work] = [
      arena.put(Float64Array.from(gain)),
      arena.i32(n),
      arena.bytes(wasm.assignWorkspace(n)),
    ];
    const solved = (budget: number) => {
      wasm.assignStart(n, given, column, work);
      let steps = 1;
      while (wasm.jobStep(work, budget) === MORE) ++steps;
      return { steps, columns: Array.from(arena.viewI32(column, n)) };
    };
    const inSteps = solved(0);
    expect(inSteps.steps).toBe(n);
    expect(inSteps.columns).toEqual(solved(Number.POSITIVE_INFINITY).columns);
    return inSteps.columns;
  });
}

const total = (gain: readonly number[], n: number, column: readonly number[]) =>
  column.reduce((sum, j, k) => sum + gain[k * n + j], 0);

function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((p) =>
    Array.from({ length: n }, (_, at) => [...p.slice(0, at), n - 1, ...p.slice(at)]),
  );
}

function square(gain: fc.Arbitrary<number>, max: number) {
  return fc
    .integer({ min: 1, max })
    .chain((n) => fc.tuple(fc.constant(n), fc.array(gain, { minLength: n * n, maxLength: n * n })));
}

describe('assignment', () => {
  test('is a permutation, and no other gains more', () => {
    const few = fc.integer({ min: -3, max: 3 });
    const wide = fc.double({ min: -700, max: 0, noNaN: true });
    fc.assert(
      fc.property(square(fc.oneof(few, wide), 6), ([n, gain]) => {
        const column = assign(gain, n);
        expect([...column].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
        const best = Math.max(...permutations(n).map((p) => total(gain, n, p)));
        expect(total(gain, n, column)).toBeGreaterThanOrEqual(best - 1e-12 * (1 + Math.abs(best)));
      }),
      { numRuns: 300 },
    );
  });

  test('gains what munkres finds, up to order 80', () => {
    fc.assert(
      fc.property(square(fc.double({ min: -40, max: 0, noNaN: true }), 80), ([n, gain]) => {
        const cost = Array.from({ length: n }, (_, k) => gain.slice(k * n, (k + 1) * n).map((x) => -x));
        const other: number[] = [];
        for (const [k, j] of munkres(cost)) other[k] = j;
        expect(total(gain, n, assign(gain, n))).toBeCloseTo(total(gain, n, other), 9);
      }),
      { numRuns: 40 },
    );
  });

  test('labels the orbitals of lattices as munkres does', async () => {
    const core = await createCore();
    for (const strength of [3, 20, 90]) {
      const { site, sites, potential } = core.latticeCouplings({
        radius: 6,
        strength,
        theta0: 2.954,
        method: 'dense',
      });
      const n = potential.length;
      const radius = 6;
      const h = new Float64Array(n * n);
      for (let i = 0; i < n; ++i) {
        h[i * n + i] = potential[i];
        for (let j = 0; j < n; ++j) {
          const distance =
            Math.abs(sites[2 * i] - sites[2 * j]) + Math.abs(sites[2 * i + 1] - sites[2 * j + 1]);
          if (distance === 1) h[i * n + j] = 1;
        }
      }
      expect(n).toBe(2 * radius * (radius + 1) + 1);
      const { vectors } = core.eigh(h, n);
      const cost = Array.from({ length: n }, (_, k) =>
        Array.from(vectors.subarray(k * n, (k + 1) * n), (x) => -Math.log(Math.max(1e-300, Math.abs(x)))),
      );
      const other: number[] = [];
      for (const [k, j] of munkres(cost)) other[k] = j;
      expect(Array.from(site!)).toEqual(other);
    }
    core.dispose();
  });
});
