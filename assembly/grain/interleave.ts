// Vectors between the two layouts of a block: one after another, or with the vector index fastest as grainApply takes them
// (element (a, s, j) at a ld + s p + j, see apply.ts).

/** Copies p = 2^lgp contiguous vectors (column k at k D) into a padded block with the vector index fastest. */
export function grainInterleave(dg: i32, bits: i32, lgp: i32, columns: usize, block: usize, ld: i32): void {
  const p = 1 << lgp;
  const size = 1 << bits;
  const stride = ((<usize>dg) << bits) << 3;
  for (let a = 0; a < dg; ++a) {
    for (let s = 0; s < size; ++s) {
      const from = columns + ((<usize>((a << bits) + s)) << 3);
      const to = block + ((<usize>(a * ld + (s << lgp))) << 3);
      for (let j = 0; j < p; ++j) store<f64>(to + ((<usize>j) << 3), load<f64>(from + <usize>j * stride));
    }
  }
}

/** The inverse of grainInterleave. */
export function grainDeinterleave(dg: i32, bits: i32, lgp: i32, block: usize, ld: i32, columns: usize): void {
  const p = 1 << lgp;
  const size = 1 << bits;
  const stride = ((<usize>dg) << bits) << 3;
  for (let a = 0; a < dg; ++a) {
    for (let s = 0; s < size; ++s) {
      const to = columns + ((<usize>((a << bits) + s)) << 3);
      const from = block + ((<usize>(a * ld + (s << lgp))) << 3);
      for (let j = 0; j < p; ++j) store<f64>(to + <usize>j * stride, load<f64>(from + ((<usize>j) << 3)));
    }
  }
}
