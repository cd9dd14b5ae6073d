// The kernels of assembly/grain against element-by-element references.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CoreBindings } from '../../../src/wasm/bindings.js';
import { MORE } from '../../../src/wasm/constants.js';
import { Runtime } from '../../../src/wasm/runtime.js';
import { shipped } from '../../../src/wasm/shipped.js';
import { numbers } from '../../support/numbers.js';

let runtime: Runtime;
let kernels: CoreBindings;
beforeAll(async () => {
  runtime = await Runtime.create(shipped, 'simd');
  kernels = runtime.wasm;
});

/** From vectors one after another to a padded block with the vector index fastest, element (a, s, j) at a ld + s p + j. */
function interleave(dg: number, bits: number, lgp: number, columns: number, block: number, ld: number): void {
  eachElement(dg, bits, lgp, ld, (column, at) => {
    view(block, ld * dg)[at] = view(columns, (dg << bits) << lgp)[column];
  });
}

function deinterleave(
  dg: number,
  bits: number,
  lgp: number,
  block: number,
  ld: number,
  columns: number,
): void {
  eachElement(dg, bits, lgp, ld, (column, at) => {
    view(columns, (dg << bits) << lgp)[column] = view(block, ld * dg)[at];
  });
}

function eachElement(
  dg: number,
  bits: number,
  lgp: number,
  ld: number,
  visit: (column: number, block: number) => void,
): void {
  const [size, p] = [1 << bits, 1 << lgp];
  for (let a = 0; a < dg; ++a) {
    for (let s = 0; s < size; ++s) {
      for (let j = 0; j < p; ++j) visit((a << bits) + s + j * (dg << bits), a * ld + (s << lgp) + j);
    }
  }
}

interface Model {
  dg: number;
  bits: number;
  grain: Float64Array;
  fields: Float64Array;
  flip: Float64Array;
}

function model(seed: number, dg: number, bits: number): Model {
  const raw = numbers(seed, dg * dg);
  const grain = raw.map((_, i) => raw[i] + raw[(i % dg) * dg + Math.floor(i / dg)]);
  return { dg, bits, grain, fields: numbers(seed + 1, bits), flip: numbers(seed + 2, bits) };
}

/** H from Pauli matrices and Kronecker products: σ_n acts on digit n of the configuration. */
function pauliHamiltonian({ dg, bits, grain, fields, flip }: Model): Float64Array {
  const d = dg << bits;
  const h = new Float64Array(d * d);
  for (let i = 0; i < d; ++i) {
    const a = i >> bits;
    const s = i & ((1 << bits) - 1);
    for (let b = 0; b < dg; ++b) h[i + ((b << bits) + s) * d] += grain[a + b * dg];
    for (let n = 0; n < bits; ++n) {
      h[i + i * d] += fields[n] * (1 - 2 * ((s >> n) & 1));
      // σ^x σ^x + σ^y σ^y flips both spins: 1 − (sign of σ^y σ^y) is 2 for antiparallel spins, 0 for parallel.
      const [u, v] = [1 - 2 * (a & 1), 1 - 2 * ((s >> n) & 1)];
      const j = ((a ^ 1) << bits) + (s ^ (1 << n));
      h[j + i * d] += (flip[n] / 2) * (1 - u * v);
    }
  }
  return h;
}

function load(m: Model, lgp = 0) {
  const arena = (data: Float64Array) => {
    const address = runtime.heap.alloc(8 * data.length);
    view(address, data.length).set(data);
    return address;
  };
  const grain = arena(m.grain);
  const fields = arena(m.fields);
  const flip = arena(m.flip);
  const diag = runtime.heap.alloc(8 << m.bits);
  kernels.grainDiagonal(m.bits, fields, 1, 0, diag);
  const pairs = runtime.heap.alloc(8 * m.grain.length);
  kernels.grainPairs(m.dg, grain, pairs);
  const flips = runtime.heap.alloc(kernels.grainFlipsBytes(m.bits, lgp) >>> 0);
  kernels.grainFlips(m.bits, lgp, flip, 1, flips);
  const blocks = [grain, fields, flip, diag, pairs, flips];
  return {
    grain,
    diag,
    flip,
    pairs,
    flips,
    put: arena,
    free: () => blocks.forEach((b) => void runtime.heap.free(b)),
  };
}

function view(address: number, count: number): Float64Array {
  return new Float64Array(runtime.memory.buffer, address, count);
}

