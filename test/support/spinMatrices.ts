// The operators of one spin ½, written out.

/** S^a in the basis up, down: rows of pairs, real and imaginary part. */
export const MATRICES: Record<string, [number, number][][]> = {
  x: [
    [
      [0, 0],
      [0.5, 0],
    ],
    [
      [0.5, 0],
      [0, 0],
    ],
  ],
  y: [
    [
      [0, 0],
      [0, -0.5],
    ],
    [
      [0, 0.5],
      [0, 0],
    ],
  ],
  z: [
    [
      [0.5, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [-0.5, 0],
    ],
  ],
  '+': [
    [
      [0, 0],
      [1, 0],
    ],
    [
      [0, 0],
      [0, 0],
    ],
  ],
  '-': [
    [
      [0, 0],
      [0, 0],
    ],
    [
      [1, 0],
      [0, 0],
    ],
  ],
};
