// Grains of other level statistics: p̃, the response and the mean field of GUE, GSE and Poisson grains.
import { createCore, type GrainStatistics } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import fixture from '../../fixtures/response-grains.json' with { type: 'json' };

const core = await createCore();
const relative = (a: number, b: number) => (a === b ? 0 : Math.abs(a - b) / Math.abs(b));
const grains = ['gue', 'gse', 'poisson'] as const;
const all = ['goe', ...grains] as const;
const euler = 0.5772156649015329;
/** m = E x⁻²/4, and B of η = g (B − 8 log g). */
const limits = {
  gue: { m: 1 / (16 * Math.PI), b: -1 - 8 * Math.LN2 - 4 * euler - 4 * Math.log(Math.PI) },
  gse: {
    m: 27 / (512 * Math.PI),
    b: 35 / 24 - 24 * Math.LN2 + 8 * Math.log(3) - 4 * euler - 4 * Math.log(Math.PI),
  },
  poisson: { m: 1 / (8 * Math.PI), b: -8 - 4 * euler - 4 * Math.log(Math.PI) },
};

/** [k] of the rows of a table as an array. */
const column = (rows: number[][], k: number) => Float64Array.from(rows, (r) => r[k]);

describe.each(grains)('%s', (grain) => {
  const { response, distribution } = fixture[grain];
  const g = column(response, 0);

  test.each([
    ['quadrature', core.responseQuadrature, core.responseComplementsQuadrature],
    ['fit', core.response, core.responseComplements],
  ] as const)('the response by %s has the values of 80-bit sums', (_name, of, complements) => {
    const [r, c] = [of(g, { grain }), complements(g, { grain })];
    [r.eta, r.entropy, r.czz, c.eta, c.entropy, c.czz].forEach((values, k) => {
      values.forEach((v, i) => {
        expect(relative(v, response[i][k + 1]), `column ${k + 1} at g = ${g[i]}`).toBeLessThan(5e-14);
      });
    });
  });

  test('p̃ and both tails have the values of the closed forms', () => {
    const found = core.resonanceDistribution(column(distribution, 0), { grain });
    distribution.forEach(([x, ...exact], i) => {
      [found.density[i], found.below[i], found.above[i]].forEach((v, k) => {
        expect(relative(v, exact[k]), `${k} at ${x}`).toBeLessThan(1e-14);
      });
    });
    expect([...core.resonanceCdf(Float64Array.of(0, 1e300), { grain })]).toEqual([0, 1]);
  });

  test('∫ p̃ = 1, tail 2/x²', () => {
    // x = e^t: smooth, and what lies beyond t = 60 is 2 e^{−60}.
    let sum = 0;
    for (let t = -4; t < 60; t += 1 / 32) sum += core.resonanceDensity(Math.exp(t), { grain }) * Math.exp(t);
    expect(Math.abs(sum / 32 - 1)).toBeLessThan(1e-14);
    for (const x of [1e9, 1e20, 1e150]) {
      expect(relative(core.resonanceDensity(x, { grain }) * x * x, 2)).toBeLessThan(1e-14);
    }
  });

  test('the fit is the quadrature to 1e-13 at every g, complements and slope too', () => {
    const n = 150;
    const dense = Float64Array.from({ length: n }, (_, i) => Math.exp(-48 + (69 * (i + 0.37)) / n));
    const pairs: [object, object][] = [
      [core.response(dense, { grain }), core.responseQuadrature(dense, { grain })],
      [core.responseComplements(dense, { grain }), core.responseComplementsQuadrature(dense, { grain })],
    ];
    for (const [fit, reference] of pairs) {
      for (const [name, exact] of Object.entries(reference) as [keyof typeof fit, Float64Array][]) {
        const got = fit[name] as Float64Array;
        expect(Math.max(...exact.map((v, i) => relative(got[i], v))), name).toBeLessThan(1e-13);
      }
    }
    expect(core.eta(dense, { grain })).toEqual(core.response(dense, { grain }).eta);
  });

  test('limits', () => {
    const { m, b } = limits[grain];
    const at = Float64Array.of(0, 5e-324, 1e-300, 1e-30, 1e-18, 1e9, 1e150);
    const { eta, entropy, czz } = core.response(at, { grain });
    expect([eta[0], entropy[0], czz[0]]).toEqual([0, 0, 1]);
    for (const i of [1, 2, 3, 4]) {
      const leading = at[i] * (b - 8 * Math.log(at[i]));
      expect(Math.abs(eta[i] - leading)).toBeLessThanOrEqual(1e-13 * leading + 5e-324);
      expect(Math.abs(entropy[i] - 2 * Math.PI * at[i])).toBeLessThanOrEqual(1e-13 * entropy[i] + 5e-324);
    }
    expect([eta[6], entropy[6]]).toEqual([Math.LN2, Math.LN2]);
    const c = core.responseComplements(Float64Array.of(1e9), { grain });
    expect(relative(c.eta[0], 0.25 * m * m * 1e-36)).toBeLessThan(1e-13);
    expect(relative(c.entropy[0], 0.5 * m * 1e-18)).toBeLessThan(1e-13);
    expect(relative(czz[5], m * 1e-18)).toBeLessThan(1e-13);
  });

  test('no step at the edges of intervals and of the fitted range', () => {
    for (let u = -46; u <= 18.5; u += 0.5) {
      const at = Float64Array.of(Math.exp(u) * (1 - 1e-15), Math.exp(u) * (1 + 1e-15));
      const [c, v] = [core.responseComplements(at, { grain }), core.response(at, { grain })];
      for (const two of [v.eta, v.entropy, v.czz, c.eta, c.entropy, c.czz, c.slope]) {
        expect(relative(two[0], two[1])).toBeLessThan(1e-13);
      }
    }
  });

  test('η and [S] rise, Czz falls; dη/d log g and dψ/dy have one peak, which the solver’s bound covers', () => {
    const n = 6000;
    const u = Float64Array.from({ length: n }, (_, i) => -46 + (64.4 * i) / n);
    const dense = u.map(Math.exp);
    const { eta, entropy, czz } = core.response(dense, { grain });
    const { slope } = core.responseComplements(dense, { grain });
    // To rounding: next to the limits neighbouring values round to the same double or its neighbour.
    const falls = (x: Float64Array, sign: number) =>
      x.findIndex((v, i) => i > 0 && sign * (v - x[i - 1]) < -4e-16 * Math.abs(v));
    expect([falls(eta, 1), falls(entropy, 1), falls(czz, -1)]).toEqual([-1, -1, -1]);
    // Φ(T) of the one coupling log g = 0 is ψ(T/2).
    const at = u.map((y) => 2 * y);
    const psi = core.meanFieldMap(Float64Array.of(0), at, { log: true, grain }).slope;
    for (const values of [slope, psi]) {
      const top = values.indexOf(Math.max(...values));
      const wrong = values.findIndex((v, i) => i > 0 && i <= top !== v > values[i - 1]);
      expect(u[wrong]).toBeUndefined();
    }
    // The fold at N = 2/max(dη/du) is where the stated peak of η' decides.
    const least = 2 / Math.max(...slope);
    expect(core.criticalCoupling(Math.floor(least), { grain })).toBeNull();
    expect(core.criticalCoupling(Math.ceil(least), { grain })).not.toBeNull();
  });
});

