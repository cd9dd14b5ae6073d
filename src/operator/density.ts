// Reduced density matrices of states of several parts: M Mᴴ of the matrix M of assembly/operator/bipartition.ts.
import { COPIED } from '../eigen/tuning.js';
import { floats } from '../wasm/arena.js';
import {
  BIPARTITION_BYTES,
  BIPARTITION_COLUMNS,
  BIPARTITION_DIMENSIONS,
  BIPARTITION_INSIDE,
  BIPARTITION_PARTS,
  BIPARTITION_ROWS,
  KC,
} from '../wasm/constants.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import { DENSITY_STEP, DIGITS, LEAST_COLUMNS, LEAST_ROWS, PROGRESS, TILES } from './tuning.js';

/** States of several parts, checked: `width` numbers an amplitude, `length` amplitudes a state. */
export interface PartsTask {
  amplitudes: Float64Array;
  length: number;
  width: 1 | 2;
  count: number;
  dimensions: readonly number[];
  inside: readonly boolean[];
}

/** Number of configurations of the parts inside, or of those outside. */
export function sideSize({ dimensions, inside }: PartsTask, side: boolean): number {
  return dimensions.reduce((product, d, p) => (inside[p] === side ? product * d : product), 1);
}

/** The largest |x|, some millions of numbers a step. */
export function* largestSteps(x: Float64Array): Steps<number> {
  let most = 0;
  for (let from = 0; from < x.length; from += COPIED) {
    if (from > 0) yield undefined;
    const to = Math.min(x.length, from + COPIED);
    most = Math.max(most, largest(x, from, to));
  }
  return most;
}

function largest(x: Float64Array, from: number, to: number): number {
  let most = 0;
  for (let i = from; i < to; ++i) most = Math.max(most, Math.abs(x[i]));
  return most;
}

/** How the product of `size` rows and columns, with sums over `over`, is divided into steps: sums at multiples of the blocks of gemm, which changes no bit. */
function cutOf(size: number, over: number): { columns: number; rows: number; depth: number } {
  const whole = TILES * Math.floor(DENSITY_STEP / (size * over * TILES));
  const columns = Math.min(size, Math.max(LEAST_COLUMNS, whole));
  const depth = Math.max(KC, KC * Math.floor(DENSITY_STEP / (size * columns * KC)));
  const deep = Math.min(over, depth);
  const rows = Math.max(LEAST_ROWS, TILES * Math.floor(DENSITY_STEP / (columns * deep * TILES)));
  return { columns, rows: Math.min(size, rows), depth: deep };
}

/** M Mᴴ of state k up to a factor, of the parts inside, or of those outside its conjugate; column-major, in pairs where it is complex. */
export function densitySteps(
  runtime: Runtime,
  task: PartsTask,
  k: number,
  inside: boolean,
): Steps<Float64Array> {
  const [rows, columns] = [sideSize(task, true), sideSize(task, false)];
  const [size, over] = inside ? [rows, columns] : [columns, rows];
  // Strides of the side that stays and of the one that is summed over.
  const [keep, sum] = inside ? [1, rows] : [rows, 1];
  const { width } = task;
  const cut = cutOf(size, over);
  return runtime.steps(function* (arena) {
    const m = yield* share(placeSteps(runtime, arena, task, k, rows, columns), 0, PROGRESS.placed);
    const imaginary = m + 8 * rows * columns;
    const work = arena.bytes(runtime.wasm.gemmWorkspace(cut.rows, cut.columns, cut.depth) >>> 0);
    const out = arena.f64(size * size);
    const products = width === 1 ? 1 : 4;
    // out ← alpha A Bᵀ + beta out, some of the sums of some rows and columns at a time; `done` products are there.
    function* multiply(alpha: number, a: number, b: number, beta: number, done: number): Steps<void> {
      const [from, to] = [done, done + 1].map(
        (product) => PROGRESS.placed + ((1 - PROGRESS.placed) * product) / products,
      );
      for (let j = 0; j < size; j += cut.columns) {
        const some = Math.min(cut.columns, size - j);
        for (let l = 0; l < over; l += cut.depth) {
          const deep = Math.min(cut.depth, over - l);
          for (let i = 0; i < size; i += cut.rows) {
            const { wasm } = runtime;
            const high = Math.min(cut.rows, size - i);
            const [left, right] = [a + 8 * (keep * i + sum * l), b + 8 * (keep * j + sum * l)];
            const at = wasm.operands(left, keep, sum, right, sum, keep, work);
            wasm.gemm(high, some, deep, alpha, at, l === 0 ? beta : 1, out + 8 * (size * j + i), size);
            yield from + (to - from) * ((j + (some * (l + (deep * (i + high)) / size)) / over) / size);
          }
        }
      }
    }
    const density = floats(width * size * size);
    // Copies the product to the real parts of the result (`place` 0) or the imaginary ones (1).
    function* copy(place: 0 | 1): Steps<void> {
      for (let from = 0; from < size * size; from += COPIED / 4) {
        if (from > 0) yield undefined;
        const product = arena.view(out + 8 * from, Math.min(COPIED / 4, size * size - from));
        if (width === 1) density.set(product, from);
        else for (let i = 0; i < product.length; ++i) density[2 * (from + i) + place] = product[i];
      }
    }
    yield* multiply(1, m, m, 0, 0);
    if (width === 2) yield* multiply(1, imaginary, imaginary, 1, 1);
    yield* copy(0);
    if (width === 1) return density;
    yield* multiply(1, imaginary, m, 0, 2);
    yield* multiply(-1, m, imaginary, 1, 3);
    const im = arena.view(out, size * size);
    // Imaginary parts of the diagonal are differences of equal products, 0 but for rounding.
    for (let i = 0; i < size; ++i) im[i * (size + 1)] = 0;
    yield* copy(1);
    return density;
  });
}

/** Places M of state k and returns its address. */
function* placeSteps(
  runtime: Runtime,
  arena: Arena,
  task: PartsTask,
  k: number,
  rows: number,
  columns: number,
): Steps<number> {
  const { amplitudes, length, width, dimensions, inside } = task;
  const own = amplitudes.subarray(width * length * k, width * length * (k + 1));
  const most = yield* largestSteps(own);
  const some = Math.min(length, Math.max(1024, Math.floor(DIGITS / Math.max(1, dimensions.length))));
  const at = { dimensions: arena.putWords(dimensions), inside: arena.putWords(inside.map(Number)) };
  const record = arena.bytes(BIPARTITION_BYTES);
  const piece = arena.f64(width * some);
  const m = arena.f64(width * rows * columns);
  const head = new DataView(runtime.memory.buffer, record);
  head.setInt32(BIPARTITION_PARTS, dimensions.length, true);
  head.setInt32(BIPARTITION_DIMENSIONS, at.dimensions, true);
  head.setInt32(BIPARTITION_INSIDE, at.inside, true);
  head.setInt32(BIPARTITION_ROWS, rows, true);
  head.setInt32(BIPARTITION_COLUMNS, columns, true);
  for (let from = 0; from < length; from += some) {
    if (from > 0) yield from / length;
    const to = Math.min(length, from + some);
    arena.copy(own.subarray(width * from, width * to), piece);
    runtime.wasm.bipartition(record, from, to, width, piece, most, m);
  }
  return m;
}
