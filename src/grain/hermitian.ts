// A central-grain model whose grain is complex Hermitian: its matrix, in pairs of real and imaginary parts, whole or in compressed rows.
import type { Computed } from '../operator/compute.js';
import { csrComputed } from '../operator/csr.js';
import { floats } from '../wasm/arena.js';
import type { Steps } from '../wasm/steps.js';
import type { CheckedModel } from './model.js';
import { WRITTEN } from './tuning.js';

/** Calls `put` with every entry of row s that is not zero, by columns that ascend. */
function eachOfRow(
  { dg, bits, grain, fields, couplings }: CheckedModel,
  s: number,
  put: (column: number, re: number, im: number) => void,
): void {
  const [a, b] = [s >>> bits, s & (2 ** bits - 1)];
  let field = 0;
  for (let n = 0; n < bits; ++n) field += (b >>> n) & 1 ? -fields[n] : fields[n];
  for (let other = 0; other < dg; ++other) {
    const at = 2 * (a * dg + other);
    const base = (other << bits) >>> 0;
    // The grain spin, bit 0 of a, turns over together with an l-bit that differs from it.
    const flips = other === (a ^ 1);
    for (let n = bits - 1; flips && n >= 0; --n)
      if ((b >>> n) & 1 && (a & 1) === 0) put(base + (b ^ (1 << n)), 2 * couplings[n], 0);
    put(base + b, grain[at] + (a === other ? field : 0), grain[at + 1]);
    for (let n = 0; flips && n < bits; ++n)
      if (!((b >>> n) & 1) && (a & 1) === 1) put(base + (b ^ (1 << n)), 2 * couplings[n], 0);
  }
}

/** H whole: entry (i, j) at 2(i·D + j). */
export function* hermitianMatrix(model: CheckedModel): Steps<Float64Array> {
  const { dimension: d } = model;
  const h = floats(2 * d * d);
  const rows = Math.max(1, Math.floor(WRITTEN / d));
  for (let s = 0; s < d; ++s) {
    if (s > 0 && s % rows === 0) yield undefined;
    eachOfRow(model, s, (column, re, im) => {
      const at = 2 * (s * d + column);
      h[at] = re;
      h[at + 1] = im;
    });
  }
  return h;
}

/** H as an operator, 20 bytes for each of d_g + N entries a row. */
export function hermitianComputed(model: CheckedModel): Computed {
  const { dg, bits, dimension: n } = model;
  const indptr = new Uint32Array(n + 1);
  const indices = new Uint32Array(n * (dg + bits));
  const data = floats(2 * n * (dg + bits));
  let p = 0;
  for (let s = 0; s < n; ++s) {
    eachOfRow(model, s, (column, re, im) => {
      indices[p] = column;
      data[2 * p] = re;
      data[2 * p++ + 1] = im;
    });
    indptr[s + 1] = p;
  }
  return csrComputed({
    n,
    complex: true,
    indptr,
    indices: indices.slice(0, p),
    data: data.slice(0, 2 * p),
  });
}
