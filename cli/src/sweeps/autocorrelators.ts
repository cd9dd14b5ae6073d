// C_n(t) = Tr[σ_n^z(t) σ_n^z]/D of every l-bit of a central-grain model: the whole trace by all eigenstates,
//     C_n(t) = (1/D) Σ_ab |⟨a|σ_n^z|b⟩|² cos (E_a − E_b)t ,
// and its average over all times, which leaves the pairs a, b of one level; or by random vectors and products with H alone. Beside them
// the mean field of the same chain.
import type { Core, MeanFieldSolution, Operator, RandomGrainModel } from 'emft';
import { InputError, LATEST_EXPONENT } from 'emft/check';
import { cosineOfTurns } from '../common/cosine.js';
import { STREAMS } from '../common/streams.js';

/** Most states of a whole trace. */
const MOST_STATES = 4096;

/** Neighbouring energies no farther apart than this, relative to the largest |E|, are one level, as of `evolveExact`. */
const ONE_LEVEL = 1e-12;

/** Of σ^z of l-bit k in a basis state. */
export const sign = (state: number, k: number) => ((state >>> k) & 1 ? -1 : 1);

/** σ^z of l-bit k, bit k of a basis state. */
export function sigma(core: Core, dimension: number, k: number): Operator {
  const indices = Uint32Array.from({ length: dimension }, (_, i) => i);
  const indptr = Uint32Array.from({ length: dimension + 1 }, (_, i) => i);
  return core.csr({ n: dimension, indptr, indices, data: Float64Array.from(indices, (i) => sign(i, k)) });
}

/**
 * Random vectors with l-bit k up, of length 1, one for each k, and again. Because Tr σ(t) = 0, C(t) = (2/D) Tr[P σ(t) P] with P the
 * states in which it is up: the mean of ⟨σ(t)⟩ over such vectors, to 1/√D.
 */
export function randomStarts(
  core: Core,
  dimension: number,
  n: number,
  { seed, index, vectors }: { seed: number; index: number; vectors: number },
): Float64Array {
  const psi = new Float64Array(vectors * n * dimension);
  for (let v = 0; v < vectors; ++v) {
    const random = core.normals({ seed, stream: STREAMS.lateTimes, index: index + v }, dimension);
    for (let k = 0; k < n; ++k) {
      const own = random.map((x, i) => (sign(i, k) > 0 ? x : 0));
      const length = Math.sqrt(own.reduce((sum, x) => sum + x * x, 0));
      psi.set(
        own.map((x) => x / length),
        (v * n + k) * dimension,
      );
    }
  }
  return psi;
}

/** C_n(t_j) at n·times + j from expectation values of vectors that began as `randomStarts`. */
export function meansOfStarts(
  expectations: readonly Float64Array[],
  times: number,
  vectors: number,
): number[] {
  const n = expectations.length;
  const curves = new Array<number>(n * times).fill(0);
  for (let v = 0; v < vectors; ++v)
    for (let k = 0; k < n; ++k)
      for (let j = 0; j < times; ++j)
        curves[k * times + j] += expectations[k][j * n * vectors + v * n + k] / vectors;
  return curves;
}

/** d_g of a model. */
export const grainDimensionOf = ({ grain, complex }: RandomGrainModel) =>
  Math.sqrt(grain.length / (complex ? 2 : 1));

/** Throws unless the whole trace of d_g·2^n states is taken. */
export function checkWhole(name: string, dg: number, n: number): void {
  const dimension = dg * 2 ** n;
  if (dimension <= MOST_STATES) return;
  throw new InputError(
    name,
    `the whole trace is over d_g 2^${n} = ${dimension} states, expected at most ${MOST_STATES}: random vectors take more`,
  );
}

interface Curves {
  /** Of each l-bit C(t) at the times. */
  curves: Float64Array[];
  /**
   * At each time a bound on the error of C(t), of any l-bit, by rounding and by what a series leaves out; random vectors scatter by more.
   */
  errors: Float64Array;
}

interface Autocorrelators extends Curves {
  /** Its average over all times. */
  plateau: number[];
}

export async function autocorrelators(
  core: Core,
  model: RandomGrainModel,
  times: ArrayLike<number>,
  signal?: AbortSignal,
): Promise<Autocorrelators> {
  const { eigenvalues, vectors } = await core.diagonalizeGrainAsync(model, { vectors: true, signal });
  const complex = model.complex === true;
  const errors = errorsOf(eigenvalues, times);
  const found: Autocorrelators = { curves: [], errors, plateau: [] };
  for (let k = 0; k < model.fields.length; ++k) {
    const operator = sigma(core, eigenvalues.length, k);
    const elements = await core.matrixElementsAsync(operator, vectors!, { complex, signal });
    const weights = complex ? squaresOfPairs(elements) : elements.map((x) => x * x);
    found.plateau.push(withinLevels(eigenvalues, weights));
    found.curves.push(await inTime(eigenvalues, weights, times, signal));
  }
  return found;
}

const squaresOfPairs = (pairs: Float64Array) =>
  Float64Array.from(
    { length: pairs.length / 2 },
    (_, i) => pairs[2 * i] * pairs[2 * i] + pairs[2 * i + 1] * pairs[2 * i + 1],
  );

/** (1/D) Σ over pairs of states of one level. */
function withinLevels(energies: Float64Array, weights: Float64Array): number {
  const d = energies.length;
  const near = ONE_LEVEL * Math.max(Math.abs(energies[0]), Math.abs(energies[d - 1]));
  let sum = 0;
  for (let first = 0, end = 1; first < d; first = end++) {
    while (end < d && energies[end] - energies[end - 1] <= near) ++end;
    for (let a = first; a < end; ++a) for (let b = first; b < end; ++b) sum += weights[a * d + b];
  }
  return sum / d;
}