describe('closed forms of a Poisson grain', () => {
  test('1 − Czz = 2πg e^{z²} erfc(z), z = 2√π g, where the series of erfc is exact', () => {
    for (const g of [1e-6, 1e-3, 0.01, 0.05, 0.2]) {
      const z = 2 * Math.sqrt(Math.PI) * g;
      // e^{z²} erf(z) = (2/√π) Σ 2^k z^{2k+1}/(2k+1)!!
      let [sum, term] = [0, z];
      for (let k = 0; k < 60; ++k, term *= (2 * z * z) / (2 * k + 1)) sum += term;
      const lost = 2 * Math.PI * g * (Math.exp(z * z) - (2 / Math.sqrt(Math.PI)) * sum);
      expect(relative(core.responseComplements(g, { grain: 'poisson' }).czz, lost)).toBeLessThan(1e-13);
    }
  });
});

describe('the mean field of every grain', () => {
  const coupling = fc.double({ min: -30, max: 3, noNaN: true });

  test('solutions satisfy g_n = g_{n,0} exp(½ Σ η(g_m)), by both methods', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.array(coupling, { minLength: 1, maxLength: 30 }),
        (grain, logs) => {
          const bare = Float64Array.from(logs);
          const found = core.solveMeanField(bare, { log: true, grain });
          expect(found.converged).toBe(true);
          const eta = core.eta(found.g, { grain });
          const total = eta.reduce((sum, e) => sum + e, 0);
          expect(Math.abs(total - found.etaTot)).toBeLessThan(1e-12 * found.etaTot + 1e-300);
          found.logG.forEach((l, n) => {
            expect(Math.abs(l - bare[n] - 0.5 * (found.etaTot - eta[n]))).toBeLessThan(1e-12);
          });
          const other = core.solveMeanField(bare, { log: true, grain, method: 'iteration' });
          if (found.slope < 0.99) expect(relative(other.etaTot, found.etaTot)).toBeLessThan(1e-9);
          expect(core.meanFieldBranches(bare, { log: true, grain })[0].etaTot).toBe(found.etaTot);
        },
      ),
      { seed: 11, numRuns: 150 },
    );
  });

  test('the folds of equal couplings hold three solutions between them', () => {
    for (const grain of all) {
      const fold = core.criticalCoupling(40, { grain })!;
      const inside = Math.sqrt(fold.g0 * fold.upper.g0);
      expect(core.symmetricBranches(inside, 40, { grain }).map((b) => b.stable)).toEqual([true, false, true]);
      expect(core.symmetricBranches(fold.g0 * 1.001, 40, { grain }).length).toBe(1);
      expect(core.symmetricMeanField(inside, 40, { grain }).entropy).toBeLessThan(0.3);
    }
  });

  test('a fitted first coupling returns the entropies it was fitted to', () => {
    for (const grain of all) {
      const ends = [0.5, 0.6].map((alpha) => {
        const bare = Float64Array.from({ length: 5 }, (_, n) => 0.7 * alpha ** n);
        return { alpha, n: 5, mean: core.solveMeanField(bare, { grain }).entropy[4], error: 0.01 };
      });
      expect(core.fitFirstCoupling(ends, { grain })).toBeCloseTo(0.7, 10);
    }
  });

  test('lattices: a failed avalanche of each grain, its branches, verdict, hysteresis and bottleneck', () => {
    const couplings = core.latticeCouplings({ radius: 6, strength: 60, theta0: 0.4, method: 'dense' });
    const totals = all.map((grain) => core.latticeMeanField(couplings, { grain, g0: 0.1 }).etaTot);
    expect(new Set(totals).size).toBe(4);
    all.forEach((grain, k) => {
      const branches = core.latticeBranches(couplings, { grain, g0: 0.1 });
      expect(branches[0].etaTot).toBeCloseTo(totals[k], 9);
      const verdict = core.latticeVerdict({ radius: 6, strength: 60, theta0: 0.4 }, { grain, g0: 0.1 });
      const [low, high] = verdict.etaTotBounds;
      expect(totals[k]).toBeGreaterThan(low * (1 - 1e-9));
      expect(totals[k]).toBeLessThan(high * (1 + 1e-9));
    });
    const sweeps = all.map((grain) =>
      core.latticeHysteresis({ radius: 4, theta0: 0.4, strengths: Float64Array.of(8, 20, 40), grain }),
    );
    expect(new Set(sweeps.map(({ falling }) => falling[2])).size).toBe(4);
    const weakest = all.map((grain) => core.bottleneck({ zeta: 0.8, radius: 8, grain }).criticalG0[0]);
    expect(new Set(weakest).size).toBe(4);
  });
});

