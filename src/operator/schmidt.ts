// The Schmidt decomposition of states of several parts, and their entanglement entropy: eigenvalues of the reduced density
// matrix of the smaller side, which are those of M Mᴴ of assembly/operator/bipartition.ts.
import { eighOfSteps } from '../eigen/eighOf.js';
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
import { type Steps, share } from '../wasm/steps.js';

/** States of several parts, checked: `width` numbers an amplitude, `length` amplitudes a state. */
export interface PartsTask {
  amplitudes: Float64Array;
  length: number;
  width: 1 | 2;
  count: number;
  dimensions: readonly number[];
  inside: readonly boolean[];
}

/** Multiplications between two pauses, if there are columns enough: some 3 ms of them. */
const STEP = 2 ** 24;
/** Columns of a product that are whole tiles of every build, so that the bits do not depend on how many are done at a time. */
const TILES = 12;
/** With fewer, packing the other factor again and again would take long. */
const LEAST_COLUMNS = 16 * TILES;

/** Number of configurations of the parts inside, or of those outside. */
function sideSize({ dimensions, inside }: PartsTask, side: boolean): number {
  return dimensions.reduce((product, d, p) => (inside[p] === side ? product * d : product), 1);
}

/** Weights of each state, descending, of sum 1: as many as the smaller side has configurations. `budget`: of a step, in nanoseconds. */
export function* schmidtSteps(runtime: Runtime, task: PartsTask, budget: number): Steps<Float64Array> {
  const { count } = task;
  const size = Math.min(sideSize(task, true), sideSize(task, false));
  const weights = floats(size * count);
  const inside = sideSize(task, true) <= sideSize(task, false);
  const wanted = { complex: task.width === 2, vectors: false };
  for (let k = 0; k < count; ++k) {
    const density = yield* share(densitySteps(runtime, task, k, inside), k / count, (k + 0.5) / count);
    const steps = eighOfSteps(runtime, density, size, wanted, budget);
    const { values } = yield* share(steps, (k + 0.5) / count, (k + 1) / count);
    const sum = values.reduce((a, x) => a + Math.max(x, 0), 0);
    for (let j = 0; j < size; ++j) weights[size * k + j] = Math.max(values[size - 1 - j], 0) / sum;
    yield (k + 1) / count;
  }
  return weights;
}

/** ρ of the parts inside, of trace 1, of each state: entry (i, j) at i·d + j, or in pairs. */
export function* reducedDensitySteps(runtime: Runtime, task: PartsTask): Steps<Float64Array> {
  const { count, width } = task;
  const size = sideSize(task, true);
  const out = floats(width * size * size * count);
  for (let k = 0; k < count; ++k) {
    const density = yield* share(densitySteps(runtime, task, k, true), k / count, (k + 1) / count);
    let trace = 0;
    for (let i = 0; i < size; ++i) trace += density[width * i * (size + 1)];
    const first = width * size * size * k;
    for (let i = 0; i < size; ++i) {
      for (let j = 0; j < size; ++j) {
        const [to, from] = [first + width * (i * size + j), width * (j * size + i)];
        for (let part = 0; part < width; ++part) out[to + part] = density[from + part] / trace;
      }
    }
    yield (k + 1) / count;
  }
  return out;
}

/** S (nats) of |ψ|² of each state, of `length` numbers, of the order of Rényi that is asked for. */
export function participationSteps(
  runtime: Runtime,
  { amplitudes, length, width, count }: Pick<PartsTask, 'amplitudes' | 'length' | 'width' | 'count'>,
  order: number,
): Steps<Float64Array> {
  return runtime.steps(function* (arena) {
    const out = floats(count);
    const at = arena.f64(length);
    for (let k = 0; k < count; ++k) {
      const own = amplitudes.subarray(width * length * k, width * length * (k + 1));
      const most = own.reduce((m, x) => Math.max(m, Math.abs(x)), 0);
      const weights = arena.view(at, length);
      for (let i = 0; i < length; ++i) {
        const [re, im] = [own[width * i] / most, width === 2 ? own[2 * i + 1] / most : 0];
        weights[i] = re * re + im * im;
      }
      out[k] = runtime.wasm.weightEntropy(length, at, order, 0);
      yield (k + 1) / count;
    }
    return out;
  });
}

/** S (nats) of each state, of the order of Rényi that is asked for. */
export function* entropySteps(
  runtime: Runtime,
  task: PartsTask,
  order: number,
  budget: number,
): Steps<Float64Array> {
  const weights = yield* schmidtSteps(runtime, task, budget);
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
function densitySteps(runtime: Runtime, task: PartsTask, k: number, inside: boolean): Steps<Float64Array> {
  const [rows, columns] = [sideSize(task, true), sideSize(task, false)];
  const [size, over] = inside ? [rows, columns] : [columns, rows];
  // Strides of the side that stays and of the one that is summed over.
  const [keep, sum] = inside ? [1, rows] : [rows, 1];
  const together = Math.max(LEAST_COLUMNS, TILES * Math.floor(STEP / (size * over * TILES)));
  return runtime.steps(function* (arena) {
    const m = placeMatrix(runtime, arena, task, k, rows, columns);
    const imaginary = m + 8 * rows * columns;
    const work = arena.bytes(runtime.wasm.gemmWorkspace(size, Math.min(size, together), over) >>> 0);
    const out = arena.f64(size * size);
    // out ← alpha A Bᵀ + beta out, some columns at a time.
    function* multiply(alpha: number, a: number, b: number, beta: number, done: number): Steps<void> {
      for (let j = 0; j < size; j += together) {
        const some = Math.min(together, size - j);
        const at = runtime.wasm.operands(a, keep, sum, b + 8 * keep * j, sum, keep, work);
        runtime.wasm.gemm(size, some, over, alpha, at, beta, out + 8 * size * j, size);
        yield (done + (j + some) / size) / (task.width === 1 ? 1 : 4);
      }
    }
    yield* multiply(1, m, m, 0, 0);
    if (task.width === 1) return arena.take(out, size * size);
    yield* multiply(1, imaginary, imaginary, 1, 1);
    const re = arena.take(out, size * size);
    yield* multiply(1, imaginary, m, 0, 2);
    yield* multiply(-1, m, imaginary, 1, 3);
    const im = arena.view(out, size * size);
    // Imaginary parts of the diagonal are differences of equal products, 0 but for rounding.
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
  const at = {
    dimensions: arena.putWords(dimensions),
    inside: arena.putWords(inside.map(Number)),
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
