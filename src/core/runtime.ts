// One instance of the WebAssembly core and its memory. Views are made again after every call that can grow it.
import { InputError, MemoryError, WorkerError } from './errors.js';
import { Heap } from './heap.js';
import {
  type Build,
  hasRelaxedSimd,
  hasSharedMemory,
  loadModule,
  type Shipped,
  type WasmSource,
} from './load.js';
import { Team, WorkerScriptError } from './team.js';

const INITIAL_PAGES = 16;
const MAXIMUM_PAGES = 65536;

export class Runtime {
  readonly memory: WebAssembly.Memory;
  /** What runs: it can be less than was asked for, and then `notes` says why. */
  readonly build: Build;
  readonly notes: readonly string[];
  readonly heap: Heap;
  #exports: WebAssembly.Exports | null;
  #team: Team | null = null;
  #form: (() => Promise<Team>) | null = null;
  /** A team that has formed in place of a broken one, to be led as soon as no call is under way. */
  #next: Team | null = null;
  #calls = 0;

  private constructor(
    memory: WebAssembly.Memory,
    instance: WebAssembly.Instance,
    build: Build,
    notes: readonly string[],
  ) {
    this.memory = memory;
    this.build = build;
    this.notes = notes;
    this.#exports = instance.exports;
    const { heapBase } = this.exports<{ heapBase(): number }>();
    this.heap = new Heap(memory, heapBase() >>> 0);
  }

  /** The number of threads that run. */
  get threads(): number {
    return this.#team?.size ?? 1;
  }

  /**
   * Loads a build from the files of `shipped`, on one thread or over shared memory on several, or the nearest that
   * the host can run. `worker`: the script of worker threads, in place of the one that ships.
   */
  static async create(
    shipped: Shipped,
    wanted: Build,
    wasm?: WasmSource,
    wantedThreads = 1,
    worker?: URL,
  ): Promise<Runtime> {
    const notes: string[] = [];
    let build = wanted;
    if (build === 'relaxed' && wasm === undefined && !hasRelaxedSimd()) {
      build = 'simd';
      notes.push('the relaxed build needs relaxed SIMD, which this host does not have: simd runs instead');
    }
    let threads = wantedThreads;
    if (threads > 1 && !hasSharedMemory()) {
      threads = 1;
      notes.push(
        'threads need shared memory, which this host does not give (a page must be cross-origin isolated): one thread runs',
      );
    }
    const file = shipped[threads > 1 ? (`${build}-threads` as const) : build];
    if (!file) throw new Error(`no file of build ${build} for ${threads} threads`);
    const module = await loadModule(file, wasm);
    const shared = threads > 1;
    const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES, shared });
    let self: Runtime | undefined;
    const instance = await instantiate(module, memory, shared, () => {
      if (self) self.#checkTeam();
    });
    if (typeof instance.exports.heapBase !== 'function') {
      throw new InputError('options.wasm', 'is not a build of this package: it does not export heapBase');
    }
    (instance.exports._start as (() => void) | undefined)?.();
    const runtime = new Runtime(memory, instance, build, notes);
    self = runtime;
    if (shared) {
      try {
        runtime.#form = () => Team.form(runtime, module, threads, worker, () => runtime.#loseTeam());
        runtime.#team = await runtime.#form();
        runtime.#team.lead();
      } catch (error) {
        if (!(error instanceof WorkerScriptError)) throw error;
        // A script that was named is an argument; one that a bundler did not take along is the host's lack.
        if (worker) throw new InputError('options.worker', error.message);
        notes.push(`worker threads did not start (${error.message}; see options.worker): one thread runs`);
      }
    }
    return runtime;
  }

  /** The instance's exports, seen as the interface that a room declares for its own functions. */
  exports<T>(): T {
    if (!this.#exports) throw new InputError('core', 'already disposed');
    return this.#exports as unknown as T;
  }

  /** Runs `body` with an arena that is released when it returns, throws, or its promise settles. */
  scope<T>(body: (arena: Arena) => T): T {
    const arena = new Arena(this);
    const end = () => {
      arena.release();
      this.#calls--;
      this.#leadNext();
    };
    this.#leadNext();
    this.#calls++;
    let result: T;
    try {
      result = body(arena);
    } catch (error) {
      end();
      throw error;
    }
    if (result instanceof Promise) return result.finally(end) as T;
    end();
    return result;
  }

  /** Called from within WebAssembly where the leader has waited for long. */
  #checkTeam(): void {
    if (!this.#team?.isBroken()) return;
    this.#loseTeam();
    throw new WorkerError(
      'a worker thread ended during the call; the core goes on with one thread, until others have started',
    );
  }

  /** Goes on without the workers, one of which has died, and starts new ones. */
  #loseTeam(): void {
    const team = this.#team ?? this.#next;
    if (!team) return;
    this.#team = this.#next = null;
    team.disband();
    this.#form?.().then(
      (next) => {
        if (!this.#exports) return next.end();
        this.#next = next;
        this.#leadNext();
      },
      // Then it stays at one thread.
      () => {},
    );
  }

  #leadNext(): void {
    if (this.#calls > 0 || !this.#next || !this.#exports) return;
    this.#team = this.#next;
    this.#next = null;
    this.#team.lead();
  }

  /** Drops the instance and ends its workers; later calls throw. */
  dispose(): void {
    this.#team?.end();
    this.#next?.end();
    this.#team = this.#next = this.#form = null;
    this.#exports = null;
  }
}

async function instantiate(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  shared: boolean,
  checkTeam: () => void,
) {
  try {
    return await WebAssembly.instantiate(module, { env: { memory, checkTeam } });
  } catch (error) {
    const wanted = shared
      ? 'a build for shared memory (…-threads.wasm), because threads > 1'
      : 'a build for one thread';
    throw new InputError('options.wasm', `expected ${wanted}: ${(error as Error).message}`);
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
    try {
      return this.view(address, count).slice();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new MemoryError(8 * count, `the host has no ${Math.ceil(count / 2 ** 17)} MiB for a result`);
    }
  }

  release(): void {
    for (const address of this.#blocks) this.#runtime.heap.free(address);
    this.#blocks.length = 0;
  }
}
