// The memory that a search inside a spectrum takes, which is never more than was stated for it.
import { MAX_BYTES } from '../wasm/heap.js';
import type { Runtime } from '../wasm/runtime.js';
import type { Computed } from './compute.js';
import { filteredBytes } from './filtered/memory.js';
import { tooMuch } from './innerFew.js';
import type { InnerTask } from './innerMemory.js';
import { FILTER_BLOCK } from './tuning.js';

export class Room {
  /** Taken so far, at the peak. */
  bytes = 0;
  /** Of states that an earlier search found, which stay. */
  held = 0;
  /** What was stated; of an interval it is known once its states are estimated. */
  stated = Number.POSITIVE_INFINITY;
  /** What the search would have needed to go on; null while all of it fits. */
  needed: number | null = null;
  readonly #runtime: Runtime;
  readonly #task: InnerTask;

  constructor(runtime: Runtime, task: InnerTask) {
    this.#runtime = runtime;
    this.#task = task;
  }

  fits(bytes: number): boolean {
    return bytes <= Math.min(this.stated, MAX_BYTES);
  }

  take(bytes: number): void {
    this.#runtime.heap.reserve(bytes);
    this.bytes = Math.max(this.bytes, bytes);
  }

  /** Room for the first search for `count` states; what does not fit at all is an error. */
  first(of: Computed, count: number, states = count): void {
    const bytes = filteredBytes(this.#runtime, of, count, FILTER_BLOCK, states);
    if (bytes > MAX_BYTES) throw tooMuch(this.#task, count, bytes);
    this.take(bytes);
  }

  /** Room for another search, with blocks of so many columns; false where that is more than was stated. */
  another(of: Computed, count: number, block: number, states = count): boolean {
    const bytes = this.held + filteredBytes(this.#runtime, of, count, block, states);
    if (!this.fits(bytes)) {
      this.needed = bytes;
      return false;
    }
    this.take(bytes);
    return true;
  }
}
