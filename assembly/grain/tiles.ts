// Copies vectors between the two layouts of apply.ts: contiguous, and in tiles.

import { RUN } from './tuning';

/** Copies a contiguous vector into tiles of RUN (apply.ts), 2^bits ≥ RUN. */
export function grainTiles(dg: i32, bits: i32, vector: usize, tiles: usize): void {
  const size = 1 << bits;
  for (let s = 0; s < size; s += RUN) {
    for (let a = 0; a < dg; ++a, tiles += RUN << 3) {
      memory.copy(tiles, vector + ((<usize>((a << bits) + s)) << 3), RUN << 3);
    }
  }
}

/** The inverse of grainTiles. */
export function grainUntile(dg: i32, bits: i32, tiles: usize, vector: usize): void {
  const size = 1 << bits;
  for (let s = 0; s < size; s += RUN) {
    for (let a = 0; a < dg; ++a, tiles += RUN << 3) {
      memory.copy(vector + ((<usize>((a << bits) + s)) << 3), tiles, RUN << 3);
    }
  }
}
