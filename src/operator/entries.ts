// Entries of operators, where they are known.

/** A sparse matrix in compressed rows as it is computed with: typed arrays, checked. */
export interface CheckedCsr {
  n: number;
  complex: boolean;
  indptr: Uint32Array;
  indices: Uint32Array;
  data: Float64Array;
}

/** H = factor · matrix + shift. */
export interface Entries {
  matrix: CheckedCsr;
  factor: number;
  shift: number;
}
