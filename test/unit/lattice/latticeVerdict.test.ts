// The verdict on the avalanche by its early stages against the couplings of every orbital, and the two inequalities that
// the stage 'grouped' rests on.
import { beforeAll, describe, expect, test } from 'vitest';
import { type Core, createCore } from '../../../src/index.js';
import { checkModel } from '../../../src/lattice/arguments.js';
import { distinctWeights } from '../../../src/lattice/distinct.js';
import { placeLattice } from '../../../src/lattice/model.js';
import { Runtime } from '../../../src/wasm/runtime.js';
import { shipped } from '../../../src/wasm/shipped.js';
import { atOnce, UNBOUNDED } from '../../../src/wasm/steps.js';

let core: Core;
let runtime: Runtime;
beforeAll(async () => {
  core = await createCore();
  runtime = await Runtime.create(shipped, 'simd', undefined, 1);
});

/** Uniform on [0, 1), from the package's own generator. */
const uniforms = (count: number) => core.uniforms({ seed: 4711, stream: 9, index: 0 }, count);

describe('latticeVerdict', () => {
  test('agrees with the couplings of all orbitals at random radii, disorder, phases, couplings and thresholds', () => {
    const u = uniforms(5 * 160);
    const stages = new Map<string, number>();
    let verdicts = 0;
    for (let i = 0; i < 160; ++i) {
      const [a, b, c, d, e] = u.subarray(5 * i, 5 * i + 5);
      const model = {
        radius: 6 + Math.floor(14 * a),
        strength: 1.5 * 80 ** b,
        ...(c < 0.5 ? { random: true, seed: 3, index: i } : { theta0: 4 * Math.PI * c }),
      };
      const options = { g0: [1, 0.3, 0.03][i % 3], threshold: 0.1 + 0.7 * d * e };
      const verdict = core.latticeVerdict(model, options);
      const all = core.latticeMeanField(core.latticeCouplings(model), options);
      stages.set(verdict.stage, 1 + (stages.get(verdict.stage) ?? 0));
      expect(verdict.etaTotBounds[0]).toBeLessThanOrEqual(all.etaTotBounds[1] * (1 + 1e-12));
      expect(verdict.etaTotBounds[1]).toBeGreaterThanOrEqual(all.etaTotBounds[0] * (1 - 1e-12));
      if (!all.certain || !verdict.certain) continue;
      ++verdicts;
      expect(verdict.avalanche).toBe(all.avalanche);
    }
    expect(verdicts).toBeGreaterThan(140);
    expect(stages.get('grouped')).toBeGreaterThan(40);
    expect(stages.get('resolved')).toBeGreaterThan(20);
  });

  test('is certain where couplings fall below what the band resolves', () => {
    for (const strength of [10, 13]) {
      const verdict = core.latticeVerdict({ radius: 41, strength, theta0: 2 }, { threshold: 0.25 });
      expect(verdict).toMatchObject({ avalanche: true, certain: true });
    }
  });
});

