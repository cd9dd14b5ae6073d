// e^{−iEt} of many energies E at one time. E t is the sum of a double and its rounding error (exact.ts), and so are E t/2π and
// 1/2π, so that the phase has the accuracy of E and t however many turns it makes; whole turns are taken off exactly, and
// turn.ts does the rest.
// Range: |E t| ≤ 2^50, |E| and |t| of 0 or 1e-140 … 1e140; errors are below 2^-51.
import { productError } from './exact';
import { turnPair } from './turn';

/** 1/2π, and the rounding error of that double. */
const TURNS: f64 = 0.15915494309189535;
const TURNS_LO: f64 = -9.839338337591243e-18;

/** Writes cos E t and −sin E t of `n` energies, side by side; uses 32 bytes at `work`. */
export function phases(n: i32, energies: usize, t: f64, out: usize, work: usize): void {
  for (let i = 0; i < n; ++i) {
    const e = load<f64>(energies + ((<usize>i) << 3));
    const p = e * t;
    const turns = p * TURNS;
    const rest = productError(e, t, p) * TURNS + p * TURNS_LO + productError(p, TURNS, turns);
    turnPair(f64x2.splat(turns - nearest(turns) + rest), work, work + 16);
    const at = out + ((<usize>i) << 4);
    store<f64>(at, load<f64>(work));
    store<f64>(at, -load<f64>(work, 16), 8);
  }
}
