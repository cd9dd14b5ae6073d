// Where a configuration is among all of its kind, in ascending order: those with a number of down spins, or all. It is divided into
// high and low bits,
//     place = first place with these high bits + place of the low bits among those with as many down spins,
// so that two small tables know all of them.

/** Numbers of down spins among the low bits that are told apart: one where any number will do. */
@inline
export function lowKinds(lowBits: i32, down: i32): i32 {
  return down < 0 ? 1 : lowBits + 1;
}

/** The number of down spins among the low bits behind these high ones: 0 where any will do, and outside of 0 … lowBits where there is none. */
@inline
export function downBelow(down: i32, high: u32): i32 {
  return down < 0 ? 0 : down - <i32>popcnt<u32>(high);
}

/**
 * Writes both tables; lowBits ≤ 16, and at most 2^16 low configurations are of one kind.
 * @param down    number of down spins, −1 for any
 * @param highs   how many high parts there are
 * @param low     2^lowBits numbers of 16 bits
 * @param high    highs + 1 numbers of 32 bits, the last of which is how many configurations there are
 * @param counted room for as many numbers of 32 bits as there are kinds
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

/** The place of a configuration of the kind that the tables are for. */
@inline
export function placeOf(s: u32, lowBits: i32, low: usize, high: usize): u32 {
  const above = load<u32>(high + ((<usize>(s >>> lowBits)) << 2));
  return above + load<u16>(low + ((<usize>(s & ((1 << lowBits) - 1))) << 1));
}
