// Matrices of order 3 to 6 are rotated in lanes: one that is given up there is decomposed another way, which nobody would notice.
import { createCore } from 'emft';
import { expect, test } from 'vitest';

test('rotations of orders 3 to 6 meet every plane, so that some sweeps are enough', async () => {
  const core = await createCore();
  for (const n of [3, 4, 5, 6]) {
    for (let seed = 1; seed <= 50; ++seed) {
      const { iterations } = core.eigh(core.goe(n, { seed }), n).convergence;
      expect(iterations, `order ${n}, seed ${seed}`).toBeLessThanOrEqual(7);
      expect(iterations, `order ${n}, seed ${seed}`).toBeGreaterThan(1);
    }
  }
  core.dispose();
});
