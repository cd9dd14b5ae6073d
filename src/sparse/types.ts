// Sparse matrices, and the lists of entries that they are made of.

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

/** Entries in any order, several at one place too. */
export interface Triplets {
  n: number;
  complex: boolean;
  rows: Uint32Array;
  columns: Uint32Array;
  data: Float64Array;
}
