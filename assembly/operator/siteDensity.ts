// Reduced density matrices of one or two spins ½ of a state in the whole space: ρ_ab = Σ ψ(a, rest) ψ(b, rest)*,
// summed over the configurations of the other sites in ascending order. An amplitude is a double, or with `width` 2 a pair. Bit i of a configuration is site i.
// Range: as plain products and sums, for a state of length about 1.

/** x with a 0 inserted at a bit. */
@inline
function spread(x: u32, place: u32): u32 {
  const below = x & ((1 << place) - 1);
  return ((x ^ below) << 1) | below;
}

/** out ← out + ψ(a) ψ(b)* for a and b of `count` configurations, in pairs, row a. */
@inline
function add(count: i32, width: i32, psi: usize, base: u32, first: u32, second: u32, out: usize): void {
  for (let a = 0; a < count; ++a) {
    const s = base | (a & 1 ? first : 0) | (a & 2 ? second : 0);
    const p = psi + ((<usize>s * <usize>width) << 3);
    const re = load<f64>(p);
    const im = width == 2 ? load<f64>(p, 8) : 0;
    for (let b = 0; b < count; ++b) {
      const t = base | (b & 1 ? first : 0) | (b & 2 ? second : 0);
      const q = psi + ((<usize>t * <usize>width) << 3);
      const x = load<f64>(q);
      const y = width == 2 ? load<f64>(q, 8) : 0;
      const at = out + ((<usize>(a * count + b)) << 4);
      store<f64>(at, load<f64>(at) + (re * x + im * y));
      store<f64>(at, load<f64>(at, 8) + (im * x - re * y), 8);
    }
  }
}

/**
 * ρ of sites i and j in pairs, row by row, to `out`: bit 0 of a row or column is site i, bit 1 site j; with j = i the 2 × 2
 * matrix of one site.
 */
export function siteDensity(sites: i32, width: i32, psi: usize, i: i32, j: i32, out: usize): void {
  const one = i == j;
  const count = one ? 2 : 4;
  memory.fill(out, 0, (<usize>(count * count)) << 4);
  const low = min(i, j);
  const high = max(i, j);
  const rest: u32 = 1 << (sites - (one ? 1 : 2));
  for (let r: u32 = 0; r < rest; ++r) {
    const opened = spread(r, low);
    const base = one ? opened : spread(opened, high);
    add(count, width, psi, base, 1 << i, one ? 0 : 1 << j, out);
  }
}
