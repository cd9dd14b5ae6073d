// How rows or columns are cut into parts, one for each thread of a team.

/** Where part t of `parts` of n begins, a multiple of 4, so that the tiles of a product stay whole; n for t = parts. */
export function partStart(n: i32, t: i32, parts: i32): i32 {
  return t >= parts ? n : <i32>((<i64>n * t) / parts) & ~3;
}
