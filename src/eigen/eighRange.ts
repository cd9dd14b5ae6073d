// Part of the spectrum: eigenpairs by index or by value.
import { readList, readOptions, show } from '../core/check.js';
import { InputError } from '../core/errors.js';
import { MAX_BYTES } from '../core/heap.js';
import type { Runtime } from '../core/runtime.js';
import { checkStatus, Status } from '../core/status.js';
import { checkTriangle, type Eigh } from './eigh.js';
import type { EigenExports } from './exports.js';

/** A part of the ascending spectrum, by place or by value. */
export type EighRange =
  /** `[first, last]`: eigenvalues with these indices, both ends included, counted from 0. */
  | { index: readonly [number, number] }
  /** `(lo, hi]`: eigenvalues above lo and up to hi; either may be infinite. */
  | { value: readonly [number, number] };

function pair(name: string, value: unknown): [number, number] {
  const list = readList(name, value);
  if (list?.length === 2) {
    const [lo, hi] = list;
    if (typeof lo === 'number' && typeof hi === 'number') return [lo, hi];
  }
  throw new InputError(name, `expected two numbers, as [from, to], got ${show(value)}`);
}

/** What the driver takes. */
interface CheckedRange {
  byValue: boolean;
  lo: number;
  hi: number;
}

/** Checks a range against the order n and returns what the driver takes. */
export function checkRange(range: unknown, n: number): CheckedRange {
  const { index, value } = readOptions<{ index?: unknown; value?: unknown }>('options.range', range, [
    'index',
    'value',
  ]);
  if ((index === undefined) === (value === undefined)) {
    throw new InputError('options.range', 'expected { index: [first, last] } or { value: [lo, hi] }');
  }
  if (index !== undefined) {
    const [lo, hi] = pair('options.range.index', index);
    if (!Number.isInteger(lo) || !Number.isInteger(hi) || lo < 0 || hi < lo || hi >= n) {
      throw new InputError(
        'options.range.index',
        `expected whole numbers 0 ≤ first ≤ last < n = ${n}, got [${lo}, ${hi}]`,
      );
    }
    return { byValue: false, lo, hi };
  }
  const [lo, hi] = pair('options.range.value', value);
  if (!(lo < hi)) throw new InputError('options.range.value', `expected lo < hi, got [${lo}, ${hi}]`);
  return { byValue: true, lo, hi };
}

/** Bytes of WebAssembly memory for order n. */
function rangeBytes(runtime: Runtime, n: number, vectors: boolean): number {
  if (8 * n * n > MAX_BYTES) return 16 * n * n;
  const work = runtime.exports<EigenExports>().symmetricEigenRangeWorkspace(n, Number(vectors)) >>> 0;
  return 8 * n * n * (vectors ? 2 : 1) + 8 * n + work;
}

/**
 * The eigenpairs of a checked range: tridiagonal form, divide and conquer whose last merge forms only the
 * wanted vectors, and back-transformation of those.
 */
export function eighRange(
  runtime: Runtime,
  a: Float64Array,
  n: number,
  { byValue, lo, hi }: CheckedRange,
  { vectors, uplo }: { vectors: boolean; uplo: 'L' | 'U' },
): Eigh {
  const bytes = rangeBytes(runtime, n, vectors);
  if (bytes > MAX_BYTES) {
    throw new InputError(
      'n',
      `order ${n} needs ${Math.ceil(bytes / 2 ** 20)} MiB for a part of the spectrum, ` +
        `WebAssembly memory holds ${Math.floor(MAX_BYTES / 2 ** 20)} MiB`,
    );
  }
  checkTriangle(a, n, uplo);
  const wasm = runtime.exports<EigenExports>();
  return runtime.scope((arena) => {
    const matrix = arena.put(a);
    const d = arena.f64(n);
    const z = vectors ? arena.f64(n * n) : 0;
    const work = arena.bytes(wasm.symmetricEigenRangeWorkspace(n, Number(vectors)) >>> 0);
    const upper = Number(uplo === 'L');
    const status = wasm.symmetricEigenRange(
      n,
      matrix,
      upper,
      Number(byValue),
      lo,
      hi,
      Number(vectors),
      d,
      z,
      work,
    );
    if (status !== Status.notConverged) checkStatus(status, 'eigh');
    const [iterations, first, last] = arena.viewI32(work, 3);
    const count = Math.max(0, last - first);
    return {
      values: arena.take(d + 8 * first, count),
      vectors: vectors ? arena.take(z + 8 * n * first, count * n) : new Float64Array(0),
      convergence: { converged: status === Status.ok, iterations },
    };
  });
}
