// Addresses and sizes in whole cache lines of 64 bytes. Nothing is computed with numbers, so there is no range.

/** The next address or size, from `bytes` on, that is a multiple of 64. */
@inline
export function align(bytes: usize): usize {
  return (bytes + 63) & ~(<usize>63);
}
