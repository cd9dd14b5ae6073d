// |V_ab| between the eigenstates of everything but one l-bit, of a model with a complex Hermitian grain.
import { eighOfSteps } from '../eigen/eighOf.js';
import { eighComplexBytes } from '../eigen/memory.js';
import { ConvergenceError } from '../wasm/errors.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import { hermitianMatrix } from './hermitian.js';
import type { CheckedModel } from './model.js';
import { ELEMENTS, REST } from './tuning.js';

/** Bytes for a rest of r states. */
export function hermitianCouplingBytes(runtime: Runtime, r: number): number {
  return eighComplexBytes(runtime, r, 'dc', true) + 40 * r * r + (1 << 20);
}

/** Addresses of the eigenvalues, and of |V_ab| laid out as V of a real grain. */
export function* hermitianElements(
  runtime: Runtime,
  arena: Arena,
  rest: CheckedModel,
  factor: number,
  budget: number,
): Steps<{ values: number; v: number }> {
  const { dg, bits, dimension: r } = rest;
  const h = yield* hermitianMatrix(rest);
  const solver = eighOfSteps(runtime, h, r, { complex: true, vectors: true }, budget);
  const { values, vectors, convergence } = yield* share(solver, 0, REST);
  if (!convergence.converged) throw new ConvergenceError('reducedCoupling: eigh did not converge');
  // Components with the grain spin up, bit 0 of a, and with it down, in pairs; and the latter times −i.
  const [even, odd, turned] = [arena.f64(r * r), arena.f64(r * r), arena.f64(r * r)];
  const together = Math.min(ELEMENTS, r);
  const given = arena.f64(2 * r * together);
  for (let k = 0; k < r; k += together) {
    if (k > 0) yield undefined;
    const { wasm } = runtime;
    const some = Math.min(together, r - k);
    const to = 8 * r * k;
    arena.copy(vectors.subarray(2 * r * k, 2 * r * (k + some)), given);
    wasm.splitByGrainSpin(dg, bits + 1, some, given, even + to, odd + to);
    wasm.timesMinusI((r * some) / 2, odd + to, turned + to);
  }
  const v = arena.f64(r * r);
  const work = arena.bytes(runtime.wasm.gemmWorkspace(r, together, r) >>> 0);
  const imaginary = arena.f64(r * together);
  for (let k = 0; k < r; k += together) {
    yield REST + (1 - REST) * (k / r);
    const { wasm } = runtime;
    const some = Math.min(together, r - k);
    const [right, out] = [even + 8 * r * k, v + 8 * r * k];
    // Products of pairs are real parts of ⟨odd|even⟩, with the first times −i imaginary ones, but for the sign.
    wasm.gemm(r, some, r, factor, wasm.operands(odd, r, 1, right, 1, r, work), 0, out, r);
    wasm.gemm(r, some, r, factor, wasm.operands(turned, r, 1, right, 1, r, work), 0, imaginary, r);
    wasm.joinParts(r * some, out, imaginary);
  }
  return { values: arena.put(values), v };
}
