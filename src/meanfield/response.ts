// Response of one l-bit at reduced coupling g, averaged over the resonance distribution ([CC22] (A12)–(A27)).

import type { CoreBindings } from '../wasm/bindings.js';
import {
  ABOVE,
  BELOW,
  COMPLEMENTS,
  CZZ,
  CZZ_COMPLEMENT,
  DENSITY,
  DISTRIBUTION_COLUMNS,
  ENTROPY,
  ENTROPY_COMPLEMENT,
  ETA,
  ETA_COMPLEMENT,
  ETA_SLOPE,
  MIXING_COLUMNS,
  MIXING_ENTROPY,
  OTHER_POPULATION,
  POLARIZATION,
  POPULATION,
  RESPONSES,
} from '../wasm/constants.js';
import type { Runtime } from '../wasm/runtime.js';
import { putFits } from './fits.js';
import { type GrainStatistics, statisticsNumber } from './statistics.js';

/**
 * The response of an l-bit at reduced couplings g, averaged over the resonance distribution:
 * one entry for each coupling.
 */
export interface Response {
  /** η(g), nats; 0 at g = 0, log 2 as g → ∞. */
  eta: Float64Array;
  /** `[S](g)`, nats; 0 at g = 0, log 2 as g → ∞. */
  entropy: Float64Array;
  /** Czz(g); 1 at g = 0, 0 as g → ∞. */
  czz: Float64Array;
}

/** The distances of the same quantities from their limits, each with a small relative error. */
export interface ResponseComplements {
  /** log 2 − η(g). */
  eta: Float64Array;
  /** log 2 − `[S](g)`. */
  entropy: Float64Array;
  /** 1 − Czz(g). */
  czz: Float64Array;
  /** dη/d log g. */
  slope: Float64Array;
}

function responsesOf(columns: Float64Array[]): Response {
  return { eta: columns[ETA], entropy: columns[ENTROPY], czz: columns[CZZ] };
}

function complementsOf(columns: Float64Array[]): ResponseComplements {
  return {
    eta: columns[ETA_COMPLEMENT],
    entropy: columns[ENTROPY_COMPLEMENT],
    czz: columns[CZZ_COMPLEMENT],
    slope: columns[ETA_SLOPE],
  };
}

/** The columns of responseQuadrature: responses, then complements. */
function quadratureColumns(runtime: Runtime, g: Float64Array, grain: GrainStatistics): Float64Array[] {
  const wasm = runtime.wasm;
  return runtime.scope((arena) => {
    const n = g.length;
    const count = RESPONSES + COMPLEMENTS;
    const input = arena.put(g);
    const out = arena.f64(count * n);
    const work = arena.bytes(wasm.responseQuadratureWorkspace());
    wasm.responseQuadrature(statisticsNumber[grain], n, input, out, work);
    return Array.from({ length: count }, (_, k) => arena.take(out + 8 * n * k, n));
  });
}

export function responseQuadrature(runtime: Runtime, g: Float64Array, grain: GrainStatistics): Response {
  return responsesOf(quadratureColumns(runtime, g, grain));
}

export function responseComplementsQuadrature(
  runtime: Runtime,
  g: Float64Array,
  grain: GrainStatistics,
): ResponseComplements {
  return complementsOf(quadratureColumns(runtime, g, grain).slice(RESPONSES));
}

/** The columns of a fit over log g. */
function fitColumns(
  runtime: Runtime,
  g: Float64Array,
  grain: GrainStatistics,
  count: number,
  kernel: (wasm: CoreBindings) => (fits: number, n: number, u: number, out: number) => void,
): Float64Array[] {
  const wasm = runtime.wasm;
  return runtime.scope((arena) => {
    const n = g.length;
    const u = arena.put(g);
    const out = arena.f64(count * n);
    wasm.logVector(n, u, u);
    kernel(wasm)(putFits(runtime, arena, grain), n, u, out);
    return Array.from({ length: count }, (_, k) => arena.take(out + 8 * n * k, n));
  });
}

export function response(runtime: Runtime, g: Float64Array, grain: GrainStatistics): Response {
  return responsesOf(fitColumns(runtime, g, grain, RESPONSES, (wasm) => wasm.responseFit));
}

export function responseComplements(
  runtime: Runtime,
  g: Float64Array,
  grain: GrainStatistics,
): ResponseComplements {
  return complementsOf(fitColumns(runtime, g, grain, COMPLEMENTS, (wasm) => wasm.responseComplementsFit));
}

export function eta(runtime: Runtime, g: Float64Array, grain: GrainStatistics): Float64Array {
  const wasm = runtime.wasm;
  return runtime.scope((arena) => {
    const input = arena.put(g);
    wasm.etaFit(putFits(runtime, arena, grain), g.length, input, input);
    return arena.take(input, g.length);
  });
}

/** Two-level mixing, one entry for each coupling. */
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
  return runtime.scope((arena) => {
    const n = g.length;
    const input = arena.put(g);
    const out = arena.f64(MIXING_COLUMNS * n);
    runtime.wasm.mixingVector(n, input, out);
    const column = (k: number) => arena.take(out + 8 * n * k, n);
    return {
      p: column(POPULATION),
      q: column(OTHER_POPULATION),
      entropy: column(MIXING_ENTROPY),
      polarization: column(POLARIZATION),
    };
  });
}

/** The distribution of the resonance strength X, one entry for each point x. */
export interface ResonanceDistribution {
  /** Density p̃(x). */
  density: Float64Array;
  /** P(X ≤ x). */
  below: Float64Array;
  /** P(X > x). */
  above: Float64Array;
}

export function resonanceDistribution(
  runtime: Runtime,
  x: Float64Array,
  grain: GrainStatistics,
): ResonanceDistribution {
  return runtime.scope((arena) => {
    const n = x.length;
    const input = arena.put(x);
    const out = arena.f64(DISTRIBUTION_COLUMNS * n);
    runtime.wasm.distributionVector(statisticsNumber[grain], n, input, out);
    const column = (k: number) => arena.take(out + 8 * n * k, n);
    return { density: column(DENSITY), below: column(BELOW), above: column(ABOVE) };
  });
}

export function entropyDistribution(
  runtime: Runtime,
  g: number,
  entropy: Float64Array,
  grain: GrainStatistics,
): Float64Array {
  return runtime.scope((arena) => {
    const input = arena.put(entropy);
    runtime.wasm.entropyDensityVector(statisticsNumber[grain], entropy.length, g, input, input);
    return arena.take(input, entropy.length);
  });
}

/** How a Bessel function is scaled. */
export interface BesselOptions {
  /** Multiply by e^x, so that nothing underflows; false by default. */
  scaled?: boolean;
}

export function besselK(runtime: Runtime, order: 0 | 1, x: Float64Array, scaled: boolean): Float64Array {
  return runtime.scope((arena) => {
    const input = arena.put(x);
    const out = arena.f64(x.length);
    runtime.wasm.besselKVector(x.length, order, scaled, input, out);
    return arena.take(out, x.length);
  });
}
