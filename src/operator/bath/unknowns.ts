// The unknowns of the generator, X_ab = ⟨a|ρ|b⟩ of the states of one level, as real numbers in layers of which M connects neighbours alone.
import { InputError } from '../../wasm/errors.js';
import type { Eigenstates } from './eigenstates.js';
import type { Elements } from './elements.js';

/** Largest order of the generator. */
export const LARGEST_ORDER = 8192;

/** Kinds 0, 1 and 2 are X_aa, √2 Re X_ab and √2 Im X_ab of a pair of different states. */
export interface Unknowns {
  a: Uint32Array;
  b: Uint32Array;
  kinds: Uint32Array;
  /** For each unknown the one after the last that M may connect with it. */
  ends: Uint32Array;
  /** Whether there are none but populations, each level having one state. */
  populations: boolean;
}

/** States no farther apart than `near` from the next are one level; each level by the numbers of its states. */
export function levelsOf(values: Float64Array, near: number): number[][] {
  const sorted = Array.from(values.keys()).sort((i, j) => values[i] - values[j] || i - j);
  const levels: number[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const state of sorted) {
    if (values[state] - last <= near) levels.at(-1)!.push(state);
    else levels.push([state]);
    last = values[state];
  }
  return levels;
}

export function unknownsOf(
  of: Eigenstates,
  levels: readonly number[][],
  jumps: readonly Elements[],
): Unknowns {
  const steps = stepsOf(of, jumps);
  const all: { a: number; b: number; kind: number; layer: number }[] = [];
  for (const level of levels) {
    const count = level.length;
    if (all.length + count * count > LARGEST_ORDER) {
      throw new InputError(
        'operator',
        `has levels of so many copies (${count} at ${of.values[level[0]]}) that the generator has an order beyond ${LARGEST_ORDER}: a sector of its symmetries has fewer`,
      );
    }
    for (const [i, a] of level.entries()) {
      for (const b of level.slice(i)) {
        // The generator applies L once to each of a and b, or L² to one of them: the sum of their steps changes by 2 at most, and the layer
        // by 1.
        const layer = Math.floor((steps[a] + steps[b]) / 2);
        if (a === b) all.push({ a, b, kind: 0, layer });
        else all.push({ a, b, kind: 1, layer }, { a, b, kind: 2, layer });
      }
    }
  }
  all.sort((p, q) => p.layer - q.layer);
  const after: number[] = [];
  for (const [q, { layer }] of all.entries()) after[layer] = q + 1;
  const end = (layer: number): number => after[layer] ?? end(layer - 1);
  return {
    a: Uint32Array.from(all, ({ a }) => a),
    b: Uint32Array.from(all, ({ b }) => b),
    kinds: Uint32Array.from(all, ({ kind }) => kind),
    ends: Uint32Array.from(all, ({ layer }) => end(Math.min(layer + 1, after.length - 1))),
    populations: all.length === of.n,
  };
}

/** For each state the least number of jumps that lead to its block from the smallest block with which it is connected. */
function stepsOf({ n, blocks }: Eigenstates, jumps: readonly Elements[]): Uint32Array {
  const neighbours = new Map(blocks.map((block) => [block, new Set<(typeof blocks)[number]>()]));
  for (const { pieces } of jumps) for (const { rows, columns } of pieces) neighbours.get(columns)!.add(rows);
  const steps = new Map<(typeof blocks)[number], number>();
  const bySize = [...blocks].sort((p, q) => p.states.length - q.states.length || p.first - q.first);
  for (const start of bySize) {
    if (steps.has(start)) continue;
    steps.set(start, 0);
    const queue = [start];
    for (const block of queue) {
      for (const next of neighbours.get(block)!) {
        if (steps.has(next)) continue;
        steps.set(next, steps.get(block)! + 1);
        queue.push(next);
      }
    }
  }
  const out = new Uint32Array(n);
  for (const block of blocks) out.fill(steps.get(block)!, block.first, block.first + block.states.length);
  return out;
}
