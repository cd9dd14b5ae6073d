// The cosine whose bits are the same on every host, against that of the host.
import { expect, test } from 'vitest';
import { cosineOfTurns } from '../../../cli/src/common/cosine.js';

test('it is the cosine to rounding, in all quarters of a turn', () => {
  for (let k = -64; k <= 64; ++k) {
    const x = k / 32 + 1 / 97;
    expect(Math.abs(cosineOfTurns(x) - Math.cos(2 * Math.PI * x))).toBeLessThan(3e-15);
  }
  expect([0, 0.5, 1, 1e9].map(cosineOfTurns)).toEqual([1, -1, 1, 1]);
  expect(Math.abs(cosineOfTurns(0.25))).toBeLessThan(3e-16);
  expect(cosineOfTurns(1e6 + 1 / 3)).toBeCloseTo(-0.5, 9);
});
