// A x = λ B x, A B x = λ x and B A x = λ x with D A D and D B D for diagonal D of any powers of two: LAPACK's ratios of the problem
// without D, of which the values are those times a power of two.
import type { Core, Eigh, EighOptions } from 'emft';
import { complexOf, generalizedRatios } from '../../support/lapack/generalized.js';
import { exponentOf, largest, timesPowerOfTwo, ULP } from './doubles.js';
import { LIMIT } from './examine.js';
import { draw } from './kinds.js';
import { Findings, type Room } from './room.js';
import { drawPart, everyWay, type Part, type Solve, smallOrder, spoilt } from './roomHermitian.js';

interface PencilModel {
  n: number;
  complex: boolean;
  itype: 1 | 2 | 3;
  /** Pairs, both triangles: A, and a B of low condition, without their powers of two. */
  a: Float64Array;
  b: Float64Array;
  /** Powers of two of D; of A and of B besides, even. */
  t: number[];
  ea: number;
  eb: number;
  /** A diagonal element of B that is made negative. */
  negative?: number;
  part: Part;
}

/** Smaller entries of A, beside the largest, are left out: powers of two of D would round them. */
const LEAST = 2 ** -250;

/** A pair of matrices as they are given to the core. */
function given({ n, itype, a, b, t, ea, eb, negative, complex }: PencilModel) {
  const parts = complex ? 2 : 1;
  const times = (m: Float64Array, sign: number, by: number) => {
    const whole = m.map((x, p) => {
      const [i, j] = [Math.floor(p / (2 * n)), (p >> 1) % n];
      return timesPowerOfTwo(x, sign * (t[i] + t[j]) + by);
    });
    return complex ? whole : whole.filter((_, p) => p % 2 === 0);
  };
  const [first, second] = [times(a, itype === 1 ? 1 : -1, ea), times(b, 1, eb)];
  if (negative !== undefined) second[parts * negative * (n + 1)] *= -1;
  return { first, second, parts: parts as 1 | 2 };
}

export const pencil: Room<PencilModel> = {
  draw(random) {
    const n = smallOrder(random);
    const complex = random.chance(0.5);
    const real = draw(random, n).a;
    const size = largest(real);
    const exponent = size === 0 ? 0 : exponentOf(size);
    const a = new Float64Array(2 * n * n);
    const b = new Float64Array(2 * n * n);
    const set = (m: Float64Array, i: number, j: number, re: number, im: number) => {
      m[2 * (i * n + j)] = m[2 * (j * n + i)] = re;
      m[2 * (i * n + j) + 1] = im;
      m[2 * (j * n + i) + 1] = 0 - im;
    };
    for (let i = 0; i < n; ++i) {
      for (let j = 0; j < i; ++j) {
        const x = timesPowerOfTwo(real[i * n + j], -exponent);
        const kept = Math.abs(x) < LEAST ? 0 : x;
        if (complex && (i + j) % 2 === 1) set(a, i, j, 0, kept);
        else set(a, i, j, kept, 0);
        set(b, i, j, random.signed() / (2 * n), complex ? random.signed() / (2 * n) : 0);
      }
      const x = timesPowerOfTwo(real[i * n + i], -exponent);
      a[2 * (i * n + i)] = Math.abs(x) < LEAST ? 0 : x;
      // Rows of B are dominated by the diagonal; its norm is of order 1, as in LAPACK's tests.
      b[2 * (i * n + i)] = 1 + random.uniform();
    }
    return {
      n,
      complex,
      itype: random.pick([1, 2, 3] as const),
      a,
      b,
      t: Array.from({ length: n }, () => (random.chance(0.5) ? 0 : random.integer(-180, 180))),
      ea: random.integer(-150, 150),
      eb: 2 * random.integer(-75, 75),
      negative: n > 0 && random.chance(0.1) ? random.integer(0, n - 1) : undefined,
      part: drawPart(random, n),
    };
  },
  check(core: Core, model) {
    const found = new Findings();
    const { n, complex, itype, t, ea, eb, part } = model;
    const { first, second, parts } = given(model);
    const solve: Solve = (options) => {
      const { uplo } = options;
      const [a, b] = uplo ? [first, second].map((m) => spoilt(n, m, uplo, parts)) : [first, second];
      const how: EighOptions = { ...options, b, itype };
      return complex ? core.eighComplex(a, n, how) : core.eigh(a, n, how);
    };
    if (model.negative !== undefined) {
      let message = 'nothing was thrown';
      try {
        solve({ method: 'qr' });
      } catch (error) {
        message = (error as Error).message;
      }
      found.holds('a B that is not definite', message.includes(`pivot (${model.negative}, `), message);
      return found.list;
    }
    everyWay(found, solve, { part, numbers: parts * n }, (method, { values, vectors }: Eigh, bare) => {
      const z = complex ? vectors : complexOf(vectors);
      const sign = itype === 3 ? -1 : 1;
      const plain = z.map((x, p) => timesPowerOfTwo(x, sign * (t[(p >> 1) % n] + eb / 2)));
      const power = itype === 1 ? eb - ea : -eb - ea;
      const d = values.map((x) => timesPowerOfTwo(x, power));
      const { residual, orthogonality } = generalizedRatios(itype, model.a, model.b, n, d, plain);
      found.below(`${method}, itype ${itype}: residual`, residual, LIMIT);
      found.below(`${method}, itype ${itype}: B-orthogonality`, orthogonality, LIMIT);
      const alone = bare.map((x) => timesPowerOfTwo(x, power));
      const off = largest(alone.map((x, k) => x - d[k]));
      found.below(`${method}, itype ${itype}: values alone`, off, LIMIT * ULP * n * (largest(d) + 1e-300));
    });
    return found.list;
  },
};
