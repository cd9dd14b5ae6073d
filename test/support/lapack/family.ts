// The whole family of solvers on LAPACK's matrices: the largest of its ratios, and the hash of every number. Runs in Node and,
// bundled, in a page.
import type { Core, createCore as CreateCore, Eigh } from 'emft';
import { methodNames, rangeMethods } from 'emft/check';
import { complexOf, definiteMatrix, generalizedRatios, realOf } from './generalized.js';
import { hermitianMatrix, hermitianRatios } from './hermitian.js';
import { driverMatrix, TYPE_COUNT } from './matrices.js';
import { ratios } from './ratios.js';

/** LAPACK's sizes, both sides of those where the code changes its way, and two at which threads share work. */
const SIZES = [0, 1, 2, 3, 5, 20, 21, 39, 40, 41, 65];
const FEW = [1, 2, 5, 20, 41];
const LARGE = [130, 200];

export interface FamilyResult {
  threads: number;
  /** The largest ratio of each solver. */
  worst: Record<string, number>;
  hash: string;
}

/** Of large matrices without those that take several times as long as the others. */
const methodsFor = (n: number) => (n > 100 ? rangeMethods : methodNames);

/**
 * To 26 bits of each number, by Veltkamp's splitting: powers and cosines, by which LAPACK's types are made, end in other bits in
 * other engines.
 */
function rounded(a: Float64Array): Float64Array {
  return a.map((x) => {
    const scale = Math.abs(x) > 2 ** 900 ? 2 ** -100 : 1;
    const c = x * scale * 134217729;
    return (c - (c - x * scale)) / scale;
  });
}

/** What is decomposed, collected with its ratios. */
class Collection {
  readonly worst: Record<string, number> = {};
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];

  add(name: string, { values, vectors, convergence }: Eigh, found: Record<string, number>): void {
    const largest = convergence.converged ? Math.max(...Object.values(found)) : Number.POSITIVE_INFINITY;
    const before = this.worst[name] ?? 0;
    // NaN is the worst of all.
    this.worst[name] = largest <= before ? before : Number.isNaN(before) ? before : largest;
    for (const x of [values, vectors]) this.#parts.push(new Uint8Array(x.slice().buffer));
  }

  async hash(): Promise<string> {
    const digest = await crypto.subtle.digest('SHA-256', await new Blob(this.#parts).arrayBuffer());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}

/** Types and orders: all types where they are small. */
function* cases(sizes: readonly number[]): Generator<[type: number, n: number]> {
  for (let type = 1; type <= TYPE_COUNT; ++type) for (const n of sizes) yield [type, n];
  for (const n of LARGE) yield [13, n];
}

function hermitian(core: Core, all: Collection): void {
  for (const [type, n] of cases(SIZES)) {
    const a = rounded(hermitianMatrix(core, type, n));
    for (const method of methodsFor(n)) {
      const result = core.eighComplex(a, n, { method });
      all.add(`eighComplex ${method}`, result, { ...hermitianRatios(a, n, result.values, result.vectors) });
    }
  }
}

function pencils(core: Core, all: Collection): void {
  for (const [type, n] of cases(FEW)) {
    for (const complex of [false, true]) {
      const a = rounded(complex ? hermitianMatrix(core, type, n) : complexOf(driverMatrix(core, type, n)));
      const b = rounded(definiteMatrix(core, n, 10, complex));
      for (const itype of [1, 2, 3] as const) {
        const result = complex
          ? core.eighComplex(a, n, { b, itype })
          : core.eigh(realOf(a), n, { b: realOf(b), itype });
        const z = complex ? result.vectors : complexOf(result.vectors);
        const { residual, orthogonality } = generalizedRatios(itype, a, b, n, result.values, z);
        all.add(`${complex ? 'eighComplex' : 'eigh'} b ${itype}`, result, { residual, orthogonality });
      }
    }
  }
}

function bands(core: Core, all: Collection): void {
  for (const [type, n] of cases(SIZES)) {
    const whole = rounded(driverMatrix(core, type, n));
    for (const wanted of new Set([0, 1, 2, 5, Math.floor(n / 3), n - 1])) {
      const width = Math.max(0, Math.min(wanted, n - 1));
      const a = whole.map((x, p) => (Math.abs(Math.floor(p / n) - (p % n)) > width ? 0 : x));
      const ab = new Float64Array((width + 1) * n);
      for (let r = 0; r <= width; ++r) for (let j = 0; j < n - r; ++j) ab[r * n + j] = a[(j + r) * n + j];
      for (const method of methodsFor(n)) {
        const result = core.eighBanded(ab, n, width, { method });
        const found = { ...ratios(a, n, result.values, result.vectors) };
        all.add(`eighBanded ${method}`, result, found);
        if (width !== 1) continue;
        const other = core.eighTridiagonal(ab.subarray(0, n), ab.subarray(n, 2 * n - 1), { method });
        all.add(`eighTridiagonal ${method}`, other, { ...ratios(a, n, other.values, other.vectors) });
      }
    }
  }
}

export async function family(createCore: typeof CreateCore, threads: number): Promise<FamilyResult> {
  const core = await createCore({ threads });
  const all = new Collection();
  hermitian(core, all);
  pencils(core, all);
  bands(core, all);
  const result = { threads: core.threads, worst: all.worst, hash: await all.hash() };
  core.dispose();
  return result;
}
