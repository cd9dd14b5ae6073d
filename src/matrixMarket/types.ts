// What a text in the Matrix Market format is read into.

/** A sparse Hermitian matrix in compressed rows, both triangles, as `core.csr` takes it. */
export interface SparseMatrix {
  /** Order. */
  n: number;
  /** Whether entries are complex. */
  complex: boolean;
  /** n + 1 numbers: the entries of row i are at indptr[i] … indptr[i + 1] − 1. */
  indptr: Uint32Array;
  /** Columns of the entries, ascending in each row. */
  indices: Uint32Array;
  /** The entries; of a complex matrix two numbers each, real and imaginary part. */
  data: Float64Array;
}

/** A matrix in full, as a file has it. */
export interface MarketMatrix {
  /** Whether elements are complex. */
  kind: 'real' | 'complex';
  /** Order. */
  n: number;
  /** Element (i, j) at i + n j, in pairs if complex. */
  a: Float64Array;
  /** Differences between (i, j) and (j, i) up to this, relative to the largest element, count as rounding. */
  tolerance: number;
}
