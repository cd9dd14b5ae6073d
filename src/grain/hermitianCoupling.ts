// |V_ab| between the eigenstates of everything but one l-bit, of a model with a complex Hermitian grain.
import { eighOfSteps } from '../eigen/eighOf.js';
import { eighComplexBytes } from '../eigen/memory.js';
import { floats } from '../wasm/arena.js';
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
  const { bits, dimension: r } = rest;
  const h = yield* hermitianMatrix(rest);
  const solver = eighOfSteps(runtime, h, r, { complex: true, vectors: true }, budget);
  const { values, vectors, convergence } = yield* share(solver, 0, REST);
  if (!convergence.converged) throw new ConvergenceError('reducedCoupling: eigh did not converge');
  // Components with the grain spin up, bit 0 of a, and with it down, in pairs; and the latter times i.
  const [even, odd, turned] = [floats(r * r), floats(r * r), floats(r * r)];
  const spin = 1 << bits;
  for (let k = 0; k < r; ++k) {
    let p = r * k;
    for (let s = 0; s < r; ++s) {
      if (s & spin) continue;
      const [up, down] = [2 * (r * k + s), 2 * (r * k + s + spin)];
      even[p] = vectors[up];
      even[p + 1] = vectors[up + 1];
      odd[p] = vectors[down];
      odd[p + 1] = vectors[down + 1];
      turned[p] = -odd[p + 1];
      turned[p + 1] = odd[p];
      p += 2;
    }
  }
  const at = { even: arena.put(even), odd: arena.put(odd), turned: arena.put(turned) };
  const v = arena.f64(r * r);
  const work = arena.bytes(runtime.wasm.gemmWorkspace(r, ELEMENTS, r) >>> 0);
  const imaginary = arena.f64(r * ELEMENTS);
  for (let k = 0; k < r; k += ELEMENTS) {
    yield REST + (1 - REST) * (k / r);
    const { wasm } = runtime;
    const some = Math.min(ELEMENTS, r - k);
    const [right, out] = [at.even + 8 * r * k, v + 8 * r * k];
    // Products of pairs are real parts of ⟨odd|even⟩, with the first times i imaginary ones.
    wasm.gemm(r, some, r, factor, wasm.operands(at.odd, r, 1, right, 1, r, work), 0, out, r);
    wasm.gemm(r, some, r, factor, wasm.operands(at.turned, r, 1, right, 1, r, work), 0, imaginary, r);
    const [re, im] = [arena.view(out, r * some), arena.view(imaginary, r * some)];
    for (let p = 0; p < re.length; ++p) re[p] = Math.sqrt(re[p] * re[p] + im[p] * im[p]);
  }
  return { values: arena.put(values), v };
}
