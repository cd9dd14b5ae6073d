// Standard normal deviates: r cos 2πv and r sin 2πv with r = √(−2 log u) are independent and normal for u, v
// uniform. G. E. P. Box, M. E. Muller, Ann. Math. Stat. 29, 610 (1958). One Philox block gives one pair.
import { TWO_PI } from '../numeric/constants';
import { philox4x32 } from './philox';
import { toOpenUnit } from './uniform';

/** Bytes of workspace of `normals`. */
export function normalsWorkspace(): i32 {
  return 32;
}

/** sin x for |x| ≤ π/4: the Taylor series, whose next term is below 4e-19 there. */
@inline
function sinSeries(x: f64): f64 {
  const z = x * x;
  let p: f64 = 1.0 / 355687428096000.0;
  p = p * z - 1.0 / 1307674368000.0;
  p = p * z + 1.0 / 6227020800.0;
  p = p * z - 1.0 / 39916800.0;
  p = p * z + 1.0 / 362880.0;
  p = p * z - 1.0 / 5040.0;
  p = p * z + 1.0 / 120.0;
  p = p * z - 1.0 / 6.0;
  return x + x * (z * p);
}

/** cos x for |x| ≤ π/4: the Taylor series, whose next term is below 7e-18 there. */
@inline
function cosSeries(x: f64): f64 {
  const z = x * x;
  let p: f64 = 1.0 / 20922789888000.0;
  p = p * z - 1.0 / 87178291200.0;
  p = p * z + 1.0 / 479001600.0;
  p = p * z - 1.0 / 3628800.0;
  p = p * z + 1.0 / 40320.0;
  p = p * z - 1.0 / 720.0;
  p = p * z + 1.0 / 24.0;
  p = p * z - 0.5;
  return 1.0 + z * p;
}

/**
 * Writes cos 2πv and sin 2πv, v in [0, 1), to `out`: v is reduced to a quarter turn exactly. The last bits of turn.ts are others, so
 * that with it every seed would give other numbers.
 */
export function cosSinTurn(v: f64, out: usize): void {
  const quarter = nearest<f64>(4.0 * v);
  const x = (v - 0.25 * quarter) * TWO_PI;
  const c = cosSeries(x);
  const s = sinSeries(x);
  const q = <i32>quarter & 3;
  store<f64>(out, q == 0 ? c : q == 1 ? -s : q == 2 ? -c : s);
  store<f64>(out, q == 0 ? s : q == 1 ? c : q == 2 ? -s : -c, 8);
}

/** Elements first … first + count − 1 of the sequence keyed as in uniform.ts. `work`: normalsWorkspace() bytes. */
export function normals(
  seedLow: u32,
  seedHigh: u32,
  stream: u32,
  indexLow: u32,
  indexHigh: u32,
  first: u32,
  count: i32,
  out: usize,
  work: usize,
): void {
  const pair = work + 16;
  let have: u64 = <u64>-1;
  for (let i = 0; i < count; ++i) {
    const at = <u64>first + <u64>i;
    if (at >> 1 != have) {
      have = at >> 1;
      philox4x32(<u32>have, indexLow, indexHigh, stream, seedLow, seedHigh, work);
      const r = sqrt(-2.0 * Math.log(toOpenUnit(load<u32>(work), load<u32>(work, 4))));
      cosSinTurn(toOpenUnit(load<u32>(work, 8), load<u32>(work, 12)), pair);
      store<f64>(pair, r * load<f64>(pair));
      store<f64>(pair, r * load<f64>(pair, 8), 8);
    }
    store<f64>(out + ((<usize>i) << 3), load<f64>(pair + ((<usize>(at & 1)) << 3)));
  }
}
