// Special cases of the mean-field equations: two spins, symmetric couplings, and the couplings of a DRH model.

import { FOLD_BYTES, FOLD_ETA, FOLD_LOG_G, FOLD_LOG_G0, MAP_ETA } from '../wasm/constants.js';
import type { Runtime } from '../wasm/runtime.js';
import { Status } from '../wasm/status.js';
import { atOnce, UNBOUNDED } from '../wasm/steps.js';
import { putFits } from './fits.js';
import { geometric } from './powers.js';
import { DEFAULT_SOLVE, type MeanFieldSolution, rootSteps, solveSteps, takeSpins } from './solve.js';
import type { GrainStatistics } from './statistics.js';

/** Two spins, g1 = g_{1,0} e^{η(g2)/2} and g2 = g_{2,0} e^{η(g1)/2} ([CC22] (8), (9)): the least solution. */
export function twoSpin(runtime: Runtime, g1: number, g2: number, grain: GrainStatistics): MeanFieldSolution {
  const bare = { values: Float64Array.of(g1, g2), log: false, grain };
  return atOnce(solveSteps(runtime, bare, DEFAULT_SOLVE, UNBOUNDED));
}

/** A root of g = g0 e^{Nη(g)/2}: every spin has the same values. */
export interface SymmetricSolution {
  /** Renormalized reduced coupling; Infinity where e^logG is beyond the range of doubles. */
  g: number;
  /** log g. */
  logG: number;
  /** N η(g), nats. */
  etaTot: number;
  /** `[S](g)`, nats. */
  entropy: number;
  /** Czz(g). */
  czz: number;
  /** d(Nη)/dT at the root: below 1 when stable. */
  slope: number;
  /** slope < 1 and not tangent. */
  stable: boolean;
  /** Two roots within about 1e-8 of each other (relative) are reported as this one. */
  tangent: boolean;
}

/** Every root of g = g0 e^{Nη(g)/2} ([CC22] (21)), ascending; the first is the mean-field solution. */
export function symmetricBranches(
  runtime: Runtime,
  g0: number,
  n: number,
  grain: GrainStatistics,
): SymmetricSolution[] {
  const wasm = runtime.wasm;
  return runtime.scope((arena) => {
    const b = arena.put(Float64Array.of(g0));
    wasm.logVector(1, b, b);
    const logBare = arena.view(b, 1)[0];
    const cap = DEFAULT_SOLVE.maxIterations;
    const fits = putFits(runtime, arena, grain);
    const map = { kind: MAP_ETA, fits, n: 1, bare: b, weight: n };
    const roots = atOnce(rootSteps(runtime, arena, map, cap, UNBOUNDED));
    return roots.map((root) => {
      const u = arena.put(Float64Array.of(logBare + 0.5 * root.etaTot));
      const { g, logG, entropy, czz } = takeSpins(wasm, arena, fits, 1, u);
      return { ...root, g: g[0], logG: logG[0], entropy: entropy[0], czz: czz[0] };
    });
  });
}

/** The least root of g = g0 e^{Nη(g)/2} ([CC22] (21)). */
export function symmetricMeanField(
  runtime: Runtime,
  g0: number,
  n: number,
  grain: GrainStatistics,
): SymmetricSolution {
  return symmetricBranches(runtime, g0, n, grain)[0];
}

/** Where two branches of the symmetric model join and end. */
export interface Fold {
  /** Bare coupling at the fold. */
  g0: number;
  /** log g0. */
  logG0: number;
  /** Reduced coupling of the marginal solution. */
  g: number;
  /** η(g), nats. */
  eta: number;
}

/** The fold where the least root ends: there the solution jumps. */
export interface CriticalCoupling extends Fold {
  /** (4 N log N)⁻¹, [CC22] (22); Infinity at N = 1. */
  asymptotic: number;
  /** The fold where the upper branch begins; both branches exist between upper.g0 and g0. */
  upper: Fold;
}

/**
 * Critical coupling g_c(N) of the symmetric model: the bare coupling where the least root of (21) ends in a fold and
 * the solution jumps to the upper branch. Null for N ≤ 10, where the solution is single-valued (N ≤ 11: poisson).
 */
export function criticalCoupling(
  runtime: Runtime,
  n: number,
  grain: GrainStatistics,
): CriticalCoupling | null {
  const wasm = runtime.wasm;
  return runtime.scope((arena) => {
    const out = arena.bytes(2 * FOLD_BYTES);
    if (wasm.symmetricFolds(putFits(runtime, arena, grain), n, out) !== Status.ok) return null;
    const logs = arena.f64(4);
    const [[logG0, logG, eta], [upperLogG0, upperLogG, upperEta]] = [out, out + FOLD_BYTES].map((fold) =>
      [FOLD_LOG_G0, FOLD_LOG_G, FOLD_ETA].map((offset) => arena.view(fold + offset, 1)[0]),
    );
    arena.view(logs, 4).set([logG0, logG, upperLogG0, upperLogG]);
    wasm.expVector(4, logs, logs);
    const [g0, g, upperG0, upperG] = arena.take(logs, 4);
    const count = arena.put(Float64Array.of(n));
    wasm.logVector(1, count, count);
    const asymptotic = 1 / (4 * n * arena.view(count, 1)[0]);
    return {
      g0,
      logG0,
      g,
      eta,
      asymptotic,
      upper: { g0: upperG0, logG0: upperLogG0, g: upperG, eta: upperEta },
    };
  });
}

/** A chain whose couplings fall off exponentially. */
export interface DrhParameters {
  /** g_{1,0} ≥ 0, the bare reduced coupling of the first spin. */
  g0: number;
  /** Ratio of neighbouring couplings, above 0. */
  alpha: number;
  /** Number of spins, 1 … 2²⁵. */
  n: number;
}

/** The logarithms of the couplings of `drhCouplings`, which stay in range however long the chain is. */
export function drhLogCouplings(runtime: Runtime, { g0, alpha, n }: DrhParameters): Float64Array {
  const wasm = runtime.wasm;
  const [first, ratio] = runtime.scope((arena) => {
    const logs = arena.put(Float64Array.of(g0, alpha));
    wasm.logVector(2, logs, logs);
    return arena.take(logs, 2);
  });
  const logs = new Float64Array(n);
  for (let i = 0; i < n; ++i) logs[i] = first + i * ratio;
  return logs;
}

/** g0 alpha^i for i = 0 … n − 1. */
export function drhCouplings({ g0, alpha, n }: DrhParameters): Float64Array {
  return geometric(g0, alpha, n);
}
