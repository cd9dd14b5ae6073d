// Estimates how far the vectors of Lanczos' recurrence have lost their orthogonality, without computing it (H. D. Simon, Math. Comp. 42
// (1984) 115).
// Overlaps ω_j = V* v_j obey the recurrence of the vectors themselves,
//     β_j ω_{j+1} = T ω_j − α_j ω_j − β_{j−1} ω_{j−1} + rounding .
// Rounding is added with the sign that makes ω larger. As long as ω stays below the square root of an ulp, T is that of orthogonal vectors;
// ω is kept far below, so that Ritz vectors are eigenvectors without further work.
import { ULP } from '../wasm/constants.js';

/**
 * How large overlaps may grow: a multiple of the tolerance, and a least value. Residuals of Ritz vectors are a hundredth of them, relative
 * to the largest Ritz value, because what is removed to make vectors orthogonal is not in T.
 */
const [ALLOWED, LEAST_ALLOWED] = [50, 1e-12];
/** The rounding of a step, which is also the overlap that remains after a vector was made orthogonal. */
const ROUNDING = 4 * ULP;

/** T of a space: kept Ritz vectors, each with one element beside the diagonal, with the vector after them; then a band. */
export interface Arrow {
  diagonal: Float64Array;
  beside: Float64Array;
  arrow: Float64Array;
}

export class Overlaps {
  readonly #allowed: number;
  /** Overlaps of the vector behind the space and of the last one in it, with all vectors of the space and with themselves. */
  #now: Float64Array;
  #before: Float64Array;

  /** With up to `most` vectors in the space, for residuals of this size relative to |H|. */
  constructor(most: number, tolerance: number) {
    this.#allowed = Math.max(LEAST_ALLOWED, Math.min(ALLOWED * tolerance, Math.sqrt(ULP)));
    this.#now = new Float64Array(most + 1);
    this.#before = new Float64Array(most + 1);
  }

  /** Vectors j and j + 1 have just been made orthogonal to all before them and to each other. */
  clean(j: number): void {
    this.#now.fill(ROUNDING, 0, j + 1);
    this.#before.fill(ROUNDING, 0, j);
    this.#now[j + 1] = 1;
    this.#before[j] = 1;
  }

  /** Goes on to vector j + 1, with β_j = `rest`; returns whether it has to be made orthogonal to the others. */
  next({ diagonal, beside, arrow }: Arrow, j: number, rest: number, norm: number): boolean {
    const kept = arrow.length;
    const [now, before] = [this.#now, this.#before];
    const [alpha, last, noise] = [diagonal[j], beside[j - 1], ROUNDING * norm];
    let most = 0;
    // The list of the vector before is overwritten by that of the next one, element by element.
    const put = (i: number, sum: number) => {
      const x = sum - alpha * now[i] - last * before[i];
      before[i] = (x + (x < 0 ? -noise : noise)) / rest;
      most = Math.max(most, Math.abs(before[i]));
    };
    let ofArrow = 0;
    for (let i = 0; i < kept; ++i) {
      ofArrow += arrow[i] * now[i];
      put(i, diagonal[i] * now[i] + arrow[i] * now[kept]);
    }
    for (let i = kept; i < j; ++i) {
      const left = i > kept ? beside[i - 1] * now[i - 1] : ofArrow;
      put(i, left + diagonal[i] * now[i] + beside[i] * now[i + 1]);
    }
    before[j] = noise / rest;
    before[j + 1] = 1;
    [this.#now, this.#before] = [before, now];
    return !(most <= this.#allowed);
  }
}
