// decompositionRatios of A x = λ B x, A B x = λ x and B A x = λ x: LAPACK's ratios, whose error is known.
import { createCore } from 'emft';
import { decompositionRatios } from 'emft/accuracy';
import { expect, test } from 'vitest';
import {
  complexOf,
  definiteMatrix,
  generalizedRatios,
  norm,
  realOf,
} from '../../support/lapack/generalized.js';
import { hermitianMatrix } from '../../support/lapack/hermitian.js';

test.each([1, 2, 3] as const)(
  'of pencils of itype %i, real and complex, and with a changed digit',
  async (itype) => {
    const core = await createCore();
    const n = 17;
    for (const complex of [false, true]) {
      const part = (x: Float64Array) => (complex ? x : realOf(x));
      const wide = (x: Float64Array) => (complex ? x : complexOf(x));
      const whole = hermitianMatrix(core, 9, n);
      const a = complex ? whole : core.goe(n, { seed: 2 });
      const b = part(definiteMatrix(core, n, 100, complex));
      const options = { b, itype };
      const { values, vectors } = complex ? core.eighComplex(a, n, options) : core.eigh(a, n, options);
      const size = { b: norm(wide(b), n), z: norm(wide(vectors), n) };
      for (const change of [0, 1e-9]) {
        vectors[4] += change;
        const got = decompositionRatios(a, n, values, vectors, { complex, ...options });
        const known = generalizedRatios(itype, wide(a), wide(b), n, values, wide(vectors));
        // Without a change both are rounding of their own; of two products with a matrix there is more.
        const allowed = change ? 1e-3 : itype === 1 ? 0.3 : 0.5;
        expect(Math.abs(got.residual / known.residual - 1)).toBeLessThan(allowed);
        expect(Math.abs(got.backward! / known.backward - 1)).toBeLessThan(allowed);
        if (itype < 3) {
          const orthogonality = known.orthogonality / (size.b * size.z * size.z);
          expect(Math.abs(got.orthogonality / orthogonality - 1)).toBeLessThan(allowed);
        }
        if (change) expect(Math.min(got.residual, got.orthogonality)).toBeGreaterThan(100);
        else expect(Math.max(got.residual, got.orthogonality)).toBeLessThan(3);
      }
      // Twice as long a vector is not normalized, of all of them and of some.
      for (const count of [n, 5]) {
        const some = vectors.slice(0, (vectors.length / n) * count);
        const judge = () => decompositionRatios(a, n, values.slice(0, count), some, { complex, ...options });
        some[4] -= 1e-9;
        expect(judge().orthogonality).toBeLessThan(3);
        some.set(some.subarray(0, some.length / count).map((x) => 2 * x));
        expect(judge().orthogonality).toBeGreaterThan(1e10);
        expect(judge().residual).toBeLessThan(3);
      }
    }
    core.dispose();
  },
);

test('of B of condition 1e10: the residual of itype 1 grows with it, what it is measured by does not', async () => {
  const core = await createCore();
  const n = 20;
  const a = core.goe(n, { seed: 2 });
  const b = realOf(definiteMatrix(core, n, 1e10, false));
  for (const itype of [1, 2, 3] as const) {
    const { values, vectors } = core.eigh(a, n, { b, itype });
    const { residual, orthogonality, backward } = decompositionRatios(a, n, values, vectors, { b, itype });
    expect(orthogonality).toBeLessThan(3);
    expect(backward).toBeLessThan(3);
    if (itype > 1) expect(residual).toBeLessThan(3);
    else expect(residual).toBeGreaterThan(1e4);
  }
  core.dispose();
});

test('of a large B of itype 2 and 3 the residual is as large, what it is measured by is not', async () => {
  const core = await createCore();
  const n = 20;
  const a = core.goe(n, { seed: 2 });
  for (const power of [-200, 200]) {
    const b = realOf(definiteMatrix(core, n, 10, false)).map((x) => x * 2 ** power);
    for (const itype of [1, 2, 3] as const) {
      const { values, vectors } = core.eigh(a, n, { b, itype });
      const { residual, orthogonality, backward } = decompositionRatios(a, n, values, vectors, { b, itype });
      expect(orthogonality).toBeLessThan(3);
      expect(backward).toBeLessThan(3);
      expect(backward).toBeGreaterThan(1e-4);
      if (itype > 1) expect(residual / 2 ** power).toBeLessThan(30);
      vectors[3] *= 1 + 1e-9;
      const changed = decompositionRatios(a, n, values, vectors, { b, itype });
      expect(changed.backward).toBeGreaterThan(100);
    }
  }
  core.dispose();
});
