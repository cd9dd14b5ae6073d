// An operator as a whole matrix, or a block of it: its products with unit vectors.
import { floats } from '../wasm/arena.js';
import { InputError } from '../wasm/errors.js';
import { allFinite } from '../wasm/finite.js';
import type { Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import type { Computed } from './compute.js';
import { partsSteps } from './size.js';
import { checkHermitian, isHermitian } from './span.js';

/**
 * Entry (i, j) at i·n + j, or in pairs; with `states` the entry of the i-th and j-th of these n. Refuses entries that are not finite, and
 * triangles that are not each other's conjugates. A step is one product, because the cost of a function of the program is unknown.
 */
export function denseOf(runtime: Runtime, computed: Computed, states?: Uint32Array): Steps<Float64Array> {
  const { n: length, complex } = computed;
  const n = states?.length ?? length;
  const width = complex ? 2 : 1;
  return runtime.steps(function* (arena) {
    computed.checkLinear?.();
    const out = floats(width * n * n);
    const apply = computed.place(runtime, arena, complex);
    const [from, to] = [arena.f64(width * length), arena.f64(width * length)];
    arena.view(from, width * length).fill(0);
    let [size, apart] = [0, 0];
    const differs = (x: number, y: number) => {
      size = Math.max(size, Math.abs(x));
      apart = Math.max(apart, Math.abs(x - y));
    };
    for (let j = 0; j < n; ++j) {
      const unit = width * (states ? states[j] : j);
      arena.view(from, width * length)[unit] = 1;
      apply(from, to);
      const product = arena.view(to, width * length);
      const column = states ? chosen(product, states, width) : product;
      if (!allFinite(column)) throw new InputError('operator', 'has entries beyond the largest double');
      for (let i = 0; i < j; ++i) {
        const at = width * (i * n + j);
        differs(column[width * i], out[at]);
        if (complex) differs(column[2 * i + 1], out[at + 1]);
      }
      differs(column[width * j], column[width * j]);
      if (complex) differs(column[2 * j + 1], 0);
      // Both triangles are made of the lower one, so that the matrix is Hermitian to the bit.
      for (let i = j; i < n; ++i) {
        const [at, mirrored] = [width * (i * n + j), width * (j * n + i)];
        out[at] = out[mirrored] = column[width * i];
        size = Math.max(size, Math.abs(column[width * i]));
        if (!complex || i === j) continue;
        size = Math.max(size, Math.abs(column[2 * i + 1]));
        out[at + 1] = column[2 * i + 1];
        out[mirrored + 1] = column[2 * i + 1] === 0 ? 0 : -column[2 * i + 1];
      }
      arena.view(from, width * length)[unit] = 0;
      yield j / n;
    }
    if (!isHermitian(apart, size))
      checkHermitian(apart, Math.max(size, yield* partsSteps(runtime, computed)));
    return out;
  });
}

/** The numbers of the chosen states. */
function chosen(vector: Float64Array, states: Uint32Array, width: number): Float64Array {
  const out = new Float64Array(width * states.length);
  for (const [i, state] of states.entries()) {
    for (let part = 0; part < width; ++part) out[width * i + part] = vector[width * state + part];
  }
  return out;
}
