// The scalar map Φ whose fixed points solve the mean-field equations ([CC22] (11)), on any points: to draw it, and to
// follow its iteration.
import { checkBoolean, checkFloat64Array, readOptions } from '../core/check.js';
import type { Runtime } from '../core/runtime.js';
import type { CoreBindings } from '../wasm/bindings.js';
import { type BareOptions, checkBare, putLogs } from './solve.js';

/** The scalar map, one entry a T. */
export interface MeanFieldMap {
  /** Φ(T), nats. */
  phi: Float64Array;
  /** dΦ/dT: a fixed point is stable where it is below 1. */
  slope: Float64Array;
}

/**
 * Φ(T) = Σ_n η(g_n), where g_n is spin n in a bath that all spins together have grown by T without counting n twice:
 * log g_n + ½ η(g_n) = log g_{n,0} + ½ T. With η' = dη/d log g the slope is ½ Σ_n η'/(1 + ½ η').
 */
export function meanFieldMap(
  runtime: Runtime,
  bare: Float64Array,
  t: Float64Array,
  options: Pick<BareOptions, 'log'> = {},
): MeanFieldMap {
  const given = readOptions<Pick<BareOptions, 'log'>>('options', options, ['log']);
  const log = checkBoolean('options.log', given.log ?? false);
  checkBare(bare, log);
  checkFloat64Array('t', t);
  const wasm = runtime.exports<CoreBindings>();
  return runtime.scope((arena) => {
    const n = bare.length;
    const b = putLogs(wasm, arena, bare, log);
    const u = arena.f64(n);
    const [response, complements] = [arena.f64(3 * n), arena.f64(4 * n)];
    const phi = new Float64Array(t.length);
    const slope = new Float64Array(t.length);
    for (let k = 0; k < t.length; ++k) {
      wasm.spinsAt(n, b, t[k], u);
      wasm.responseFit(n, u, response);
      wasm.responseComplementsFit(n, u, complements);
      const eta = arena.view(response, n);
      const rise = arena.view(complements + 24 * n, n);
      for (let i = 0; i < n; ++i) {
        phi[k] += eta[i];
        slope[k] += (0.5 * rise[i]) / (1 + 0.5 * rise[i]);
      }
    }
    return { phi, slope };
  });
}
