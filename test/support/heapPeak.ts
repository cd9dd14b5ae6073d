// How much of a core's memory is in use at once.
import { vi } from 'vitest';
import { Heap } from '../../src/wasm/heap.js';

/**
 * `used`: the bytes from the heap's first to the last that was in use since it was set to 0; until mocks are restored. `leave()` leaves out
 * what was taken so far.
 */
export function heapPeak(): { used: number; leave(): void } {
  let base = Number.POSITIVE_INFINITY;
  const peak = {
    used: 0,
    leave() {
      base = Number.POSITIVE_INFINITY;
    },
  };
  const { alloc } = Heap.prototype;
  vi.spyOn(Heap.prototype, 'alloc').mockImplementation(function (this: Heap, bytes) {
    const start = alloc.call(this, bytes);
    base = Math.min(base, start);
    peak.used = Math.max(peak.used, start + bytes - base);
    return start;
  });
  return peak;
}