describe('distinctWeights', () => {
  const weights = (strength: number, radius: number, steps: number) => {
    const model = checkModel('model', { radius, strength, theta0: 1.25 });
    return atOnce(distinctWeights(runtime, placeLattice(runtime, model), steps, 1e-13, UNBOUNDED));
  };

  test('are not more than the orbitals, nor heavier: sorted, their partial sums stay below', () => {
    for (const strength of [2, 8, 20, 60]) {
      for (const radius of [5, 9, 14]) {
        const n = 2 * radius * (radius + 1) + 1;
        const { phi0 } = core.latticeCouplings({ radius, strength, theta0: 1.25, method: 'band' });
        for (const share of [0.1, 0.4, 1, 1.7, 3]) {
          const w = weights(strength, radius, Math.ceil(share * n));
          expect(w.length).toBeLessThanOrEqual(n);
          expect(w.length).toBeGreaterThan(0);
          expect(w.every((x) => x > 0 && x <= 1)).toBe(true);
          expect(w.reduce((sum, x) => sum + x * x, 0)).toBeLessThan(1 + 1e-10);
          for (const g0 of [1e-3, 0.1, 1]) {
            const few = core.solveMeanField(w.map((x) => g0 * x)).etaTot;
            const all = core.solveMeanField(phi0.map((x) => g0 * x)).etaTot;
            expect(few).toBeLessThanOrEqual(all * (1 + 1e-12));
          }
        }
      }
    }
  });

  test('give Φ(T) from below at every T, also of levels that are equal, nearly equal, or in pairs', () => {
    const u = uniforms(400);
    const bends: ((v: Float64Array, strength: number, u: number) => Float64Array)[] = [
      (v) => v,
      (v, strength) => v.map((x) => (strength * Math.round((3 * x) / strength)) / 3),
      (v, strength, a) => v.map((x) => strength * (Math.sign(x) + 10 ** (-15 + 10 * a) * (x / strength))),
      (v, _, a) => v.map((x, k) => (k < v.length / 2 ? x : v[v.length - 1 - k] * (1 + 10 ** (-16 + 8 * a)))),
    ];
    for (let i = 0; i < 24; ++i) {
      const [a, b, c] = u.subarray(3 * i, 3 * i + 3);
      const radius = 4 + Math.floor(4 * a);
      const strength = 10 ** (-1 + 3 * b);
      const model = checkModel('model', { radius, strength, random: true, seed: 11, index: i });
      const drawn = placeLattice(runtime, model);
      const { n, near, far } = drawn;
      const potential = bends[i % bends.length](drawn.potential, strength, c);
      const h = new Float64Array(n * n);
      for (let k = 0; k < n; ++k) {
        h[k * n + k] = potential[k];
        if (near[k]) h[k * n + k + radius] = h[(k + radius) * n + k] = near[k];
        if (far[k]) h[k * n + k + radius + 1] = h[(k + radius + 1) * n + k] = far[k];
      }
      const { values, vectors } = core.eigh(h, n);
      // Of equal energies only the common weight is defined; 1e-13 is the solver's error.
      const phi: number[] = [];
      for (let k = 0; k < n; ++k) {
        const x = Math.abs(vectors[k * n + (n - 1) / 2]) + 1e-13;
        const same = k > 0 && values[k] - values[k - 1] < 3e-15 * (strength + 4);
        phi.push(same ? Math.hypot(phi.pop()!, x) : x);
      }
      const t = Float64Array.from({ length: 12 }, (_, k) => n * Math.LN2 * (k / 11) ** 2);
      for (const share of [0.1, 0.5, 1.15, 2.1, 6]) {
        const w = atOnce(
          distinctWeights(runtime, { ...drawn, potential }, Math.ceil(share * n), 5e-14, UNBOUNDED),
        );
        for (const g0 of [1e-4, 0.1, 1, 30]) {
          const below = core.meanFieldMap(
            w.map((x) => g0 * x),
            t,
          ).phi;
          const exact = core.meanFieldMap(
            Float64Array.from(phi, (x) => g0 * x),
            t,
          ).phi;
          for (const [k, x] of below.entries()) expect(x).toBeLessThanOrEqual(exact[k] * (1 + 1e-11));
        }
      }
    }
  });

  test('are many: two Ritz values give about one', () => {
    const n = 2 * 14 * 15 + 1;
    expect(weights(3, 14, n).length).toBeGreaterThan(0.4 * n);
    expect(weights(3, 14, n).length).toBeLessThanOrEqual(n);
  });
});

test('η(g)/g² falls, so that taking orbitals together lowers η_tot', () => {
  const g = Float64Array.from({ length: 4000 }, (_, i) => 1e-40 * 1.03 ** i);
  const eta = core.eta(g);
  for (let i = 1; i < g.length; ++i) {
    // d log η/d log g ≤ 1: even η/g does not rise.
    expect(eta[i] / g[i]).toBeLessThanOrEqual((eta[i - 1] / g[i - 1]) * (1 + 1e-13));
  }
  const u = uniforms(400);
  for (let i = 0; i < 100; ++i) {
    const bare = u.subarray(4 * i, 4 * i + 4).map((x) => 10 ** (-6 * x));
    const [p, q, ...others] = bare;
    const apart = core.solveMeanField(Float64Array.from(bare)).etaTot;
    const together = core.solveMeanField(Float64Array.from([Math.sqrt(p * p + q * q), ...others])).etaTot;
    expect(together).toBeLessThanOrEqual(apart * (1 + 1e-12));
  }
});
