// How far vectors of Lanczos' recurrence have lost their orthogonality, without looking (H. D. Simon, Math. Comp. 42 (1984) 115).
// Overlaps ω_j = V* v_j obey the recurrence of the vectors themselves,
//     β_j ω_{j+1} = T ω_j − α_j ω_j − β_{j−1} ω_{j−1} + rounding .
// Rounding is put in with the sign that makes it worse. As long as ω stays below the root of an ulp T is what orthogonal vectors
// would have made; it is kept far below, so that Ritz vectors are eigenvectors as they are.
import { ULP } from '../wasm/constants.js';

/**
 * Overlaps that are let grow, of the tolerance and no less: residuals of Ritz vectors are a hundredth of them, relative to the
 * largest, because what is taken away when vectors are made orthogonal is not in T.
 */
const [ALLOWED, LEAST] = [50, 1e-12];
/** The rounding of a step, and the overlaps that are left when a vector has been made orthogonal. */
const ROUNDS = 4 * ULP;

/** T of a space: kept Ritz vectors, each with one element beside the diagonal, with the vector after them; then a band. */
export interface Arrow {
  diagonal: Float64Array;
  beside: Float64Array;
  arrow: Float64Array;
}

export class Overlaps {
  readonly #allowed: number;
  /** Of the vector behind the space and of the last one in it: with the space and with themselves. */
  #now: Float64Array;
  #before: Float64Array;

  /** With up to `most` vectors in the space, for residuals of this size relative to |H|. */
  constructor(most: number, tolerance: number) {
    this.#allowed = Math.max(LEAST, Math.min(ALLOWED * tolerance, Math.sqrt(ULP)));
    this.#now = new Float64Array(most + 1);
    this.#before = new Float64Array(most + 1);
  }

  /** Vectors j and j + 1 have just been made orthogonal to all before them and to each other. */
  clean(j: number): void {
    this.#now.fill(ROUNDS, 0, j + 1);
    this.#before.fill(ROUNDS, 0, j);
    this.#now[j + 1] = 1;
    this.#before[j] = 1;
  }

  /** Goes on to vector j + 1, β_j = `rest`; whether it has to be made orthogonal to the others. */
  next({ diagonal, beside, arrow }: Arrow, j: number, rest: number, norm: number): boolean {
    const kept = arrow.length;
    const [now, before] = [this.#now, this.#before];
    const [alpha, last, noise] = [diagonal[j], beside[j - 1], ROUNDS * norm];
    let most = 0;
    // What was `before` becomes the new one, element by element.
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
