// Traces and thermal averages from random vectors (J. Jaklič and P. Prelovšek, Phys. Rev. B 49, 5065 (1994); M. Aichhorn et al.,
// Phys. Rev. B 67, 161103 (2003)): with r of length 1 and a Krylov space of r, whose Ritz values are θ_j,
//     tr f(H) ≈ n ⟨r|f(H)|r⟩ ≈ n Σ_j |⟨r|j⟩|² f(θ_j) ,   tr e^{−βH} A ≈ n ⟨r|e^{−βH/2} A e^{−βH/2}|r⟩ ,
// averaged over r; half of e^{−βH} on either side of A keeps the variance of low temperatures small. Errors of ratios by
// leaving out one r after another.
import { calledBack } from '../../wasm/calledBack.js';
import { isLeftPromise, show } from '../../wasm/check.js';
import { ConvergenceError, InputError } from '../../wasm/errors.js';
import { exponentials } from '../../wasm/exponentials.js';
import { timesPowerOfTwo } from '../../wasm/magnitude.js';
import type { Runtime } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import { chainSteps } from '../chain.js';
import { inUnit } from '../compose.js';
import type { Computed } from '../compute.js';
import type { Typicality } from '../dynamicsTypes.js';
import { fillNormal } from '../randomVectors.js';
import { type Ritz, ritz } from '../ritz.js';
import { cancellingSteps } from '../size.js';
import { unitUnlessZero, withoutUnit } from '../unit.js';
import { type Small, small, VectorBlocks } from '../vectorBlocks.js';
import { measuredNumber } from './record.js';
import { endOf, type Sample, thermal, traceOf } from './thermal.js';
import { type Left, leftOf, truncationOf } from './truncation.js';

/** Largest β of an operator of size 1. */
const COLDEST = 2 ** 500;

/** What has been asked, checked. */
export interface TypicalityTask {
  computed: Computed;
  betas: Float64Array;
  observables: readonly Computed[];
  functions: readonly ((energy: number) => unknown)[];
  samples: number;
  vectors: number;
  seed: number;
}

export function typicalitySteps(runtime: Runtime, task: TypicalityTask): Steps<Typicality> {
  const { computed, betas, observables, functions, samples, seed } = task;
  const pairs = computed.complex || observables.some(({ complex }) => complex);
  const length = pairs ? 2 * computed.n : computed.n;
  const most = Math.min(task.vectors, computed.n);
  return runtime.steps(function* (arena) {
    const measuredBytes = observables.reduce((sum, { bytes }) => sum + bytes, computed.bytes);
    const beside = VectorBlocks.bytes(runtime, computed.n, pairs, most + 1, 1);
    runtime.heap.reserve(measuredBytes + beside + 8 * length * (most + 3));
    for (const one of [computed, ...observables]) one.checkLinear?.();
    const found = unitUnlessZero(runtime, computed, pairs);
    const unit = found ?? 0;
    const size = yield* cancellingSteps(runtime, computed, unit, pairs);
    const apply = inUnit(computed, unit).place(runtime, arena, pairs);
    const measured = observables.map((one) => one.place(runtime, arena, pairs));
    const columns = new VectorBlocks(runtime, arena, computed.n, pairs, most + 1, 1);
    const q = arena.f64(length * (most + 1));
    const [x, w] = [arena.f64(length), arena.f64(length)];
    // In H = 0 no temperature matters.
    const colder = found === undefined ? betas.map(() => 0) : betas;
    const scaled = colder.map((beta) => timesPowerOfTwo(beta, -unit));
    checkBetas(colder, unit);
    const samplesFound: Sample[] = [];
    const left: Left[] = [];
    let products = 0;
    for (let r = 0; r < samples; ++r) {
      fillNormal(runtime, 'typicality', r, length, q, seed);
      const { wasm } = runtime;
      wasm.combine(length, q, q, q, q, 1 / Math.sqrt(wasm.dot(length, q, q)), 0, 0, 0);
      const chain = yield* chainSteps(columns, apply, q, most, { size });
      const pair = ritz(runtime, chain.t, 0, chain.size);
      if (!pair) throw new ConvergenceError('eigh did not converge in a Krylov space');
      products += chain.size;
      left.push(leftOf(chain, pair));
      const { values, vectors } = pair;
      const weights = values.map((_, j) => vectors.re[j * chain.size] * vectors.re[j * chain.size]);
      const energies = withoutUnit(values, unit);
      const sample: Sample = {
        values,
        weights,
        numerators: [],
        functions: functions.map((f, k) => energies.map((e) => called(f, k, e))),
      };
      yield (r + 0.5) / samples;
      for (const beta of measured.length > 0 ? scaled : []) {
        arena.view(x, length).fill(0);
        columns.subtract(chain.size, q, cooled(runtime, pair, endOf(sample, beta), beta, pairs), x);
        sample.numerators.push(
          measured.map((one, k) => {
            one(x, w);
            return measuredNumber(runtime.wasm.dot(length, x, w), k);
          }),
        );
        yield undefined;
      }
      samplesFound.push(sample);
      yield (r + 1) / samples;
    }
    const averages = thermal(runtime, samplesFound, scaled, computed.n, measured.length, unit);
    const traces = functions.map((_, k) => checkedTrace(traceOf(samplesFound, k, computed.n), k));
    return {
      betas: betas.slice(),
      ...averages,
      truncation: scaled.map((beta) => truncationOf(runtime, left, beta)),
      traces: Float64Array.from(traces, ({ mean }) => mean),
      traceErrors: Float64Array.from(traces, ({ error }) => error),
      samples,
      products,
    };
  });
}

/** Refuses inverse temperatures at which squares of energies in their units are beyond the doubles; 2^unit·H is of size 1. */
function checkBetas(betas: Float64Array, unit: number): void {
  const bad = betas.findIndex((beta) => !(timesPowerOfTwo(Math.abs(beta), -unit) <= COLDEST));
  if (bad < 0) return;
  throw new InputError(
    ['options', 'betas', bad],
    `is ${betas[bad]}, expected at most ${timesPowerOfTwo(COLDEST, unit).toPrecision(2)} in size, 2^500 in units of 1/|H|`,
  );
}

/** Refuses a trace beyond the largest double. */
function checkedTrace(trace: ReturnType<typeof traceOf>, k: number): ReturnType<typeof traceOf> {
  if (Number.isFinite(trace.mean)) return trace;
  throw new InputError(['options', 'functions', k], 'has a trace beyond the largest double');
}

/** A number of the caller's function. */
function called(f: (energy: number) => unknown, k: number, energy: number): number {
  const name = ['options', 'functions', k];
  const value = calledBack(name, () => f(energy));
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const what = isLeftPromise(value) ? 'a promise' : show(value);
  throw new InputError(name, `gave ${what} for ${energy}, expected a finite number`);
}

/** −e^{−(β/2)(T − θ)} e_1, θ the Ritz value at the place `end`, which counts most. */
function cooled(
  runtime: Runtime,
  { values, vectors }: Ritz,
  end: number,
  beta: number,
  pairs: boolean,
): Small {
  const m = values.length;
  const factors = exponentials(
    runtime,
    values.map((e) => Math.min(0, -0.5 * (e - values[end]) * beta)),
  );
  const y = small(m, 1, pairs);
  for (let j = 0; j < m; ++j) {
    const c = vectors.re[j * m] * factors[j];
    for (let i = 0; i < m; ++i) y.re[i] -= c * vectors.re[j * m + i];
  }
  return y;
}
