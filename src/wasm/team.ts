// The worker threads of one core: instances of the same module over the same memory, which serve
// assembly/kernel/team.ts. All of them are there before anything is written to memory, because each
// instance writes the module's static data again when it starts.

import { freeAddresses, WORKER_BYTES } from './addressSpace.js';
import type { CoreBindings } from './bindings.js';
import { BUSY, LOST, TASKS_LEFT, TEAM_BYTES } from './constants.js';
import { EmftError } from './errors.js';
import { type Heap, mebibytes, wholeMebibytes } from './heap.js';
import { maySleep } from './host.js';
import { cores, type Member, startMember, TeamError } from './teamMember.js';

/** Time in which a terminated thread stops: it does so at its next loop or call. */
const STOP_SECONDS = 10;

/** Time in which a newly formed team computes a product that takes milliseconds. */
const PROOF_SECONDS = 30;

/**
 * Regions of the product that proves a team; times that the leader must have checked its workers; most products to
 * reach that.
 */
const PROOF_ROUNDS = 16;
const PROOF_LOOKS = 64;
const PROOF_PRODUCTS = 20;

/** Milliseconds after which a waiting leader checks that its workers still live. */
const PATIENCE = 200;

/** Turns of a waiting loop before a thread sleeps, while all is well: some milliseconds. */
const SPINS = 1 << 22;

type TeamExports = Pick<CoreBindings, 'leadTeam' | 'teamCheck' | 'teamCheckLength' | 'teamCheckWorkspace'>;

/** The instance that leads: a Runtime. */
interface Leader {
  readonly memory: WebAssembly.Memory;
  readonly heap: Heap;
  readonly wasm: TeamExports;
}

export class Team {
  readonly size: number;
  readonly #leader: Leader;
  readonly #block: number;
  readonly #script: URL | undefined;
  readonly #members: Member[] = [];
  readonly #sleeps = maySleep();
  #spins = SPINS;
  /** Times that the leader has checked whether its workers live. */
  #looks = 0;
  /** When the proof of the team must be done. */
  #deadline = Number.POSITIVE_INFINITY;

  private constructor(leader: Leader, block: number, size: number, script: URL | undefined) {
    this.#leader = leader;
    this.#script = script;
    this.#block = block;
    this.size = size;
  }

