// Uniform deviates: a sequence is keyed by (seed, stream, index), and its element i is a function of the key and of i
// alone. Philox key = seed; counter = (block, index low, index high, stream); a block holds two doubles.
import { EPS } from '../numeric/constants';
import { philox4x32 } from './philox';

/** Bytes of workspace of `uniforms`. */
export function uniformsWorkspace(): i32 {
  return 16;
}

/** k·2⁻⁵³ with the 53-bit k held in two words; k = 0, which would leave (0, 1), becomes 2⁻⁵⁴. */
@inline
export function toOpenUnit(word0: u32, word1: u32): f64 {
  const k = (((<u64>word1) << 32) | <u64>word0) >> 11;
  return k == 0 ? 0.5 * EPS : <f64>k * EPS;
}

/** Elements first … first + count − 1 of the sequence, in (0, 1), to `out`. `work`: uniformsWorkspace() bytes. */
export function uniforms(
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
  let have: u64 = <u64>-1;
  for (let i = 0; i < count; ++i) {
    const at = <u64>first + <u64>i;
    if (at >> 1 != have) {
      have = at >> 1;
      philox4x32(<u32>have, indexLow, indexHigh, stream, seedLow, seedHigh, work);
    }
    const pair = work + ((<usize>(at & 1)) << 3);
    store<f64>(out + ((<usize>i) << 3), toOpenUnit(load<u32>(pair), load<u32>(pair, 4)));
  }
}
