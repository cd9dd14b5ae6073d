// Eigenvalues and eigenvectors of dense real symmetric matrices: A = Z diag(values) Zᵀ.

import { type Arena, floats } from '../wasm/arena.js';
import type { EigenBindings } from '../wasm/bindings.js';
import { checkBoolean, checkChoice, checkInteger, checkMemory, readOptions } from '../wasm/check.js';
import { RECORD_FIRST, RECORD_LAST, RECORD_SWEEPS } from '../wasm/constants.js';
import { InputError } from '../wasm/errors.js';
import { allFinite } from '../wasm/finite.js';
import { MAX_BYTES } from '../wasm/heap.js';
import type { Runtime } from '../wasm/runtime.js';
import { checkStatus, Status } from '../wasm/status.js';
import { type Accuracy, accuracyBytes, accuracyOf, accurate } from './accuracy.js';
import { checkRange, type EighRange, type Selection } from './eighRange.js';
import { type Method, methodNumber } from './methods.js';

/** Divide and conquer, implicit QR, Jacobi rotations, or what is fastest for the size. */
export type EighMethod = 'auto' | 'dc' | 'qr' | 'jacobi';

/** What `eigh` computes, and how. */
export interface EighOptions {
  /**
   * `dc` (divide and conquer) and `qr` reduce A to tridiagonal form first; `jacobi` rotates A itself. `auto` is the
   * fastest for the size, and the default.
   */
  method?: EighMethod;
  /** Whether to compute eigenvectors, true by default; without them the time is a fraction. */
  vectors?: boolean;
  /**
   * The triangle of `a` that is read, of the matrix with entry (i, j) at `a[i*n + j]`: `L` reads i ≥ j, `U` reads
   * i ≤ j; `L` by default. What stands in the other triangle does not matter.
   */
  uplo?: 'L' | 'U';
  /**
   * Only these eigenpairs, not by `jacobi`: a part of the vectors costs a part of the back-transformation, and with
   * divide and conquer of the last merge. The result then holds `values.length` eigenpairs, with the bits that they
   * have without `range`.
   */
  range?: EighRange;
  /**
   * Whether to check the result against the matrix, which needs vectors; false by default. `residual` and
   * `orthogonality` are then part of the result, and one above 60 counts as not converged. Adds about 25 % to the time
   * at n = 64, 85 % at 512 and 60 % at 2048: 1.5 n³ multiplications and additions.
   */
  verify?: boolean;
}

/** How an iteration ended. */
export interface Convergence {
  /**
   * true: every number of the result is finite, and the iteration came to its end. false when it reached its cap, when
   * an eigenvalue is beyond the range of doubles, or with `verify` when the result is not accurate: what it gives is
   * then not to be relied on.
   */
  converged: boolean;
  /** QR sweeps or Jacobi sweeps made; 0 for divide and conquer, which does not iterate on the matrix. */
  iterations: number;
}

/** Eigenvalues and eigenvectors of one matrix. */
export interface Eigh {
  /** n eigenvalues, ascending. */
  values: Float64Array;
  /** n*n: eigenvector k, of norm 1 to rounding, is `vectors.subarray(k*n, (k+1)*n)`. Empty with `vectors: false`. */
  vectors: Float64Array;
  /** How the iteration ended. */
  convergence: Convergence;
  /** With `verify`: ‖A Z − Z D‖₁ / (‖A‖₁ n ulp), ulp = 2⁻⁵²; of order 1 or less. */
  residual?: number;
  /** With `verify`: ‖I − Zᵀ Z‖₁ / (n ulp); of order 1 or less. */
  orthogonality?: number;
}

/** Below this size QR beats divide and conquer. */
const DC_FROM = 40;

/** The method that `auto` takes for order n. */
export function fastestMethod(n: number): 'qr' | 'dc' {
  return n < DC_FROM ? 'qr' : 'dc';
}

