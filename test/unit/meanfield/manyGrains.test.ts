// The mean field of several grains: against a restatement in plain JavaScript, and where it must be what is known.
import { createCore, type GrainsOptions, InputError } from 'emft';
import { afterAll, describe, expect, test } from 'vitest';

const core = await createCore();
afterAll(() => core.dispose());

/** The iteration (13) of a bubble. */
function iterated(bare: readonly number[]): number[] {
  let g = [...bare];
  for (let sweep = 0; sweep < 600; ++sweep) {
    const eta = Array.from(core.eta(Float64Array.from(g)));
    const all = eta.reduce((sum, x) => sum + x, 0);
    g = bare.map((b, n) => b * Math.exp((all - eta[n]) / 2));
  }
  return g;
}

/** The whole of it again, without logarithms, by collars (20) or by coupling. */
function restated({ couplings, dg, distances, spacings, merge, ratio = 0.1 }: Required<GrainsOptions>) {
  const d = dg as number[];
  const solve = (grains: number[]) => {
    const others = (a: number) => grains.reduce((product, b) => (b === a ? product : product * d[b]), 1);
    const bare = Array.from(couplings[0], (_, n) =>
      Math.sqrt(grains.reduce((sum, a) => sum + couplings[a][n] ** 2 * others(a), 0)),
    );
    const g = iterated(bare);
    const etaTot = core.eta(Float64Array.from(g)).reduce((sum, x) => sum + x, 0);
    const states = grains.reduce((product, a) => product * d[a], 1) * Math.exp(etaTot);
    const far = g.map((_, n) => Math.min(...grains.map((a) => distances[a][n])));
    const beyond = (r: number) => g.reduce((sum, x, n) => (far[n] > r ? sum + x : sum), 0);
    const radii = [0, ...far].sort((a, b) => a - b).filter((r) => beyond(r) * states <= ratio);
    const radius = radii[0] < Math.max(...far) ? radii[0] : Number.POSITIVE_INFINITY;
    return { grains, g, etaTot, radius, states, czz: core.response(Float64Array.from(g)).czz };
  };
  let bubbles = couplings.map((_, a) => solve([a]));
  const meet = (x: (typeof bubbles)[0], y: (typeof bubbles)[0]) => {
    if (merge === 'collars') {
      return x.grains.some((a) => y.grains.some((b) => spacings[a][b] <= x.radius + y.radius));
    }
    const to = (p: typeof x, q: typeof x) =>
      p.states * p.g.reduce((sum, _, n) => sum + (1 - p.czz[n]) * q.g[n] ** 2, 0);
    return to(x, y) + to(y, x) >= 1;
  };
  for (;;) {
    const pair = bubbles
      .flatMap((x, i) => bubbles.slice(0, i).map((y) => [x, y]))
      .find(([x, y]) => meet(x, y));
    if (!pair) break;
    const grains = pair.flatMap((bubble) => bubble.grains).sort((a, b) => a - b);
    bubbles = [...bubbles.filter((bubble) => !pair.includes(bubble)), solve(grains)];
  }
  bubbles.sort((x, y) => x.grains[0] - y.grains[0]);
  return { bubbles, g: bubbles[0].g.map((_, n) => bubbles.reduce((sum, { g }) => sum + g[n], 0)) };
}

/** Grains on a line, five sites from each other or so, and l-bits between them with couplings that fall off by `alpha` a site. */
function line(
  alpha: number,
  at: number[],
  length: number,
  g0: number,
): Required<Pick<GrainsOptions, 'couplings' | 'distances' | 'spacings'>> {
  const sites = Array.from({ length }, (_, n) => n + 0.5);
  const distances = at.map((a) => sites.map((n) => Math.abs(n - a)));
  return {
    couplings: distances.map((row) => row.map((r) => g0 * alpha ** r)),
    distances,
    spacings: at.map((a) => at.map((b) => Math.abs(a - b))),
  };
}

