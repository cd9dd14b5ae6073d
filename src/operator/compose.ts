// Sums, multiples and shifts of operators: H = Σ_k c_k H_k + s, where no H_k is such a sum itself. Factors keep their exponents apart, so
// that products of factors neither overflow nor vanish. Shifts are added up before anything is multiplied, and so are the factors of
// one operator: what cancels leaves exactly nothing.
import { InputError } from '../wasm/errors.js';
import { allFinite } from '../wasm/finite.js';
import { exponentOf, timesPowerOfTwo } from '../wasm/magnitude.js';
import type { Runtime } from '../wasm/runtime.js';
import type { Apply, BinaryFactor, Computed, FilterKernel, Summands } from './compute.js';
import { entriesOfSum } from './entries.js';

/** Factors up to this exponent are applied directly: no digit is lost. */
const DIRECT = 900;
/**
 * Where the exponent of a factor is beyond ±DIRECT, vectors are first multiplied by 2^k: k is at least LIFT for large factors, at most
 * LOWER for small ones, and |k| at most LARGEST. What is left of the factor then stays within 2^±900.
 */
const [LIFT, LOWER, LARGEST] = [600, -200, 1000];
/** Below this, doubles have fewer digits. */
const LEAST_NORMAL = 2 ** -1022;
/** A factor is a normal double if its exponent is no larger in size than this; and an exponent below those of all numbers. */
const [NORMAL, LOWEST] = [1000, -1e5];

/** In sums of more terms than this equal operators are not merged: each term would have to be compared with all others. */
const MANY = 64;

function binaryOf(x: number): BinaryFactor {
  if (x === 0 || !Number.isFinite(x)) return { mantissa: x, exponent: 0 };
  const exponent = exponentOf(x);
  return { mantissa: timesPowerOfTwo(x, -exponent), exponent };
}

function product(a: BinaryFactor, b: BinaryFactor): BinaryFactor {
  const { mantissa, exponent } = binaryOf(a.mantissa * b.mantissa);
  return { mantissa, exponent: mantissa === 0 ? 0 : exponent + a.exponent + b.exponent };
}

function sum(a: BinaryFactor, b: BinaryFactor): BinaryFactor {
  const [large, small] = a.exponent >= b.exponent ? [a, b] : [b, a];
  const total = binaryOf(large.mantissa + timesPowerOfTwo(small.mantissa, small.exponent - large.exponent));
  return { ...total, exponent: total.mantissa === 0 ? 0 : total.exponent + large.exponent };
}

/** x times the factor, in an order in which no intermediate result exceeds the last one. */
function times(x: number, { mantissa, exponent }: BinaryFactor): number {
  if (exponent < 0) return timesPowerOfTwo(x, exponent) * mantissa;
  return timesPowerOfTwo(x * mantissa, exponent);
}

const doubleOf = (x: BinaryFactor): number => times(1, x);

/** The sum in units of the largest term; rounding errors are added up too and added in the end (A. Neumaier, Z. Angew. Math. Mech. 54 (1974) 39). */
function total(numbers: readonly BinaryFactor[]): BinaryFactor {
  let [whole, rest] = [0, 0];
  const unit = numbers.reduce((most, x) => (x.mantissa === 0 ? most : Math.max(most, x.exponent)), LOWEST);
  for (const { mantissa, exponent } of numbers) {
    const x = timesPowerOfTwo(mantissa, exponent - unit);
    const next = whole + x;
    rest += Math.abs(whole) >= Math.abs(x) ? whole - next + x : x - next + whole;
    whole = next;
  }
  const { mantissa, exponent } = binaryOf(Number.isFinite(rest) ? whole + rest : whole);
  return { mantissa, exponent: mantissa === 0 ? 0 : exponent + unit };
}

/**
 * The product with factor · H, from that with H. If the factor is beyond 2^±900, x is multiplied by a power of two before and divided by it
 * afterwards, in place, so that neither the entries of H nor the factor lose digits.
 */
function timesFactor(runtime: Runtime, length: number, apply: Apply, factor: BinaryFactor): Apply {
  const { mantissa, exponent } = factor;
  if (mantissa === 1 && exponent === 0) return apply;
  return (x, w, factors = {}, y = 0, columns = 1) => {
    const { alpha = 1, sigma = 0, beta = 0, gamma = 0 } = factors;
    const size = alpha === 0 || !Number.isFinite(alpha) ? 0 : exponentOf(alpha) + exponent;
    const lift = liftFor(size);
    const own = timesPowerOfTwo(alpha * mantissa, exponent - lift);
    if (lift === 0) {
      apply(x, w, { ...factors, alpha: own }, y, columns);
      return;
    }
    const count = length * columns;
    const times = (by: number) => runtime.wasm.combine(count, x, x, x, x, by, 0, 0, 0);
    const down = timesPowerOfTwo(1, -lift);
    const others = { sigma: sigma * down, gamma: y === x ? gamma * down : gamma };
    if (size - lift <= NORMAL && isNormal(others.sigma, sigma) && isNormal(others.gamma, gamma)) {
      times(timesPowerOfTwo(1, lift));
      apply(x, w, { ...factors, ...others, alpha: own }, y, columns);
      times(down);
      return;
    }
    // H x apart from the others, which may be all that there is; of its factor, `rest` is applied last.
    const least = Math.min(lift, LIFT);
    const rest = Math.max(0, size - least - DIRECT);
    runtime.scope((arena) => {
      const product = arena.f64(count);
      times(timesPowerOfTwo(1, least));
      apply(x, product, { alpha: timesPowerOfTwo(alpha * mantissa, exponent - least - rest) }, 0, columns);
      times(timesPowerOfTwo(1, -least));
      // What is not 0 by now would exceed the doubles for any larger one.
      const last = timesPowerOfTwo(1, Math.min(rest, 1023));
      runtime.wasm.combine(count, product, x, w, y, last, sigma, beta, gamma);
      if (size - lift > NORMAL && !allFinite(arena.view(w, count))) throw beyond(size);
    });
  };
}