/** The options with defaults filled in, checked; `more` names options of the caller's own, which are in `given`. */
export function eighOptions<T extends EighOptions>(n: number, options: T, ...more: string[]) {
  const given = readOptions<T>('options', options, ['method', 'vectors', 'uplo', ...more]);
  const method = checkChoice('options.method', given.method ?? 'auto', [
    'auto',
    'dc',
    'qr',
    'jacobi',
  ] as const);
  const { range } = given;
  if (range !== undefined && method === 'jacobi') {
    throw new InputError('options.method', "a range is computed by 'dc', 'qr' or 'auto', not by 'jacobi'");
  }
  const vectors = checkBoolean('options.vectors', given.vectors ?? true);
  const verify = checkBoolean('options.verify', given.verify ?? false);
  if (verify && !vectors) throw new InputError('options.verify', 'needs vectors, and they are not computed');
  return {
    given,
    // The same for a range as for the whole, whose bits a range has.
    method: method === 'auto' ? fastestMethod(n) : method,
    vectors,
    verify,
    uplo: checkChoice('options.uplo', given.uplo ?? 'L', ['L', 'U'] as const),
    selection: range === undefined ? undefined : checkRange(range, n),
  } as const;
}

/** What blocks lose by it. */
const ALIGNMENT = 512;

/** Bytes of WebAssembly memory that `eigh` takes for order n: the matrix, the vectors and the workspaces. */
export function eighBytes(
  runtime: Runtime,
  n: number,
  method: Method,
  vectors: boolean,
  verify = false,
): number {
  const wasm = runtime.exports<EigenBindings>();
  // The workspace formulas hold in 32-bit addresses; past that the matrices alone are too large anyway.
  if (8 * n * n > MAX_BYTES) return 8 * n * n * (vectors ? (method === 'dc' ? 3 : 2) : 1);
  const workspace = wasm.symmetricEigenWorkspace(n, methodNumber[method], vectors) >>> 0;
  const check = verify ? accuracyBytes(runtime, n, n) : 0;
  return 8 * n * n * (vectors ? 2 : 1) + 8 * n + workspace + check + ALIGNMENT;
}

/** Checks that a matrix of order n, its decomposition and `copies` more of it fit into memory. Returns their bytes. */
export function checkOrder(
  runtime: Runtime,
  n: unknown,
  { method, vectors, verify }: { method: Method; vectors: boolean; verify: boolean },
  copies = 0,
): number {
  const order = checkInteger('n', n, { min: 0 });
  const bytes = eighBytes(runtime, order, method, vectors, verify) + 8 * copies * order * order;
  if (bytes > MAX_BYTES) {
    throw new InputError(
      'n',
      `order ${order} needs ${Math.ceil(bytes / 2 ** 20)} MiB with method '${method}', ` +
        `WebAssembly memory holds ${Math.floor(MAX_BYTES / 2 ** 20)} MiB`,
    );
  }
  return bytes;
}

/** Only the named triangle must be finite: nothing else is read. */
export function checkTriangle(given: unknown, n: number, uplo: 'L' | 'U', matrix?: number): Float64Array {
  const a = checkMemory('a', given, 'a Float64Array of n*n elements');
  if (a.length !== n * n) throw new InputError('a', `expected n*n = ${n * n} elements, got ${a.length}`);
  for (let i = 0; i < n; ++i) {
    const [from, to] = uplo === 'L' ? [i * n, i * n + i] : [i * n + i, i * n + n - 1];
    for (let k = from; k <= to; ++k) {
      if (!Number.isFinite(a[k])) {
        const which = matrix === undefined ? '' : ` of matrix ${matrix}`;
        throw new InputError('a', `entry (${i}, ${k - i * n})${which} is ${a[k]}, expected a finite number`);
      }
    }
  }
  return a;
}

/** Addresses of a decomposition in WebAssembly memory: it lives as long as its arena. */
export interface EighInPlace {
  /** n eigenvalues, ascending. */
  values: number;
  /** n*n doubles, eigenvector k in column k; 0 without vectors. */
  vectors: number;
  convergence: Convergence;
}

/** A decomposition that was started: addresses of its results and of its workspace. */
export interface Started {
  values: number;
  vectors: number;
  work: number;
}

