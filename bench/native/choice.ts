// Which of several libraries is the fastest at a driver and a matrix: one that is ahead at one order may be behind at another, and at
// eigenvalues alone.
import type { Problem } from '../../web/src/lab/solver.js';
import type { Native } from './process.js';

/** Seconds that a library is tried at least before its time counts; one long run is enough. */
const ENOUGH = 0.03;
/** Rounds in which short runs take turns. */
const ROUNDS = 3;
/** One that takes this many times as long as the fastest at its first run is tried no more. */
const BEHIND = 2;

/** Index of the one that decomposes fastest, by its least time; all of them hold the matrix. Those that fail are none. */
async function fastest(natives: readonly Native[], driver: string): Promise<number> {
  const least = natives.map(() => Number.POSITIVE_INFINITY);
  const failures: unknown[] = [];
  for (const [k, native] of natives.entries()) {
    try {
      const first = await native.run(driver, 1);
      // A first run takes what the library sets up; long ones hide that.
      least[k] = first < ENOUGH ? await native.run(driver, 1) : first;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length === natives.length) throw failures[0];
  const bound = BEHIND * Math.min(...least);
  const count = Math.ceil(ENOUGH / Math.max(Math.min(...least), 1e-8));
  // Long runs have been seen once each.
  for (let round = 0; count > 1 && round < ROUNDS; ++round) {
    for (const [k, native] of natives.entries()) {
      if (least[k] > bound) continue;
      least[k] = Math.min(least[k], (await native.run(driver, count)) / count);
    }
  }
  return least.indexOf(Math.min(...least));
}

/** A native that passes on to whichever of several is the fastest at a driver with the matrix that it was given last. */
export class Fastest {
  readonly #natives: readonly Native[];
  readonly #driver: string;
  /** By order, so that matrices of one order are all given to the same. */
  readonly #chosen = new Map<number, number>();
  #at = 0;

  constructor(natives: readonly Native[], driver: string) {
    this.#natives = natives;
    this.#driver = driver;
  }

  /** Index of the one that has the matrix. */
  get at(): number {
    return this.#at;
  }

  /** That one. */
  get native(): Native {
    return this.#natives[this.#at];
  }

  async load(problem: Problem, n: number, a: Float64Array): Promise<void> {
    const known = this.#natives.length === 1 ? 0 : this.#chosen.get(n);
    if (known === undefined) {
      for (const native of this.#natives) await native.load(problem, n, a);
      this.#at = await fastest(this.#natives, this.#driver);
      this.#chosen.set(n, this.#at);
      const one = new Float64Array(2).fill(1);
      // The others give back the room of the matrix.
      for (const [k, native] of this.#natives.entries()) {
        if (k !== this.#at) await native.load(problem, 1, one.subarray(0, problem === 'symmetric' ? 1 : 2));
      }
    } else {
      this.#at = known;
      await this.#natives[known].load(problem, n, a);
    }
  }

  run(count: number): Promise<number> {
    return this.#natives[this.#at].run(this.#driver, count);
  }

  read(problem: Problem, n: number) {
    return this.#natives[this.#at].read(this.#driver, problem, n);
  }

  close(): void {
    for (const native of this.#natives) native.close();
  }
}
