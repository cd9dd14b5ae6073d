// The levels of an operator whose few levels the space of one vector does not show by closing. The vectors that rounding brings in go on,
// with further copies of the levels; but all that the first vector has parts along has converged by then.
import { magnitude } from '../../wasm/magnitude.js';
import type { Steps } from '../../wasm/steps.js';
import { type Ritz, ritz } from '../ritz.js';
import { BOUND_STEPS } from '../tuning.js';
import { VectorBlocks } from '../vectorBlocks.js';
import { fillRandom, type Level, NO_REST } from './bounds.js';
import { ABSENT } from './fewLevels.js';
import { oneVector } from './oneVector.js';
import { clusters } from './peak.js';
import type { Problem } from './rounds.js';

/** Vectors of the space at most, and between two looks at it. Bounds on the wait, not tuned: the space costs less than one state of a search. */
export const LONGEST = 4 * BOUND_STEPS;
const BETWEEN = 10;

/** Ritz values this near one another may be mixtures. */
const NEAR = 1e-6;

/** The problem with all levels, or without any if there are too many; `most` products may be made. */
export function longLook(problem: Problem, most: number): Steps<Problem> {
  const { runtime, computed, bounds } = problem;
  const { n, complex } = computed;
  const steps = Math.min(LONGEST, n, most - bounds.products);
  return runtime.steps(function* (arena) {
    if (steps < 1) return problem;
    const apply = computed.place(runtime, arena, complex);
    const columns = new VectorBlocks(runtime, arena, n, complex, steps + 1, 1);
    const q = arena.f64(columns.length * (steps + 1));
    fillRandom(runtime, q, columns.length, 0xfffffffe);
    columns.clear();
    columns.orthonormalize(0, 1, 0, q);
    const { t, size, rest } = yield* oneVector(columns, apply, q, steps, NO_REST, bounds.parts);
    const products = bounds.products + size;
    const orthogonalizations = bounds.orthogonalizations + size;
    const spent: Problem = { ...problem, bounds: { ...bounds, products, orthogonalizations } };
    for (let space = Math.min(BETWEEN, size); ; space = Math.min(space + BETWEEN, size)) {
      const at = space - 1 + space * steps;
      const beta = space < size ? magnitude(t.re[at], t.im?.[at] ?? 0) : rest;
      const pairs = ritz(runtime, t, 0, space);
      const levels = pairs && completeLevels(pairs, beta, n);
      if (levels) return { ...spent, bounds: { ...spent.bounds, levels, space } };
      if (space === size) return spent;
      yield undefined;
    }
  });
}

/** The levels of Ritz pairs, if all that the first vector has parts along have converged; else null. */
function completeLevels(
  { values, vectors: { re, im, rows } }: Ritz,
  beta: number,
  n: number,
): Level[] | null {
  const levels: Level[] = [];
  for (const [from, to] of clusters(values, NEAR)) {
    const parts = Array.from({ length: to - from }, (_, i) => {
      const [first, last] = [(from + i) * rows, (from + i + 1) * rows - 1];
      const [a, b, c, d] = [re[first], im?.[first] ?? 0, re[last], im?.[last] ?? 0];
      return { value: values[from + i], weight: a * a + b * b, re: a * c + b * d, im: a * d - b * c };
    });
    const sum = (of: (part: (typeof parts)[number]) => number) =>
      parts.reduce((all, part) => all + of(part), 0);
    const weight = sum((part) => part.weight);
    if (!(weight > ABSENT * ABSENT)) continue;
    const energy = sum((part) => part.weight * part.value) / weight;
    const spread = sum((part) => part.weight * (part.value - energy) * (part.value - energy));
    const rest =
      beta *
      magnitude(
        sum((part) => part.re),
        sum((part) => part.im),
      );
    if (!(magnitude(Math.sqrt(spread), rest) <= NO_REST * Math.sqrt(weight))) return null;
    levels.push({ energy, copies: n * weight });
  }
  return levels;
}
