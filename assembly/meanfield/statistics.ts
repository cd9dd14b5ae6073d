// Level statistics of the grain; src/wasm/constants.ts has the numbers.

export const GOE: i32 = 0;
export const GUE: i32 = 1;
export const POISSON: i32 = 2;