describe('Hamiltonian', () => {
  test('dense matrix equals the one written with Pauli matrices', () => {
    for (const [dg, bits] of [
      [2, 0],
      [2, 1],
      [2, 3],
      [4, 2],
      [8, 3],
      [16, 1],
    ]) {
      const m = model(dg + bits, dg, bits);
      const d = dg << bits;
      const at = load(m);
      const out = runtime.heap.alloc(8 * d * d);
      kernels.grainDense(dg, bits, at.grain, at.diag, at.flip, out);
      const expected = pauliHamiltonian(m);
      const got = view(out, d * d);
      for (let i = 0; i < d * d; ++i) expect(Math.abs(got[i] - expected[i])).toBeLessThan(1e-14);
      runtime.heap.free(out);
      at.free();
    }
  });

  test('W ← H X + beta W + gamma Y for every block size, padded rows, any grain', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 5 }),
        fc.constantFrom(0, -1, 0.5),
        fc.constantFrom(0, 0.25),
        fc.integer({ min: 0, max: 1000 }),
        (lgd, bits, lgp, beta, gamma, seed) => {
          const m = model(seed, 1 << lgd, bits);
          const d = m.dg << bits;
          const p = 1 << lgp;
          const at = load(m, lgp);
          const [x, w, y] = [3, 4, 5].map((k) => numbers(seed + k, d * p));
          const ld = (p << bits) + 16;
          const px = at.put(x);
          const pw = at.put(w);
          const py = at.put(y);
          const [bx, bw, by] = [0, 0, 0].map(() => runtime.heap.alloc(8 * ld * m.dg));
          // What is not to be read holds NaN.
          view(bw, ld * m.dg).fill(Number.NaN);
          view(by, ld * m.dg).fill(Number.NaN);
          interleave(m.dg, bits, lgp, px, bx, ld);
          if (beta !== 0) interleave(m.dg, bits, lgp, pw, bw, ld);
          if (gamma !== 0) interleave(m.dg, bits, lgp, py, by, ld);
          kernels.grainApply(m.dg, bits, lgp, at.pairs, at.diag, at.flips, bx, bw, by, ld, beta, gamma);
          deinterleave(m.dg, bits, lgp, bw, ld, pw);
          const got = view(pw, d * p).slice();
          const h = pauliHamiltonian(m);
          // Of many columns the first two and the last.
          const columns = p > 8 ? [0, 1, p - 1] : Array.from({ length: p }, (_, j) => j);
          for (const j of columns) {
            for (let i = 0; i < d; ++i) {
              let sum = beta * w[i + j * d] + gamma * y[i + j * d];
              for (let k = 0; k < d; ++k) sum += h[i + k * d] * x[k + j * d];
              expect(Math.abs(got[i + j * d] - sum)).toBeLessThan(1e-12);
            }
          }
          for (const b of [px, pw, py, bx, bw, by]) runtime.heap.free(b);
          at.free();
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a vector has the same bits alone and in a block', () => {
    const m = model(5, 8, 5);
    const d = m.dg << m.bits;
    const at = load(m, 3);
    const x = at.put(numbers(9, 8 * d));
    const w = runtime.heap.alloc(64 * d);
    const [bx, bw] = [0, 0].map(() => runtime.heap.alloc(64 * d));
    const results = [0, 2, 3].map((lgp) => {
      for (let k = 0; k < 8; k += 1 << lgp) {
        const column = 8 * d * k;
        const ld = 1 << (m.bits + lgp);
        interleave(m.dg, m.bits, lgp, x + column, bx, ld);
        kernels.grainFlips(m.bits, lgp, at.flip, 1, at.flips);
        kernels.grainApply(m.dg, m.bits, lgp, at.pairs, at.diag, at.flips, bx, bw, bw, ld, 0, 0);
        deinterleave(m.dg, m.bits, lgp, bw, ld, w + column);
      }
      return view(w, 8 * d).slice();
    });
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    for (const b of [x, w, bx, bw]) runtime.heap.free(b);
    at.free();
  });

  test('V ← 2 p(H/2) V, in tiles where rows are long enough, of every column by itself', () => {
    const coefficients = Float64Array.of(0.3, -0.7, 0.2, 0.5);
    for (const [dg, bits, columns] of [
      [2, 0, 1],
      [8, 3, 2],
      [2, 4, 3],
      [8, 4, 1],
      [4, 6, 4],
      [16, 5, 2],
    ]) {
      const m = model(dg + bits, dg, bits);
      const d = dg << bits;
      const at = load(m);
      const v = numbers(17, d * columns);
      const [block, c] = [at.put(v), at.put(coefficients)];
      const work = runtime.heap.alloc(kernels.grainFilterWorkspace(dg, bits, columns) >>> 0);
      const filtered = (budget: number) => {
        view(block, d * columns).set(v);
        kernels.grainFilterStart(dg, bits, columns, at.pairs, at.diag, at.flip, 3, c, block, work);
        let steps = 1;
        while (kernels.jobStep(work, budget) === MORE) ++steps;
        return { steps, got: view(block, d * columns).slice() };
      };
      const { got } = filtered(Number.POSITIVE_INFINITY);
      // One product after another, the last of which ends it.
      expect(filtered(0)).toEqual({ steps: 4, got });
      const h = pauliHamiltonian(m);
      const times = (x: Float64Array) =>
        x.map((_, i) => x.reduce((sum, xk, k) => sum + 0.5 * h[i + k * d] * xk, 0));
      for (let j = 0; j < columns; ++j) {
        // T_0 v, T_1 v, …
        const t = [v.slice(j * d, (j + 1) * d)];
        t.push(times(t[0]));
        for (const k of [2, 3]) {
          const next = times(t[k - 1]);
          t.push(next.map((x, i) => 2 * x - t[k - 2][i]));
        }
        for (let i = 0; i < d; ++i) {
          const sum = 2 * t.reduce((s, x, k) => s + coefficients[k] * x[i], 0);
          const size = 2 * t.reduce((s, x) => s + Math.abs(x[i]), 1);
          expect(Math.abs(got[j * d + i] - sum)).toBeLessThan(1e-12 * size);
        }
      }
      for (const b of [block, c, work]) runtime.heap.free(b);
      at.free();
    }
  });
});
