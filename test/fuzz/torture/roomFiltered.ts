// Windows of the spectra of central-grain models by the filtered method, against H and against all states by dense.
// Within a level of many copies any basis is right, and so are the entropies of any: those are compared with the vectors
// that came with them (checkMeasured), and vectors with the space of all states of their level, however narrow it is.
import type { GrainEigenstates } from 'emft';
import { largest, QUANTUM, timesPowerOfTwo, ULP } from './doubles.js';
import { LIMIT } from './examine.js';
import { type Scaled, scaledCopy } from './ratios.js';
import { distance, Findings, type Room } from './room.js';
import { checkMeasured, hamiltonian, type Model, model } from './roomGrain.js';

/** Levels nearer to each other than this share of ‖H‖ are looked at together. */
const ONE_LEVEL = 2 ** -24;

interface Windowed {
  model: Model;
  count: number;
  /** Where the window lies: at this state, 0 … D − 1, or between two where it is not whole. */
  at: number;
}

export const filtered: Room<Windowed> = {
  draw(random) {
    const made = model(random, random.integer(3, 6));
    const d = Math.round(Math.sqrt(made.grain.length)) << made.fields.length;
    const between = random.integer(0, d - 2) + 0.5;
    const at = random.pick([0, d - 1, random.integer(0, d - 1), between, (d - 1) * random.uniform()]);
    return { model: made, count: random.integer(1, Math.max(1, Math.min(12, d >> 3))), at };
  },
  check(core, { model: given, count, at }) {
    const found = new Findings();
    const { d, h } = hamiltonian(given);
    const all = core.diagonalizeGrain({ ...given, method: 'dense', vectors: true });
    const [low, high] = [all.eigenvalues[Math.floor(at)], all.eigenvalues[Math.ceil(at)]];
    const energy = low + (high - low) * (at - Math.floor(at));
    const window = { energy, count };
    const states = core.diagonalizeGrain({ ...given, method: 'filtered', window, vectors: true });
    checkWindowed(found, { scaled: scaledCopy(h, d), all, energy, count }, states);
    checkMeasured(found, states, d, given.fields.length);
    return found.list;
  },
};

/** H, all of its states, and which are asked for. */
export interface Expected {
  scaled: Scaled;
  all: Pick<GrainEigenstates, 'eigenvalues' | 'vectors'>;
  energy: number;
  count: number;
}

/** What is wrong with the states of a window. */
export function checkWindowed(
  found: Findings,
  { scaled, all, energy, count }: Expected,
  {
    eigenvalues,
    vectors,
    residuals,
    work,
    method,
  }: Pick<GrainEigenstates, 'eigenvalues' | 'vectors' | 'residuals' | 'work' | 'method'>,
): void {
  const { n: d, exponent, norm } = scaled;
  const unit = (norm || 1) * d * ULP;
  const down = (x: Float64Array) => x.map((v) => timesPowerOfTwo(v, -exponent));
  // What is subnormal is rounded to whole quanta.
  const quantum = exponent > -960 ? 0 : timesPowerOfTwo(QUANTUM, -exponent);
  const [target] = down(Float64Array.of(energy));
  const nearest = (values: Float64Array) =>
    values
      .map((e) => Math.abs(e - target))
      .sort()
      .subarray(0, count);
  const [values, wanted] = [down(eigenvalues), down(all.eigenvalues)];
  const wrong = distance(nearest(values), nearest(wanted)) - 2 * quantum;
  found.below('other energies than dense', wrong / unit, LIMIT);
  found.holds('energies not ascending', isAscending(values), `${eigenvalues}`);
  found.below('orthogonality', overlap(vectors!, d, count), LIMIT);
  const exact = residualsOf(scaled, values, vectors!, quantum);
  found.below('residual', largest(exact.map((r) => r.one)) / unit, LIMIT);
  const told = down(residuals!).map((r, k) => r - exact[k].two);
  found.below('told residual', (largest(told) - quantum * Math.sqrt(d)) / unit, LIMIT);
  found.holds('work', (work !== undefined) === (method === 'filtered'), `${method}: ${JSON.stringify(work)}`);
  const group = groupsOf(wanted, ONE_LEVEL * norm);
  for (const [k, e] of values.entries()) {
    const [from, to] = group(e);
    const gap = Math.min(
      from > 0 ? e - wanted[from - 1] : Number.POSITIVE_INFINITY,
      to < d ? wanted[to] - e : Number.POSITIVE_INFINITY,
    );
    const outside = distanceFrom(all.vectors!, d, from, to, vectors!.subarray(k * d, (k + 1) * d));
    // |sin θ| ≤ |residual| / gap (Davis and Kahan), of these states and of dense's.
    const limit = 2 * LIMIT * ((unit + quantum * d) / gap + d * ULP);
    found.below('a state outside of its level', outside, limit, `state ${k}, ${to - from} copies`);
  }
}

function isAscending(values: Float64Array): boolean {
  return values.every((x, k) => k === 0 || values[k - 1] <= x);
}

/** ‖I − ZᵀZ‖/(n ulp), 1-norm, of some vectors. */
function overlap(vectors: Float64Array, d: number, count: number): number {
  let most = 0;
  for (let k = 0; k < count; ++k) {
    let sum = 0;
    for (let l = 0; l < count; ++l) {
      let dot = k === l ? -1 : 0;
      for (let i = 0; i < d; ++i) dot += vectors[k * d + i] * vectors[l * d + i];
      sum += Math.abs(dot);
    }
    if (!(sum <= most)) most = sum;
  }
  return most / (d * ULP);
}

/** H z − E z of every state in the 1-norm, less what rounding E to quanta makes of it, and in the 2-norm. */
function residualsOf({ n: d, a }: Scaled, values: Float64Array, vectors: Float64Array, quantum: number) {
  return Array.from(values, (e, k) => {
    let [sum, squares, size] = [0, 0, 0];
    for (let i = 0; i < d; ++i) {
      let r = -e * vectors[k * d + i];
      for (let j = 0; j < d; ++j) r += a[i * d + j] * vectors[k * d + j];
      sum += Math.abs(r);
      squares += r * r;
      size += Math.abs(vectors[k * d + i]);
    }
    return { one: Math.max(0, sum - 0.51 * quantum * size), two: Math.sqrt(squares) };
  });
}

/** Which of ascending values lie about one of them, with less than `gap` from each to the next. */
function groupsOf(values: Float64Array, gap: number): (x: number) => [number, number] {
  return (x) => {
    let near = 0;
    for (let k = 1; k < values.length; ++k)
      if (Math.abs(values[k] - x) < Math.abs(values[near] - x)) near = k;
    let [from, to] = [near, near + 1];
    while (from > 0 && values[from] - values[from - 1] <= gap) from--;
    while (to < values.length && values[to] - values[to - 1] <= gap) to++;
    return [from, to];
  };
}

/** |z − V Vᵀ z| of the orthonormal vectors from ≤ k < to. */
function distanceFrom(vectors: Float64Array, d: number, from: number, to: number, z: Float64Array): number {
  const rest = Float64Array.from(z);
  for (let k = from; k < to; ++k) {
    let dot = 0;
    for (let i = 0; i < d; ++i) dot += vectors[k * d + i] * rest[i];
    for (let i = 0; i < d; ++i) rest[i] -= dot * vectors[k * d + i];
  }
  return Math.sqrt(rest.reduce((sum, x) => sum + x * x, 0));
}
