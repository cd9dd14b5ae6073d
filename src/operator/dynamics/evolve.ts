// States at a list of times, one vector after another: first the times ≥ 0 as they grow, then those below 0 as they fall.
// Vectors are evolved with length 1; of real time they keep what length rounding leaves them, which is reported.
import { InputError } from '../../wasm/errors.js';
import { timesPowerOfTwo } from '../../wasm/magnitude.js';
import type { Runtime } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import { inUnit } from '../compose.js';
import type { Evolution, EvolveReport } from '../dynamicsTypes.js';
import { cancellingSteps, LEAST_SIZE, POWER_STEPS, powerSteps } from '../size.js';
import { spanSteps } from '../span.js';
import { KRYLOV_VECTORS } from '../tuning.js';
import { unitUnlessZero, withoutUnit } from '../unit.js';
import { chebyshev, chebyshevBytes } from './chebyshev.js';
import { krylov, krylovBytes } from './krylov.js';
import { checkTimes, farthest } from './phases.js';
import { type Flow, MOST_COPIES, type Propagator } from './propagator.js';
import { checkObservables, type EvolveTask, Recorder, records } from './record.js';
import { settle, type Way } from './way.js';

/** A smaller share of the whole time is not worth a step. */
const NEXT_TO_NOTHING = 1e-12;

type EvolveMethod = EvolveReport['method'];

/**
 * At a small order a Krylov space is the whole space. In imaginary time a polynomial has the scale of the lowest level of all, so that a
 * vector without that level is lost in rounding; a Krylov space has the levels of the vector alone.
 */
function methodFor({ method, imaginary, computed: { n } }: EvolveTask): EvolveMethod {
  if (method !== 'auto') return method;
  return imaginary || n <= KRYLOV_VECTORS ? 'krylov' : 'chebyshev';
}

function evolveBytes(runtime: Runtime, task: EvolveTask, pairs: boolean): number {
  const { computed, observables } = task;
  const length = pairs ? 2 * computed.n : computed.n;
  const own =
    methodFor(task) === 'krylov' ? krylovBytes({ runtime, computed, length, pairs }) : chebyshevBytes(length);
  const measured = observables.reduce((sum, { bytes }) => sum + bytes, 0);
  return computed.bytes + measured + 8 * length * (2 + MOST_COPIES) + own;
}

export function evolveSteps(runtime: Runtime, task: EvolveTask): Steps<Evolution & { report: EvolveReport }> {
  const { computed, imaginary, observables, tolerance, columns } = task;
  const pairs =
    !imaginary || task.width === 2 || computed.complex || observables.some(({ complex }) => complex);
  const length = pairs ? 2 * computed.n : computed.n;
  const bytes = evolveBytes(runtime, task, pairs);
  const method = methodFor(task);
  return runtime.steps(function* (arena) {
    runtime.heap.reserve(bytes);
    const result = records(task, length);
    computed.checkLinear?.();
    const found = unitUnlessZero(runtime, computed, pairs);
    const unit = found ?? 0;
    // In H = 0 a state stays as it is, however long.
    const times = found === undefined ? task.times.map(() => 0) : task.times;
    const path = times.reduce((most, t) => Math.max(most, t), 0) - times.reduce((m, t) => Math.min(m, t), 0);
    const parts = yield* cancellingSteps(runtime, computed, unit, pairs);
    const size = Math.max(LEAST_SIZE, parts);
    const apply = inUnit(computed, unit).place(runtime, arena, pairs);
    const [x, outs] = [arena.f64(length), arena.f64(length * MOST_COPIES)];
    checkTimes(times, unit, imaginary);
    const whole = timesPowerOfTwo(path, -unit);
    const rate = whole > 0 ? tolerance / whole : 0;
    const flow: Flow = { runtime, arena, computed, apply, length, pairs, imaginary, size, rate };
    const run: EvolveRun = {
      task: { ...task, times },
      flow,
      unit,
      x,
      outs,
      path: whole,
      products: parts > 0 ? POWER_STEPS : 0,
      steps: 0,
      span: new Float64Array(2).fill(Number.NaN),
    };
    checkObservables(task);
    const recorder = new Recorder(flow, task, result);
    const propagator = times.length > 0 ? yield* propagatorOf(run, method) : null;
    for (let c = 0; propagator && c < columns; ++c) {
      for (const sign of [1, -1]) {
        const order = inOrder(times, sign);
        if (order.length === 0) continue;
        recorder.load(c, x);
        yield* along(run, propagator, recorder, order, c);
      }
    }
    const { products, steps } = run;
    const [low, high] = withoutUnit(run.span, unit);
    return { ...result, report: { method, products, low, high, steps, bytes } };
  });
}

