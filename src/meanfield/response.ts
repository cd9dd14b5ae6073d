// Response of one l-bit at reduced coupling g, averaged over the resonance distribution ([CC22] (A12)–(A27)).
import { checkChoice, checkFloat64Array, checkOptions } from '../core/check.js';
import type { Runtime } from '../core/runtime.js';
import type { MeanFieldExports } from './wasm.js';

export interface Response {
  /** η(g), nats; 0 at g = 0, log 2 as g → ∞. */
  eta: Float64Array;
  /** [S](g), nats. */
  entropy: Float64Array;
  /** Czz(g); 1 at g = 0, 0 as g → ∞. */
  czz: Float64Array;
}

/** The small sides of the same quantities, each accurate relative to itself. */
export interface ResponseComplements {
  /** log 2 − η(g). */
  eta: Float64Array;
  /** log 2 − [S](g). */
  entropy: Float64Array;
  /** 1 − Czz(g). */
  czz: Float64Array;
  /** dη/d log g. */
  slope: Float64Array;
}

const checkCouplings = (g: unknown) => checkFloat64Array('g', g, { min: 0 });

/** The seven columns of responseQuadrature. */
function quadratureColumns(runtime: Runtime, g: Float64Array): Float64Array[] {
  const wasm = runtime.exports<MeanFieldExports>();
  return runtime.scope((arena) => {
    const n = g.length;
    const input = arena.put(g);
    const out = arena.f64(7 * n);
    wasm.responseQuadrature(n, input, out, arena.bytes(wasm.responseQuadratureWorkspace()));
    return Array.from({ length: 7 }, (_, k) => arena.take(out + 8 * n * k, n));
  });
}

export function responseQuadrature(runtime: Runtime, g: Float64Array): Response {
  const [eta, entropy, czz] = quadratureColumns(runtime, checkCouplings(g));
  return { eta, entropy, czz };
}

export function responseComplementsQuadrature(runtime: Runtime, g: Float64Array): ResponseComplements {
  const [, , , eta, entropy, czz, slope] = quadratureColumns(runtime, checkCouplings(g));
  return { eta, entropy, czz, slope };
}

export interface Mixing {
  /** P(g) = ½(1 − 1/√(1+4g²)). */
  p: Float64Array;
  /** Q = 1 − P. */
  q: Float64Array;
  /** S(g) = −P log P − Q log Q, nats. */
  entropy: Float64Array;
  /** c(g) = Q − P = 1/√(1+4g²). */
  polarization: Float64Array;
}

export function twoLevelMixing(runtime: Runtime, g: Float64Array): Mixing {
  checkCouplings(g);
  return runtime.scope((arena) => {
    const n = g.length;
    const input = arena.put(g);
    const out = arena.f64(4 * n);
    runtime.exports<MeanFieldExports>().mixingVector(n, input, out);
    const [p, q, entropy, polarization] = [0, 1, 2, 3].map((k) => arena.take(out + 8 * n * k, n));
    return { p, q, entropy, polarization };
  });
}

export interface BesselOptions {
  /** Multiply by e^x. */
  scaled?: boolean;
}

export function besselK(runtime: Runtime, order: 0 | 1, x: Float64Array, options: BesselOptions = {}) {
  checkChoice('order', String(order), ['0', '1'] as const);
  checkFloat64Array('x', x, { above: 0 });
  checkOptions('options', options, ['scaled']);
  return runtime.scope((arena) => {
    const input = arena.put(x);
    const out = arena.f64(x.length);
    runtime
      .exports<MeanFieldExports>()
      .besselKVector(x.length, order, options.scaled === true ? 1 : 0, input, out);
    return arena.take(out, x.length);
  });
}
