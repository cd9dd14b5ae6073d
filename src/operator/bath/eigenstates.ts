// Eigenstates of an operator, block by block, and elements of another between them, as far as it connects the blocks.
import { eighOfSteps } from '../../eigen/eighOf.js';
import { floats } from '../../wasm/arena.js';
import { ConvergenceError } from '../../wasm/errors.js';
import { inPairs } from '../../wasm/numbers.js';
import type { Arena, Runtime } from '../../wasm/runtime.js';
import { type Steps, share } from '../../wasm/steps.js';
import { blocksOf } from '../blocks.js';
import { applySteps, blockOf, type Computed } from '../compute.js';
import { denseOf } from '../dense.js';
import { checkMeasured } from '../measure.js';
import { ELEMENT_VECTORS, MANY_BLOCKS, PROGRESS } from '../tuning.js';
import { VectorBlocks } from '../vectorBlocks.js';
import { type Block, type Elements, hermitianSteps, type Piece } from './elements.js';

const DONE = PROGRESS.bath;

export interface Eigenstates {
  n: number;
  complex: boolean;
  /** The energy of each. */
  values: Float64Array;
  blocks: readonly Block[];
}

const cube = (x: number) => x * x * x;

export function* eigenstateSteps(runtime: Runtime, computed: Computed, budget: number): Steps<Eigenstates> {
  const { n, complex } = computed;
  const parts = yield* share(blocksOf(runtime, computed), 0, DONE.blocks);
  const work = parts.reduce((sum, { length }) => sum + cube(length), 0);
  const values = floats(n);
  const blocks: Block[] = [];
  let [first, done] = [0, 0];
  for (const states of parts) {
    const order = states.length;
    const place = (x: number) => DONE.blocks + ((1 - DONE.blocks) * (done + x * cube(order))) / work;
    const h = yield* share(denseOf(runtime, computed, states), place(0), place(DONE.dense));
    const solver = eighOfSteps(runtime, h, order, { complex, vectors: true }, budget);
    const found = yield* share(solver, place(DONE.dense), place(1));
    if (!found.convergence.converged) throw new ConvergenceError('bathRate: eigh did not converge');
    values.set(found.values, first);
    blocks.push({ first, states, vectors: found.vectors });
    first += order;
    done += cube(order);
  }
  return {
    n,
    complex,
    values,
    blocks: blocks.length > MANY_BLOCKS ? mergedSmall(blocks, n, complex) : blocks,
  };
}

/**
 * Blocks with neighbouring small ones merged, up to 2/MANY_BLOCKS of the n states in each, so that few are left; a larger block stays as it
 * is.
 */
function mergedSmall(blocks: readonly Block[], n: number, complex: boolean): Block[] {
  const most = Math.ceil((2 * n) / MANY_BLOCKS);
  const bundles: Block[][] = [];
  let order = Number.POSITIVE_INFINITY;
  for (const block of blocks) {
    const own = block.states.length;
    if (order + own <= most) {
      bundles.at(-1)!.push(block);
      order += own;
    } else {
      bundles.push([block]);
      order = own;
    }
  }
  return bundles.map((bundle) => (bundle.length === 1 ? bundle[0] : merged(bundle, complex ? 2 : 1)));
}

/** One block made of several. The eigenstates stay the same: each is 0 outside of the block that it comes from. */
function merged(bundle: readonly Block[], width: number): Block {
  const states = Uint32Array.from(bundle.flatMap((block) => Array.from(block.states)));
  const vectors = floats(width * states.length * states.length);
  let before = 0;
  for (const block of bundle) {
    const length = width * block.states.length;
    for (let k = 0; k < block.states.length; ++k) {
      const at = width * ((before + k) * states.length + before);
      vectors.set(block.vectors.subarray(k * length, (k + 1) * length), at);
    }
    before += block.states.length;
  }
  return { first: bundle[0].first, states, vectors };
}

