// The steps of Lanczos' recurrence on single vectors in WebAssembly memory, without the products with H: real vectors by
// assembly/operator/project.ts, complex ones by gemm.
import type { Arena, Runtime } from '../wasm/runtime.js';
import { type Small, small, type VectorBlocks } from './vectorBlocks.js';

export class Single {
  readonly #runtime: Runtime;
  readonly #arena: Arena;
  readonly #columns: VectorBlocks;
  readonly #out: number;
  readonly #coefficients: number;
  readonly #work: number;

  /** Bytes that this class takes from an arena. */
  static bytes(runtime: Runtime, most: number): number {
    return 16 + 16 * most + (runtime.wasm.projectWorkspace() >>> 0);
  }

  /** Takes workspace for projections on up to `most` vectors. */
  constructor(runtime: Runtime, arena: Arena, columns: VectorBlocks, most: number) {
    this.#runtime = runtime;
    this.#arena = arena;
    this.#columns = columns;
    this.#out = arena.f64(2);
    this.#coefficients = arena.f64(2 * most);
    this.#work = arena.bytes(runtime.wasm.projectWorkspace() >>> 0);
  }

  /** α = Re q*w, w ← w − α q, and the length of what is left. */
  step(q: number, w: number): { alpha: number; rest: number } {
    this.#runtime.wasm.lanczosStep(this.#columns.length, q, w, this.#out);
    const [alpha, square] = this.#arena.view(this.#out, 2);
    return { alpha, rest: Math.sqrt(square) };
  }

  length(w: number): number {
    return Math.sqrt(this.overlap(w, w));
  }

  /** Re v*w. */
  overlap(v: number, w: number): number {
    return this.#runtime.wasm.dot(this.#columns.length, v, w);
  }

  /** w ← w/length. */
  divide(length: number, w: number): void {
    this.#runtime.wasm.lanczosUnit(this.#columns.length, length, w);
  }

  /** Subtracts from one or two vectors at w their parts along `size` vectors at v, once. */
  project(size: number, v: number, count: 1 | 2, w: number): void {
    const columns = this.#columns;
    if (columns.pairs) {
      for (let k = 0; k < count; ++k) {
        const own = columns.column(w, k);
        columns.subtract(size, v, columns.overlap(size, v, 1, own), own);
      }
      return;
    }
    const { wasm } = this.#runtime;
    const { length } = columns;
    wasm.project(length, size, v, count, w, this.#coefficients, this.#work);
  }

  /** Subtracts from two real vectors at w their parts along `size` vectors at v, twice; returns these parts. */
  projectTwo(size: number, v: number, w: number): Small {
    const parts = small(size, 2, false);
    for (let pass = 0; pass < 2; ++pass) {
      this.project(size, v, 2, w);
      const c = this.#arena.view(this.#coefficients, 2 * size);
      for (let k = 0; k < c.length; ++k) parts.re[k] += c[k];
    }
    return parts;
  }
}
