// The Schmidt decomposition of states of several parts, and their entanglement entropy: eigenvalues of the reduced density
// matrix of whichever side is smaller, which are those of M Mᴴ of assembly/operator/bipartition.ts.
import { eighOf } from '../eigen/eighOf.js';
import { floats } from '../wasm/arena.js';
import {
  PARTS_BYTES,
  PARTS_COLUMNS,
  PARTS_DIMENSIONS,
  PARTS_INSIDE,
  PARTS_PARTS,
  PARTS_ROWS,
  ULP,
} from '../wasm/constants.js';
import { inPairs } from '../wasm/numbers.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';

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
function sideSize({ dimensions, inside }: PartsTask, side: boolean): number {
  return dimensions.reduce((product, d, p) => (inside[p] === side ? product * d : product), 1);
}

/** Weights of each state, descending, of sum 1: as many as the smaller side has configurations. */
export function* schmidtSteps(runtime: Runtime, task: PartsTask): Steps<Float64Array> {
  const size = Math.min(sideSize(task, true), sideSize(task, false));
  const weights = floats(size * task.count);
  for (let k = 0; k < task.count; ++k) {
    const density = reducedDensity(runtime, task, k, sideSize(task, true) <= sideSize(task, false));
    const { values } = eighOf(runtime, density, size, { complex: task.width === 2, vectors: false });
    const sum = values.reduce((a, x) => a + Math.max(x, 0), 0);
    for (let j = 0; j < size; ++j) weights[size * k + j] = Math.max(values[size - 1 - j], 0) / sum;
    yield (k + 1) / task.count;
  }
  return weights;
}

/** ρ of the parts inside, of trace 1, of each state: entry (i, j) at i·d + j, or in pairs. */
export function reducedDensities(runtime: Runtime, task: PartsTask): Float64Array {
  const { count, width } = task;
  const size = sideSize(task, true);
  const out = floats(width * size * size * count);
  for (let k = 0; k < count; ++k) {
    const density = reducedDensity(runtime, task, k, true);
    let trace = 0;
    for (let i = 0; i < size; ++i) trace += density[width * i * (size + 1)];
    const first = width * size * size * k;
    for (let i = 0; i < size; ++i) {
      for (let j = 0; j < size; ++j) {
        const [to, from] = [first + width * (i * size + j), width * (j * size + i)];
        for (let part = 0; part < width; ++part) out[to + part] = density[from + part] / trace;
      }
    }
  }
  return out;
}

/** S (nats) of |ψ|² of each state, of `length` numbers, of the order of Rényi that is asked for. */
export function participations(
  runtime: Runtime,
  { amplitudes, length, width, count }: Pick<PartsTask, 'amplitudes' | 'length' | 'width' | 'count'>,
  order: number,
): Float64Array {
  return runtime.scope((arena) => {
    const at = arena.f64(length);
    return Float64Array.from({ length: count }, (_, k) => {
      const own = amplitudes.subarray(width * length * k, width * length * (k + 1));
      const most = own.reduce((m, x) => Math.max(m, Math.abs(x)), 0);
      const weights = arena.view(at, length);
      for (let i = 0; i < length; ++i) {
        const [re, im] = [own[width * i] / most, width === 2 ? own[2 * i + 1] / most : 0];
        weights[i] = re * re + im * im;
      }
      return runtime.wasm.weightEntropy(length, at, order, 0);
    });
  });
}

/** S (nats) of each state, of the order of Rényi that is asked for. */
export function* entropySteps(runtime: Runtime, task: PartsTask, order: number): Steps<Float64Array> {
  const weights = yield* schmidtSteps(runtime, task);
  const size = weights.length / task.count;
  return runtime.scope((arena) => {
    const at = arena.put(weights);
    const negligible = size * ULP;
    return Float64Array.from({ length: task.count }, (_, k) =>
      runtime.wasm.weightEntropy(size, at + 8 * size * k, order, negligible),
    );
  });
}

/** M Mᴴ of state k up to a factor, of the parts inside, or of those outside its conjugate; column-major, in pairs where it is complex. */
function reducedDensity(runtime: Runtime, task: PartsTask, k: number, inside: boolean): Float64Array {
  const [rows, columns] = [sideSize(task, true), sideSize(task, false)];
  const [size, over] = inside ? [rows, columns] : [columns, rows];
  return runtime.scope((arena) => {
    const m = placeMatrix(runtime, arena, task, k, rows, columns);
    const imaginary = m + 8 * rows * columns;
    const work = arena.bytes(runtime.wasm.gemmWorkspace(size, size, over) >>> 0);
    const out = arena.f64(size * size);
    // Strides of the side that stays and of the one that is summed over.
    const [keep, sum] = inside ? [1, rows] : [rows, 1];
    const multiply = (alpha: number, a: number, b: number, beta: number) =>
      runtime.wasm.gemm(
        size,
        size,
        over,
        alpha,
        runtime.wasm.operands(a, keep, sum, b, sum, keep, work),
        beta,
        out,
        size,
      );
    multiply(1, m, m, 0);
    if (task.width === 1) return arena.take(out, size * size);
    multiply(1, imaginary, imaginary, 1);
    const re = arena.take(out, size * size);
    multiply(1, imaginary, m, 0);
    multiply(-1, m, imaginary, 1);
    const im = arena.view(out, size * size);
    // Differences of equal products, but for rounding.
    for (let i = 0; i < size; ++i) im[i * (size + 1)] = 0;
    return inPairs(re, im);
  });
}

/** Places M of state k and returns its address. */
function placeMatrix(
  runtime: Runtime,
  arena: Arena,
  task: PartsTask,
  k: number,
  rows: number,
  columns: number,
): number {
  const { amplitudes, length, width, dimensions, inside } = task;
  const words = (values: ArrayLike<number>) => {
    const at = arena.i32(values.length);
    arena.viewI32(at, values.length).set(values);
    return at;
  };
  const at = {
    dimensions: words(dimensions),
    inside: words(inside.map(Number)),
    amplitudes: arena.put(amplitudes.subarray(width * length * k, width * length * (k + 1))),
  };
  const record = arena.bytes(PARTS_BYTES);
  const m = arena.f64(width * rows * columns);
  const head = new DataView(runtime.memory.buffer, record);
  head.setInt32(PARTS_PARTS, dimensions.length, true);
  head.setInt32(PARTS_DIMENSIONS, at.dimensions, true);
  head.setInt32(PARTS_INSIDE, at.inside, true);
  head.setInt32(PARTS_ROWS, rows, true);
  head.setInt32(PARTS_COLUMNS, columns, true);
  runtime.wasm.bipartition(record, length, width, at.amplitudes, m);
  return m;
}
