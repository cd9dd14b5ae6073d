// Orders of matrices: mostly small, each side of every size where the code goes another way, now and then a large one.
import type { Random } from './random.js';

/** Cutoffs: blocks of divide and conquer, auto, Jacobi's one-sided route, panels, strips, shared tasks, packing. */
const CUTOFFS = [16, 20, 32, 40, 48, 64, 96, 128, 144, 192, 256];

export function order(random: Random): number {
  const u = random.uniform();
  if (u < 0.4) return random.integer(0, 6);
  if (u < 0.86) return random.integer(7, 40);
  if (u < 0.97) return random.pick(CUTOFFS.filter((n) => n < 140)) + random.integer(-1, 1);
  if (u < 0.99) return random.integer(41, 140);
  return random.chance(0.5) ? random.pick(CUTOFFS) + random.integer(-1, 1) : random.integer(141, 300);
}

/** Orders at which threads share work, and some at which they do not. */
export function sharedOrder(random: Random): number {
  if (random.chance(0.15)) return random.integer(1, 60);
  return random.chance(0.4) ? random.pick(CUTOFFS) + random.integer(-1, 1) : random.integer(61, 260);
}
