// Vectors of a symmetry sector in the whole space. The state of a configuration r is (|G| S_r)^-½ Σ_g χ(g)* g|r⟩ (sector.ts),
// a sum in which every g r occurs S_r times, so that
//     ⟨g r|ψ⟩ = χ(g)* (S_r/|G|)^½ x_r   and, back,   x_r = (|G| S_r)^-½ Σ_g χ(g) ⟨g r|ψ⟩ .
// A call handles one element g and the configurations `from` … `from` + `window` − 1. Vectors are columns of doubles, or with `pairs` of
// complex numbers: `count` amplitudes in a column of x, `window` in one of ψ. Range: as plain products and sums.
import { Element, image } from './sector';

/** The factors of `count` states: (S_r/|G|)^½, or with `back` (|G| S_r)^-½. */
export function sectorNorms(count: i32, order: i32, back: bool, stabilizers: usize, norms: usize): void {
  const all = <f64>order;
  for (let i = 0; i < count; ++i) {
    const fixed = <f64>load<u32>(stabilizers + ((<usize>i) << 2));
    store<f64>(norms + ((<usize>i) << 3), back ? 1 / Math.sqrt(fixed * all) : Math.sqrt(fixed / all));
  }
}

/** Writes what one element contributes to ψ. */
export function sectorEmbed(
  columns: i32,
  pairs: bool,
  element: usize,
  count: i32,
  states: usize,
  norms: usize,
  from: u32,
  window: u32,
  x: usize,
  psi: usize,
): void {
  move(false, columns, pairs, element, count, states, norms, from, window, x, psi);
}

/** Adds to x what one element contributes from ψ. */
export function sectorProject(
  columns: i32,
  pairs: bool,
  element: usize,
  count: i32,
  states: usize,
  norms: usize,
  from: u32,
  window: u32,
  x: usize,
  psi: usize,
): void {
  move(true, columns, pairs, element, count, states, norms, from, window, x, psi);
}

@inline
function move(
  back: bool,
  columns: i32,
  pairs: bool,
  element: usize,
  count: i32,
  states: usize,
  norms: usize,
  from: u32,
  window: u32,
  x: usize,
  psi: usize,
): void {
  const re = changetype<Element>(element).re;
  const im = changetype<Element>(element).im;
  const shift = <usize>(3 + i32(pairs));
  for (let i = 0; i < count; ++i) {
    const place = image(element, load<u32>(states + ((<usize>i) << 2))) - from;
    if (place >= window) continue;
    const norm = load<f64>(norms + ((<usize>i) << 3));
    let inside = x + ((<usize>i) << shift);
    let outside = psi + ((<usize>place) << shift);
    for (let k = 0; k < columns; ++k) {
      if (back) project(pairs, norm * re, norm * im, outside, inside);
      else embed(pairs, norm, re, im, inside, outside);
      inside += (<usize>count) << shift;
      outside += (<usize>window) << shift;
    }
  }
}

/** One amplitude of ψ ← norm χ(g)* x. */
@inline
function embed(pairs: bool, norm: f64, re: f64, im: f64, x: usize, out: usize): void {
  const a = load<f64>(x);
  if (!pairs) {
    store<f64>(out, norm * re * a);
    return;
  }
  const b = load<f64>(x, 8);
  store<f64>(out, norm * (re * a + im * b));
  store<f64>(out, norm * (re * b - im * a), 8);
}

/** One amplitude of x ← x + (c + i d) ψ. */
@inline
function project(pairs: bool, c: f64, d: f64, psi: usize, out: usize): void {
  const a = load<f64>(psi);
  if (!pairs) {
    store<f64>(out, load<f64>(out) + c * a);
    return;
  }
  const b = load<f64>(psi, 8);
  store<f64>(out, load<f64>(out) + (c * a - d * b));
  store<f64>(out, load<f64>(out, 8) + (c * b + d * a), 8);
}
