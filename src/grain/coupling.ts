// Reduced couplings measured in eigenstates: p̃ and the mean-field equations take them as given.

import { eighInPlace } from '../eigen/eigh.js';
import { fastestMethod } from '../eigen/memory.js';
import { ConvergenceError, InputError } from '../wasm/errors.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { type Steps, share, UNBOUNDED } from '../wasm/steps.js';
import { hermitianCouplingBytes, hermitianElements } from './hermitianCoupling.js';
import { couplingBytes, reserve } from './memory.js';
import { middleStates } from './middle.js';
import { type CheckedModel, placeModel } from './model.js';
import { ELEMENTS, REST } from './tuning.js';
import type { ReducedCoupling } from './types.js';

/** The checked options of `reducedCoupling`. */
export interface CouplingTask {
  model: CheckedModel;
  spin: number;
  fraction: number;
  shell: number | undefined;
}

/**
 * The l-bit n couples |a⟩|↑⟩ to |b⟩|↓⟩ by V_ab at the energy denominator ω_ab = E_a − E_b + 2h_n, where |a⟩ and |b⟩ are
 * eigenstates of the rest (the grain and the other l-bits, coupled). The norms (5) are g_na = √Σ_b V_ab²/ω_ab². A large
 * norm comes from a single small ω: with ρ(0) levels b per energy at ω = 0, P(g_na > X) → 2ρ[|V|]/X, and p̃(x) has the
 * tail 2/x² for x = g_na/g_n. So the ρ and [|V|] of (3) are those of pairs at resonance. Both are measured together in
 * an energy shell: g_n = Σ_{|ω_ab| < Δ/2} |V_ab| / (Δ · number of a).
 */
export function reducedCoupling(
  runtime: Runtime,
  { model, spin, fraction, shell }: CouplingTask,
  budget: number,
): Steps<ReducedCoupling> {
  const bits = model.bits - 1;
  const r = model.dg << bits;
  const needed = model.complex
    ? hermitianCouplingBytes(runtime, r)
    : couplingBytes(runtime, { dg: model.dg, bits, dimension: r });
  return runtime.steps(function* (arena) {
    reserve(runtime, needed, (mib) => `${r} states of the rest need ${mib} MiB`);
    const { values, v } = yield* elements(runtime, arena, model, spin, budget);
    const { wasm } = runtime;
    const energies = arena.view(values, r);
    const width = shell ?? (energies[r - 1] - energies[0]) / 16;
    const { first, last } = middleStates(r, fraction);
    const count = last - first;
    const splitting = 2 * model.fields[spin];
    const sums = arena.f64(3);
    wasm.shellCoupling(r, values, splitting, v, first, last, width, sums);
    yield undefined;
    const norms = arena.f64(2 * r);
    runtime.wasm.perturbativeNorms(r, values, splitting, v, norms);
    const [total, rms, pairs] = arena.take(sums, 3);
    if (pairs === 0) {
      throw new InputError(
        ['options', 'shell'],
        `no pair of states within ${width} of resonance; a wider shell is needed`,
      );
    }
    // The width may be so large that its product with the count is beyond the range of doubles.
    const product = width * count;
    const per = (x: number) => (product < Number.POSITIVE_INFINITY ? x / product : x / width / count);
    const all = arena.take(norms, 2 * r);
    const kept = new Float64Array(2 * count);
    kept.set(all.subarray(first, last));
    kept.set(all.subarray(r + first, r + last), count);
    return {
      g: per(total),
      meanElement: total / pairs,
      rmsElement: rms,
      density: per(pairs),
      pairs,
      norms: kept,
    };
  });
}

/** Eigenvalues of everything but one l-bit, and V_ab between its eigenstates, all at addresses. */
function* elements(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  spin: number,
  budget: number,
): Steps<{ values: number; v: number }> {
  const others = (x: Float64Array) => x.filter((_, n) => n !== spin);
  const [fields, couplings] = [others(model.fields), others(model.couplings)];
  const { dg } = model;
  const bits = model.bits - 1;
  const r = dg << bits;
  const rest = { ...model, bits, dimension: r, fields, couplings };
  const factor = 2 * model.couplings[spin];
  if (model.complex) return yield* hermitianElements(runtime, arena, rest, factor, budget);
  const at = placeModel(runtime, arena, rest);
  const h = arena.f64(r * r);
  runtime.wasm.grainDense(dg, bits, at.grain, at.diag, at.flip, h);
  yield 0;
  const solver = eighInPlace(runtime, arena, h, r, { method: fastestMethod(r), vectors: true }, budget);
  const { values, vectors, convergence } = yield* share(solver, 0, REST);
  if (!convergence.converged) throw new ConvergenceError('reducedCoupling: eigh did not converge');
  const [even, odd] = [arena.f64((r * r) / 2), arena.f64((r * r) / 2)];
  const half = r / 2;
  for (let k = 0; k < r; k += ELEMENTS) {
    if (k > 0) yield undefined;
    const to = 8 * half * k;
    const some = Math.min(ELEMENTS, r - k);
    runtime.wasm.splitByGrainSpin(dg, bits, some, vectors + 8 * r * k, even + to, odd + to);
  }
  const work = arena.bytes(runtime.wasm.gemmWorkspace(r, r, half) >>> 0);
  const width = budget === UNBOUNDED ? r : ELEMENTS;
  for (let k = 0; k < r; k += width) {
    yield REST + (1 - REST) * (k / r);
    const { wasm } = runtime;
    const right = even + 8 * half * k;
    const operands = wasm.operands(odd, half, 1, right, 1, half, work);
    wasm.gemm(r, Math.min(width, r - k), half, factor, operands, 0, h + 8 * r * k, r);
  }
  return { values, v: h };
}
