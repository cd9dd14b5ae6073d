// The public operators over what is computed with.
import { Arena, floats } from '../wasm/arena.js';
import { checkFloat64Array, checkInteger, checkMemory, checkNumber, type Name, show } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import type { Kept } from '../wasm/heap.js';
import { asFloats, hasLists, inPairs, type Numbers } from '../wasm/numbers.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce } from '../wasm/steps.js';
import { noteWriting } from '../wasm/typedArrays.js';
import { plus, scaled, shifted } from './compose.js';
import { type Apply, blockOf, type Computed } from './compute.js';
import { denseOf } from './dense.js';
import { multiplierOf } from './multiplier.js';
import { isSameSector, otherSector, wholeSpace } from './sectorIdentity.js';
import type { SpinComputed } from './spins.js';
import type { Multiplier, Operator, SpinOperator } from './types.js';
import { checkOwn, handedOut, writtenAs, writtenLike } from './written.js';

/** What stands behind each public operator. */
const behind = new WeakMap<Operator, Computed>();
/** The operator that each core has multiplied with last. */
const latest = new WeakMap<Runtime, PlacedOperator>();

/** Largest order whose whole matrix fits into an array. */
const LARGEST_DENSE = 2 ** 15;

/** The operator as it is computed with; one of another core computes as well, and so does an object that multiplies. */
export function computedOf(name: Name, value: unknown): Computed {
  if (typeof value === 'object' && value !== null) {
    const found = behind.get(value as Operator) ?? multiplierOf(name, value as Partial<Multiplier>);
    if (found) return found;
  }
  throw new InputError(
    name,
    `expected an operator (made by csr, coo, spins, grainOperator or operator) or an object { n, multiply(x, y, columns) }, got ${show(value)}`,
  );
}

/** The operator of spins, and as it is computed with; an object that multiplies is none, whatever its properties are called. */
export function spinsOf(name: Name, value: unknown): { operator: SpinOperator; computed: Computed } {
  const computed = computedOf(name, value);
  if (!computed.basis || !('embed' in (value as object)))
    throw new InputError(name, 'expected one made by spins, whose basis is known');
  return { operator: value as SpinOperator, computed };
}

/** Refuses an operator that acts on other vectors than the one beside it. */
export function checkBeside(name: Name, of: Computed, other: Computed): void {
  if (other.n !== of.n) throw new InputError(name, `expected an operator of order ${of.n}, got ${other.n}`);
  if (!of.basis || !other.basis || isSameSector(of.basis, other.basis)) return;
  throw new InputError(name, otherSector('an operator', of.basis, other.basis));
}

export function publicOperator<T extends object>(
  runtime: Runtime,
  computed: Computed,
  more: T,
): Operator & T {
  const { n, complex, bytes } = computed;
  const operator: Operator = {
    n,
    complex,
    bytes,
    multiply: (x, columns, complexVectors, out) =>
      multiply(runtime, computed, writtenVectors(computed, x, columns, complexVectors), out),
    toDense: () => toDense(runtime, computed),
    scaled: (factor) => publicOperator(runtime, scaled(computed, checkNumber('factor', factor)), {}),
    shifted: (by) => publicOperator(runtime, shifted(computed, checkNumber('by', by)), {}),
    plus(other) {
      const added = computedOf('other', other);
      checkBeside('other', computed, added);
      return publicOperator(runtime, plus(computed, added), {});
    },
  };
  const whole = Object.freeze(Object.assign(operator, more));
  behind.set(whole, computed);
  return whole;
}

/** An operator on spins, which knows its basis. */
export function publicSpins(runtime: Runtime, sites: number, spins: SpinComputed): SpinOperator {
  const { computed, states } = spins;
  const whole = wholeSpace(sites);
  const basis: Omit<SpinOperator, keyof Operator> = {
    sites,
    states,
    embed(x, givenColumns, complexVectors) {
      const { vectors, columns, width } = writtenVectors(computed, x, givenColumns, complexVectors);
      return handedOut(spins.embed(vectors, columns, width), 2 ** sites, width === 2, whole);
    },
    project(x, givenColumns, complexVectors) {
      const of = { n: 2 ** sites, complex: computed.complex, basis: whole };
      const { vectors, columns, width } = writtenVectors(of, x, givenColumns, complexVectors, true);
      const own = computed.complex ? 2 : width;
      const parts = spins.project(own === width ? vectors : inPairs(vectors), columns, own);
      return handedOut(parts, computed.n, own === 2, computed.basis);
    },
  };
  return publicOperator(runtime, computed, basis);
}

/** How many vectors of an operator these are, and how many doubles an amplitude has; `realToo`: beside complex characters too. */
function writtenVectors(
  of: Pick<Computed, 'n' | 'complex' | 'basis'>,
  x: Numbers,
  given: number | undefined,
  complexVectors: boolean | undefined,
  realToo = false,
): GivenColumns {
  if (hasLists(x)) {
    throw new InputError(
      'x',
      'expected numbers, real and imaginary parts one after the other, got pairs or rows: x.flat() has them so',
    );
  }
  const { n: length, complex } = of;
  const vectors = asFloats('x', x);
  const known = writtenAs(vectors, complexVectors, complex);
  checkOwn('x', known, of);
  const columns = given ?? (known.length === length ? vectors.length / (length * known.width) : 1);
  // Numbers that are too few for complex vectors.
  const real = realToo && complex && complexVectors === undefined && vectors?.length === length * columns;
  const pairs = !real && (complexVectors ?? known.width === 2);
  const width = vectorWidth({ complex: complex && !realToo }, columns, pairs);
  checkVectors(vectors, length, columns, width);
  return { vectors, columns, width };
}

