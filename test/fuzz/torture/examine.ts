// One matrix asked in every way of one core, and what must hold of each answer.
import type { Core } from 'emft';
import { type Method, methodNames } from 'emft/check';
import { type Ask, type Found, perform, plain } from './calls.js';
import { largest, sameBits, timesPowerOfTwo } from './doubles.js';
import { type Ratios, ratios, type Scaled, scaledCopy, valuesRatio } from './ratios.js';

/** LAPACK passes below this. */
export const LIMIT = 30;

/** What was not as it must be. */
export interface Problem {
  /** The kind of failure, without numbers: it distinguishes failures. */
  what: string;
  detail: string;
  ask: Ask;
}

/** What is reported on the way. */
export interface Watch {
  /** Of every decomposition. */
  decomposition(ask: Ask): void;
  /** Of ratios that passed. */
  ratios(ask: Ask, found: Ratios & { values: number }): void;
}

/** Where the answers of `examine` went wrong; an empty list where nothing did. */
export async function examine(
  core: Core,
  a: Float64Array,
  n: number,
  extras: readonly Ask[],
  watch: Watch,
  methods: readonly Method[] = methodNames,
): Promise<Problem[]> {
  const exam = new Exam(core, a, n, watch);
  for (const method of methods) {
    const full = await exam.ask(plain(method));
    const bare = await exam.ask(plain(method, false));
    if (full && bare) exam.compareValues(plain(method, false), full.values, bare.values);
  }
  for (const ask of extras) await exam.askLike(ask);
  return exam.problems;
}

class Exam {
  readonly problems: Problem[] = [];
  readonly #core: Core;
  readonly #a: Float64Array;
  readonly #n: number;
  readonly #watch: Watch;
  readonly #scaled: Scaled;
  /** Whether eigenvalues may lie beyond the range of doubles. */
  readonly #overflows: boolean;
  readonly #known = new Map<string, Found>();

  constructor(core: Core, a: Float64Array, n: number, watch: Watch) {
    this.#core = core;
    this.#a = a;
    this.#n = n;
    this.#watch = watch;
    this.#scaled = scaledCopy(a, n);
    this.#overflows = this.#scaled.exponent + Math.log2(this.#scaled.norm || 1) > 1023.9;
  }