/** Whether a factor that was multiplied has lost no digits, and is finite. */
function isNormal(product: number, factor: number): boolean {
  return factor === 0 || (Math.abs(product) >= LEAST_NORMAL && Math.abs(product) < Number.POSITIVE_INFINITY);
}

function beyond(size: number): InputError {
  return new InputError(
    'operator',
    `multiplies a vector into numbers beyond the largest double, by a factor of some 2^${size}`,
  );
}

/** The exponent of the power of two by which vectors are multiplied before a product with a factor of this size. */
function liftFor(size: number): number {
  if (size > DIRECT) return Math.min(LARGEST, Math.max(LIFT, size - DIRECT));
  return size < -DIRECT ? Math.max(-LARGEST, Math.min(LOWER, size + DIRECT)) : 0;
}

/** What it is a sum of: itself, if it is none. */
export function summandsOf(of: Computed): Summands {
  return of.summands ?? { terms: [{ of, factor: { mantissa: 1, exponent: 0 } }], shifts: [] };
}

/** The kernel for polynomials of a sum that is one operator, multiplied and shifted. */
function filterOf({ terms }: Summands, shift: number): FilterKernel | undefined {
  if (terms.length !== 1) return undefined;
  const [{ of, factor }] = terms;
  if (!of.filter || Math.abs(factor.exponent) > DIRECT) return undefined;
  const { filter } = of;
  return {
    ...filter,
    place: (runtime, arena, plan) =>
      filter.place(runtime, arena, {
        ...plan,
        alpha: times(plan.alpha, factor),
        sigma: plan.sigma + plan.alpha * shift,
      }),
  };
}

function composed(
  { n, complex, basis }: Pick<Computed, 'n' | 'complex' | 'basis'>,
  summands: Summands,
): Computed {
  const { terms } = summands;
  const shift = doubleOf(total(summands.shifts));
  const add = (what: 'bytes' | 'cost') => terms.reduce((all, { of }) => all + of[what], 0);
  const known =
    terms.length > 0 && terms.every(({ of, factor }) => of.entries && Math.abs(factor.exponent) < NORMAL);
  return {
    n,
    complex,
    basis,
    summands,
    bytes: add('bytes'),
    cost: add('cost'),
    alone: terms.some(({ of }) => of.alone),
    filter: filterOf(summands, shift),
    entries: known
      ? entriesOfSum(
          terms.map(({ of, factor }) => ({ of: of.entries!, factor: doubleOf(factor) })),
          shift,
        )
      : undefined,
    checkLinear() {
      for (const { of } of terms) of.checkLinear?.();
    },
    place(runtime, arena, pairs) {
      const length = pairs ? 2 * n : n;
      const each = terms.map(({ of, factor }) =>
        timesFactor(runtime, length, of.place(runtime, arena, pairs), factor),
      );
      return (x, w, { alpha = 1, sigma = 0, beta = 0, gamma = 0 } = {}, y = 0, columns = 1) => {
        const own = sigma + alpha * shift;
        if (each.length === 0) {
          runtime.wasm.combine(length * columns, x, x, w, y, own, 0, beta, gamma);
          return;
        }
        each.forEach((apply, k) => {
          if (k === 0) apply(x, w, { alpha, sigma: own, beta, gamma }, y, columns);
          else apply(x, w, { alpha, beta: 1 }, 0, columns);
        });
      };
    },
  };
}

/** The multiple of 1 in a sum. */
export function totalShift(of: Computed): number {
  return doubleOf(total(summandsOf(of).shifts));
}

function withFactor(of: Computed, by: BinaryFactor, shifts: readonly BinaryFactor[]): Computed {
  const terms = summandsOf(of)
    .terms.map((term) => ({ ...term, factor: product(term.factor, by) }))
    .filter(({ factor }) => factor.mantissa !== 0);
  return composed(of, { terms, shifts });
}

export function scaled(of: Computed, by: number): Computed {
  const factor = binaryOf(by);
  return withFactor(
    of,
    factor,
    summandsOf(of).shifts.map((x) => product(x, factor)),
  );
}

/** 2^exponent · H. The exponent is applied to sums of shifts, because shifts that cancel may each overflow when multiplied. */
export function inUnit(of: Computed, exponent: number): Computed {
  if (exponent === 0) return of;
  const by = { mantissa: 1, exponent };
  return withFactor(of, by, [product(total(summandsOf(of).shifts), by)]);
}

export function shifted(of: Computed, by: number): Computed {
  const { terms, shifts } = summandsOf(of);
  return composed(of, { terms, shifts: [...shifts, binaryOf(by)] });
}

export function plus(one: Computed, other: Computed): Computed {
  const [first, second] = [summandsOf(one), summandsOf(other)];
  const terms = [...first.terms];
  for (const term of second.terms) {
    const at = terms.length < MANY ? terms.findIndex(({ of }) => of === term.of) : -1;
    if (at < 0) terms.push(term);
    else terms[at] = { of: term.of, factor: sum(terms[at].factor, term.factor) };
  }
  return composed(
    { n: one.n, complex: one.complex || other.complex, basis: one.basis ?? other.basis },
    {
      terms: terms.filter(({ factor }) => factor.mantissa !== 0),
      shifts: [...first.shifts, ...second.shifts],
    },
  );
}
