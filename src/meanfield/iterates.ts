// The iteration g_n ← g_{n,0} exp(½ Σ_{m≠n} η(g_m)) ([CC22] (13)) step by step: the avalanche as it spreads from the grain.

import type { Runtime } from '../wasm/runtime.js';
import { putFits } from './fits.js';
import { type Bare, type BareOptions, putLogs } from './solve.js';

/** How far the iteration is followed. */
export interface IteratesOptions extends Omit<BareOptions, 'maxIterations'> {
  /** Most sweeps; default 1000. All iterates together have at most 2²³ couplings. */
  maxIterations?: number;
  /** It ends when no log g grows by more than this, relative to max(1, |log g|); default 1e-14. */
  tolerance?: number;
}

/** Every iterate, the bare couplings first: `count` rows of n numbers. */
export interface MeanFieldIterates {
  /** Iterates, the bare couplings among them: one more than the sweeps. */
  count: number;
  /** log g_n, count × n, row by row. */
  logG: Float64Array;
  /** `[S](g_n)`, nats, count × n. */
  entropy: Float64Array;
  /** Σ η(g_n) of each iterate, nats. */
  etaTot: Float64Array;
  /** false when `maxIterations` sweeps were not enough. */
  converged: boolean;
}

/** Checked options. */
interface Follow {
  maxIterations: number;
  tolerance: number;
}

export function meanFieldIterates(
  runtime: Runtime,
  bare: Bare,
  { maxIterations, tolerance }: Follow,
): MeanFieldIterates {
  const { wasm } = runtime;
  const n = bare.values.length;
  return runtime.scope((arena) => {
    const b = putLogs(wasm, arena, bare);
    const fits = putFits(runtime, arena, bare.grain);
    const u = arena.f64(n);
    const eta = arena.f64(n);
    const out = arena.f64(3 * n);
    arena.view(u, n).set(arena.view(b, n));
    const rows: { logG: Float64Array; entropy: Float64Array; etaTot: number }[] = [];
    const keep = () => {
      const etaTot = wasm.etaTotal(fits, n, u, eta);
      wasm.responseFit(fits, n, u, out);
      rows.push({ logG: arena.take(u, n), entropy: arena.take(out + 8 * n, n), etaTot });
    };
    keep();
    let converged = false;
    for (let sweep = 0; sweep < maxIterations && !converged; ++sweep) {
      converged = Boolean(wasm.sweepSpins(fits, n, b, tolerance, u, eta));
      keep();
    }
    return {
      count: rows.length,
      logG: joined(rows.map((row) => row.logG)),
      entropy: joined(rows.map((row) => row.entropy)),
      etaTot: Float64Array.from(rows, (row) => row.etaTot),
      converged,
    };
  });
}

function joined(rows: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(rows.length * rows[0].length);
  rows.forEach((row, i) => {
    all.set(row, i * row.length);
  });
  return all;
}
