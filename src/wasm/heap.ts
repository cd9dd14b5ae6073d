// Allocator over the part of wasm memory above static data. First fit over an address-ordered free list:
// blocks are few and large, and asynchronous drivers release them in any order.
import { MemoryError } from './errors.js';

export const PAGE = 65536;
const ALIGN = 64;
/** The last page stays unused: an end pointer of exactly 2³² would wrap to 0. */
export const MAX_BYTES = 65535 * PAGE;

interface Block {
  start: number;
  end: number;
}

/** What a call has left in memory for the next one like it, as long as nothing else needs the room. */
export interface Kept {
  readonly bytes: number;
  /** A call uses it now. */
  busy: boolean;
  release(): void;
}

export class Heap {
  readonly #memory: WebAssembly.Memory;
  readonly #base: number;
  readonly #limit: number;
  readonly #used = new Map<number, number>();
  #free: Block[] = [];
  #top: number;
  #buffer: ArrayBufferLike;
  #doubles: Float64Array;
  #words: Int32Array;
  #kept: Kept | null = null;

  constructor(memory: WebAssembly.Memory, base: number, limit = MAX_BYTES) {
    this.#memory = memory;
    this.#base = Math.ceil(base / ALIGN) * ALIGN;
    this.#limit = limit;
    this.#top = this.#base;
    this.#buffer = memory.buffer;
    this.#doubles = new Float64Array(this.#buffer);
    this.#words = new Int32Array(this.#buffer);
  }

  /**
   * The buffer of the memory; valid until the next allocation. To ask the memory for it each time takes V8 as long as a
   * small call.
   */
  get buffer(): ArrayBufferLike {
    return this.#buffer;
  }

  /** The memory as doubles, that at address p being number p/8, and as 32-bit integers; valid as the buffer is. */
  get doubles(): Float64Array {
    return this.#doubles;
  }

  get words(): Int32Array {
    return this.#words;
  }

  /** What is kept from the last call that kept something. */
  get kept(): Kept | null {
    return this.#kept;
  }

  /** Keeps this, in place of what was kept before, until memory would have to grow; false while that is in use. */
  keep(kept: Kept): boolean {
    if (!this.#letGo()) return false;
    this.#kept = kept;
    return true;
  }

  #letGo(): boolean {
    if (this.#kept?.busy) return false;
    const kept = this.#kept;
    this.#kept = null;
    kept?.release();
    return true;
  }

  /** Bytes now allocated, without those that are kept. */
  get bytesInUse(): number {
    let sum = 0 - (this.#kept?.bytes ?? 0);
    for (const [start, end] of this.#used) sum += end - start;
    return sum;
  }

  /** Reserves `bytes` (64-byte aligned, not cleared) and returns the address. */
  alloc(bytes: number): number {
    const size = blockSize(bytes);
    const i = this.#place(size);
    let start: number;
    if (i < this.#free.length) {
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

  /**
   * The address of `bytes` that are nobody's, for a computation that is over before anything else is allocated: a block of its
   * own takes as long to enter and to strike out as a small decomposition.
   */
  spare(bytes: number): number {
    if (this.#top + bytes <= this.#buffer.byteLength) return this.#top;
    const start = this.alloc(bytes);
    this.free(start);
    return start;
  }

  /**
   * Throws unless blocks of `bytes` in all, with their alignment, can be allocated: called before a computation begins.
   */
  reserve(bytes: number): void {
    const size = blockSize(bytes);
    if (this.#place(size) === this.#free.length) this.#grow(this.#top + size);
  }

  /** `#fit`; if memory would have to grow, what is kept is let go first. */
  #place(size: number): number {
    const i = this.#fit(size);
    const fits = i < this.#free.length || this.#top + size <= this.#buffer.byteLength;
    return fits || !this.#kept || !this.#letGo() ? i : this.#fit(size);
  }

  /** The first free block of that size, or behind the last one. */
  #fit(size: number): number {
    let i = 0;
    while (i < this.#free.length && this.#free[i].end - this.#free[i].start < size) ++i;
    return i;
  }

  free(start: number): void {
    const end = this.#used.get(start);
    if (end === undefined) return;
    this.#used.delete(start);
    let i = this.#free.length;
    while (i > 0 && this.#free[i - 1].start > start) --i;
    const before = this.#free[i - 1];
    const after = this.#free[i];
    const joins = before?.end === start;
    if (after?.start === end) {
      after.start = joins ? before.start : start;
      if (joins) this.#free.splice(i - 1, 1);
    } else if (joins) before.end = end;
    else if (end === this.#top) this.#top = start;
    else this.#free.splice(i, 0, { start, end });
    const last = this.#free.at(-1);
    if (last?.end === this.#top) {
      this.#top = last.start;
      this.#free.pop();
    }
  }

  #grow(end: number): void {
    if (end > this.#limit) {
      throw new MemoryError(
        end - this.#base,
        `needs ${mebibytes(end - this.#base)} MiB, more than the ${wholeMebibytes(this.#limit)} MiB that WebAssembly memory can hold`,
        this.#limit - this.#base,
      );
    }
    const missing = end - this.#buffer.byteLength;
    if (missing <= 0) return;
    try {
      this.#memory.grow(Math.ceil(missing / PAGE));
      this.#buffer = this.#memory.buffer;
      this.#doubles = new Float64Array(this.#buffer);
      this.#words = new Int32Array(this.#buffer);
    } catch {
      throw new MemoryError(
        end - this.#base,
        `needs ${mebibytes(end - this.#base)} MiB: the host refused to grow WebAssembly memory from ` +
          `${wholeMebibytes(this.#buffer.byteLength)} to ${mebibytes(end)} MiB`,
        this.#buffer.byteLength - this.#base,
      );
    }
  }
}

/** Bytes that a block of `bytes` takes. */
export function blockSize(bytes: number): number {
  return Math.max(ALIGN, Math.ceil(bytes / ALIGN) * ALIGN);
}

/**
 * Bytes needed, in MiB for a message: rounded up.
 *
 * @param bytes - How many, 0 and up.
 * @returns MiB, a whole number.
 * @throws Nothing.
 */
export function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20);
}

/**
 * Bytes available, in MiB for a message: rounded down, so that a refused size never looks as if it fitted.
 *
 * @param bytes - How many, 0 and up.
 * @returns MiB, a whole number.
 * @throws Nothing.
 */
export function wholeMebibytes(bytes: number): number {
  return Math.floor(bytes / 2 ** 20);
}

/** The end of a message that refuses a size which can never fit. */
export const HOLDS = `WebAssembly memory holds ${wholeMebibytes(MAX_BYTES)} MiB`;
