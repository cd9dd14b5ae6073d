// The Schmidt decomposition of states of several parts, and their entanglement entropy: eigenvalues of the reduced density
// matrix of the smaller side, which are those of M Mᴴ of assembly/operator/bipartition.ts.
import { eighOfSteps } from '../eigen/eighOf.js';
import { floats } from '../wasm/arena.js';
import { RECORD_ENTROPY, ULP } from '../wasm/constants.js';
import { jobSteps } from '../wasm/jobs.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import { densitySteps, largestSteps, type PartsTask, sideSize } from './density.js';
import { TURNED } from './tuning.js';

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

/** Row i of column-major ρ over its trace. */
function divide(density: Float64Array, i: number, trace: number, width: number, row: Float64Array): void {
  const size = row.length / width;
  for (let j = 0; j < size; ++j) {
    const from = width * (j * size + i);
    for (let part = 0; part < width; ++part) row[width * j + part] = density[from + part] / trace;
  }
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
    const rows = Math.max(1, Math.floor(TURNED / size));
    for (let i = 0; i < size; ++i) {
      if (i > 0 && i % rows === 0) yield undefined;
      const from = first + width * i * size;
      divide(density, i, trace, width, out.subarray(from, from + width * size));
    }
    yield (k + 1) / count;
  }
  return out;
}

/** |ψ/most|² of amplitudes, in pairs where there are twice as many numbers. */
function square(amplitudes: Float64Array, most: number, weights: Float64Array): void {
  const width = amplitudes.length / weights.length;
  for (let i = 0; i < weights.length; ++i) {
    const re = amplitudes[width * i] / most;
    const im = width === 2 ? amplitudes[2 * i + 1] / most : 0;
    weights[i] = re * re + im * im;
  }
}

/** S (nats) of |ψ|² of each state, of `length` numbers, of the order of Rényi that is asked for. `budget`: of a step, in nanoseconds. */
export function participationSteps(
  runtime: Runtime,
  { amplitudes, length, width, count }: Pick<PartsTask, 'amplitudes' | 'length' | 'width' | 'count'>,
  order: number,
  budget: number,
): Steps<Float64Array> {
  return runtime.steps(function* (arena) {
    const out = floats(count);
    const at = arena.f64(length);
    const work = arena.bytes(runtime.wasm.weightEntropyWorkspace() >>> 0);
    for (let k = 0; k < count; ++k) {
      const own = amplitudes.subarray(width * length * k, width * length * (k + 1));
      const most = yield* largestSteps(own);
      for (let from = 0; from < length; from += TURNED) {
        if (from > 0) yield (k + (0.5 * from) / length) / count;
        const some = Math.min(TURNED, length - from);
        square(own.subarray(width * from, width * (from + some)), most, arena.view(at + 8 * from, some));
      }
      runtime.wasm.weightEntropyStart(length, at, order, 0, work);
      out[k] = yield* share(entropyOf(runtime, arena, work, budget), (k + 0.5) / count, (k + 1) / count);
      yield (k + 1) / count;
    }
    return out;
  });
}

/** The result of the job that weightEntropyStart began. */
function* entropyOf(runtime: Runtime, arena: Arena, work: number, budget: number): Steps<number> {
  yield* jobSteps(runtime, work, budget);
  return arena.view(work + RECORD_ENTROPY, 1)[0];
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
  return yield* runtime.steps(function* (arena) {
    const at = arena.put(weights);
    const work = arena.bytes(runtime.wasm.weightEntropyWorkspace() >>> 0);
    const out = floats(task.count);
    for (let k = 0; k < task.count; ++k) {
      runtime.wasm.weightEntropyStart(size, at + 8 * size * k, order, size * ULP, work);
      out[k] = yield* entropyOf(runtime, arena, work, budget);
      yield undefined;
    }
    return out;
  });
}