/**
 * Starts the decomposition of the matrix at address `a` (n×n column-major, lower triangle read unless `upper`,
 * destroyed), of all its eigenpairs or of those selected.
 */
export function startEigh(
  runtime: Runtime,
  arena: Arena,
  a: number,
  n: number,
  options: {
    method: Method;
    vectors: boolean;
    upper?: boolean;
    selection?: Selection;
  },
): Started {
  const wasm = runtime.exports<EigenBindings>();
  const method = methodNumber[options.method];
  const values = arena.f64(n);
  const vectors = options.vectors ? arena.f64(n * n) : 0;
  const work = arena.bytes(wasm.symmetricEigenWorkspace(n, method, options.vectors) >>> 0);
  wasm.symmetricEigenStart(n, a, options.upper ?? false, method, values, vectors, work);
  if (options.selection) {
    const { byValue, lo, hi } = options.selection;
    wasm.symmetricEigenSelect(byValue, lo, hi, work);
  }
  return { values, vectors, work };
}

/** Which eigenpairs the driver left when it returned `status`, and how it went, the vectors not being looked at yet. */
export function outcome(arena: Arena, { values, work }: Started, status: number) {
  if (status !== Status.notConverged) checkStatus(status, 'eigh');
  const result = (offset: number) => arena.viewI32(work + offset, 1)[0];
  const [iterations, first, last] = [RECORD_SWEEPS, RECORD_FIRST, RECORD_LAST].map(result);
  const count = Math.max(0, last - first);
  const converged = status === Status.ok && allFinite(arena.view(values + 8 * first, count));
  const convergence: Convergence = { converged, iterations };
  return { first, count, convergence };
}

/**
 * Decomposes the matrix at address `a` (n×n column-major, lower triangle read unless `upper`, destroyed) without
 * copying anything in or out.
 */
export function eighInPlace(
  runtime: Runtime,
  arena: Arena,
  a: number,
  n: number,
  options: { method: Method; vectors: boolean; upper?: boolean },
): EighInPlace {
  const started = startEigh(runtime, arena, a, n, options);
  const { values, vectors } = started;
  const { convergence } = finishEigh(runtime, arena, n, started);
  return { values, vectors, convergence };
}

/** All that is left to do of a decomposition, with the last look at its vectors. */
function finishEigh(runtime: Runtime, arena: Arena, n: number, started: Started) {
  const status = runtime.exports<EigenBindings>().jobFinish(started.work);
  const { first, count, convergence } = outcome(arena, started, status);
  const vectors = started.vectors && started.vectors + 8 * n * first;
  convergence.converged &&= vectors === 0 || allFinite(arena.view(vectors, n * count));
  return { values: started.values + 8 * first, vectors, count, convergence };
}

export function eigh(runtime: Runtime, a: Float64Array, n: number, options: EighOptions = {}): Eigh {
  const order = checkInteger('n', n, { min: 0 });
  const { method, vectors, verify, uplo, selection } = eighOptions(order, options, 'range', 'verify');
  const bytes = checkOrder(runtime, n, { method, vectors, verify });
  checkTriangle(a, n, uplo);
  return runtime.scope((arena) => {
    runtime.heap.reserve(bytes);
    // Of a part of the spectrum the size is not known yet.
    const all = vectors && !selection ? floats(n * n) : undefined;
    // The row-major lower triangle is the column-major upper one.
    const upper = uplo === 'L';
    const matrix = arena.put(a);
    const started = startEigh(runtime, arena, matrix, n, { method, vectors, upper, selection });
    const { count, convergence, ...at } = finishEigh(runtime, arena, n, started);
    let accuracy: Accuracy | undefined;
    if (verify) {
      arena.view(matrix, n * n).set(a);
      accuracy = accuracyOf(runtime, arena, matrix, upper, { n, count, ...at });
      convergence.converged &&= accurate(accuracy);
    }
    return {
      values: arena.take(at.values, count),
      vectors: vectors ? arena.take(at.vectors, count * n, all) : new Float64Array(0),
      convergence,
      ...accuracy,
    };
  });
}
