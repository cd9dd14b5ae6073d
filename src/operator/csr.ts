// Sparse matrices in compressed rows.
import { ROW_PARTS } from '../wasm/constants.js';
import { type Computed, recorded } from './compute.js';
import type { CheckedCsr } from './entries.js';

/** The first row of each part, and n: parts of about equally many entries. */
function starts({ n, indptr }: CheckedCsr): Uint32Array {
  const out = new Uint32Array(ROW_PARTS + 1).fill(n);
  let row = 0;
  for (let task = 0; task < ROW_PARTS; ++task) {
    while (row < n && indptr[row] * ROW_PARTS < task * indptr[n]) row++;
    out[task] = row;
  }
  out[0] = 0;
  return out;
}

export function csrComputed(matrix: CheckedCsr): Computed {
  const { n, complex, indptr, indices, data } = matrix;
  const bytes = indptr.byteLength + indices.byteLength + data.byteLength;
  const entries = { matrix: () => matrix, factor: 1, shift: 0 };
  return recorded({ n, complex, bytes, cost: indices.length, entries }, (runtime, arena) => {
    const record = arena.bytes(runtime.wasm.csrBytes() >>> 0);
    runtime.wasm.csrOperator(
      record,
      n,
      Number(complex),
      arena.putWords(indptr),
      arena.putWords(indices),
      arena.put(data),
      ROW_PARTS,
      arena.putWords(starts(matrix)),
    );
    return record;
  });
}

/** Entry (i, j) of a matrix given whole, at i·n + j or in pairs; zeros are not kept. */
export function fromDense(a: Float64Array, n: number, complex: boolean): CheckedCsr {
  const width = complex ? 2 : 1;
  const present = (k: number) => a[width * k] !== 0 || (complex && a[2 * k + 1] !== 0);
  let count = 0;
  for (let k = 0; k < n * n; ++k) if (present(k)) count++;
  const indptr = new Uint32Array(n + 1);
  const indices = new Uint32Array(count);
  const data = new Float64Array(width * count);
  let p = 0;
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j < n; ++j) {
      const k = i * n + j;
      if (!present(k)) continue;
      indices[p] = j;
      for (let part = 0; part < width; ++part) data[width * p + part] = a[width * k + part];
      p++;
    }
    indptr[i + 1] = p;
  }
  return { n, complex, indptr, indices, data };
}
