// The place of a configuration among all configurations, or among those with a given number of down spins, in ascending order. It is the
// sum of two numbers, from its high and from its low bits,
//     place = first place with these high bits + place of the low bits among those with as many down spins,
// so that two small tables are enough. Exact.

/** How many numbers of down spins among the low bits are distinguished; 1 if all configurations count. */
@inline
export function lowKinds(lowBits: i32, down: i32): i32 {
  return down < 0 ? 1 : lowBits + 1;
}

/** The number of down spins that these high bits leave for the low ones; 0 if all configurations count. None exist if it is not in 0 … lowBits. */
@inline
export function downBelow(down: i32, high: u32): i32 {
  return down < 0 ? 0 : down - <i32>popcnt<u32>(high);
}

/**
 * Writes both tables; lowBits ≤ 16. A kind of low configurations has one number of down spins, or all; no kind has more than 2^16.
 * @param down    number of down spins, −1 for any
 * @param highs   number of different high parts
 * @param low     2^lowBits numbers of 16 bits
 * @param high    highs + 1 numbers of 32 bits; the last is the number of configurations
 * @param counted workspace: one number of 32 bits for each kind
 */
export function writePlaces(
  lowBits: i32,
  down: i32,
  highs: u32,
  low: usize,
  high: usize,
  counted: usize,
): void {
  const kinds = lowKinds(lowBits, down);
  memory.fill(counted, 0, 4 * <usize>kinds);
  for (let bits: u32 = 0; bits >>> lowBits == 0; ++bits) {
    const at = counted + ((<usize>(down < 0 ? 0 : popcnt<u32>(bits))) << 2);
    const place = load<u32>(at);
    store<u16>(low + ((<usize>bits) << 1), <u16>place);
    store<u32>(at, place + 1);
  }
  let n: u32 = 0;
  for (let bits: u32 = 0; bits < highs; ++bits) {
    store<u32>(high + ((<usize>bits) << 2), n);
    const kind = downBelow(down, bits);
    if (kind >= 0 && kind < kinds) n += load<u32>(counted + ((<usize>kind) << 2));
  }
  store<u32>(high + ((<usize>highs) << 2), n);
}

/** The place of a configuration that the tables cover. */
@inline
export function placeOf(s: u32, lowBits: i32, low: usize, high: usize): u32 {
  const above = load<u32>(high + ((<usize>(s >>> lowBits)) << 2));
  return above + load<u16>(low + ((<usize>(s & ((1 << lowBits) - 1))) << 1));
}
