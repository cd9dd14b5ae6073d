// What a text in the Matrix Market format is read into.

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