/** Bounds on the errors of the whole trace, as those of `evolveExact`; refuses times at which nothing is known, as `evolve` does. */
function errorsOf(energies: Float64Array, times: ArrayLike<number>): Float64Array {
  const size = Math.max(Math.abs(energies[0]), Math.abs(energies[energies.length - 1]));
  const phases = Float64Array.from(times, (t) => size * Math.abs(t));
  const far = phases.reduce((best, x, j) => (x > phases[best] ? j : best), 0);
  const latest = 2 ** LATEST_EXPONENT;
  if (phases[far] > latest) {
    const why = `is ${times[far]}, at which phases e^{−iEt} are lost to rounding`;
    const most = `expected at most ${(latest / size).toPrecision(2)}, 2^${LATEST_EXPONENT} in units of 1/|H|`;
    throw new InputError(['times', far], `${why}: ${most}`);
  }
  return phases.map((phase) => 2 * Number.EPSILON * (energies.length + 4 * phase));
}

/** So many products pass between two looks at the signal: some tens of milliseconds. */
const BETWEEN_LOOKS = 2 ** 24;

/** (1/D) Σ_ab w_ab (cos E_a t cos E_b t + sin E_a t sin E_b t) at each time. */
async function inTime(
  energies: Float64Array,
  weights: Float64Array,
  times: ArrayLike<number>,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const d = energies.length;
  const turns = Array.from(times, (t) => energies.map((e) => (e * t) / (2 * Math.PI)));
  const cosines = turns.map((list) => list.map(cosineOfTurns));
  const sines = turns.map((list) => list.map((x) => cosineOfTurns(x - 0.25)));
  const sums = new Float64Array(times.length);
  let products = 0;
  for (let a = 0; a < d; ++a) {
    products += d * sums.length;
    if (products > BETWEEN_LOOKS) {
      products = 0;
      // A signal is given between two turns of the loop of events.
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
    }
    const row = weights.subarray(a * d, (a + 1) * d);
    for (let j = 0; j < sums.length; ++j) {
      const [c, s] = [cosines[j], sines[j]];
      let [re, im] = [0, 0];
      for (let b = 0; b < d; ++b) {
        re += row[b] * c[b];
        im += row[b] * s[b];
      }
      sums[j] += c[a] * re + s[a] * im;
    }
  }
  return sums.map((x) => x / d);
}

/** C(t) of each l-bit by random vectors: the largest of their errors, twice that of a state. */
export async function autocorrelatorsOfVectors(
  core: Core,
  model: RandomGrainModel,
  times: ArrayLike<number>,
  { seed, sample, vectors, signal }: { seed: number; sample: number; vectors: number; signal?: AbortSignal },
): Promise<Curves> {
  const h = core.grainOperator(model);
  const n = model.fields.length;
  const psi = randomStarts(core, h.n, n, { seed, index: sample * vectors, vectors });
  const observables = Array.from({ length: n }, (_, k) => sigma(core, h.n, k));
  const how = { observables, complex: false, tolerance: TOLERANCE, signal };
  const evolved = await core.evolveAsync(h, psi, Float64Array.from(times), how);
  const curves = Float64Array.from(meansOfStarts(evolved.expectations, times.length, vectors));
  const columns = n * vectors;
  const errorAt = (_: unknown, j: number) =>
    2 * Math.max(...evolved.errors.subarray(j * columns, (j + 1) * columns));
  return {
    curves: observables.map((_, k) => curves.slice(k * times.length, (k + 1) * times.length)),
    errors: Float64Array.from({ length: times.length }, errorAt),
  };
}

/** What may be left out of the series of `evolve`: far below the scatter of random vectors. */
export const TOLERANCE = 1e-8;

interface ChainTheory extends Pick<MeanFieldSolution, 'g' | 'czz'> {
  /** g_{n,0}. */
  bare: Float64Array;
}

/** Of the chain of a model with couplings J_1 α^{n−1}: g_{n,0} = g_{1,0} α^{n−1}, or those that (3) gives its parameters at E = 0. */
export function theoryOf(
  core: Core,
  model: RandomGrainModel,
  { alpha, g0, ...parameters }: Pick<GrainOptions, 'grain' | 'grainScale'> & { alpha: number; g0?: number },
): ChainTheory {
  const bare =
    g0 === undefined ? bareOf(core, model, parameters) : falling(g0, alpha, model.couplings.length);
  const { g, czz } = core.solveMeanField(bare, { grain: parameters.grain });
  return { bare, g, czz };
}

/** g0, g0 α, g0 α², …; of the library the kinds of sweeps take a core alone. */
function falling(g0: number, alpha: number, n: number): Float64Array {
  const bare = new Float64Array(n);
  for (let k = 0, g = g0; k < n; ++k, g *= alpha) bare[k] = g;
  return bare;
}

type GrainOptions = Parameters<Core['grainCouplings']>[0];

function bareOf(
  core: Core,
  model: RandomGrainModel,
  parameters: Pick<GrainOptions, 'grain' | 'grainScale'>,
): Float64Array {
  const { fields, couplings } = model;
  const grainDimension = grainDimensionOf(model);
  try {
    return core.grainCouplings({ grainDimension, fields, couplings: couplings.map(Math.abs), ...parameters })
      .up;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (error.path[1] === 'energy')
      throw new InputError('g0', 'missing: (3) gives nothing, because no state of the grain is near E = 0');
    // Fields and couplings are drawn, given by nobody: what can be given is g_1,0.
    if (error.path[0] !== 'options')
      throw new InputError('g0', `missing: (3) is not for these parameters, ${error.message}`);
    throw error;
  }
}
