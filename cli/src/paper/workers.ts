// The worker threads of the figures of one run: started once, when the first figure has tasks, so that code and core are
// loaded and compiled in them only once.
import { TaskPool } from '../sweeps/engines/local/pool.js';

export class Workers {
  #pool?: TaskPool;

  get pool(): TaskPool {
    this.#pool ??= new TaskPool();
    return this.#pool;
  }

  /** Ends the threads at once. */
  async close(): Promise<void> {
    await this.#pool?.close();
  }
}
