// Tridiagonal and band matrices: diagonals of matrices of every kind, against the ratios of the whole matrix.
import type { Core } from 'emft';
import { sameBits } from './doubles.js';
import { LIMIT } from './examine.js';
import { draw } from './kinds.js';
import { ratios, scaledCopy, valuesRatio } from './ratios.js';
import { Findings, type Room } from './room.js';
import { drawPart, everyWay, type Part, type Solve, smallOrder } from './roomHermitian.js';

interface Band {
  n: number;
  width: number;
  /** Zero outside of the band. */
  a: Float64Array;
  part: Part;
}

/** The diagonals in rows, as scipy's eig_banded takes them; what lies outside of the matrix is spoilt. */
function rows({ n, width, a }: Band, uplo: 'L' | 'U'): Float64Array {
  const ab = new Float64Array((width + 1) * n).fill(Number.NaN);
  for (let r = 0; r <= width; ++r) {
    for (let j = 0; j < n - r; ++j) {
      const x = a[(j + r) * n + j];
      if (uplo === 'L') ab[r * n + j] = x;
      else ab[(width - r) * n + j + r] = x;
    }
  }
  return ab;
}

export const band: Room<Band> = {
  draw(random) {
    const n = smallOrder(random);
    const most = Math.max(0, n - 1);
    const width = Math.min(most, random.pick([1, 1, 2, 3, random.integer(0, most)]));
    const { a } = draw(random, n);
    for (let p = 0; p < a.length; ++p) if (Math.abs(Math.floor(p / n) - (p % n)) > width) a[p] = 0;
    return { n, width, a, part: drawPart(random, n) };
  },
  check(core: Core, model) {
    const found = new Findings();
    const { n, width, a, part } = model;
    const scaled = scaledCopy(a, n);
    const solve: Solve = ({ b: _b, itype: _itype, ...options }) =>
      core.eighBanded(rows(model, options.uplo ?? 'L'), n, width, options);
    everyWay(found, solve, { part, numbers: n }, (method, { values, vectors }, bare) => {
      if (scaled.exponent + Math.log2(scaled.norm || 1) > 1023.9) return;
      const { residual, orthogonality } = ratios(scaled, values, vectors);
      found.below(`${method}: residual`, residual, LIMIT);
      found.below(`${method}: orthogonality`, orthogonality, LIMIT);
      found.below(`${method}: values alone`, valuesRatio(scaled, values, bare), LIMIT);
      if (width !== 1) return;
      const beside = Float64Array.from({ length: n - 1 }, (_, i) => a[(i + 1) * n + i]);
      const diagonal = Float64Array.from({ length: n }, (_, i) => a[i * n + i]);
      const other = core.eighTridiagonal(diagonal, beside, { method });
      const same = sameBits(other.values, values) && sameBits(other.vectors, vectors);
      found.holds(`${method}: other bits of eighTridiagonal`, same, '');
    });
    return found.list;
  },
};
