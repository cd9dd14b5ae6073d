// How much WebAssembly memory the filtered solver holds at most, known before it begins.
import { eighBytes, eighComplexBytes, fastestMethod } from '../../eigen/memory.js';
import { MAX_BYTES } from '../../wasm/heap.js';
import type { Runtime } from '../../wasm/runtime.js';
import type { Computed } from '../compute.js';
import { ritzBytes } from '../ritz.js';
import { Single } from '../single.js';
import { BOUND_STEPS, FILTER_BLOCK } from '../tuning.js';
import { VectorBlocks } from '../vectorBlocks.js';
import { filterBytes } from './chebyshev.js';
import { krylovLimit } from './lanczos.js';
import { areTwo, filteredTogether } from './space.js';

/** Spare bytes: blocks are aligned, and each call has a few of them. */
export const SLACK = 1 << 14;
/** Bytes of the polynomial's coefficients: its degree is about D/count. */
const COEFFICIENTS = 1 << 16;

/** Of the space of one vector, by which the ends of the spectrum are looked for first, and few levels last. */
export function spaceBytes(runtime: Runtime, { n, complex, bytes }: Computed, most: number): number {
  const length = complex ? 2 * n : n;
  const steps = Math.min(most, n);
  const small = ritzBytes(runtime, steps, complex);
  return (
    bytes + 8 * length * (steps + 1) + VectorBlocks.bytes(runtime, n, complex, steps + 1, 1) + small + SLACK
  );
}

/** For `count` states with blocks of `block` columns; among it are the `kept` states that are found. */
export function filteredBytes(
  runtime: Runtime,
  of: Computed,
  count: number,
  block = FILTER_BLOCK,
  kept = count,
): number {
  const { n, complex, bytes } = of;
  const length = complex ? 2 * n : n;
  const limit = krylovLimit(n, count, block);
  const states = 8 * length * kept;
  const space = 8 * length * (limit + block);
  // The formulas of workspaces hold in 32-bit addresses; what is past that is too much anyway.
  if (states + space > MAX_BYTES) return states + space;
  const decomposition = (method: 'qr' | 'dc') =>
    complex ? eighComplexBytes(runtime, limit, 'qr', true) : eighBytes(runtime, limit, method, true);
  const bounds = spaceBytes(runtime, of, BOUND_STEPS);
  const filter = (of.filter ? 0 : bytes) + filterBytes(runtime, of, filteredTogether(block));
  const coefficients = 8 * (Math.ceil(n / Math.max(count, 1)) + COEFFICIENTS);
  const lanczos =
    space +
    filter +
    coefficients +
    VectorBlocks.bytes(runtime, n, complex, limit + block, block) +
    (areTwo(block, complex) ? Single.bytes(runtime, limit + block) : 0);
  const small = Math.max(decomposition('qr'), decomposition(fastestMethod(limit)));
  const most = bytes + Math.max(small, VectorBlocks.rotationBytes(n, complex, limit));
  return states + Math.max(bounds, bytes + 24 * length, lanczos + most) + SLACK;
}
