// How far vectors of Lanczos' recurrence have lost their orthogonality, without looking (H. D. Simon, Math. Comp. 42 (1984) 115).
// Overlaps ω_j = V* v_j obey the recurrence of the vectors themselves,
//     β_j ω_{j+1} = T ω_j − α_j ω_j − β_{j−1} ω_{j−1} + rounding ,
// and those with a locked eigenvector of eigenvalue λ and residual r
//     β_j ω_{j+1} = (λ − α_j) ω_j − β_{j−1} ω_{j−1} + r + rounding .
// Rounding is put in with the sign that makes it worse. As long as ω stays below the root of an ulp T is what orthogonal vectors
// would have made; it is kept far below, so that Ritz vectors are eigenvectors as they are.
import { ULP } from '../wasm/constants.js';

/**
 * Overlaps that are let grow, of the tolerance and no less: residuals of Ritz vectors are a hundredth of them, relative to the
 * largest, because what is taken away when vectors are made orthogonal is not in T.
 */
const [ALLOWED, LEAST] = [50, 1e-12];
/** Of the residual of locked vectors: overlaps with them mean no more than that. */
const OF_RESIDUAL = 32;
/** What a step rounds to, and what is left by making orthogonal. */
const ROUNDS = 4 * ULP;

/** T of a space: kept Ritz vectors, each with one element beside the diagonal, with the vector after them; then a band. */
export interface Arrow {
  diagonal: Float64Array;
  beside: Float64Array;
  arrow: Float64Array;
}

export class Overlaps {
  readonly #locked: Float64Array;
  readonly #residual: number;
  readonly #allowed: number;
  /** Of the vector behind the space and of the last one in it: with locked vectors first, then with the space and themselves. */
  #now: Float64Array;
  #before: Float64Array;

  /**
   * With locked vectors of these eigenvalues, whose residuals are at most so large, and up to `most` in the space, for residuals of
   * this size relative to |H|.
   */
  constructor(locked: Float64Array, residual: number, most: number, tolerance: number) {
    this.#allowed = Math.max(LEAST, Math.min(ALLOWED * tolerance, Math.sqrt(ULP)));
    this.#locked = locked;
    this.#residual = residual;
    this.#now = new Float64Array(locked.length + most + 1);
    this.#before = new Float64Array(locked.length + most + 1);
  }

  /** Vectors j and j + 1 have just been made orthogonal to all before them and to each other. */
  clean(j: number): void {
    const own = this.#locked.length + j;
    this.#now.fill(ROUNDS, 0, own + 1);
    this.#before.fill(ROUNDS, 0, own);
    this.#now[own + 1] = 1;
    this.#before[own] = 1;
  }

  /** They have been made orthogonal to the locked ones. */
  cleanLocked(): void {
    this.#now.fill(ROUNDS, 0, this.#locked.length);
    this.#before.fill(ROUNDS, 0, this.#locked.length);
  }

  /** Goes on to vector j + 1, β_j = `rest`; whether it has to be made orthogonal, to the locked ones alone or to all. */
  next({ diagonal, beside, arrow }: Arrow, j: number, rest: number, norm: number): 'locked' | 'all' | null {
    const locked = this.#locked.length;
    const kept = arrow.length;
    const [now, before] = [this.#now, this.#before];
    const [alpha, last, noise] = [diagonal[j], beside[j - 1], ROUNDS * norm];
    // What was `before` becomes the new one, element by element.
    const put = (i: number, sum: number, rounding: number) => {
      const x = sum - alpha * now[i] - last * before[i];
      before[i] = (x + (x < 0 ? -rounding : rounding)) / rest;
      return Math.abs(before[i]);
    };
    let [most, ofLocked, ofArrow] = [0, 0, 0];
    for (let i = 0; i < locked; ++i)
      ofLocked = Math.max(ofLocked, put(i, this.#locked[i] * now[i], noise + this.#residual));
    for (let i = 0, at = locked; i < kept; ++i, ++at) {
      ofArrow += arrow[i] * now[at];
      most = Math.max(most, put(at, diagonal[i] * now[at] + arrow[i] * now[locked + kept], noise));
    }
    for (let i = kept, at = locked + kept; i < j; ++i, ++at) {
      const left = i > kept ? beside[i - 1] * now[at - 1] : ofArrow;
      most = Math.max(most, put(at, left + diagonal[i] * now[at] + beside[i] * now[at + 1], noise));
    }
    before[locked + j] = noise / rest;
    before[locked + j + 1] = 1;
    [this.#now, this.#before] = [before, now];
    if (most > this.#allowed) return 'all';
    return ofLocked > Math.max(this.#allowed, (OF_RESIDUAL * this.#residual) / rest) ? 'locked' : null;
  }
}
