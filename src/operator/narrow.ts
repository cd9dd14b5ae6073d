// Sparse matrices reordered so that their entries lie near the diagonal: reverse Cuthill–McKee (E. Cuthill and J. McKee, Proc. 24th
// ACM Conf. (1969) 157), each part of the graph from a vertex at its end.
import { timesPowerOfTwo } from '../wasm/magnitude.js';
import type { CheckedCsr } from './entries.js';

/** A real symmetric matrix of `n` rows, entries within `width` of the diagonal. */
export interface Band {
  n: number;
  width: number;
  indptr: Uint32Array;
  indices: Uint32Array;
  data: Float64Array;
}

/** How often at most a vertex farther away is looked for. */
const LOOKS = 4;

/** Vertices in order, each part of the graph after the others. */
function order({ n, indptr, indices }: CheckedCsr): Uint32Array {
  const degree = (i: number) => indptr[i + 1] - indptr[i];
  const out = new Uint32Array(n);
  const seen = new Int32Array(n).fill(-1);
  let mark = 0;
  /** All that are joined to `root`, nearest first, from `from` on in `out`; where the last of them end. */
  const spread = (root: number, from: number): { end: number; depth: number } => {
    mark++;
    let [at, end, depth] = [from, from + 1, 0];
    out[from] = root;
    seen[root] = mark;
    while (at < end) {
      for (const layer = end; at < layer; ++at) {
        const first = end;
        for (let p = indptr[out[at]]; p < indptr[out[at] + 1]; ++p) {
          const j = indices[p];
          if (seen[j] === mark) continue;
          seen[j] = mark;
          out[end++] = j;
        }
        if (end > first + 1) out.subarray(first, end).sort((a, b) => degree(a) - degree(b) || a - b);
      }
      depth++;
    }
    return { end, depth };
  };
  let done = 0;
  for (let i = 0; i < n; ++i) {
    if (seen[i] >= 0) continue;
    let { end, depth } = spread(i, done);
    for (let look = 0; look < LOOKS; ++look) {
      const farther = spread(out[end - 1], done);
      if (farther.depth <= depth && look > 0) break;
      ({ end, depth } = farther);
    }
    done = end;
  }
  return out.reverse();
}

/** The width that a matrix has in this order. */
function widthOf({ n, indptr, indices }: CheckedCsr, place: Uint32Array): number {
  let width = 0;
  for (let i = 0; i < n; ++i) {
    for (let p = indptr[i]; p < indptr[i + 1]; ++p) {
      width = Math.max(width, Math.abs(place[i] - place[indices[p]]));
    }
  }
  return width;
}

/** The new place of each row, and the width of the matrix then; rows stay where they are if the matrix becomes no narrower. */
export function narrow(matrix: CheckedCsr): { place: Uint32Array; width: number } {
  const { n } = matrix;
  const plain = Uint32Array.from({ length: n }, (_, i) => i);
  const given = widthOf(matrix, plain);
  const place = new Uint32Array(n);
  order(matrix).forEach((i, k) => {
    place[i] = k;
  });
  const width = widthOf(matrix, place);
  return width < given ? { place, width } : { place: plain, width: given };
}

/**
 * The matrix times 2^`exponent`, with rows and columns in their new places. Complex entries a + ib become squares [[a, −b], [b, a]], so that
 * every eigenvalue is there twice.
 */
export function banded(matrix: CheckedCsr, exponent: number, place: Uint32Array, width: number): Band {
  const { n, complex, indptr, indices, data } = matrix;
  const pairs = complex ? 2 : 1;
  const from = new Uint32Array(n);
  for (let i = 0; i < n; ++i) from[place[i]] = i;
  const band: Band = {
    n: pairs * n,
    width: pairs * width + pairs - 1,
    indptr: new Uint32Array(pairs * n + 1),
    indices: new Uint32Array(pairs * pairs * indices.length),
    data: new Float64Array(pairs * pairs * indices.length),
  };
  let q = 0;
  for (let row = 0; row < n; ++row) {
    const i = from[row];
    for (let part = 0; part < pairs; ++part) {
      for (let p = indptr[i]; p < indptr[i + 1]; ++p) {
        const column = pairs * place[indices[p]];
        if (!complex) {
          band.indices[q] = column;
          band.data[q++] = timesPowerOfTwo(data[p], exponent);
          continue;
        }
        const re = timesPowerOfTwo(data[2 * p], exponent);
        const im = timesPowerOfTwo(data[2 * p + 1], exponent);
        band.indices[q] = column;
        band.indices[q + 1] = column + 1;
        band.data[q] = part === 0 ? re : im;
        band.data[q + 1] = part === 0 ? 0 - im : re;
        q += 2;
      }
      band.indptr[pairs * row + part + 1] = q;
    }
  }
  return band;
}
