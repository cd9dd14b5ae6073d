// Level statistics: of the grain in the mean field, and as a reference for levels that were found.

export const GOE: i32 = 0;
export const GUE: i32 = 1;
export const POISSON: i32 = 2;
export const GSE: i32 = 3;
