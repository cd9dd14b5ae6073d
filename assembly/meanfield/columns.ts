// Columns of n doubles that functions of this room write; src/wasm/constants.ts has the numbers.

// Columns of responseFit, the first RESPONSES of responseQuadrature.
export const ETA: i32 = 0;
export const ENTROPY: i32 = 1;
export const CZZ: i32 = 2;
export const RESPONSES: i32 = 3;

// Columns of responseComplementsFit, those of responseQuadrature behind its responses: log 2 − η, log 2 − [S], 1 − Czz and
// dη/d log g.
export const ETA_COMPLEMENT: i32 = 0;
export const ENTROPY_COMPLEMENT: i32 = 1;
export const CZZ_COMPLEMENT: i32 = 2;
export const ETA_SLOPE: i32 = 3;
export const COMPLEMENTS: i32 = 4;

// Columns of mixingVector: P, Q = 1 − P, S and the polarization c.
export const POPULATION: i32 = 0;
export const OTHER_POPULATION: i32 = 1;
export const MIXING_ENTROPY: i32 = 2;
export const POLARIZATION: i32 = 3;
export const MIXING_COLUMNS: i32 = 4;

// Columns of distributionVector: p̃(x), P(X ≤ x) and P(X > x).
export const DENSITY: i32 = 0;
export const BELOW: i32 = 1;
export const ABOVE: i32 = 2;
export const DISTRIBUTION_COLUMNS: i32 = 3;

/** Writes a double to a column of n doubles; `out` is the address of the row in the first column. */
@inline
export function put(out: usize, n: i32, column: i32, value: f64): void {
  store<f64>(out + ((<usize>n * column) << 3), value);
}
