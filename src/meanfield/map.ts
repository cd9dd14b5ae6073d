// The scalar map Φ whose fixed points solve the mean-field equations ([CC22] (11)), at any points: to draw it,
// and to follow its iteration.

import { MAP_PSI } from '../wasm/constants.js';
import type { Runtime } from '../wasm/runtime.js';
import { putFits } from './fits.js';
import { type Bare, putLogs } from './solve.js';

/** The scalar map, one entry for each T. */
export interface MeanFieldMap {
  /** Φ(T), nats. */
  phi: Float64Array;
  /** dΦ/dT: a fixed point is stable where it is below 1. */
  slope: Float64Array;
}

/**
 * Φ(T) = Σ_n η(g_n), where g_n is the coupling of spin n when all spins together have grown its bath by
 * T, spin n itself not counted:
 * log g_n + ½ η(g_n) = log g_{n,0} + ½ T.
 */
export function meanFieldMap(runtime: Runtime, bare: Bare, t: Float64Array): MeanFieldMap {
  const wasm = runtime.wasm;
  return runtime.scope((arena) => {
    const n = bare.values.length;
    const b = putLogs(wasm, arena, bare);
    const fits = putFits(runtime, arena, bare.grain);
    const phi = arena.put(t);
    const slope = arena.f64(t.length);
    wasm.mapVector(MAP_PSI, fits, n, b, t.length, phi, phi, slope, arena.f64(n));
    return { phi: arena.take(phi, t.length), slope: arena.take(slope, t.length) };
  });
}