/** ⟨i|L|j⟩ of all eigenstates. */
export function elementSteps(runtime: Runtime, of: Eigenstates, jump: Computed): Steps<Elements> {
  const { n, blocks } = of;
  const pairs = of.complex || jump.complex;
  const width = pairs ? 2 : 1;
  return runtime.steps(function* (arena) {
    jump.checkLinear?.();
    const apply = jump.place(runtime, arena, pairs);
    const length = width * n;
    const [x, w] = [arena.f64(length * ELEMENT_VECTORS), arena.f64(length * ELEMENT_VECTORS)];
    const placed: PlacedBlock[] = [];
    for (const block of blocks) {
      placed.push(new PlacedBlock(runtime, arena, block, of.complex, pairs));
      yield undefined;
    }
    const pieces: Piece[] = [];
    for (const right of placed) {
      const own = new Map<PlacedBlock, Piece>();
      for (let j = 0; j < right.order; j += ELEMENT_VECTORS) {
        const some = Math.min(ELEMENT_VECTORS, right.order - j);
        right.spread(j, some, arena.view(x, length * some));
        for (let k = 0; k < some; k += blockOf(length)) {
          const at = 8 * length * k;
          const count = Math.min(blockOf(length), some - k);
          yield* applySteps(jump, apply, length, count, [x + at, w + at]);
        }
        for (const left of placed) {
          if (!left.gather(some, arena.view(w, length * some))) continue;
          if (!own.has(left)) {
            const data = floats(width * left.order * right.order);
            own.set(left, { rows: left.block, columns: right.block, data });
          }
          left.overlap(some, own.get(left)!.data.subarray(width * left.order * j));
          yield (right.block.first + j) / n;
        }
      }
      pieces.push(...own.values());
    }
    for (const { data } of pieces) {
      checkMeasured(data);
      yield undefined;
    }
    return yield* hermitianSteps({ complex: pairs, pieces });
  });
}

/** The vectors of a block in memory, and room for products beside them. */
class PlacedBlock {
  readonly block: Block;
  readonly order: number;
  readonly #arena: Arena;
  readonly #width: number;
  readonly #columns: VectorBlocks;
  readonly #v: number;
  readonly #w: number;

  /** `from`: whether the vectors are in pairs, `pairs`: whether they are to be. */
  constructor(runtime: Runtime, arena: Arena, block: Block, from: boolean, pairs: boolean) {
    this.block = block;
    this.order = block.states.length;
    this.#arena = arena;
    this.#width = pairs ? 2 : 1;
    this.#columns = new VectorBlocks(runtime, arena, this.order, pairs, this.order, ELEMENT_VECTORS);
    this.#v = arena.put(from === pairs ? block.vectors : inPairs(block.vectors));
    this.#w = arena.f64(this.#columns.length * ELEMENT_VECTORS);
  }

  /** Writes vectors j … j + some − 1 in the whole basis. */
  spread(j: number, some: number, x: Float64Array): void {
    const [n, width] = [x.length / some, this.#width];
    const from = this.#arena.view(this.#columns.column(this.#v, j), this.#columns.length * some);
    x.fill(0);
    for (let k = 0, at = 0; k < some; ++k) {
      for (const state of this.block.states) {
        for (let part = 0; part < width; ++part) x[k * n + width * state + part] = from[at++];
      }
    }
  }

  /** Takes the part of vectors of the whole basis that lies in this block; returns whether there is any. */
  gather(some: number, w: Float64Array): boolean {
    const [n, width] = [w.length / some, this.#width];
    const to = this.#arena.view(this.#w, this.#columns.length * some);
    let any = false;
    for (let k = 0, at = 0; k < some; ++k) {
      for (const state of this.block.states) {
        for (let part = 0; part < width; ++part) {
          const value = w[k * n + width * state + part];
          to[at++] = value;
          any ||= value !== 0;
        }
      }
    }
    return any;
  }

  /** Overlaps of all vectors with those that were taken. */
  overlap(some: number, to: Float64Array): void {
    const { re, im } = this.#columns.overlap(this.order, this.#v, some, this.#w);
    if (!im) to.set(re);
    else {
      for (let p = 0; p < re.length; ++p) {
        to[2 * p] = re[p];
        to[2 * p + 1] = im[p];
      }
    }
  }
}