describe('the option grain', () => {
  const g = Float64Array.of(0, 1e-9, 0.02, 0.3, 5);
  const called: Record<string, (options: { grain?: GrainStatistics }) => unknown> = {
    response: (o) => core.response(g, o),
    eta: (o) => core.eta(g, o),
    responseComplements: (o) => core.responseComplements(g, o),
    responseQuadrature: (o) => core.responseQuadrature(g, o),
    responseComplementsQuadrature: (o) => core.responseComplementsQuadrature(g, o),
    resonanceDensity: (o) => core.resonanceDensity(g, o),
    resonanceCdf: (o) => core.resonanceCdf(g, o),
    resonanceDistribution: (o) => core.resonanceDistribution(g, o),
    entropyDistribution: (o) => core.entropyDistribution(0.1, Float64Array.of(0.1, 0.5), o),
    entropyShares: (o) => core.entropyShares(g, 8, o),
    solveMeanField: (o) => core.solveMeanField(g, o),
    meanFieldBranches: (o) => core.meanFieldBranches(g, o),
    meanFieldMap: (o) => core.meanFieldMap(g, Float64Array.of(0, 1), o),
    fitFirstCoupling: (o) => core.fitFirstCoupling([{ alpha: 0.5, n: 3, mean: 0.3, error: 0.1 }], o),
    twoSpin: (o) => core.twoSpin(0.1, 0.2, o),
    symmetricMeanField: (o) => core.symmetricMeanField(0.001, 20, o),
    symmetricBranches: (o) => core.symmetricBranches(0.001, 20, o),
    criticalCoupling: (o) => core.criticalCoupling(20, o),
    bottleneck: (o) => core.bottleneck({ zeta: 0.8, radius: 4, ...o }),
    latticeVerdict: (o) => core.latticeVerdict({ radius: 3, strength: 20, theta0: 1 }, o),
    latticeHysteresis: (o) =>
      core.latticeHysteresis({ radius: 2, theta0: 1, strengths: Float64Array.of(5, 30), ...o }),
  };

  test.each(Object.keys(called))(
    '%s: the default is goe, each grain differs, another name is refused',
    (name) => {
      const plain = called[name]({});
      expect(called[name]({ grain: 'goe' })).toEqual(plain);
      expect(called[name]({ grain: undefined })).toEqual(plain);
      const others = grains.map((grain) => JSON.stringify(called[name]({ grain })));
      expect(new Set([JSON.stringify(plain), ...others]).size).toBe(4);
      const wrong = { grain: 'gsu' as GrainStatistics };
      expect(() => called[name](wrong)).toThrow(/^options\.grain: expected .*'gse'.*got "gsu"/);
    },
  );
});

test('p_S of every grain is normalized, and its mean is [S]', () => {
  for (const grain of grains) {
    for (const coupling of [1e-3, 0.1, 2]) {
      const bins = 4000;
      const shares = core.entropyShares(Float64Array.of(coupling), bins, { grain });
      expect(Math.abs(shares.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-12);
      const mean = shares.reduce((sum, p, k) => sum + p * ((k + 0.5) / bins) * Math.LN2, 0);
      expect(Math.abs(mean - core.response(coupling, { grain }).entropy)).toBeLessThan(0.5 / bins);
      // A density that gives a bin away from the ends its share.
      const at = Float64Array.from({ length: 33 }, (_, k) => ((1000 + k / 32) / bins) * Math.LN2);
      const p = core.entropyDistribution(coupling, at, { grain });
      const sum = p.reduce((s, v, k) => s + v * (k === 0 || k === 32 ? 1 : k % 2 ? 4 : 2), 0);
      expect(relative((sum * Math.LN2) / bins / 32 / 3, shares[1000])).toBeLessThan(1e-6);
    }
  }
});