  /**
   * Starts `size` − 1 workers; `lead` makes the runtime's own instance their leader. `script` replaces the
   * teamWorker.js beside this file. `onDeath` is called when a worker ends. Throws TeamError, with nothing left
   * running, when a worker does not start.
   */
  static async form(
    leader: Leader,
    module: WebAssembly.Module,
    size: number,
    script: URL | undefined,
    onDeath: (team: Team) => void,
  ): Promise<Team> {
    const { memory, heap } = leader;
    const block = heap.alloc(TEAM_BYTES);
    new Uint8Array(memory.buffer, block, TEAM_BYTES).fill(0);
    const team = new Team(leader, block, size, script);
    try {
      const [wanted, free] = [WORKER_BYTES * (size - 1), await freeAddresses()];
      if (free < wanted) {
        const [need, left] = [mebibytes(wanted), wholeMebibytes(Math.max(0, free))];
        throw new TeamError(`they take up to ${need} MiB of addresses, and ${left} MiB are left (ulimit -v)`);
      }
      for (let rank = 1; rank < size; ++rank) {
        const setup = { module, memory, block, lost: block + LOST, rank };
        team.#members.push(await startMember(setup, script, () => onDeath(team)));
      }
      await Promise.all(team.#members.map((member) => member.ready));
      if (size > (await cores())) team.#spins = 1;
    } catch (error) {
      // Workers that already serve read the block until they have ended, which is some time after they are asked to.
      const unseen = team.#members.length === 0;
      team.end();
      if (unseen) heap.free(block);
      throw error;
    }
    return team;
  }

  /**
   * From here on calls are shared out. No call may be under way: workspaces depend on the number of threads. Throws
   * TeamError, with every worker ended, when the team does not compute what one thread computes.
   */
  lead(): void {
    try {
      if (!this.#proves()) throw new TeamError('a product came out other than on one thread', this.#script);
    } catch (error) {
      throw error instanceof EmftError ? new TeamError(error.message, this.#script) : error;
    }
    this.#leads(this.size, this.#spins);
  }

  #leads(size: number, spins: number, patience = PATIENCE, take = true): void {
    this.#leader.wasm.leadTeam(this.#block, size, this.#sleeps, spins, patience, take);
  }

  /**
   * Whether the team's product has the bits of one thread's, under the timing of a busy machine: threads sleep whenever
   * they wait, and the leader wakes again and again before its workers are done, whose tasks nobody takes from them.
   */
  #proves(): boolean {
    const { memory, heap } = this.#leader;
    const core = this.#leader.wasm;
    const work = heap.alloc(core.teamCheckWorkspace() >>> 0);
    const product = (threads: number, patience?: number) => {
      this.#leads(threads, 1, patience, false);
      const address = core.teamCheck(PROOF_ROUNDS, this.size, work) >>> 0;
      return new BigUint64Array(memory.buffer, address, core.teamCheckLength()).slice();
    };
    this.#deadline = performance.now() + 1000 * PROOF_SECONDS;
    try {
      const wanted = product(1);
      const right = (bits: bigint, i: number) => bits === wanted[i];
      this.#looks = 0;
      for (let k = 0; k < PROOF_PRODUCTS && this.#looks < PROOF_LOOKS; ++k) {
        if (!product(this.size, 0).every(right)) return false;
      }
      return product(this.size).every(right);
    } finally {
      this.#deadline = Number.POSITIVE_INFINITY;
      heap.free(work);
    }
  }

  /** Why a leader that has waited for long waits in vain, as far as that is known without the event loop. */
  trouble(): string | undefined {
    this.#looks++;
    if (this.#isBroken()) return 'a worker thread ended during the call';
    if (performance.now() > this.#deadline) return `no work was done within ${PROOF_SECONDS} s`;
    return undefined;
  }

  #isBroken(): boolean {
    return this.#lost() > 0 || this.#members.some((member) => member.alive() === false);
  }

  /** Ends the workers, waits until none writes to memory any more, and leads no team any more. Returns whether that succeeded. */
  disband(): boolean {
    // Where the host does not report who is alive, workers with nothing to do are as good as ended; they are asked to
    // end only after that.
    const blind = this.#members.some((member) => member.alive() === null);
    this.#callOff();
    if (!blind) for (const member of this.#members) member.terminate();
    const stopped = this.#until(() =>
      blind ? this.#busy() <= this.#lost() : !this.#members.some((member) => member.alive()),
    );
    this.#leads(1, 1);
    this.end();
    // Workers that the host does not report on may sleep at the block for some time yet. Another user of the block
    // would send them to work there: it is never given out again.
    if (stopped && !blind) this.#leader.heap.free(this.#block);
    return stopped;
  }

  /**
   * After a call that an error broke off: waits until no worker computes for it any more. Returns whether that
   * succeeded; the team then goes on.
   */
  settle(): boolean {
    this.#callOff();
    // An error inside a task leaves the leader's instance inside that task: it is set to lead again.
    const settled = this.#until(() => this.#busy() === 0 || this.#isBroken());
    this.#leads(this.size, this.#spins);
    return settled && !this.#isBroken();
  }

  /** What nobody has begun is not begun any more. */
  #callOff(): void {
    const left = new Int32Array(this.#leader.memory.buffer, this.#block + TASKS_LEFT, this.size);
    for (let rank = 0; rank < this.size; ++rank) Atomics.store(left, rank, 0);
  }

  #until(done: () => boolean): boolean {
    const nap = new Int32Array(new SharedArrayBuffer(4));
    const end = performance.now() + 1000 * STOP_SECONDS;
    while (!done()) {
      if (performance.now() > end) return false;
      if (this.#sleeps) Atomics.wait(nap, 0, 0, 1);
    }
    return true;
  }

  /** Workers that are in a task, or look for one. */
  #busy(): number {
    return Atomics.load(new Int32Array(this.#leader.memory.buffer, this.#block + BUSY, 1), 0);
  }

  /** Workers that reported that an error ended them. */
  #lost(): number {
    return Atomics.load(new Int32Array(this.#leader.memory.buffer, this.#block + LOST, 1), 0);
  }

  /** Ends the workers of a team that is not in use. */
  end(): void {
    for (const member of this.#members) member.terminate();
    this.#members.length = 0;
  }
}
