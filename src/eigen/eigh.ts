// Eigenvalues and eigenvectors of dense real symmetric matrices: A = Z diag(values) Zᵀ.
import { checkBoolean, checkChoice, checkInteger, checkMemory, readOptions } from '../core/check.js';
import { InputError } from '../core/errors.js';
import { MAX_BYTES } from '../core/heap.js';
import type { Arena, Runtime } from '../core/runtime.js';
import { checkStatus, Status } from '../core/status.js';
import type { EigenBindings } from '../wasm/bindings.js';
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
}

/** How an iteration ended. */
export interface Convergence {
  /** false when it reached its cap: what it gives is then not to be relied on. */
  converged: boolean;
  /** QR sweeps or Jacobi sweeps made; 0 for divide and conquer, which does not iterate on the matrix. */
  iterations: number;
}

/** Eigenvalues and eigenvectors of one matrix. */
export interface Eigh {
  /** n eigenvalues, ascending. */
  values: Float64Array;
  /** n*n: eigenvector k, of norm 1, is `vectors.subarray(k*n, (k+1)*n)`. Empty with `vectors: false`. */
  vectors: Float64Array;
  /** How the iteration ended. */
  convergence: Convergence;
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
  return {
    given,
    // The same for a range as for the whole, whose bits a range has.
    method: method === 'auto' ? fastestMethod(n) : method,
    vectors: checkBoolean('options.vectors', given.vectors ?? true),
    uplo: checkChoice('options.uplo', given.uplo ?? 'L', ['L', 'U'] as const),
    selection: range === undefined ? undefined : checkRange(range, n),
  } as const;
}

/** Bytes of WebAssembly memory that `eigh` takes for order n: the matrix, the vectors and the workspace. */
export function eighBytes(runtime: Runtime, n: number, method: Method, vectors: boolean): number {
  const wasm = runtime.exports<EigenBindings>();
  // The workspace formulas hold in 32-bit addresses; past that the matrices alone are too large anyway.
  if (8 * n * n > MAX_BYTES) return 16 * n * n;
  const workspace = wasm.symmetricEigenWorkspace(n, methodNumber[method], vectors) >>> 0;
  return 8 * n * n * (vectors ? 2 : 1) + 8 * n + workspace;
}

/** Checks that a matrix of order n and its decomposition fit into memory. */
export function checkOrder(runtime: Runtime, n: unknown, method: Method, vectors: boolean): number {
  const order = checkInteger('n', n, { min: 0 });
  const bytes = eighBytes(runtime, order, method, vectors);
  if (bytes > MAX_BYTES) {
    throw new InputError(
      'n',
      `order ${order} needs ${Math.ceil(bytes / 2 ** 20)} MiB with method '${method}', ` +
        `WebAssembly memory holds ${Math.floor(MAX_BYTES / 2 ** 20)} MiB`,
    );
  }
  return order;
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

/** What the driver left at the start of the workspace when it returned `status`: how it went, and which eigenpairs. */
export function outcome(arena: Arena, work: number, status: number) {
  if (status !== Status.notConverged) checkStatus(status, 'eigh');
  const [iterations, first, last] = arena.viewI32(work, 3);
  const convergence: Convergence = { converged: status === Status.ok, iterations };
  return { first, count: Math.max(0, last - first), convergence };
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
  const { values, vectors, work } = startEigh(runtime, arena, a, n, options);
  const status = runtime.exports<EigenBindings>().symmetricEigenFinish(work);
  return { values, vectors, convergence: outcome(arena, work, status).convergence };
}

export function eigh(runtime: Runtime, a: Float64Array, n: number, options: EighOptions = {}): Eigh {
  const order = checkInteger('n', n, { min: 0 });
  const { method, vectors, uplo, selection } = eighOptions(order, options, 'range');
  checkOrder(runtime, n, method, vectors);
  checkTriangle(a, n, uplo);
  return runtime.scope((arena) => {
    // The row-major lower triangle is the column-major upper one.
    const upper = uplo === 'L';
    const started = startEigh(runtime, arena, arena.put(a), n, { method, vectors, upper, selection });
    const status = runtime.exports<EigenBindings>().symmetricEigenFinish(started.work);
    const { first, count, convergence } = outcome(arena, started.work, status);
    return {
      values: arena.take(started.values + 8 * first, count),
      vectors: vectors ? arena.take(started.vectors + 8 * n * first, count * n) : new Float64Array(0),
      convergence,
    };
  });
}