describe('meanFieldGrains', () => {
  test('one grain gives the bits of solveMeanField, by every rule', () => {
    const bare = core.uniforms({ seed: 5 }, 60).map((u, n) => 0.4 * u * 0.8 ** n);
    const alone = core.solveMeanField(bare);
    const distances = [bare.map((_, n) => n)];
    for (const merge of ['collars', 'coupling', 'never', 'always'] as const) {
      const { bubbles, ...all } = core.meanFieldGrains({
        couplings: [bare],
        distances,
        spacings: [[0]],
        merge,
      });
      expect(bubbles.length).toBe(1);
      for (const key of ['g', 'logG', 'entropy', 'czz', 'etaTot'] as const) {
        expect(all[key]).toEqual(alone[key]);
        expect(bubbles[0][key]).toEqual(alone[key]);
      }
      expect(bubbles[0].slope).toBe(alone.slope);
    }
  });

  test('one grain needs no distances, for which it was refused', () => {
    const bare = [0.5, 0.3];
    const { bubbles, etaTot, entropy } = core.meanFieldGrains({ couplings: [bare] });
    const alone = core.solveMeanField(Float64Array.from(bare));
    expect([etaTot, entropy]).toEqual([alone.etaTot, alone.entropy]);
    expect(bubbles.length).toBe(1);
    expect(bubbles[0]).not.toHaveProperty('radius');
  });

  test('two grains infinitely far apart are two grains', () => {
    const near = [0.3, 0.1, 0.02, 0, 0, 0];
    const far = [0, 0, 0, 0.05, 0.2, 0.4];
    const distances = [
      [1, 2, 3, 1e9, 1e9, 1e9],
      [1e9, 1e9, 1e9, 3, 2, 1],
    ];
    const spacings = [
      [0, 1e9],
      [1e9, 0],
    ];
    const alone = [near, far].map((row) => core.solveMeanField(row));
    // A radius that is known: nothing couples from afar.
    const [one, two] = [near, far].map((row, a) =>
      core.meanFieldGrains({ couplings: [row], distances: [distances[a]], spacings: [[0]], ratio: 1e9 }),
    );
    for (const merge of ['collars', 'coupling', 'never'] as const) {
      const all = core.meanFieldGrains({ couplings: [near, far], distances, spacings, merge, ratio: 1e9 });
      expect(all.bubbles.map(({ grains }) => grains)).toEqual([[0], [1]]);
      expect(all.bubbles[0].radius).toBe(one.bubbles[0].radius);
      expect(all.bubbles[1].radius).toBe(two.bubbles[0].radius);
      for (const key of ['g', 'entropy', 'czz'] as const) {
        expect(all[key].subarray(0, 3)).toEqual(alone[0][key].subarray(0, 3));
        expect(all[key].subarray(3)).toEqual(alone[1][key].subarray(3));
      }
      expect(Math.abs(all.etaTot - alone[0].etaTot - alone[1].etaTot)).toBeLessThan(1e-14);
    }
  });

  test('grains at one place are one with √(2 d) times the coupling', () => {
    const row = [0.02, 0.03, 0.001];
    const dg = 16;
    const all = core.meanFieldGrains({ couplings: [row, row], dg, merge: 'always' });
    const one = core.solveMeanField(row.map((g) => Math.sqrt(2 * dg) * g));
    expect(all.bubbles[0].grains).toEqual([0, 1]);
    for (let n = 0; n < 3; ++n) expect(Math.abs(all.g[n] / one.g[n] - 1)).toBeLessThan(1e-13);
    // Apart their couplings add up.
    const apart = core.meanFieldGrains({ couplings: [row, row], dg, merge: 'never' });
    const half = core.solveMeanField(row);
    expect(apart.g).toEqual(half.g.map((g) => g + g));
    expect(core.response(apart.g).entropy.every((s, n) => Math.abs(s - apart.entropy[n]) < 1e-14)).toBe(true);
  });

  test('agrees with a restatement where some bubbles merge and others do not', () => {
    const partitions = new Set<string>();
    for (const merge of ['collars', 'coupling'] as const) {
      for (const [alpha, second] of [
        [0.05, 1],
        [0.05, 4],
        [0.15, 4],
        [0.2, 4],
        [0.35, 4],
      ]) {
        const options = {
          ...line(alpha, [0, second, 11, 20], 26, 0.1),
          ...{ dg: [4, 8, 2, 16], merge, ratio: 0.1, grain: 'goe' as const },
        };
        const known = restated(options);
        const found = core.meanFieldGrains(options);
        expect(found.bubbles.map(({ grains }) => grains)).toEqual(known.bubbles.map(({ grains }) => grains));
        partitions.add(JSON.stringify(known.bubbles.map(({ grains }) => grains)));
        found.bubbles.forEach((bubble, k) => {
          const { radius, etaTot } = known.bubbles[k];
          expect(bubble.radius ?? Number.POSITIVE_INFINITY).toBe(radius);
          expect(Math.abs(bubble.etaTot - etaTot)).toBeLessThan(1e-9);
        });
        found.g.forEach((g, n) => {
          expect(Math.abs(g / known.g[n] - 1)).toBeLessThan(1e-9);
        });
      }
    }
    expect(partitions.size).toBeGreaterThan(2);
  });

  test('mergers only raise couplings, and an avalanche takes everything', () => {
    const options = line(0.4, [0, 4, 9], 13, 0.3);
    const by = (merge: 'never' | 'coupling' | 'collars' | 'always') =>
      core.meanFieldGrains({ ...options, merge });
    const [never, coupling, collars, always] = (['never', 'coupling', 'collars', 'always'] as const).map(by);
    never.g.forEach((g, n) => {
      expect(g).toBeLessThanOrEqual(coupling.g[n] * (1 + 1e-14));
      expect(coupling.g[n]).toBeLessThanOrEqual(always.g[n] * (1 + 1e-14));
      expect(collars.g[n]).toBeLessThanOrEqual(always.g[n] * (1 + 1e-14));
    });
    // Couplings that overflow and grains that some l-bits do not see at all.
    const rows = [
      new Float64Array(3000).fill(1),
      new Float64Array(3000),
      new Float64Array(3000).fill(0, 1).fill(1e-9, 0, 1),
    ];
    for (const merge of ['coupling', 'always', 'never'] as const) {
      const all = core.meanFieldGrains({ couplings: rows, merge });
      expect(all.g.every((g) => g === Number.POSITIVE_INFINITY)).toBe(true);
      expect(all.logG.every(Number.isFinite)).toBe(true);
      expect(all.etaTot).toBeCloseTo(3000 * Math.LN2, 6);
    }
  });

  test('collars of a bubble may end before those of its grains: a larger coupling can lower η_tot, by collars alone', () => {
    // Both first grains couple to the l-bit at 10 as one bath alone; the third is next to it, the fourth is at −10.
    const [at, bits] = [
      [0, 1, 11, -10],
      [0.5, 10, -11],
    ];
    const places = {
      distances: at.map((a) => bits.map((b) => Math.abs(a - b))),
      spacings: at.map((a) => at.map((b) => Math.abs(a - b))),
    };
    const by = (third: number, merge: 'collars' | 'coupling') =>
      core.meanFieldGrains({
        ...{ ...places, merge },
        couplings: [
          [0.05, 0.002, 0],
          [0.05, 0.002, 0],
          [third, 0, 0],
          [0, 0, 0.05],
        ],
      });
    expect(by(0, 'collars').bubbles.length).toBe(1);
    const more = by(0.05, 'collars');
    expect(more.bubbles.map(({ grains }) => grains)).toEqual([[0, 1, 2], [3]]);
    expect(more.etaTot).toBeLessThan(by(0, 'collars').etaTot - 0.3);
    expect(by(0.05, 'coupling').etaTot).toBeGreaterThanOrEqual(by(0, 'coupling').etaTot);
  });

  test('resonances with two baths apart are those of the sum: exactly for independent levels, nearly for random matrices', () => {
    // [S] over both strengths, each with its own p̃, at points of equal probability.
    const count = 300;
    const x = Float64Array.from({ length: 20_001 }, (_, i) => Math.exp(-3 + i / 1250));
    for (const [grain, most] of [
      ['poisson', 2e-3],
      ['goe', 0.035],
      ['gue', 0.05],
    ] as const) {
      const cdf = core.resonanceCdf(x, { grain });
      const strengths = Float64Array.from(
        { length: count },
        (_, k) => x[cdf.findIndex((p) => p > (k + 0.5) / count)],
      );
      const meanOf = (h: Float64Array) =>
        core.twoLevelMixing(h).entropy.reduce((sum, s) => sum + s, 0) / h.length;
      for (const g of [0.01, 0.03, 0.1, 0.3]) {
        const both = new Float64Array(count * count);
        for (let a = 0; a < count; ++a)
          for (let b = 0; b < count; ++b) both[a * count + b] = g * Math.hypot(strengths[a], strengths[b]);
        const off =
          core.meanFieldGrains({ couplings: [[g], [g]], merge: 'never', grain }).entropy[0] / meanOf(both) -
          1;
        expect(Math.abs(off)).toBeLessThan(most);
        // The root of the sum of squares would be off by a tenth at least.
        if (g < 0.2)
          expect(meanOf(strengths.map((s) => Math.SQRT2 * g * s)) / meanOf(both)).toBeLessThan(0.9);
      }
    }
  });

  test('refuses what it cannot understand by name', () => {
    const refused = (options: object, path: RegExp) => {
      expect(() => core.meanFieldGrains(options as GrainsOptions)).toThrow(InputError);
      expect(() => core.meanFieldGrains(options as GrainsOptions)).toThrow(path);
    };
    refused({ couplings: [] }, /couplings.*at least 1/);
    refused({ couplings: [[1], [1]] }, /distances.*merge/);
    refused({ couplings: [[1]], spacings: [[0]] }, /distances.*merge/);
    refused({ couplings: [[1, 2], [1]], merge: 'never' }, /couplings\W+1/);
    refused({ couplings: [[1], [1]], merge: 'never', dg: 1 }, /dg.*≥ 2/);
    refused({ couplings: [[1], [1]], merge: 'never', dg: [2] }, /dg.*2/);
    refused(
      {
        couplings: [[1], [1]],
        distances: [[1], [1]],
        spacings: [
          [0, 1],
          [2, 0],
        ],
      },
      /spacings.*other way/,
    );
    // A distance of a grain from itself was taken and left aside.
    const itself = [
      [0, 1],
      [1, 2],
    ];
    refused({ couplings: [[1], [1]], distances: [[1], [1]], spacings: itself }, /spacings\W+1\W+1\W.*got 2$/);
    refused({ couplings: [[-1]], merge: 'never' }, /couplings/);
    // One array a thousand times: it would be 8 GB when copied.
    const row = new Float64Array(1e6);
    const before = process.memoryUsage().arrayBuffers;
    refused({ couplings: new Array(1024).fill(row), merge: 'never' }, /couplings.*1024000000 numbers/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e8);
  });
});
