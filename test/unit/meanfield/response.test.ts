// The response of one l-bit against printed values, its limits, and its two ways of computation.
import { createCore, InputError, type Response } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import random from '../../fixtures/response.json' with { type: 'json' };
import printed from '../../fixtures/single-spin.json' with { type: 'json' };

const core = await createCore();
const rows = random as number[][];
const g = Float64Array.from(rows, (r) => r[0]);
const relative = (a: number, b: number) => (a === b ? 0 : Math.abs(a - b) / Math.abs(b));

/** Largest relative difference of a column from column k of the fixture. */
function worst(column: Float64Array, k: number): number {
  return Math.max(...rows.map((r, i) => relative(column[i], r[k])));
}

const kinds: [
  name: string,
  of: (g: Float64Array) => Response,
  complements: (g: Float64Array) => Response,
  limit: number,
][] = [
  ['quadrature', core.responseQuadrature, core.responseComplementsQuadrature, 1e-13],
  ['fit', core.response, core.responseComplements, 1e-12],
];

describe.each(kinds)('response by %s', (_name, of, complements, limit) => {
  test('printed 20-digit values', () => {
    const at = Float64Array.from(printed, (row) => Number(row.g));
    const { eta, entropy, czz } = of(at);
    printed.forEach((row, i) => {
      expect(relative(czz[i], Number(row.Czz))).toBeLessThan(limit);
      // The printed quadrature was cut short at the smallest g: see scripts/fixtures/generate-response.py.
      const cut = at[i] === 1e-12 ? 6e-12 : 0;
      expect(relative(eta[i], Number(row.eta))).toBeLessThan(limit + cut);
      expect(relative(entropy[i], Number(row.S))).toBeLessThan(limit + cut);
    });
  });

  test('independent values at random couplings, and the small sides relative to themselves', () => {
    const r = of(g);
    expect(worst(r.eta, 1)).toBeLessThan(limit);
    expect(worst(r.entropy, 2)).toBeLessThan(limit);
    expect(worst(r.czz, 3)).toBeLessThan(limit);
    const c = complements(g);
    expect(worst(c.eta, 4)).toBeLessThan(limit);
    expect(worst(c.entropy, 5)).toBeLessThan(limit);
    expect(worst(c.czz, 6)).toBeLessThan(limit);
  });

  test('limits: 0, subnormal, huge', () => {
    const at = Float64Array.of(0, 5e-324, 1e-300, 1e-30, 1e50, 1e150, 1.7e308);
    const { eta, entropy, czz } = of(at);
    expect([eta[0], entropy[0], czz[0]]).toEqual([0, 0, 1]);
    for (const i of [1, 2, 3]) {
      const leading = at[i] * (-8 * Math.log(at[i]) - 13.69327426353982);
      expect(Math.abs(eta[i] - leading)).toBeLessThanOrEqual(1e-13 * leading + 5e-324);
      expect(Math.abs(entropy[i] - 2 * Math.PI * at[i])).toBeLessThanOrEqual(1e-13 * entropy[i] + 5e-324);
      expect(czz[i]).toBe(1);
    }
    for (const i of [4, 5, 6]) {
      expect(eta[i]).toBe(Math.LN2);
      expect(entropy[i]).toBe(Math.LN2);
    }
    expect(relative(czz[5], (3 / (4 * Math.PI ** 3)) * 1e-150 * 1e-150)).toBeLessThan(1e-12);
    const tail = complements(Float64Array.of(1e20));
    expect(relative(tail.eta[0], ((3 / (4 * Math.PI ** 3)) ** 2 / 4) * 1e-80)).toBeLessThan(1e-13);
  });

  test('the message says that a number will do, where it had arrays alone', () => {
    for (const call of [core.response, core.eta, core.twoLevelMixing])
      expect(() => call('x' as never)).toThrow(/^g: expected a number or a Float64Array, got "x"$/);
  });

  test('refuses NaN, negative and infinite couplings by name', () => {
    for (const bad of [Number.NaN, -1, Infinity]) {
      expect(() => of(Float64Array.of(1, bad))).toThrow(InputError);
      expect(() => of(Float64Array.of(1, bad))).toThrow(/^g: element 1 is/);
    }
    expect(of(new Float64Array(0)).eta.length).toBe(0);
  });
});

