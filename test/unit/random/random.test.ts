// Random numbers: the words of Philox, the moments of the distributions, and scales.
import { createCore, InputError } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const core = await createCore();
const MASK = 0xffffffffn;

/** Philox 4x32-10 once more, in big integers, straight from the published round function. */
function reference(counter: bigint[], key: bigint[]): bigint[] {
  let [a, b, c, d] = counter;
  let [k, l] = key;
  for (let round = 0; round < 10; ++round) {
    const p = 0xd2511f53n * a;
    const q = 0xcd9e8d57n * c;
    [a, b, c, d] = [(q >> 32n) ^ b ^ k, q & MASK, (p >> 32n) ^ d ^ l, p & MASK];
    k = (k + 0x9e3779b9n) & MASK;
    l = (l + 0xbb67ae85n) & MASK;
  }
  return [a, b, c, d];
}

describe('uniforms', () => {
  test('are the Philox words of (seed, stream, index), for any safe integers', () => {
    const key = fc.record({
      seed: fc.maxSafeInteger(),
      stream: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      index: fc.maxSafeNat(),
    });
    fc.assert(
      fc.property(key, fc.integer({ min: 0, max: 9 }), ({ seed, stream, index }, count) => {
        const u = core.uniforms({ seed, stream, index }, count);
        expect(u.length).toBe(count);
        const k = BigInt.asUintN(64, BigInt(seed));
        for (let i = 0; i < count; ++i) {
          const words = reference(
            [BigInt(i >> 1), BigInt(index) & MASK, BigInt(index) >> 32n, BigInt(stream)],
            [k & MASK, k >> 32n],
          );
          const bits = (words[2 * (i & 1)] | (words[2 * (i & 1) + 1] << 32n)) >> 11n;
          expect(u[i]).toBe(bits === 0n ? 2 ** -54 : Number(bits) * 2 ** -53);
        }
      }),
    );
  });

  test('are uniform: moments, bins and correlation of neighbours within 5 standard errors', () => {
    const n = 200_000;
    const u = core.uniforms({ seed: 7 }, n);
    const bins = new Float64Array(64);
    let mean = 0;
    let lag = 0;
    for (let i = 0; i < n; ++i) {
      mean += u[i] / n;
      if (i) lag += ((u[i] - 0.5) * (u[i - 1] - 0.5)) / n;
      bins[Math.floor(64 * u[i])]++;
    }
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(lag)).toBeLessThan(5 / 12 / Math.sqrt(n));
    const chi2 = bins.reduce((sum, count) => sum + (count - n / 64) ** 2 / (n / 64), 0);
    expect(Math.abs(chi2 - 63)).toBeLessThan(5 * Math.sqrt(126));
  });

  test('name what is wrong', () => {
    expect(() => core.uniforms({ seed: 0.5 }, 1)).toThrow(/key\.seed: expected a whole number/);
    expect(() => core.uniforms({ seed: 1, stream: 2 ** 32 }, 1)).toThrow(/key\.stream/);
    expect(() => core.uniforms({ seed: 1, index: -1 }, 1)).toThrow(/key\.index/);
    expect(() => core.uniforms({ seed: 1, sample: 1 } as never, 1)).toThrow(/key\.sample: unknown option/);
    expect(() => core.uniforms({ seed: 1 }, -1)).toThrow(InputError);
    expect(() => core.uniforms(undefined as never, 1)).toThrow(InputError);
    expect(() => core.goe(0, { seed: 1 })).toThrow(/n: expected a whole number/);
    expect(() => core.goe(2, { seed: 1, scale: -1 })).toThrow(/options\.scale/);
    expect(() => core.goe(2, { seed: 1, scale: 1, variance: 1 })).toThrow(/not both/);
  });
});

describe('normals', () => {
  test('are the Box–Muller pairs of the uniform sequence', () => {
    const key = { seed: -3, stream: 5, index: 2 ** 40 };
    const u = core.uniforms(key, 2000);
    const z = core.normals(key, 2000);
    for (let i = 0; i < 2000; i += 2) {
      const r = Math.sqrt(-2 * Math.log(u[i]));
      expect(Math.abs(z[i] - r * Math.cos(2 * Math.PI * u[i + 1]))).toBeLessThan(1e-14);
      expect(Math.abs(z[i + 1] - r * Math.sin(2 * Math.PI * u[i + 1]))).toBeLessThan(1e-14);
    }
  });

  test('have the moments of the normal distribution within 5 standard errors', () => {
    const n = 200_000;
    const z = core.normals({ seed: 11 }, n);
    for (const [power, moment, variance] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
      [6, 15, 10170],
    ]) {
      const mean = z.reduce((sum, x) => sum + x ** power, 0) / n;
      expect(Math.abs(mean - moment)).toBeLessThan(5 * Math.sqrt(variance / n));
    }
  });
});

describe('goe', () => {
  test('is symmetric with the stated variances', () => {
    const n = 200;
    const a = core.goe(n, { seed: 3, scale: 1.5 });
    let diagonal = 0;
    let off = 0;
    for (let j = 0; j < n; ++j) {
      diagonal += a[j + j * n] ** 2;
      for (let i = 0; i < j; ++i) {
        expect(a[i + j * n]).toBe(a[j + i * n]);
        off += a[i + j * n] ** 2;
      }
    }
    const v = 2.25 / (n + 1);
    expect(Math.abs(off / ((n * (n - 1)) / 2) / v - 1)).toBeLessThan(5 * Math.sqrt(4 / (n * (n - 1))));
    expect(Math.abs(diagonal / n / (2 * v) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  });

  test('squares of scales were 0 or beyond the doubles: the matrix is the scale times that of scale 1', () => {
    for (const n of [1, 2, 40]) {
      const one = core.goe(n, { seed: 1 });
      for (let e = -1074; e <= 1020; e += 1) {
        if (n === 40 && e % 16 !== 0) continue;
        const scale = 2 ** e;
        const expected = one.map((x) => x * scale);
        expect(core.goe(n, { seed: 1, scale }), `2^${e}`).toEqual(expected);
        if (e > -530 && e < 512) {
          const variance = core.goe(n, { seed: 1, variance: 4 ** e / (n + 1) });
          if (n === 1) expect(variance).toEqual(expected);
        }
      }
    }
    const least = core.goe(40, { seed: 1, scale: 1e-200 });
    core.goe(40, { seed: 1 }).forEach((x, p) => {
      expect(Math.abs(least[p] / 1e-200 / x - 1)).toBeLessThan(1e-15);
    });
    expect(core.goe(40, { seed: 1, scale: 0 }).every((x) => x === 0)).toBe(true);
    expect(() => core.goe(3, { seed: 1, scale: 1e308 })).toThrow(/^options\.scale: .*≤ 1\.12/);
    // Twice the largest variances is no double.
    for (const x of core.goe(3, { seed: 1, variance: Number.MAX_VALUE })) {
      expect(Math.abs(x)).toBeGreaterThan(1e151);
      expect(Math.abs(x)).toBeLessThan(1e155);
    }
  });

  test('scale and variance say the same thing, and a key its own matrix', () => {
    const a = core.goe(8, { seed: 3, variance: (1.5 * 1.5) / 9 });
    expect(core.goe(8, { seed: 3, scale: 1.5 })).toEqual(a);
    expect(core.goe(8, { seed: 3, scale: 1.5, index: 1 })).not.toEqual(a);
    expect(core.goe(8, { seed: 3, scale: 1.5, stream: 1 })).not.toEqual(a);
  });
});
