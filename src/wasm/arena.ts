// Workspace of one call: addresses in WebAssembly memory, all freed together.
import { isA } from './check.js';
import { MemoryError } from './errors.js';
import { blockSize, type Heap, mebibytes } from './heap.js';

/**
 * A result of `count` doubles; a large array is allocated before its contents are computed, so that a lack of memory
 * shows first.
 */
export function floats(count: number): Float64Array {
  try {
    return new Float64Array(count);
  } catch (error) {
    throw isA(error, RangeError) ? lackOf(count) : error;
  }
}

/** A copy of a caller's array: the caller may change the array before the last step of a computation that reads it. */
export function copyOf(given: Float64Array): Float64Array {
  const copy = floats(given.length);
  copy.set(given);
  return copy;
}

function lackOf(count: number): MemoryError {
  return new MemoryError(8 * count, `the host has no ${mebibytes(8 * count)} MiB for a result`);
}

export class Arena {
  readonly #heap: Heap;
  readonly #blocks: number[] = [];
  /** What is left of the block that was reserved. */
  #next = 0;
  #end = 0;
  #bytes = 0;

  constructor({ heap }: { readonly heap: Heap }) {
    this.#heap = heap;
  }

  /** Takes `count` bytes in one block. The calls that follow get parts of it, as long as there is room in it. */
  reserve(count: number): void {
    this.#next = this.#heap.alloc(count);
    this.#end = this.#next + count;
    this.#blocks.push(this.#next);
    this.#bytes += blockSize(count);
  }

  /** `count` bytes, not cleared. */
  bytes(count: number): number {
    const next = this.#next + blockSize(count);
    if (next <= this.#end) {
      const address = this.#next;
      this.#next = next;
      return address;
    }
    const address = this.#heap.alloc(count);
    this.#blocks.push(address);
    this.#bytes += blockSize(count);
    return address;
  }

  /** `count` doubles, not cleared. */
  f64(count: number): number {
    return this.bytes(8 * count);
  }

  /** `count` 32-bit integers, not cleared. */
  i32(count: number): number {
    return this.bytes(4 * count);
  }

  /** Copies `data` in and returns its address. */
  put(data: Float64Array): number {
    const address = this.f64(data.length);
    this.copy(data, address);
    return address;
  }

  /** Copies integers of 32 bits in and returns their address. */
  putWords(data: ArrayLike<number>): number {
    const address = this.i32(Math.max(1, data.length));
    this.viewI32(address, data.length).set(data);
    return address;
  }

  /** Copies `data` to `address`. */
  copy(data: Float64Array, address: number): void {
    this.#heap.doubles.set(data, address / 8);
  }

  /** A view of `count` doubles; valid until the next allocation. */
  view(address: number, count: number): Float64Array {
    return new Float64Array(this.#heap.buffer, address, count);
  }

  /** A view of `count` 32-bit integers; valid until the next allocation. */
  viewI32(address: number, count: number): Int32Array {
    return new Int32Array(this.#heap.buffer, address, count);
  }

  /** A view of `count` bytes; valid until the next allocation. */
  viewBytes(address: number, count: number): Uint8Array {
    return new Uint8Array(this.#heap.buffer, address, count);
  }

  /** The 32-bit integer at `address`. */
  word(address: number): number {
    return this.#heap.words[address / 4];
  }

  /** A copy of `count` doubles, owned by the caller; in `to`, if that array was allocated before. */
  take(address: number, count: number, to?: Float64Array): Float64Array {
    const taken = to ?? floats(count);
    taken.set(this.view(address, count));
    return taken;
  }

  /** Bytes of all that was taken. */
  get size(): number {
    return this.#bytes;
  }

  release(): void {
    for (const address of this.#blocks) this.#heap.free(address);
    this.#blocks.length = 0;
  }
}
