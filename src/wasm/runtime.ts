// One instance of the WebAssembly core and its memory. Views are made again after every call that can grow it.
import { Arena } from './arena.js';
import type { CoreBindings, EigenBindings } from './bindings.js';
import { checkBuild, isForThreads, runsShared } from './build.js';
import { InputError, MemoryError, WorkerError } from './errors.js';
import { Heap } from './heap.js';
import { checkHost, hasRelaxedSimd, hasSharedMemory, keptAlive } from './host.js';
import { instantiate } from './instance.js';
import { type Build, loadModule, type Shipped, type WasmSource } from './load.js';
import type { Steps } from './steps.js';
import { Team } from './team.js';
import { automaticThreads, TeamError } from './teamMember.js';

export { Arena };

/** Teams formed one after another that complete no call, before the core stays at one thread. */
const ATTEMPTS = 3;

/** `B`: the exports of the module, which `checkBuild` has found to be of this version. */
export class Runtime<B extends EigenBindings = CoreBindings> {
  readonly memory: WebAssembly.Memory;
  /** The build that runs; if it is less than was asked for, `notes` says why. */
  readonly build: Build;
  readonly notes: string[];
  readonly heap: Heap;
  #exports: B | null;
  /** Why there are no exports. */
  #ended: Error | null = null;
  #team: Team | null = null;
  #form: (() => Promise<Team>) | null = null;
  /** A team formed in place of a broken one; it takes over as soon as no call is under way. */
  #next: Team | null = null;
  #proving = false;
  #attempts = 0;
  #calls = 0;

  private constructor(memory: WebAssembly.Memory, exports: B, build: Build, notes: string[]) {
    this.memory = memory;
    this.build = build;
    this.notes = notes;
    this.#exports = exports;
    this.heap = new Heap(memory, exports.heapBase() >>> 0);
  }

  /** The number of threads that run. */
  get threads(): number {
    return this.#team?.size ?? 1;
  }

  /**
   * Loads a build from the files of `shipped`, on one thread or over shared memory on several, or the nearest that
   * the host can run. `worker`: the script of worker threads, in place of the one that ships.
   */
  static create<B extends EigenBindings = CoreBindings>(
    shipped: Shipped,
    wanted: Build,
    wasm?: WasmSource,
    wantedThreads: number | 'auto' = 1,
    worker?: URL,
  ): Promise<Runtime<B>> {
    return keptAlive(async () => {
      const threads = wantedThreads === 'auto' ? await unasked(shipped, wasm) : wantedThreads;
      return Runtime.#create<B>(shipped, wanted, wasm, threads, worker);
    });
  }

