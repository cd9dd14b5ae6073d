// Blocks of vectors in WebAssembly memory, real or complex, that follow one another: overlaps, projections, rotations.
// A complex vector is a run of pairs; real products of such runs are the real parts of complex ones, and with −i times one of
// them the imaginary parts (assembly/operator/pairs.ts), so that all of it is gemm.
import { InputError } from '../wasm/errors.js';
import { allFinite } from '../wasm/finite.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { atOnce, type Steps } from '../wasm/steps.js';

/** A small matrix in JavaScript, column-major; imaginary parts in an array of their own, null for a real matrix. */
export interface Small {
  rows: number;
  columns: number;
  re: Float64Array;
  im: Float64Array | null;
}

export function small(rows: number, columns: number, complex: boolean): Small {
  return {
    rows,
    columns,
    re: new Float64Array(rows * columns),
    im: complex ? new Float64Array(rows * columns) : null,
  };
}

/**
 * Refuses overlaps that are not finite, which an operator of size about 1 cannot give: no iteration would end.
 */
export function checkProducts({ re, im }: Small): void {
  if (allFinite(re) && (!im || allFinite(im))) return;
  throw new InputError('operator', 'multiplies a vector into numbers that are not finite');
}

/** Rows of vectors that are rotated at a time: a bound on memory, not measured. */
const ROTATED_ROWS = 2048;

/** Vectors of `n` numbers, complex if `pairs`. */
export class VectorBlocks {
  readonly #runtime: Runtime;
  readonly #arena: Arena;
  readonly n: number;
  readonly pairs: boolean;
  /** Doubles in a vector. */
  readonly length: number;
  readonly #block: number;
  readonly #coefficients: number;
  readonly #turned: number;
  readonly #work: number;
  readonly #r: number;

