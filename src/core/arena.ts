// Workspace of one call: addresses in WebAssembly memory, all freed together.
import { MemoryError } from './errors.js';
import type { Heap } from './heap.js';

export class Arena {
  readonly #memory: WebAssembly.Memory;
  readonly #heap: Heap;
  readonly #blocks: number[] = [];

  constructor({ memory, heap }: { readonly memory: WebAssembly.Memory; readonly heap: Heap }) {
    this.#memory = memory;
    this.#heap = heap;
  }

  /** `count` bytes, not cleared. */
  bytes(count: number): number {
    const address = this.#heap.alloc(count);
    this.#blocks.push(address);
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
    this.view(address, data.length).set(data);
    return address;
  }

  /** A view of `count` doubles; good until the next allocation. */
  view(address: number, count: number): Float64Array {
    return new Float64Array(this.#memory.buffer, address, count);
  }

  /** A view of `count` 32-bit integers; good until the next allocation. */
  viewI32(address: number, count: number): Int32Array {
    return new Int32Array(this.#memory.buffer, address, count);
  }

  /** A copy of `count` doubles, owned by the caller. */
  take(address: number, count: number): Float64Array {
    try {
      return this.view(address, count).slice();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new MemoryError(8 * count, `the host has no ${Math.ceil(count / 2 ** 17)} MiB for a result`);
    }
  }

  release(): void {
    for (const address of this.#blocks) this.#heap.free(address);
    this.#blocks.length = 0;
  }
}
