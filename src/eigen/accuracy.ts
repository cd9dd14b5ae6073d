// What `verify` adds to a decomposition: LAPACK's test ratios of it, formed in WebAssembly (assembly/eigen/accuracy.ts).

import { RECORD_ORTHOGONALITY, RECORD_RESIDUAL } from '../wasm/constants.js';
import type { Arena, EigenRuntime } from '../wasm/runtime.js';

/** Ratios up to this are accepted, as by LAPACK's own tests; good decompositions have ratios of order 1. */
export const ACCEPTED_RATIO = 60;

/** How good a decomposition is, in units of rounding error: ulp = 2⁻⁵², norms are 1-norms. */
export interface Accuracy {
  /** ‖A Z − Z D‖ / (‖A‖ n ulp). */
  residual: number;
  /** ‖I − Zᵀ Z‖ / (n ulp). */
  orthogonality: number;
}

/**
 * Whether both ratios are at most 60, as LAPACK's own tests accept them; NaN is not.
 *
 * @param ratios - What `check: true` adds to a decomposition, or `decompositionRatios` of emft/accuracy measures.
 * @returns True where the decomposition may be relied on.
 * @throws Nothing.
 */
export function accurate(ratios: Accuracy): boolean {
  const { residual, orthogonality } = ratios;
  return residual <= ACCEPTED_RATIO && orthogonality <= ACCEPTED_RATIO;
}

/**
 * One line about ratios that are not accepted, for a message.
 *
 * @param ratios - Those for which `accurate` is false.
 * @returns Both ratios with three digits, and what is expected.
 * @throws Nothing.
 */
export function inaccuracy(ratios: Accuracy): string {
  const { residual, orthogonality } = ratios;
  const both = `residual ratio ${residual.toPrecision(3)}, orthogonality ratio ${orthogonality.toPrecision(3)}`;
  return `${both}, expected at most ${ACCEPTED_RATIO}: the result is not accurate`;
}

/** Bytes of workspace of a check, with products of the matrix or without. */
export function accuracyBytes(runtime: EigenRuntime, n: number, count: number, products = true): number {
  return runtime.wasm.accuracyWorkspace(n, count, products) >>> 0;
}

/** `count` eigenpairs of order n at addresses of WebAssembly memory. */
export interface Pairs {
  n: number;
  count: number;
  values: number;
  vectors: number;
}

/**
 * Starts to check eigenpairs of the matrix at address `a` (n×n column-major, lower triangle read unless `upper`,
 * destroyed), or with a = 0 only their orthogonality. Returns the address of the check: jobStep goes on with it,
 * and `takeAccuracy` reads the result.
 */
export function startAccuracy(
  runtime: EigenRuntime,
  arena: Arena,
  a: number,
  upper: boolean,
  { n, count, values, vectors }: Pairs,
): number {
  const work = arena.bytes(accuracyBytes(runtime, n, count, a !== 0));
  runtime.wasm.accuracyStart(n, count, a, upper, values, vectors, work);
  return work;
}

export function takeAccuracy(arena: Arena, work: number): Accuracy {
  const [residual] = arena.view(work + RECORD_RESIDUAL, 1);
  const [orthogonality] = arena.view(work + RECORD_ORTHOGONALITY, 1);
  return { residual, orthogonality };
}
