// An operator that is a function of the program: it multiplies in arrays of its own, and what it wrote is copied into WebAssembly memory.
import { copyOf } from '../wasm/arena.js';
import { calledBack } from '../wasm/calledBack.js';
import { isLeftPromise, show } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { blockSize } from '../wasm/heap.js';
import { inPairs } from '../wasm/numbers.js';
import { bufferOf, isFloat64Array } from '../wasm/typedArrays.js';
import type { Computed, Factors } from './compute.js';
import { checkLinear, probes } from './linear.js';
import { checkWrites, type Multiply, WATCHED_NUMBERS } from './writes.js';

const NAME = ['operator', 'multiply'];
/** How often a product may be made within another of the same operator: without end the stack would be full, where V8 may end the process. */
const DEEPEST = 8;

/** The operator; after the first product its function is watched once, and whether it is linear is looked at where something is concluded from products. */
export function callback(n: number, complex: boolean, multiply: Multiply): Computed {
  let [watched, linear] = [false, false];
  // A function without a third parameter multiplies one vector at a time.
  const alone = multiply.length <= 2;
  const together = alone ? 1 : 2;
  let depth = 0;
  let endless: InputError | undefined;
  const made = (x: Float64Array, columns: number) => {
    if (depth === 0) endless = undefined;
    if (depth >= DEEPEST) {
      endless = new InputError(NAME, `multiplies by its own operator, ${DEEPEST} times over`);
      throw endless;
    }
    depth++;
    try {
      return called(multiply, x, columns);
    } catch (error) {
      // Said once, not wrapped by each product that it goes through.
      throw endless ?? error;
    } finally {
      depth--;
    }
  };
  /** After a product that counts. */
  const watch = () => {
    if (watched || together * (complex ? 2 * n : n) > WATCHED_NUMBERS) return;
    // Before the product, because the function may come back here by a product with this operator.
    watched = true;
    try {
      checkWrites(NAME, multiply, probes(n, complex, together), together);
    } catch (error) {
      watched = false;
      throw error;
    }
  };
  return {
    n,
    complex,
    alone,
    checkLinear() {
      if (!linear) checkLinear(n, complex, together, made);
      linear = true;
      watch();
    },
    bytes: blockSize(16 * n),
    // The cost of a product is unknown; that of a sparse matrix is assumed.
    cost: 16 * n,
    place(runtime, arena, pairs) {
      const length = pairs ? 2 * n : n;
      const product = arena.f64(length);
      // An operator with real entries multiplies the two parts of pairs separately.
      const apart = pairs && !complex;
      const one = (x: number, w: number, y: number, result: Float64Array, factors: Required<Factors>) => {
        arena.view(product, length).set(result);
        const { alpha, sigma, beta, gamma } = factors;
        runtime.wasm.combine(length, product, x, w, y, alpha, sigma, beta, gamma);
      };
      return (x, w, { alpha = 1, sigma = 0, beta = 0, gamma = 0 } = {}, y = 0, columns = 1) => {
        const factors = { alpha, sigma, beta, gamma };
        const most = alone ? 1 : columns;
        for (let k = 0; k < columns; k += most) {
          const count = Math.min(most, columns - k);
          const at = 8 * length * k;
          const vectors = arena.take(x + at, length * count);
          const results = apart
            ? inPairs(made(split(vectors, 0), count), made(split(vectors, 1), count))
            : made(vectors, count);
          for (let c = 0; c < count; ++c) {
            const own = at + 8 * length * c;
            one(x + own, w + own, y + own, results.subarray(length * c, length * (c + 1)), factors);
          }
        }
        watch();
      };
    },
  };
}

/**
 * The function's H x, which must be finite, in an array that the function does not have; what the function throws becomes the cause of
 * an InputError.
 */
function called(multiply: Multiply, x: Float64Array, columns: number): Float64Array {
  // The function may detach both arrays.
  const { length } = x;
  const y = new Float64Array(length);
  const { buffer } = y;
  const returned = calledBack(NAME, () => {
    const result = multiply(x, y, columns);
    return { result, late: isLeftPromise(result) };
  });
  if (returned.late) throw new InputError(NAME, 'returned a promise, expected to be done when it returns');
  const { result } = returned;
  // A function is to write its result; one that returns it instead would be taken for H = 0.
  const own = isFloat64Array(result) && bufferOf(result) === buffer;
  if (typeof result === 'object' && result !== null && !own) {
    throw new InputError(
      NAME,
      `returned ${show(result)}, expected H x to be written to y, its second argument`,
    );
  }
  const left = ownView(buffer);
  if (!left) throw new InputError(NAME, `left 0 numbers in y, expected ${length}`);
  // A function that keeps y may write to it during a later product.
  const written = copyOf(left);
  const bad = written.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new InputError(NAME, `wrote ${written[bad]} to y[${bad}], expected finite numbers`);
  return written;
}

/** The numbers in a buffer, whatever methods and properties its other views were given; undefined once it is detached. */
function ownView(buffer: ArrayBuffer): Float64Array | undefined {
  try {
    return new Float64Array(buffer);
  } catch {
    return undefined;
  }
}

function split(pairs: Float64Array, part: 0 | 1): Float64Array {
  return Float64Array.from({ length: pairs.length / 2 }, (_, i) => pairs[2 * i + part]);
}
