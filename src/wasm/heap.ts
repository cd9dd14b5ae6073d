// Allocator over the part of wasm memory above static data. First fit over an address-ordered free list:
// blocks are few and large, and asynchronous drivers release them in any order.
import { MemoryError } from './errors.js';

const PAGE = 65536;
const ALIGN = 64;
/** The last page stays unused: an end pointer of exactly 2³² would wrap to 0. */
export const MAX_BYTES = 65535 * PAGE;

interface Block {
  start: number;
  end: number;
}

export class Heap {
  readonly #memory: WebAssembly.Memory;
  readonly #base: number;
  readonly #limit: number;
  readonly #used = new Map<number, number>();
  #free: Block[] = [];
  #top: number;

  constructor(memory: WebAssembly.Memory, base: number, limit = MAX_BYTES) {
    this.#memory = memory;
    this.#base = Math.ceil(base / ALIGN) * ALIGN;
    this.#limit = limit;
    this.#top = this.#base;
  }

  /** Bytes now allocated. */
  get bytesInUse(): number {
    let sum = 0;
    for (const [start, end] of this.#used) sum += end - start;
    return sum;
  }

  /** Reserves `bytes` (64-byte aligned, not cleared) and returns the address. */
  alloc(bytes: number): number {
    const size = Math.max(ALIGN, Math.ceil(bytes / ALIGN) * ALIGN);
    const i = this.#free.findIndex((b) => b.end - b.start >= size);
    let start: number;
    if (i >= 0) {
      const block = this.#free[i];
      start = block.start;
      block.start += size;
      if (block.start === block.end) this.#free.splice(i, 1);
    } else {
      start = this.#top;
      this.#grow(start + size);
      this.#top = start + size;
    }
    this.#used.set(start, start + size);
    return start;
  }

  /** Throws unless blocks of `bytes` in all, with their alignment, can be had: what has to be known before a call begins. */
  reserve(bytes: number): void {
    this.free(this.alloc(bytes));
  }

  free(start: number): void {
    const end = this.#used.get(start);
    if (end === undefined) return;
    this.#used.delete(start);
    let i = this.#free.findIndex((b) => b.start > start);
    if (i < 0) i = this.#free.length;
    this.#free.splice(i, 0, { start, end });
    this.#merge(i);
    this.#merge(i - 1);
    const last = this.#free.at(-1);
    if (last?.end === this.#top) {
      this.#top = last.start;
      this.#free.pop();
    }
  }

  /** Joins free block i with its right neighbour when they touch. */
  #merge(i: number): void {
    const [a, b] = [this.#free[i], this.#free[i + 1]];
    if (a && b && a.end === b.start) {
      a.end = b.end;
      this.#free.splice(i + 1, 1);
    }
  }

  #grow(end: number): void {
    if (end > this.#limit) {
      throw new MemoryError(
        end - this.#base,
        `needs ${mebibytes(end - this.#base)} MiB, more than the ${mebibytes(this.#limit)} MiB that WebAssembly memory can hold`,
        this.#limit - this.#base,
      );
    }
    const missing = end - this.#memory.buffer.byteLength;
    if (missing <= 0) return;
    try {
      this.#memory.grow(Math.ceil(missing / PAGE));
    } catch {
      throw new MemoryError(
        end - this.#base,
        `needs ${mebibytes(end - this.#base)} MiB: the host refused to grow WebAssembly memory from ` +
          `${mebibytes(this.#memory.buffer.byteLength)} to ${mebibytes(end)} MiB`,
        this.#memory.buffer.byteLength - this.#base,
      );
    }
  }
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20);
}
