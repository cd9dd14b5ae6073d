// What the watching thread and the one that calls say to each other.
import type { Failure } from './round.js';

export interface FuzzOrder {
  /** Seed of the first round; later ones have the seeds that follow. */
  seed: number;
  /** Calls of all rounds together, at least. */
  calls: number;
  /** Calls of each function in a round; fewer of slow ones. */
  size: number;
  /** Number of the call at hand; then its description, UTF-8. */
  board: SharedArrayBuffer;
}

export type FuzzNews =
  | { kind: 'round'; seed: number; calls: number; failures: Failure[]; heap: number; wasm: number }
  | { kind: 'end' };

/** Where the length and the text of the description are on the board. */
export const LENGTH = 1;
export const TEXT = 8;