/** Checks that x has the doubles of that many vectors of that many amplitudes. */
function checkVectors(x: unknown, amplitudes: number, columns: number, width: 1 | 2): void {
  const given = checkFloat64Array('x', x);
  const expected = width * amplitudes * columns;
  if (given.length === expected) return;
  const hints: string[] = [];
  if (width === 1 && given.length === 2 * expected)
    hints.push('complexVectors, the third argument, says that they are complex');
  if (width === 2 && 2 * given.length === expected)
    hints.push('vectors are complex here, in pairs of a real and an imaginary part');
  const several = given.length / (width * amplitudes);
  if (columns === 1 && several > 1 && Number.isInteger(several))
    hints.push(`columns, the second argument, says that they are ${several} vectors`);
  const hint = hints.length > 0 ? `: ${hints.join('; ')}` : '';
  throw new InputError('x', `expected ${expected} elements, got ${given.length}${hint}`);
}

/** How many doubles an amplitude takes: 1, or 2 in pairs. */
function vectorWidth({ complex }: Pick<Computed, 'complex'>, columns: number, pairs: boolean): 1 | 2 {
  checkInteger('columns', columns, { min: 0 });
  if (complex && !pairs) {
    throw new InputError('complexVectors', 'expected true: this operator has complex entries');
  }
  return pairs ? 2 : 1;
}

interface GivenColumns {
  vectors: Float64Array;
  columns: number;
  /** Doubles of an amplitude. */
  width: 1 | 2;
}

/** An operator in WebAssembly memory. */
interface PlacedOperator extends Kept {
  computed: Computed;
  pairs: boolean;
  apply: Apply;
}

/** With the operator of the last product, which stays in memory as long as nothing else needs the room. */
function withPlaced<T>(
  runtime: Runtime,
  computed: Computed,
  pairs: boolean,
  use: (apply: Apply, arena: Arena) => T,
): T {
  return runtime.scope((arena) => {
    // A function of the program multiplies by another operator while that function's own is in use.
    if (runtime.heap.kept?.busy) return use(computed.place(runtime, arena, pairs), arena);
    const last = latest.get(runtime);
    const same = last?.computed === computed && last.pairs === pairs && runtime.heap.kept === last;
    const at = last && same ? last : keep(runtime, computed, pairs);
    at.busy = true;
    try {
      return use(at.apply, arena);
    } finally {
      at.busy = false;
    }
  });
}

function keep(runtime: Runtime, computed: Computed, pairs: boolean): PlacedOperator {
  const own = new Arena(runtime);
  try {
    const apply = computed.place(runtime, own, pairs);
    const placed = {
      computed,
      pairs,
      apply,
      // Some operators take what they need with their first product.
      get bytes() {
        return own.size;
      },
      busy: false,
      release: () => own.release(),
    };
    runtime.heap.keep(placed);
    latest.set(runtime, placed);
    return placed;
  } catch (error) {
    own.release();
    throw error;
  }
}

function multiply(
  runtime: Runtime,
  computed: Computed,
  { vectors: x, columns, width }: GivenColumns,
  given: Float64Array | undefined,
): Float64Array {
  const length = computed.n * width;
  const out = given === undefined ? floats(length * columns) : checkOut(given, x);
  // A few vectors at a time, so that memory does not depend on how many there are.
  const block = Math.min(columns, blockOf(length));
  withPlaced(runtime, computed, width === 2, (apply, arena) => {
    const [from, to] = [arena.f64(length * block), arena.f64(length * block)];
    for (let k = 0; k < columns; k += block) {
      const some = Math.min(block, columns - k);
      arena.view(from, length * some).set(x.subarray(k * length, (k + some) * length));
      apply(from, to, undefined, 0, some);
      out.set(arena.view(to, length * some), k * length);
    }
  });
  writtenLike(out, x);
  return given ?? out;
}

/** Room for as many numbers as x has: x itself or memory of its own, for a few vectors at a time are read and written. */
function checkOut(given: unknown, x: Float64Array): Float64Array {
  const out = checkMemory('out', given);
  noteWriting(given);
  if (out.length !== x.length)
    throw new InputError('out', `expected ${x.length} elements, got ${out.length}`);
  const apart = Math.abs(out.byteOffset - x.byteOffset);
  if (out.buffer === x.buffer && apart > 0 && apart < x.byteLength) {
    throw new InputError('out', 'lies partly over x, expected x itself or memory of its own');
  }
  return out;
}

function toDense(runtime: Runtime, computed: Computed): Float64Array {
  if (computed.n > LARGEST_DENSE) {
    throw new InputError('n', `is ${computed.n}: a whole matrix has an order of at most ${LARGEST_DENSE}`);
  }
  return atOnce(denseOf(runtime, computed));
}