describe('the fit against the quadrature', () => {
  const n = 1500;
  // from below the fitted range to above it, never at a multiple of the interval
  const dense = Float64Array.from({ length: n }, (_, i) => Math.exp(-48 + (69 * (i + 0.37)) / n));

  test('1e-12 relative everywhere, complements and slope included', () => {
    const pairs: [object, object][] = [
      [core.response(dense), core.responseQuadrature(dense)],
      [core.responseComplements(dense), core.responseComplementsQuadrature(dense)],
    ];
    for (const [fit, reference] of pairs) {
      for (const [name, exact] of Object.entries(reference) as [keyof typeof fit, Float64Array][]) {
        const got = fit[name] as Float64Array;
        const error = Math.max(...exact.map((v, i) => relative(got[i], v)));
        expect(error, name).toBeLessThan(1e-12);
      }
    }
  });

  test('no step at the edges of intervals and of the fitted range', () => {
    for (let u = -46; u <= 18.5; u += 0.5) {
      const at = Float64Array.of(Math.exp(u) * (1 - 1e-15), Math.exp(u) * (1 + 1e-15));
      const c = core.responseComplements(at);
      const v = core.response(at);
      for (const column of [v.eta, v.entropy, v.czz, c.eta, c.entropy, c.czz]) {
        expect(relative(column[0], column[1])).toBeLessThan(1e-13);
      }
    }
  });

  test('η rises, [S] rises, Czz falls', () => {
    const coupling = fc.double({ min: 1e-300, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(coupling, fc.double({ min: 1.001, max: 100, noNaN: true }), (a, factor) => {
        const { eta, entropy, czz } = core.response(Float64Array.of(a, a * factor));
        // to rounding: next to the limits neighbouring values round to the same double or its neighbour
        expect(eta[1]).toBeGreaterThanOrEqual(eta[0] * (1 - 4e-16));
        expect(entropy[1]).toBeGreaterThanOrEqual(entropy[0] * (1 - 4e-16));
        expect(czz[1]).toBeLessThanOrEqual(czz[0] * (1 + 4e-16));
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test('eta is the same bits as response().eta', () => {
    expect(core.eta(dense)).toEqual(core.response(dense).eta);
  });
});

describe('resonance distribution', () => {
  // [x, p̃, P(X ≤ x), P(X > x)] by mpmath
  const exact = [
    [0.12, 9.435283867718253e-231, 1.0516681317764071e-234, 1],
    [0.2, 8.514823921977181e-82, 4.39382938534889e-85, 1],
    [0.35, 7.628895230537007e-26, 2.1096978680600275e-28, 1],
    [0.6, 2.0582068379492175e-8, 2.8662700606300455e-10, 0.999999999713373],
    [1, 0.004375713420655126, 0.0002813923194955553, 0.9997186076805045],
    [2, 0.19763802486367774, 0.09927450234659048, 0.9007254976534095],
    [3.1, 0.18338026691667286, 0.3247486867148578, 0.6752513132851422],
    [4, 0.12953394218438447, 0.46473585411479196, 0.535264145885208],
    [7, 0.04527073139476715, 0.6982813213819916, 0.30171867861800844],
    [20, 0.005178604872004263, 0.8985865982925121, 0.10141340170748787],
    [1e3, 2.000089736984717e-6, 0.9979999683650299, 0.002000031634970128],
    [1e6, 2.0000000001968294e-12, 0.9999979999999999, 2.0000000000673323e-6],
    [1e100, 2e-200, 1, 2e-100],
  ];

  test('density and both tails relative to themselves', () => {
    const x = Float64Array.from(exact, (r) => r[0]);
    const { density, below, above } = core.resonanceDistribution(x);
    exact.forEach((r, i) => {
      expect(relative(density[i], r[1])).toBeLessThan(1e-14);
      expect(relative(below[i], r[2])).toBeLessThan(1e-14);
      expect(relative(above[i], r[3])).toBeLessThan(1e-14);
    });
    expect(core.resonanceCdf(x)).toEqual(below);
    expect([...core.resonanceDensity(Float64Array.of(0, 1e-300))]).toEqual([0, 0]);
    expect([...core.resonanceCdf(Float64Array.of(0, 1e300))]).toEqual([0, 1]);
  });

  test('p_S integrates to 1 and its mean is [S]', () => {
    for (const coupling of [1e-4, 0.03, 0.4, 2, 30]) {
      // S = log 2 (1 − v²), v = 1/(1 + e^{−r}): smooth at both ends, trapezoidal in r
      const step = 1 / 64;
      const r = Float64Array.from({ length: 64 * 60 }, (_, i) => -16 + i * step);
      const v = r.map((t) => 1 / (1 + Math.exp(-t)));
      const q = r.map((t) => 1 / (1 + Math.exp(t)));
      const S = v.map((a, i) => Math.LN2 * q[i] * (1 + a));
      const p = core.entropyDistribution(coupling, S);
      let norm = 0;
      let mean = 0;
      S.forEach((s, i) => {
        const weight = 2 * Math.LN2 * v[i] * v[i] * q[i] * step;
        norm += weight * p[i];
        mean += weight * p[i] * s;
      });
      // what lies beyond r = −16, where p_S ≈ g √(8/(log 2 − S)), is g √(32 log 2) e^{−16}
      const rest = coupling * Math.sqrt(32 * Math.LN2) * Math.exp(-16);
      const [expected] = core.responseQuadrature(Float64Array.of(coupling)).entropy;
      expect(Math.abs(norm + rest * (coupling < 1 ? 1 : 0) - 1)).toBeLessThan(1e-9 + 1.1 * rest);
      expect(relative(mean, expected)).toBeLessThan(1e-8 + (1.1 * rest) / expected);
    }
  });

  test('p_S is a probability density through P(S < s) = P(X < h/g)', () => {
    const h = Float64Array.from({ length: 60 }, (_, i) => 0.02 * 1.15 ** i);
    const { entropy } = core.twoLevelMixing(h);
    const coupling = 0.3;
    const p = core.entropyDistribution(coupling, entropy);
    const density = core.resonanceDensity(h.map((x) => x / coupling));
    h.forEach((x, i) => {
      // dS/dh = log(Q/P) 2h c³, with log(Q/P) = 2 artanh c
      const c = 1 / Math.sqrt(1 + 4 * x * x);
      const derivative = 2 * Math.atanh(c) * 2 * x * c ** 3;
      expect(relative(p[i], density[i] / coupling / derivative)).toBeLessThan(1e-10 * (1 + x ** 2));
    });
    expect([...core.entropyDistribution(1, Float64Array.of(-0.1, 0, 0.7, Math.LN2))]).toEqual([
      0,
      0,
      0,
      Infinity,
    ]);
    expect(() => core.entropyDistribution(0, entropy)).toThrow(/^g: /);
  });
});

describe('p_S at the ends of the range of doubles', () => {
  test('was 0 for g below 1e-162 and lost digits from 1e-154 on: in the tail it is proportional to g', () => {
    const S = Float64Array.of(1e-6, 0.1, 0.29, 0.31, 0.6, Math.LN2 * (1 - 1e-12));
    const at = core.entropyDistribution(1e-40, S);
    expect(relative(at[1] / 1e-40, 90.863774662835)).toBeLessThan(1e-13);
    for (let e = -45; e >= -300; --e) {
      const g = 10 ** e;
      core.entropyDistribution(g, S).forEach((p, i) => {
        expect(relative(p / g, at[i] / 1e-40), `1e${e}, S = ${S[i]}`).toBeLessThan(2e-14);
      });
    }
    // Subnormal couplings: as many quanta as there are.
    const least = 2 ** -1074;
    core.entropyDistribution(1024 * least, S).forEach((p, i) => {
      const quanta = (at[i] / 1e-40) * 1024;
      expect(Math.abs(p / least - quanta), `${S[i]}`).toBeLessThanOrEqual(0.51 + 2e-14 * quanta);
    });
  });

  test('was NaN for S up to 1.7e-321', () => {
    const S = Float64Array.of(
      5e-324,
      1e-321,
      1.734e-321,
      1e-320,
      1e-308,
      1e-290,
      1e-260,
      0.99e-250,
      1.01e-250,
      1e-200,
    );
    for (const g of [1e308, 1, 0.1, 1e-100]) {
      for (const p of core.entropyDistribution(g, S.subarray(0, 5))) expect(p).toBe(0);
    }
    for (const g of [1e-230, 1e-300, 1e-308]) {
      core.entropyDistribution(g, S).forEach((p, i) => {
        // S = P (1 − log P), by bisection in log P; p_S = g P^{-3/2} / log(1/P) by logarithms.
        let [low, high] = [-800, -100];
        for (let k = 0; k < 100; ++k) {
          const middle = (low + high) / 2;
          if (middle + Math.log(1 - middle) < Math.log(S[i])) low = middle;
          else high = middle;
        }
        const log = Math.log(g) - 1.5 * low - Math.log(-low);
        expect(Math.abs(Math.log(p) - log), `g = ${g}, S = ${S[i]}`).toBeLessThan(1e-11);
      });
    }
  });
});

describe('twoLevelMixing', () => {
  test('S lost its digits with those of a subnormal P, 741 quanta of it', () => {
    for (const h of [1e-149, 1e-151, 1e-155, 1e-158, 1e-160, 3e-162, 1e-165, 0]) {
      const { p, entropy } = core.twoLevelMixing(Float64Array.of(h));
      const expected = h === 0 ? 0 : h * 1e100 * (h * 1e100) * (1 - 2 * Math.log(h));
      // Quanta of S itself, or rounding.
      const off = Math.abs(entropy[0] * 1e200 - expected);
      expect(off, `${h}`).toBeLessThan(2 ** -1074 * 1e200 + 1e-14 * expected);
      expect(Math.abs(p[0] - h * h)).toBeLessThanOrEqual(2 ** -1074 + 1e-15 * p[0]);
    }
  });

  test('identities, and no cancellation at either end', () => {
    const at = Float64Array.of(0, 1e-170, 1e-9, 1e-3, 0.5, 3, 1e7, 1e9, 1e200);
    const { p, q, entropy, polarization } = core.twoLevelMixing(at);
    at.forEach((x, i) => {
      expect(p[i] + q[i]).toBeCloseTo(1, 15);
      expect(q[i] - p[i]).toBeCloseTo(polarization[i], 15);
      if (x > 1e-100 && x < 1e-8) expect(relative(p[i], x * x)).toBeLessThan(1e-15);
      if (x > 1e8) expect(relative(polarization[i], 0.5 / x)).toBeLessThan(1e-15);
    });
    expect([p[0], entropy[0], polarization[0]]).toEqual([0, 0, 1]);
    expect(entropy[4]).toBeCloseTo(0.4164955306996875, 15);
    expect(entropy[8]).toBe(Math.LN2);
  });
});