  static async #create<B extends EigenBindings>(
    shipped: Shipped,
    wanted: Build,
    wasm: WasmSource | undefined,
    wantedThreads: number,
    worker: URL | undefined,
  ): Promise<Runtime<B>> {
    checkHost();
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
    const named = wasm !== undefined;
    const asked = { build, threads: named ? wantedThreads : threads, part: shipped.part === true, named };
    const shared = runsShared(module, asked, threads === 1);
    let self: Runtime<B> | undefined;
    const { memory, exports } = await instantiate(module, shared, () => {
      if (self) self.#checkTeam();
    });
    checkBuild(exports, asked);
    // WebAssembly types its exports by name alone; the bindings are generated from what this version compiles, and `checkBuild`
    // has just seen that the module is a build of it, the one for B.
    const runtime = new Runtime<B>(memory, exports as unknown as B, build, notes);
    self = runtime;
    if (threads > 1) {
      // A build with the eigensolvers alone has no version for threads: B is the whole of the bindings, which types cannot say.
      const whole = runtime as unknown as Runtime;
      runtime.#form = () => Team.form(whole, module, threads, worker, (team) => runtime.#loseTeam(team));
      try {
        runtime.#lead(await runtime.#form());
      } catch (error) {
        if (!(error instanceof TeamError)) throw error;
        // A script that the caller named must work; the package's own, left behind by a bundler, or forbidden threads,
        // are no error.
        if (worker && error.script) throw new InputError(['options', 'worker'], error.message);
        if (worker) throw new WorkerError(`worker threads did not start: ${error.message}`);
        runtime.#stay(
          `worker threads did not start (${error.message}${error.script ? '; see options.worker' : ''})`,
        );
      }
    }
    return runtime;
  }

  /** The functions of assembly/. Read this again after each pause: the core may have been disposed of. */
  get wasm(): B {
    if (!this.#exports) throw this.#ended ?? new InputError('core', 'already disposed');
    return this.#exports;
  }

  /** Runs `body` with an arena that is released when it returns, throws, or its promise settles. */
  scope<T>(body: (arena: Arena) => T): T {
    this.#leadNext();
    const arena = new Arena(this);
    this.#calls++;
    let result: T;
    try {
      result = body(arena);
    } catch (error) {
      this.#end(arena, false);
      throw typed(error);
    }
    if (!(result instanceof Promise)) {
      this.#end(arena, true);
      return result;
    }
    // T is a promise here, and `then` gives another of the same type; TypeScript cannot conclude that from `instanceof`.
    return result.then(
      (value) => {
        this.#end(arena, true);
        return value;
      },
      (error) => {
        this.#end(arena, false);
        throw typed(error);
      },
    ) as T;
  }

  /**
   * `scope` for a computation in steps; the arena is released also when the computation is ended before its last step.
   */
  *steps<T>(body: (arena: Arena) => Steps<T>): Steps<T> {
    this.#leadNext();
    const arena = new Arena(this);
    this.#calls++;
    let done = false;
    try {
      const result = yield* body(arena);
      done = true;
      return result;
    } catch (error) {
      throw typed(error);
    } finally {
      this.#end(arena, done);
    }
  }

  #end(arena: Arena, done: boolean): void {
    // Workers may still compute for a call that an error broke off, a stack overflow say.
    if (!done && this.#team && !this.#team.settle()) this.#loseTeam(this.#team);
    if (done && this.#team) this.#attempts = 0;
    arena.release();
    this.#calls--;
    this.#leadNext();
  }

  /** Called from within WebAssembly when the leader has waited for long. */
  #checkTeam(): void {
    const team = this.#team;
    const trouble = team?.trouble();
    if (!team || !trouble) return;
    if (this.#proving) throw new WorkerError(trouble);
    this.#loseTeam(team);
    throw new WorkerError(`${trouble}; the core goes on with one thread, until others have started`);
  }

  /** Leads a team that has formed, or throws a TeamError and stays at one thread. */
  #lead(team: Team): void {
    this.#team = team;
    this.#proving = true;
    try {
      team.lead();
    } catch (error) {
      this.#team = null;
      this.#drop(team);
      throw error;
    } finally {
      this.#proving = false;
    }
  }

  /** Goes on without the workers, one of which has died, and starts new ones. */
  #loseTeam(team: Team): void {
    if (team !== this.#team && team !== this.#next) return;
    this.#team = this.#next = null;
    this.#drop(team);
    if (!this.#exports) return;
    if (++this.#attempts > ATTEMPTS) {
      this.#stay(`worker threads ended ${ATTEMPTS} times in a row`);
      return;
    }
    this.#form?.().then(
      (next) => {
        if (!this.#exports) return next.end();
        this.#next = next;
        this.#leadNext();
      },
      (error: Error) => this.#stay(`worker threads did not start again (${error.message})`),
    );
  }

  #stay(reason: string): void {
    this.notes.push(`${reason}: one thread runs`);
  }

  #drop(team: Team): void {
    if (team.disband()) return;
    // A worker may write to memory at any time.
    this.#exports = null;
    this.#ended = new WorkerError('a worker thread could not be ended; make a new core');
  }

  #leadNext(): void {
    const next = this.#next;
    if (this.#calls > 0 || !next || !this.#exports) return;
    this.#next = null;
    try {
      this.#lead(next);
    } catch (error) {
      if (!(error instanceof TeamError)) throw error;
      this.#stay(`worker threads failed (${error.message})`);
    }
  }

  /** Drops the instance and ends its workers; later calls throw. */
  dispose(): void {
    // A call in slices that is under way would wait for workers that have ended.
    if (this.#calls > 0) this.#team?.disband();
    else this.#team?.end();
    this.#next?.end();
    this.#team = this.#next = this.#form = null;
    this.#exports = null;
  }
}

/** The number of threads of `auto`: as many as the host is good for, if a file that the caller named is for threads. */
async function unasked(shipped: Shipped, wasm: WasmSource | undefined): Promise<number> {
  const threads = await automaticThreads();
  if (wasm === undefined) return threads;
  const module = await loadModule(shipped.simd!, wasm);
  return isForThreads(module) ? Math.max(2, threads) : 1;
}

/** Makes a MemoryError of the RangeError that a host throws when it has no memory for an array of JavaScript. */
function typed(error: unknown): unknown {
  if (!(error instanceof RangeError && /allocation failed|out of memory/i.test(error.message))) return error;
  return new MemoryError(0, `the host has no memory for a result: ${error.message}`);
}

/** The runtime of either entry, the whole core or the eigensolvers alone. */
export type EigenRuntime = Runtime<EigenBindings>;
