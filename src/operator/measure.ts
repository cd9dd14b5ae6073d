// Operators in given vectors: expectation values, variances, matrix elements.
import { COPIED } from '../eigen/tuning.js';
import { floats } from '../wasm/arena.js';
import { InputError } from '../wasm/errors.js';
import { allFinite } from '../wasm/finite.js';
import { timesPowerOfTwo } from '../wasm/magnitude.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import { inUnit } from './compose.js';
import { applySteps, blockOf, type Computed } from './compute.js';
import { loadUnit } from './dynamics/record.js';
import { OVERLAP_COLUMNS, OVERLAPPED } from './tuning.js';
import { unitOf } from './unit.js';
import type { CheckedVectors } from './vectorArguments.js';
import { VectorBlocks } from './vectorBlocks.js';

/** Vectors of an operator, checked. */
export interface MeasureTask extends CheckedVectors {
  computed: Computed;
}

/** Doubles in a vector of the kind that operator and vectors take. */
function kindOf({ computed: { n, complex }, width }: MeasureTask): { pairs: boolean; length: number } {
  const pairs = complex || width === 2;
  return { pairs, length: pairs ? 2 * n : n };
}

/** Refuses a result beyond the largest double. */
export function checkMeasured(values: Float64Array): Float64Array {
  if (allFinite(values)) return values;
  throw new InputError(
    'operator',
    'multiplies a state into numbers whose products are beyond the largest double',
  );
}

/** ⟨A⟩ of each vector. */
export function* expectationSteps(runtime: Runtime, task: MeasureTask): Steps<Float64Array> {
  return checkMeasured((yield* scaledMoments(runtime, task)).means);
}

/** ⟨A²⟩ − ⟨A⟩² of each vector. */
export function* varianceSteps(runtime: Runtime, task: MeasureTask): Steps<Float64Array> {
  return checkMeasured((yield* scaledMoments(runtime, task)).variances);
}

/** Squares of products below this may have lost digits. */
const SMALL_SQUARE = 2 ** -960;

interface Moments {
  means: Float64Array;
  variances: Float64Array;
  /** Whether products, or their squares, were so small that digits were lost. */
  small: boolean;
}

/** The moments, of operators near the smallest doubles by 2^unit times the operator, whose products lose no digits. */
function* scaledMoments(runtime: Runtime, task: MeasureTask): Steps<Moments> {
  const plain = yield* momentSteps(runtime, task);
  if (!plain.small) return plain;
  const unit = unitOf(runtime, task.computed, kindOf(task).pairs);
  if (unit === 0) return plain;
  const { means, variances } = yield* momentSteps(runtime, {
    ...task,
    computed: inUnit(task.computed, unit),
  });
  return {
    means: means.map((x) => timesPowerOfTwo(x, -unit)),
    variances: variances.map((x) => timesPowerOfTwo(x, -2 * unit)),
    small: false,
  };
}

/** ⟨A⟩, and ⟨A²⟩ − ⟨A⟩² as |(A − ⟨A⟩)ψ|², which no difference of large numbers spoils. */
function momentSteps(runtime: Runtime, task: MeasureTask): Steps<Moments> {
  const { computed, columns } = task;
  const { pairs, length } = kindOf(task);
  const block = Math.min(columns, blockOf(length));
  return runtime.steps(function* (arena) {
    const [means, variances] = [floats(columns), floats(columns)];
    let small = false;
    computed.checkLinear?.();
    const apply = computed.place(runtime, arena, pairs);
    const [v, products] = [arena.f64(length * block), arena.f64(length * block)];
    for (let c = 0; c < columns; c += block) {
      const some = Math.min(block, columns - c);
      for (let k = 0; k < some; ++k) {
        loadUnit({ runtime, arena, length, pairs }, task, c + k, v + 8 * length * k);
      }
      yield* applySteps(computed, apply, length, some, [v, products]);
      const { wasm } = runtime;
      for (let k = 0; k < some; ++k) {
        const [x, w] = [v + 8 * length * k, products + 8 * length * k];
        small ||= wasm.dot(length, w, w) < SMALL_SQUARE;
        means[c + k] = wasm.dot(length, x, w);
        wasm.combine(length, x, x, w, w, -means[c + k], 0, 1, 0);
        variances[c + k] = wasm.dot(length, w, w);
      }
      yield (c + some) / columns;
    }
    return { means, variances, small };
  });
}

/** ⟨i|A|j⟩ at i·columns + j, or in pairs. */
export function elementSteps(runtime: Runtime, task: MeasureTask): Steps<Float64Array> {
  const { computed, columns: count } = task;
  const { pairs, length } = kindOf(task);
  const block = blockOf(length);
  const together = Math.max(1, Math.floor(OVERLAPPED / length));
  return runtime.steps(function* (arena) {
    const out = floats((pairs ? 2 : 1) * count * count);
    computed.checkLinear?.();
    const apply = computed.place(runtime, arena, pairs);
    const columns = new VectorBlocks(runtime, arena, computed.n, pairs, count, OVERLAP_COLUMNS);
    const v = arena.f64(length * count);
    const w = arena.f64(length * OVERLAP_COLUMNS);
    yield* copyVectors(arena, task, v, pairs);
    for (let j = 0; j < count; j += OVERLAP_COLUMNS) {
      const some = Math.min(OVERLAP_COLUMNS, count - j);
      for (let k = 0; k < some; k += block) {
        if (k > 0) yield (j + k / 2) / count;
        const at = [columns.column(v, j + k), columns.column(w, k)] as const;
        yield* applySteps(computed, apply, length, Math.min(block, some - k), at);
      }
      for (let i = 0; i < count; i += together) {
        yield (j + (some * (1 + i / count)) / 2) / count;
        const rows = Math.min(together, count - i);
        const { re, im } = columns.overlap(rows, columns.column(v, i), some, w);
        for (let p = 0; p < re.length; ++p) {
          const [row, column] = [i + (p % rows), j + Math.floor(p / rows)];
          const at = row * count + column;
          if (!im) out[at] = re[p];
          else {
            out[2 * at] = re[p];
            out[2 * at + 1] = row === column ? 0 : im[p];
          }
        }
      }
    }
    checkMeasured(out);
    return out;
  });
}

/** Copies all vectors to v as they are; `pairs`: as pairs, with imaginary parts of 0 where they have none. */
function* copyVectors(arena: Arena, { psi, width }: MeasureTask, v: number, pairs: boolean): Steps<void> {
  const wider = pairs && width === 1;
  for (let from = 0; from < psi.length; from += COPIED) {
    if (from > 0) yield undefined;
    const part = psi.subarray(from, from + COPIED);
    if (!wider) arena.view(v + 8 * from, part.length).set(part);
    else {
      const to = arena.view(v + 16 * from, 2 * part.length).fill(0);
      for (let i = 0; i < part.length; ++i) to[2 * i] = part[i];
    }
  }
}
