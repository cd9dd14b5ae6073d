// One instance of the WebAssembly core and its memory. Views are made again after every call that can grow it.
import { InputError } from './errors.js';
import { Heap } from './heap.js';
import { type Build, loadModule, type WasmSource } from './load.js';

const INITIAL_PAGES = 16;
const MAXIMUM_PAGES = 65536;

export class Runtime {
  readonly memory: WebAssembly.Memory;
  readonly build: Build;
  readonly heap: Heap;
  #exports: WebAssembly.Exports | null;

  private constructor(memory: WebAssembly.Memory, instance: WebAssembly.Instance, build: Build) {
    this.memory = memory;
    this.build = build;
    this.#exports = instance.exports;
    const { heapBase } = this.exports<{ heapBase(): number }>();
    this.heap = new Heap(memory, heapBase() >>> 0);
  }

  static async create(build: Build, wasm?: WasmSource): Promise<Runtime> {
    const module = await loadModule(build, wasm);
    const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES });
    const instance = await WebAssembly.instantiate(module, { env: { memory } });
    (instance.exports._start as (() => void) | undefined)?.();
    return new Runtime(memory, instance, build);
  }

  /** The instance's exports, seen as the interface that a room declares for its own functions. */
  exports<T>(): T {
    if (!this.#exports) throw new InputError('core', 'already disposed');
    return this.#exports as unknown as T;
  }

  /** Runs `body` with an arena that is released when it returns, throws, or its promise settles. */
  scope<T>(body: (arena: Arena) => T): T {
    const arena = new Arena(this);
    let result: T;
    try {
      result = body(arena);
    } catch (error) {
      arena.release();
      throw error;
    }
    if (result instanceof Promise) return result.finally(() => arena.release()) as T;
    arena.release();
    return result;
  }

  /** Drops the instance; later calls throw. */
  dispose(): void {
    this.#exports = null;
  }
}

/** Workspace of one call: addresses in wasm memory, all freed together. */
export class Arena {
  readonly #runtime: Runtime;
  readonly #blocks: number[] = [];

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** `count` bytes, not cleared. */
  bytes(count: number): number {
    const address = this.#runtime.heap.alloc(count);
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
    return new Float64Array(this.#runtime.memory.buffer, address, count);
  }

  /** A view of `count` 32-bit integers; good until the next allocation. */
  viewI32(address: number, count: number): Int32Array {
    return new Int32Array(this.#runtime.memory.buffer, address, count);
  }

  /** A copy of `count` doubles, owned by the caller. */
  take(address: number, count: number): Float64Array {
    return this.view(address, count).slice();
  }

  release(): void {
    for (const address of this.#blocks) this.#runtime.heap.free(address);
    this.#blocks.length = 0;
  }
}
