// Sums, multiples and shifts of operators: H = Σ_k c_k H_k + s, every H_k one that is no such sum itself. Factors keep their power of
// two apart, so that products of them neither overflow nor vanish; shifts are added up before anything is multiplied, and factors of
// the same operator too, so that those that cancel leave nothing.
import { exponentOf, timesPowerOfTwo } from '../wasm/magnitude.js';
import type { Runtime } from '../wasm/runtime.js';
import type { Apply, Computed, FilterKernel, Parts, Scale } from './compute.js';
import { entriesOfSum } from './entries.js';

/** Up to this exponent a factor is applied at once: results then have all their digits. */
const DIRECT = 900;
/** Exponents by which vectors are made larger before an operator that is smaller than this, and smaller before a larger one. */
const [LIFT, LOWER] = [600, -200];

/** Of sums of this many terms none is looked for that has the same operator: each would be compared with all. */
const MANY = 64;

function parted(x: number): Scale {
  if (x === 0 || !Number.isFinite(x)) return { mantissa: x, exponent: 0 };
  const exponent = exponentOf(x);
  return { mantissa: timesPowerOfTwo(x, -exponent), exponent };
}

function product(a: Scale, b: Scale): Scale {
  const { mantissa, exponent } = parted(a.mantissa * b.mantissa);
  return { mantissa, exponent: mantissa === 0 ? 0 : exponent + a.exponent + b.exponent };
}

function sum(a: Scale, b: Scale): Scale {
  const [large, small] = a.exponent >= b.exponent ? [a, b] : [b, a];
  const total = parted(large.mantissa + timesPowerOfTwo(small.mantissa, small.exponent - large.exponent));
  return { ...total, exponent: total.mantissa === 0 ? 0 : total.exponent + large.exponent };
}

/** x times the factor; where the order matters, so that no step of it is beyond the result. */
function times(x: number, { mantissa, exponent }: Scale): number {
  if (exponent < 0) return timesPowerOfTwo(x, exponent) * mantissa;
  return timesPowerOfTwo(x * mantissa, exponent);
}

/** The sum, with what rounds on the way added in the end (A. Neumaier, Z. Angew. Math. Mech. 54 (1974) 39). */
function total(numbers: readonly number[]): number {
  let [whole, rest] = [0, 0];
  for (const x of numbers) {
    const next = whole + x;
    rest += Math.abs(whole) >= Math.abs(x) ? whole - next + x : x - next + whole;
    whole = next;
  }
  return Number.isFinite(rest) ? whole + rest : whole;
}

/**
 * The product with factor · H by that with H. Where the factor is beyond 2^±900, x is multiplied by a power of two before and
 * divided by it after, in place, so that neither the entries of H nor the factor lose digits in between.
 */
function timesFactor(runtime: Runtime, length: number, apply: Apply, scale: Scale): Apply {
  const { mantissa, exponent } = scale;
  if (mantissa === 1 && exponent === 0) return apply;
  return (x, w, factors = {}, y = 0, columns = 1) => {
    const { alpha = 1, sigma = 0, gamma = 0 } = factors;
    const size = alpha === 0 || !Number.isFinite(alpha) ? 0 : exponentOf(alpha) + exponent;
    const lift = size > DIRECT ? LIFT : size < -DIRECT ? LOWER : 0;
    const own = timesPowerOfTwo(alpha * mantissa, exponent - lift);
    if (lift === 0) {
      apply(x, w, { ...factors, alpha: own }, y, columns);
      return;
    }
    const [up, down] = [timesPowerOfTwo(1, lift), timesPowerOfTwo(1, -lift)];
    const multiply = (by: number) => runtime.wasm.combine(length * columns, x, x, x, x, by, 0, 0, 0);
    multiply(up);
    const others = { sigma: sigma * down, gamma: y === x ? gamma * down : gamma };
    apply(x, w, { ...factors, ...others, alpha: own }, y, columns);
    multiply(down);
  };
}

function partsOf(of: Computed): Parts {
  return of.parts ?? { terms: [{ of, scale: { mantissa: 1, exponent: 0 } }], shifts: [] };
}

/** The kernel for polynomials of the one operator that is multiplied and shifted. */
function filterOf({ terms }: Parts, shift: number): FilterKernel | undefined {
  if (terms.length !== 1) return undefined;
  const [{ of, scale }] = terms;
  if (!of.filter || Math.abs(scale.exponent) > DIRECT) return undefined;
  const { filter } = of;
  return {
    ...filter,
    place: (runtime, arena, plan) =>
      filter.place(runtime, arena, {
        ...plan,
        alpha: times(plan.alpha, scale),
        sigma: plan.sigma + plan.alpha * shift,
      }),
  };
}

function composed({ n, complex, basis }: Pick<Computed, 'n' | 'complex' | 'basis'>, parts: Parts): Computed {
  const { terms } = parts;
  const shift = total(parts.shifts);
  const add = (what: 'bytes' | 'cost') => terms.reduce((all, { of }) => all + of[what], 0);
  const known = terms.every(({ of }) => of.entries) && terms.length > 0;
  return {
    n,
    complex,
    basis,
    parts,
    bytes: add('bytes'),
    cost: add('cost'),
    filter: filterOf(parts, shift),
    entries: known
      ? entriesOfSum(
          terms.map(({ of, scale }) => ({ of: of.entries!, factor: times(1, scale) })),
          shift,
        )
      : undefined,
    checkLinear() {
      for (const { of } of terms) of.checkLinear?.();
    },
    place(runtime, arena, pairs) {
      const length = pairs ? 2 * n : n;
      const each = terms.map(({ of, scale }) =>
        timesFactor(runtime, length, of.place(runtime, arena, pairs), scale),
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

function withScale(of: Computed, by: Scale, shifts: readonly number[]): Computed {
  const terms = partsOf(of)
    .terms.map((term) => ({ ...term, scale: product(term.scale, by) }))
    .filter(({ scale }) => scale.mantissa !== 0);
  return composed(of, { terms, shifts });
}

export function scaled(of: Computed, factor: number): Computed {
  const by = parted(factor);
  return withScale(
    of,
    by,
    partsOf(of).shifts.map((x) => times(x, by)),
  );
}

/** 2^exponent · H: its shifts may cancel, and none of them be a double when it is multiplied. */
export function inUnit(of: Computed, exponent: number): Computed {
  if (exponent === 0) return of;
  const by = { mantissa: 1, exponent };
  return withScale(of, by, [times(total(partsOf(of).shifts), by)]);
}

export function shifted(of: Computed, by: number): Computed {
  const { terms, shifts } = partsOf(of);
  return composed(of, { terms, shifts: [...shifts, by] });
}

export function plus(one: Computed, other: Computed): Computed {
  const [first, second] = [partsOf(one), partsOf(other)];
  const terms = [...first.terms];
  for (const term of second.terms) {
    const at = terms.length < MANY ? terms.findIndex(({ of }) => of === term.of) : -1;
    if (at < 0) terms.push(term);
    else terms[at] = { of: term.of, scale: sum(terms[at].scale, term.scale) };
  }
  return composed(
    { n: one.n, complex: one.complex || other.complex, basis: one.basis ?? other.basis },
    {
      terms: terms.filter(({ scale }) => scale.mantissa !== 0),
      shifts: [...first.shifts, ...second.shifts],
    },
  );
}