  /** Takes workspace for up to `most` vectors together, in blocks of up to `block`. */
  constructor(runtime: Runtime, arena: Arena, n: number, pairs: boolean, most: number, block: number) {
    this.#runtime = runtime;
    this.#arena = arena;
    this.n = n;
    this.pairs = pairs;
    this.length = pairs ? 2 * n : n;
    this.#block = block;
    this.#coefficients = arena.f64(Math.max(most * block, 1));
    this.#turned = pairs ? arena.f64(this.length * block) : 0;
    this.#r = arena.f64(2 * block * block + 2);
    this.#work = arena.bytes(
      Math.max(
        this.#gemmBytes(this.length, block, most),
        this.#gemmBytes(most, block, this.length),
        this.#gemmBytes(Math.min(ROTATED_ROWS, this.length), most, most),
      ),
    );
  }

  /** Bytes that this class takes from an arena; the vectors themselves are not among them. */
  static bytes(runtime: Runtime, n: number, pairs: boolean, most: number, block: number): number {
    const length = pairs ? 2 * n : n;
    const gemm = (m: number, k: number, l: number) => runtime.wasm.gemmWorkspace(m, k, l) >>> 0;
    const rows = Math.min(ROTATED_ROWS, length);
    return (
      8 * most * block +
      (pairs ? 8 * length * block : 0) +
      16 * block * block +
      Math.max(gemm(length, block, most), gemm(most, block, length), gemm(rows, most, most))
    );
  }

  /** Bytes that `rotate` takes besides, for up to `most` vectors. */
  static rotationBytes(n: number, pairs: boolean, most: number): number {
    return 8 * most * (most + Math.min(ROTATED_ROWS, pairs ? 2 * n : n)) * (pairs ? 2 : 1);
  }

  #gemmBytes(m: number, n: number, k: number): number {
    return this.#runtime.wasm.gemmWorkspace(m, n, k) >>> 0;
  }

  /** Address of vector k of those at `at`. */
  column(at: number, k: number): number {
    return at + 8 * this.length * k;
  }

  /** V* W of `size` vectors at v and `count` at w. */
  overlap(size: number, v: number, count: number, w: number): Small {
    const out = small(size, count, this.pairs);
    if (size === 0) return out;
    out.re.set(this.#product(size, v, count, w));
    if (!out.im) return out;
    this.#runtime.wasm.timesMinusI(this.n * count, w, this.#turned);
    out.im.set(this.#product(size, v, count, this.#turned));
    return out;
  }

  /** Vᵀ W of vectors taken as doubles. */
  #product(size: number, v: number, count: number, w: number): Float64Array {
    const { wasm } = this.#runtime;
    const { length } = this;
    const at = wasm.operands(v, length, 1, w, 1, length, this.#work);
    wasm.gemm(size, count, length, 1, at, 0, this.#coefficients, size);
    return this.#arena.view(this.#coefficients, size * count);
  }

  /** W ← W − V C. */
  subtract(size: number, v: number, c: Small, w: number): void {
    if (size === 0) return;
    this.#multiply(size, v, c.re, c.columns, -1, 1, w);
    if (!c.im) return;
    this.#multiply(size, v, c.im, c.columns, -1, 0, this.#turned);
    this.#runtime.wasm.addTimesI(this.n * c.columns, this.#turned, w);
  }

  #multiply(
    size: number,
    v: number,
    c: Float64Array,
    count: number,
    alpha: number,
    beta: number,
    w: number,
  ): void {
    const { wasm } = this.#runtime;
    const { length } = this;
    this.#arena.view(this.#coefficients, size * count).set(c);
    const at = wasm.operands(v, 1, length, this.#coefficients, 1, size, this.#work);
    wasm.gemm(length, count, size, alpha, at, beta, w, length);
  }

  /** W less its part in V, twice; returns that part. */
  project(size: number, v: number, count: number, w: number): Small {
    const [first, second] = this.projections(size, v, count, w);
    for (let k = 0; k < first.re.length; ++k) {
      first.re[k] += second.re[k];
      if (first.im && second.im) first.im[k] += second.im[k];
    }
    return first;
  }

  /** The same; returns both parts. */
  projections(size: number, v: number, count: number, w: number): [Small, Small] {
    const first = this.overlap(size, v, count, w);
    this.subtract(size, v, first, w);
    const second = this.overlap(size, v, count, w);
    this.subtract(size, v, second, w);
    return [first, second];
  }

  /** Clears R, which `orthonormalize` adds to. */
  clear(): void {
    this.#arena.view(this.#r, 2 * this.#block * this.#block).fill(0);
  }

  /** Replaces `count` vectors by Q of V = Q R, from vector `from` on; returns the first that depends on those before it, or −1. */
  orthonormalize(from: number, count: number, least: number, w: number): number {
    const { wasm } = this.#runtime;
    if (!this.pairs) return wasm.orthonormalizeFrom(this.n, from, count, least, w, this.#r);
    const scratch = this.#r + 16 * this.#block * this.#block;
    return wasm.orthonormalizePairs(this.n, from, count, least, w, this.#r, scratch);
  }

  /** R of `count` vectors. */
  factor(count: number): Small {
    const out = small(count, count, this.pairs);
    const width = this.pairs ? 2 : 1;
    const r = this.#arena.view(this.#r, width * count * count);
    for (let k = 0; k < count * count; ++k) {
      out.re[k] = r[width * k];
      if (out.im) out.im[k] = r[2 * k + 1];
    }
    return out;
  }

  /** The first `y.columns` of the `y.rows` vectors at v ← V Y. */
  rotate(v: number, y: Small): void {
    atOnce(this.rotateSteps(v, y));
  }

  /** The same in steps, some rows in each. */
  rotateSteps(v: number, { rows: size, columns: kept, re: real, im: imaginary }: Small): Steps<void> {
    const runtime = this.#runtime;
    const { length } = this;
    const work = this.#work;
    return runtime.steps(function* (scratch) {
      const rows = Math.min(ROTATED_ROWS, length);
      const re = scratch.put(real);
      const im = imaginary ? scratch.put(imaginary) : 0;
      const [panel, turned] = [scratch.f64(rows * kept), im ? scratch.f64(rows * kept) : 0];
      for (let row = 0; row < length; row += rows) {
        if (row > 0) yield undefined;
        const { wasm } = runtime;
        const all = scratch.view(v, length * size);
        const some = Math.min(rows, length - row);
        const form = (factor: number, to: number) =>
          wasm.gemm(
            some,
            kept,
            size,
            1,
            wasm.operands(v + 8 * row, 1, length, factor, 1, size, work),
            0,
            to,
            some,
          );
        form(re, panel);
        if (im) {
          form(im, turned);
          wasm.addTimesI((some * kept) / 2, turned, panel);
        }
        const product = scratch.view(panel, some * kept);
        for (let k = 0; k < kept; ++k) {
          all.set(product.subarray(k * some, (k + 1) * some), k * length + row);
        }
      }
    });
  }
}
