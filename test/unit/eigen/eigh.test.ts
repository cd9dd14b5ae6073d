// eigh: which triangle is read, and what is refused.
import { type Core, createCore, InputError } from 'emft';
import { methodNames } from 'emft/check';
import { beforeAll, describe, expect, test } from 'vitest';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});

describe('eigh', () => {
  test.each(methodNames)('%s: reads the named triangle only and leaves a alone', (method) => {
    const n = 37;
    const full = core.goe(n, { seed: 3 });
    const expected = core.eigh(full, n, { method });
    for (const uplo of ['L', 'U'] as const) {
      const half = full.slice();
      for (let i = 0; i < n; ++i) {
        for (let j = 0; j < n; ++j) if (uplo === 'L' ? j > i : j < i) half[i * n + j] = Number.NaN;
      }
      const before = half.slice();
      const { values, vectors, convergence } = core.eigh(half, n, { method, uplo });
      expect(values).toEqual(expected.values);
      expect(vectors).toEqual(expected.vectors);
      expect(half).toEqual(before);
      expect(convergence.converged).toBe(true);
    }
  });

  test('names what is wrong, and the next call is unharmed', () => {
    const a = Float64Array.of(2, 1, 1, 2);
    const bad: [() => unknown, RegExp][] = [
      [() => core.eigh('1' as never, 1), /a: expected n\*n numbers, got "1"/],
      [() => core.eigh(a, 3), /a: expected n\*n = 9 elements, got 4/],
      [() => core.eigh(a, 2.5), /n: expected a whole number/],
      [() => core.eigh(a, -1), /n: expected a whole number ≥ 0/],
      [() => core.eigh(new Float64Array(0), 60_000), /n: order 60000 needs \d+ MiB/],
      [() => core.eigh(Float64Array.of(1, 2, Number.NaN, 1), 2), /a: entry \(1, 0\) is NaN/],
      [() => core.eigh(a, 2, { method: 'lu' as 'qr' }), /options\.method: expected one of/],
      [() => core.eigh(a, 2, { vector: true } as never), /options\.vector: unknown option/],
    ];
    for (const [call, message] of bad) {
      expect(call).toThrow(InputError);
      expect(call).toThrow(message);
      expect(Array.from(core.eigh(a, 2).values)).toEqual([expect.closeTo(1, 15), expect.closeTo(3, 15)]);
    }
  });
});
