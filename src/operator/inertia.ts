// Sylvester's inertia of operators whose entries are known: how many eigenvalues lie below an energy, by elimination inside the band
// that the matrix has in a good order (assembly/operator/inertia.ts).
import { ULP } from '../wasm/constants.js';
import { jobSteps } from '../wasm/jobs.js';
import { exponentOf, timesPowerOfTwo } from '../wasm/magnitude.js';
import type { Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import type { Computed } from './compute.js';
import { fromDense } from './csr.js';
import { denseOf } from './dense.js';
import type { Entries } from './entries.js';
import { type Band, banded, narrow } from './narrow.js';
import { INERTIA_COST, INERTIA_ORDER } from './tuning.js';

/** Counts the eigenvalues of an operator below an energy. */
export interface Inertia {
  below(energy: number): Steps<number>;
  /** A bound on |H|. */
  norm: number;
  /** Eigenvalues this near to an energy may be counted on the wrong side of it. */
  rounding: number;
  /** Bytes of WebAssembly memory that a count takes. */
  bytes: number;
}

/** The order of rows is found once for each matrix. */
const orders = new WeakMap<object, ReturnType<typeof narrow>>();

/** Multiplications of a count for order n: a row is combined with `width` others, over 1.5 times the width. */
function costOf(n: number, width: number): number {
  return Math.min(1.5 * n * width * width, (n * n * n) / 3);
}

/** About how many bytes a count takes; 0 if inertia will not be used. */
export function inertiaMemory(runtime: Runtime, { n, complex, entries }: Computed): number {
  const pairs = complex ? 2 : 1;
  if (!entries)
    return pairs * n <= INERTIA_ORDER ? memory(runtime, pairs * n, pairs * n, pairs * pairs * n * n) : 0;
  const { width } = narrowOrder(entries);
  const wide = pairs * width + pairs - 1;
  if (costOf(pairs * n, wide) > INERTIA_COST) return 0;
  return memory(runtime, pairs * n, wide, pairs * pairs * entries.matrix().indices.length);
}

function memory(runtime: Runtime, n: number, width: number, count: number): number {
  return (runtime.wasm.inertiaWorkspace(width) >>> 0) + 12 * count + 4 * (n + 1) + 4096;
}

function narrowOrder(entries: Entries): ReturnType<typeof narrow> {
  const matrix = entries.matrix();
  const found = orders.get(matrix) ?? narrow(matrix);
  orders.set(matrix, found);
  return found;
}

/** Null if elimination takes too long: the band is wide, or entries are unknown and the order is large. */
export function* inertiaOf(runtime: Runtime, computed: Computed, budget: number): Steps<Inertia | null> {
  const bytes = inertiaMemory(runtime, computed);
  if (bytes === 0) return null;
  const { n, complex } = computed;
  let { entries } = computed;
  if (!entries) {
    const matrix = fromDense(yield* denseOf(runtime, computed), n, complex);
    entries = { matrix: () => matrix, factor: 1, shift: 0 };
  }
  const { factor, shift } = entries;
  const matrix = entries.matrix();
  const size = sizeOf(entries);
  const norm = Math.abs(factor) * size + Math.abs(shift);
  // Entries beyond the doubles cannot be eliminated.
  if (!(factor !== 0 && norm < Number.POSITIVE_INFINITY)) return null;
  const unit = size > 0 ? -exponentOf(size) : 0;
  const { place, width } = narrowOrder(entries);
  const band = banded(matrix, unit, place, width);
  const copies = complex ? 2 : 1;
  return {
    norm,
    rounding: 8 * ULP * (Math.sqrt(n) + width) * norm,
    bytes,
    *below(energy) {
      const found = yield* belowSteps(
        runtime,
        band,
        timesPowerOfTwo((energy - shift) / factor, unit),
        budget,
      );
      const count = found / copies;
      return factor > 0 ? count : n - count;
    },
  };
}

/** The largest sum of moduli of a row. */
function sizeOf(entries: Entries): number {
  const { n, complex, indptr, data } = entries.matrix();
  const width = complex ? 2 : 1;
  let most = 0;
  for (let i = 0; i < n; ++i) {
    let sum = 0;
    for (let p = width * indptr[i]; p < width * indptr[i + 1]; ++p) sum += Math.abs(data[p]);
    most = Math.max(most, sum);
  }
  return most;
}

function belowSteps(runtime: Runtime, band: Band, energy: number, budget: number): Steps<number> {
  return runtime.steps(function* (arena) {
    const { n, width } = band;
    const work = arena.bytes(runtime.wasm.inertiaWorkspace(width) >>> 0);
    const [indptr, indices] = [arena.putWords(band.indptr), arena.putWords(band.indices)];
    const data = arena.put(band.data);
    runtime.wasm.inertiaStart(n, width, indptr, indices, data, energy, work);
    yield* jobSteps(runtime, work, budget);
    return runtime.wasm.inertiaBelow(work);
  });
}
