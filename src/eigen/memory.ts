// Memory of a decomposition, and the method that is fastest.
import { DIVIDED_FROM } from '../wasm/constants.js';
import { MAX_BYTES } from '../wasm/heap.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { accuracyBytes } from './accuracy.js';
import { METHODS, type Method } from './methods.js';
import { pencilBytes } from './pencil.js';
import { ALIGNMENT } from './tuning.js';

/** The method that `auto` takes for order n. */
export function fastestMethod(n: number): 'qr' | 'dc' {
  return n < DIVIDED_FROM ? 'qr' : 'dc';
}

/** Bytes of WebAssembly memory that `eigh` takes for order n: the matrix, with B two, the vectors and the workspaces. */
export function eighBytes(
  runtime: EigenRuntime,
  n: number,
  method: Method,
  vectors: boolean,
  verify = false,
  two = false,
): number {
  const matrices = (two ? 2 : 1) + (vectors ? 1 : 0);
  // The workspace formulas hold in 32-bit addresses; past that the matrices alone are too large anyway.
  if (8 * n * n > MAX_BYTES) return 8 * n * n * (matrices + (vectors ? METHODS[method].squares : 0));
  const workspace = two
    ? pencilBytes(runtime, n, method, vectors, false)
    : runtime.wasm.symmetricEigenWorkspace(n, METHODS[method].number, vectors) >>> 0;
  const check = verify ? accuracyBytes(runtime, n, n) : 0;
  return 8 * n * n * matrices + 8 * n + workspace + check + ALIGNMENT;
}

/** The same of `eighComplex`. */
export function eighComplexBytes(
  runtime: EigenRuntime,
  n: number,
  method: Method,
  vectors: boolean,
  two = false,
): number {
  const matrices = 2 * ((two ? 2 : 1) + (vectors ? 1 : 0));
  if (16 * n * n > MAX_BYTES) return 8 * n * n * (matrices + (vectors ? METHODS[method].squares : 0));
  const workspace = two
    ? pencilBytes(runtime, n, method, vectors, true)
    : runtime.wasm.hermitianEigenWorkspace(n, METHODS[method].number, vectors) >>> 0;
  return 8 * n * n * matrices + 8 * n + workspace + ALIGNMENT;
}

/** Bytes of WebAssembly memory that `eighBanded` takes: the band, the vectors and the workspaces. */
export function eighBandedBytes(
  runtime: EigenRuntime,
  n: number,
  width: number,
  { method, vectors, verify }: { method: Method; vectors: boolean; verify: boolean },
): number {
  const wasm = runtime.wasm;
  const band = 8 * n * (width + 1);
  const full = 8 * n * n;
  const dense = METHODS[method].whole || wasm.isDense(n, width);
  // As above: past this the workspace formulas do not hold, and a part of it is too large anyway.
  const rough = band + (vectors ? full : 0) + (dense ? full : 2 * band);
  if (rough > MAX_BYTES) return rough;
  const workspace = wasm.bandedEigenWorkspace(n, width, METHODS[method].number, vectors) >>> 0;
  const check = verify ? full + accuracyBytes(runtime, n, n) : 0;
  return band + (vectors ? full : 0) + 8 * n + workspace + check + ALIGNMENT;
}
