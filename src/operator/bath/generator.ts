// The matrix M of the generator in panels of its lower triangle, and its size.
import { scaleByPowerOfTwo } from '../../wasm/magnitude.js';
import type { Arena, Runtime } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import { byColumns, diagonalOf, type Elements, ROWS_A_STEP } from './elements.js';
import { entryOf, type Panel, placePanels } from './panels.js';
import type { Unknowns } from './unknowns.js';

/**
 * M, in panels that also hold the entries above the diagonal within them. Where there are only populations the diagonal is left out:
 * it is minus the sum of the rest of its row.
 */
export function* generatorSteps(
  runtime: Runtime,
  arena: Arena,
  elements: readonly Elements[],
  levels: readonly number[][],
  { a, b, kinds, ends, populations }: Unknowns,
): Steps<Panel[]> {
  const panels = placePanels(arena, ends);
  for (const { from, to, end, at } of panels) {
    arena.view(at, (end - from) * (to - from)).fill(0);
    yield undefined;
  }
  const unknowns = [a, b, kinds].map((numbers) => arena.putWords(numbers));
  for (const [k, jump] of elements.entries()) {
    const rows = new Rows(runtime, arena, jump, levels);
    if (!populations) yield* rows.decaySteps();
    for (const panel of panels) {
      const [c, d, kindsAt] = unknowns.map((address) => address + 4 * panel.from);
      for (let p = panel.from; p < panel.to; ++p) {
        if ((p - panel.from) % ROWS_A_STEP === 0) yield (k + p / a.length) / elements.length;
        const { wasm } = runtime;
        // M is symmetric: its columns are its rows.
        const to = entryOf(panel, panel.from, p);
        const add = (alpha: number, left: number, right: number) =>
          wasm.bathRow(panel.end - panel.from, alpha, jump.complex, kinds[p], left, right, c, d, kindsAt, to);
        const left = rows.element(0, a[p]);
        add(-1, left, populations ? left : rows.element(1, b[p]));
        if (populations) continue;
        add(0.5, rows.decay(0, a[p]), rows.unit(1, b[p]));
        add(0.5, rows.unit(0, a[p]), rows.decay(1, b[p]));
      }
    }
  }
  return panels;
}

/**
 * Rows of L, of Q = L² between the states of one level, and of 1, in memory, each in one of two places. From L its mean in each level, a
 * multiple of 1 there, is subtracted first. That leaves M as it is, and what cancels in M is then no larger than M itself; in a level with
 * one state nothing cancels.
 */
class Rows {
  readonly #runtime: Runtime;
  readonly #arena: Arena;
  readonly #jump: Elements;
  readonly #levels: readonly number[][];
  readonly #n: number;
  readonly #width: number;
  readonly #places: readonly number[];
  readonly #out: number;
  /** For each state its level, and Q between it and the states of that. */
  readonly #decays = new Map<number, { level: readonly number[]; values: Float64Array }>();
  readonly #piecesOf: Elements['pieces'][] = [];
  /** For each state the mean of its level. */
  readonly #means: Float64Array;

  constructor(runtime: Runtime, arena: Arena, jump: Elements, levels: readonly number[][]) {
    this.#runtime = runtime;
    this.#arena = arena;
    this.#jump = jump;
    this.#levels = levels;
    this.#n = levels.reduce((sum, { length }) => sum + length, 0);
    this.#width = jump.complex ? 2 : 1;
    this.#places = [0, 1].map(() => arena.f64(this.#width * this.#n));
    this.#out = arena.f64(2);
    for (const [{ first, states }, own] of byColumns(jump.pieces)) {
      for (let j = 0; j < states.length; ++j) this.#piecesOf[first + j] = own;
    }
    const diagonal = diagonalOf(jump, this.#n);
    this.#means = new Float64Array(this.#n);
    for (const level of levels) {
      const mean = level.reduce((sum, a) => sum + diagonal[a], 0) / level.length;
      for (const a of level) this.#means[a] = mean;
    }
  }

  #cleared(place: number): Float64Array {
    return this.#arena.view(this.#places[place], this.#width * this.#n).fill(0);
  }

  /** ⟨a|L|·⟩ less the mean, the conjugates of ⟨·|L|a⟩. */
  element(place: number, a: number): number {
    const row = this.#cleared(place);
    for (const { rows, columns, data } of this.#piecesOf[a] ?? []) {
      const length = this.#width * rows.states.length;
      const from = (a - columns.first) * length;
      row.set(data.subarray(from, from + length), this.#width * rows.first);
    }
    row[this.#width * a] -= this.#means[a];
    if (this.#jump.complex) for (let i = 1; i < row.length; i += 2) row[i] = -row[i];
    return this.#places[place];
  }

  /** Row a of 1. */
  unit(place: number, a: number): number {
    this.#cleared(place)[this.#width * a] = 1;
    return this.#places[place];
  }

  /** ⟨a|Q|·⟩ between states of one level. */
  decay(place: number, a: number): number {
    const row = this.#cleared(place);
    const { level, values } = this.#decays.get(a)!;
    for (const [k, c] of level.entries()) {
      row[this.#width * c] = values[2 * k];
      if (this.#jump.complex) row[2 * c + 1] = values[2 * k + 1];
    }
    return this.#places[place];
  }

  /** Makes the rows of Q. */
  *decaySteps(): Steps<void> {
    for (const [l, level] of this.#levels.entries()) {
      if (l % ROWS_A_STEP === 0) yield undefined;
      for (const [i, a] of level.entries()) {
        if (i > 0) yield undefined;
        const values = new Float64Array(2 * level.length);
        const left = this.element(0, a);
        for (const [k, c] of level.entries()) {
          this.#runtime.wasm.bathDecay(this.#n, this.#jump.complex, left, this.element(1, c), this.#out);
          values.set(this.#arena.view(this.#out, 2), 2 * k);
        }
        this.#decays.set(a, { level, values });
      }
    }
  }
}

/** |M| by its largest row. */
export function* largestRow(arena: Arena, panels: readonly Panel[]): Steps<number> {
  const sums = new Float64Array(panels.at(-1)!.to);
  for (const panel of panels) {
    for (let q = panel.from; q < panel.to; ++q) {
      const column = arena.view(entryOf(panel, q, q), panel.end - q);
      sums[q] += Math.abs(column[0]);
      for (let i = 1; i < column.length; ++i) {
        sums[q] += Math.abs(column[i]);
        sums[q + i] += Math.abs(column[i]);
      }
    }
    yield panel.to / sums.length;
  }
  return sums.reduce((a, b) => Math.max(a, b));
}

/** M ← 2^−exponent M + shift. */
export function* rescaleSteps(
  arena: Arena,
  panels: readonly Panel[],
  exponent: number,
  shift: number,
): Steps<void> {
  for (const panel of panels) {
    const { from, to, end, at } = panel;
    const entries = arena.view(at, (end - from) * (to - from));
    if (exponent !== 0) scaleByPowerOfTwo(entries, -exponent);
    for (let q = from; q < to; ++q) arena.view(entryOf(panel, q, q), 1)[0] += shift;
    yield undefined;
  }
}
