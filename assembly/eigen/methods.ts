// Methods of the drivers of this room.

export const METHOD_QR: i32 = 0;
export const METHOD_JACOBI: i32 = 1;
export const METHOD_DC: i32 = 2;