interface EvolveRun {
  task: EvolveTask;
  flow: Flow;
  unit: number;
  x: number;
  outs: number;
  /** From the earliest to the latest time, 0 among them. */
  path: number;
  products: number;
  steps: number;
  /** Bounds of the spectrum, as far as they are known. */
  span: Float64Array;
}

function* propagatorOf(run: EvolveRun, method: EvolveMethod): Steps<Propagator> {
  const { flow, outs } = run;
  const { runtime, arena, apply, length } = flow;
  const whole = flow.computed.n <= KRYLOV_VECTORS;
  if (method === 'krylov' && whole) return krylov(flow, null);
  if (method === 'krylov' && !flow.imaginary) {
    const size = yield* powerSteps(runtime, apply, length, outs, outs + 8 * length);
    run.products += POWER_STEPS;
    return krylov({ ...flow, size: Math.max(flow.size, size) }, null);
  }
  const span = yield* spanSteps(
    runtime,
    arena,
    apply,
    length,
    [0, 1, 2].map((k) => outs + 8 * length * k),
    flow.size,
  );
  run.products += span.products;
  run.span = Float64Array.of(span.low, span.high);
  if (method === 'krylov') return krylov(flow, span);
  const propagator = chebyshev(flow, span);
  checkBudget(run, propagator, run.path * run.task.columns);
  return propagator;
}

/** Refuses what would take more products than it may. */
function checkBudget({ task, products }: EvolveRun, propagator: Propagator, left: number): void {
  const { times, most } = task;
  const wanted = products + propagator.products(left);
  if (wanted <= most) return;
  const far = farthest(times);
  const about = Number.isFinite(wanted) ? wanted.toPrecision(2) : 'endlessly many';
  throw new InputError(
    ['times', far],
    `is ${times[far]}, which takes ${about} products with the operator, more than maxProducts, ${most}`,
  );
}

/** Places of the times of one sign, from 0 on. */
function inOrder(times: Float64Array, sign: number): number[] {
  return Array.from(times, (_, j) => j)
    .filter((j) => (sign > 0 ? times[j] >= 0 : times[j] < 0))
    .sort((a, b) => Math.abs(times[a]) - Math.abs(times[b]));
}

function* along(
  run: EvolveRun,
  propagator: Propagator,
  recorder: Recorder,
  order: readonly number[],
  column: number,
): Steps<void> {
  const { flow, task, unit, x, outs, path } = run;
  const { arena, length } = flow;
  const timeOf = (j: number) => timesPowerOfTwo(task.times[j], -unit);
  const whole = path * task.columns;
  const before =
    path * column + (timeOf(order[0]) < 0 ? path - Math.abs(timeOf(order[order.length - 1])) : 0);
  let way: Way = { time: 0, log: 0, error: 0 };
  for (let next = 0; next < order.length; ) {
    const times = order.slice(next, next + MOST_COPIES).map((j) => timeOf(j) - way.time);
    const since = before + Math.abs(way.time);
    const moved = yield* shares(propagator.advance(x, times, outs), since, whole);
    run.products += moved.products;
    run.steps++;
    const stops =
      moved.served > 0 ? order.slice(next, next + moved.served).map(timeOf) : [way.time + moved.by];
    const from: Way = way;
    stops.forEach((time, k) => {
      const at = moved.served > 0 ? outs + 8 * length * k : x;
      const error = from.error * moved.gains[k] + moved.errors[k];
      way = settle(flow, at, { time, log: from.log + moved.logs[k], error });
      if (moved.served > 0) recorder.write(at, order[next + k], column, way);
    });
    if (moved.served > 0) {
      const last = outs + 8 * length * (moved.served - 1);
      arena.view(x, length).set(arena.view(last, length));
      next += moved.served;
    }
    const left = whole - before - Math.abs(way.time);
    // What is left after the last time may be the rounding of differences of times.
    checkBudget(run, propagator, left > NEXT_TO_NOTHING * whole ? left : 0);
    yield whole > 0 ? (before + Math.abs(way.time)) / whole : undefined;
  }
}

/** Steps that yield times, as a share of all. */
function* shares<T>(steps: Steps<T>, before: number, whole: number): Steps<T> {
  try {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      yield step.value === undefined || !(whole > 0) ? undefined : Math.min(1, (before + step.value) / whole);
    }
  } finally {
    steps.return(undefined as T);
  }
}
