// Elements of vectors of doubles and of 32-bit integers, by their index. Nothing is computed, so there is no range.

@inline
export function get(x: usize, i: i32): f64 {
  return load<f64>(x + ((<usize>i) << 3));
}

@inline
export function set(x: usize, i: i32, value: f64): void {
  store<f64>(x + ((<usize>i) << 3), value);
}

@inline
export function getInteger(x: usize, i: i32): i32 {
  return load<i32>(x + ((<usize>i) << 2));
}

@inline
export function setInteger(x: usize, i: i32, value: i32): void {
  store<i32>(x + ((<usize>i) << 2), value);
}