  #fail(ask: Ask, what: string, detail: string): void {
    this.problems.push({ what, detail, ask });
  }

  /** Asks and judges; null where the call threw. */
  async ask(ask: Ask): Promise<Found | null> {
    let result: Found;
    try {
      result = await perform(this.#core, this.#a, this.#n, ask);
    } catch (error) {
      this.#fail(ask, `threw ${(error as Error).name}`, String((error as Error).stack ?? error));
      return null;
    }
    this.#converged(ask, result);
    this.#order(ask, result.values);
    if (ask.vectors) await this.#ratios(ask, result);
    this.#watch.decomposition(ask);
    this.#known.set(`${ask.method} ${ask.vectors}`, result);
    return result;
  }

  /** `converged` says that every value is finite: true then, and false where one lies beyond the doubles. */
  #converged(ask: Ask, { values, convergence: { converged, iterations } }: Found): void {
    if (converged === values.every(Number.isFinite)) return;
    if (converged) this.#fail(ask, 'converged with a value that is not finite', `${iterations} sweeps`);
    else this.#fail(ask, 'not converged', `${iterations} sweeps`);
  }

  #order(ask: Ask, values: Float64Array): void {
    for (let k = 0; k < values.length; ++k) {
      if (Number.isNaN(values[k]) || (!this.#overflows && !Number.isFinite(values[k]))) {
        this.#fail(ask, 'an eigenvalue that is not finite', `value ${k} is ${values[k]}`);
        return;
      }
      if (k > 0 && values[k] < values[k - 1]) {
        this.#fail(ask, 'values not ascending', `value ${k - 1} is ${values[k - 1]}, then ${values[k]}`);
        return;
      }
    }
  }

  async #ratios(ask: Ask, { values, vectors }: Found): Promise<void> {
    let found = ratios(this.#scaled, values, vectors);
    if (!(found.residual < LIMIT) && this.#overflows) found = await this.#beyond(ask, values, vectors);
    const { residual, orthogonality } = found;
    if (!(residual < LIMIT)) this.#fail(ask, 'residual', `ratio ${residual.toPrecision(4)}`);
    if (!(orthogonality < LIMIT)) this.#fail(ask, 'orthogonality', `ratio ${orthogonality.toPrecision(4)}`);
    if (residual < LIMIT && orthogonality < LIMIT) this.#watch.ratios(ask, { ...found, values: 0 });
  }

  /** Values beyond the doubles are ±Infinity: those of A/2¹² stand in for them. */
  async #beyond(ask: Ask, values: Float64Array, vectors: Float64Array): Promise<Ratios> {
    const smaller = this.#a.map((x) => x / 4096);
    const inside = (await perform(this.#core, smaller, this.#n, ask)).values;
    inside.forEach((x, k) => {
      const wanted = x * 4096;
      if (wanted === values[k] || Math.abs(wanted - values[k]) <= LIMIT * 2 ** -52 * largest(inside) * 4096)
        return;
      // At the very border rounding may go either way.
      if (Math.abs(timesPowerOfTwo(x, -1012)) > 1 - 1e-12 && Math.abs(values[k]) > 0.999 * Number.MAX_VALUE)
        return;
      this.#fail(ask, 'a value beyond the doubles', `value ${k} is ${values[k]}, expected ${wanted}`);
    });
    return ratios(this.#scaled, inside, vectors, 12);
  }

  compareValues(ask: Ask, full: Float64Array, bare: Float64Array): void {
    if (this.#overflows) return;
    const ratio = valuesRatio(this.#scaled, full, bare);
    if (ratio < LIMIT) this.#watch.ratios(ask, { residual: 0, orthogonality: 0, values: ratio });
    else this.#fail(ask, 'values with and without vectors', `differ by ${ratio.toPrecision(4)} ulp‖A‖`);
  }

  /** Asks in another way for what is known already: the bits have to be those. */
  async askLike(ask: Ask): Promise<void> {
    const method = ask.method === 'auto' ? (this.#n < 40 ? 'qr' : 'dc') : ask.method;
    const known = this.#known.get(`${method} ${ask.vectors}`) ?? (await this.ask(plain(method, ask.vectors)));
    if (!known) return;
    let result: Found;
    try {
      result = await perform(this.#core, this.#a, this.#n, ask);
    } catch (error) {
      this.#fail(ask, `threw ${(error as Error).name}`, String((error as Error).stack ?? error));
      return;
    }
    this.#watch.decomposition(ask);
    this.#converged(ask, result);
    const [first, last] = selected(ask, known.values);
    const n = this.#n;
    if (!sameBits(result.values, known.values.slice(first, last))) {
      this.#fail(ask, 'other bits of values', difference(result.values, known.values.subarray(first, last)));
    } else if (ask.vectors && !sameBits(result.vectors, known.vectors.slice(first * n, last * n))) {
      this.#fail(
        ask,
        'other bits of vectors',
        difference(result.vectors, known.vectors.subarray(first * n, last * n)),
      );
    }
  }
}

/** The part of the ascending values that a call asks for. */
function selected({ range }: Ask, values: Float64Array): [number, number] {
  if (!range) return [0, values.length];
  if ('index' in range) return [range.index[0], range.index[1] + 1];
  const [lo, hi] = range.value;
  // lo = −∞ is no bound: it lets eigenvalues of −∞ in.
  const first = lo === Number.NEGATIVE_INFINITY ? 0 : values.findIndex((x) => x > lo);
  const last = values.findLastIndex((x) => x <= hi) + 1;
  return first < 0 ? [values.length, values.length] : [first, Math.max(first, last)];
}

export function difference(got: Float64Array, wanted: Float64Array): string {
  if (got.length !== wanted.length) return `${got.length} numbers, expected ${wanted.length}`;
  let count = 0;
  let first = -1;
  for (let k = 0; k < got.length; ++k) {
    if (Object.is(got[k], wanted[k])) continue;
    if (first < 0) first = k;
    count++;
  }
  return `${count} of ${got.length} differ, the first is ${first}: ${got[first]}, expected ${wanted[first]}`;
}
