// Exact diagonalization of central-grain models, dense and filtered, against H written down here.
import type { GrainEigenstates, GrainModel } from 'emft';
import { exponentOf, largest, ULP } from './doubles.js';
import { LIMIT } from './examine.js';
import { draw as drawMatrix } from './kinds.js';
import type { Random } from './random.js';
import { ratios, scaledCopy } from './ratios.js';
import { distance, Findings, type Room } from './room.js';

type Model = Required<{ [key in keyof GrainModel]: Float64Array }>;

/** Entropies and polarizations are sums of squares of a vector of norm 1. */
const MEASURED = 1e-12;
/** Residuals that the filtered solver allows, relative to the bound of |H|; energies are nearer. */
const FILTERED = 2e-11;

function model(random: Random, bits: number): Model {
  const dg = random.pick([2, 2, 4, 8]);
  const grain = random.chance(0.4)
    ? drawMatrix(random, dg).a
    : drawMatrix(random, dg, random.pick(['normal', 'zero', 'c times identity', 'degenerate', 'diagonal'])).a;
  const fields = numbers(random, bits);
  const couplings = numbers(random, bits);
  // Elements of H stay below what is allowed.
  const top = Math.max(largest(grain), largest(fields), largest(couplings));
  const shift = top > 2 ** 980 ? 2 ** (980 - exponentOf(top)) : 1;
  const times = (x: Float64Array) => x.map((v) => v * shift);
  return { grain: times(grain), fields: times(fields), couplings: times(couplings) };
}

function numbers(random: Random, count: number): Float64Array {
  const kind = random.integer(0, 6);
  const [c, ratio] = [random.normal(), random.uniform()];
  const top = random.integer(-1074, 900);
  return Float64Array.from({ length: count }, (_, n) => {
    if (kind === 0) return 0;
    if (kind === 1) return c;
    if (kind === 2) return 0.4 * ratio ** n;
    if (kind === 3) return random.withExponent(top);
    if (kind === 4) return random.integer(-3, 3) * 5e-324;
    if (kind === 5) return 1 + 0.1 * random.signed();
    return random.normal();
  });
}

/** H, row by row; basis index a 2^N + Σ b_n 2^n, b_n = 0 up. */
function hamiltonian({ grain, fields, couplings }: Model): { d: number; h: Float64Array } {
  const dg = Math.round(Math.sqrt(grain.length));
  const spins = 1 << fields.length;
  const d = dg * spins;
  const h = new Float64Array(d * d);
  for (let i = 0; i < d; ++i) {
    const [a, b] = [Math.floor(i / spins), i % spins];
    for (let c = 0; c < dg; ++c) h[i * d + c * spins + b] += grain[a * dg + c];
    let field = 0;
    for (const [n, x] of fields.entries()) {
      const bit = (b >> n) & 1;
      field += bit ? -x : x;
      // σx σx + σy σy = 2 (σ+ σ− + σ− σ+): flips both spins where they differ.
      if ((a & 1) !== bit) h[i * d + (a ^ 1) * spins + (b ^ (1 << n))] += 2 * couplings[n];
    }
    h[i * d + i] += field;
  }
  return { d, h };
}

/** Entropy and polarization of l-bit n in the state z, from its reduced density matrix. */
function measured(z: Float64Array, n: number): { entropy: number; polarization: number } {
  const bit = 1 << n;
  let [up, down, cross] = [0, 0, 0];
  for (let i = 0; i < z.length; ++i) {
    if (i & bit) continue;
    up += z[i] * z[i];
    down += z[i | bit] * z[i | bit];
    cross += z[i] * z[i | bit];
  }
  const radius = Math.hypot(up - down, 2 * cross);
  const term = (p: number) => (p <= 0 ? 0 : -p * Math.log(p));
  return {
    entropy: term((up + down + radius) / 2) + term((up + down - radius) / 2),
    polarization: up - down,
  };
}

function checkMeasured(found: Findings, states: GrainEigenstates, d: number, bits: number): void {
  const { eigenvalues, vectors, entropies, polarizations, meanEntropy, czz, gapRatio } = states;
  const count = eigenvalues.length;
  for (let n = 0; n < bits; ++n) {
    let [sum, squares] = [0, 0];
    for (let k = 0; k < count; ++k) {
      const { entropy, polarization } = measured(vectors!.subarray(k * d, (k + 1) * d), n);
      // d(−p log p) grows without bound at p = 0: an error of 1e-15 in p costs 35 times that.
      found.below('entropy', Math.abs(entropies[n][k] - entropy), MEASURED, `l-bit ${n}, state ${k}`);
      found.below('polarization', Math.abs(polarizations[n][k] - polarization), MEASURED);
      found.holds(
        'entropy out of range',
        entropies[n][k] >= 0 && entropies[n][k] <= Math.LN2 + 1e-15,
        `${entropies[n][k]}`,
      );
      sum += entropies[n][k];
      squares += polarizations[n][k] ** 2;
    }
    found.below('mean entropy', Math.abs(meanEntropy[n] - sum / count), MEASURED);
    found.below('Czz', Math.abs(czz[n] - squares / count), MEASURED);
  }
  const fine = Number.isNaN(gapRatio) || (gapRatio >= 0 && gapRatio <= 1);
  found.holds('gap ratio', fine && (count >= 3 || Number.isNaN(gapRatio)), `${gapRatio} of ${count} levels`);
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

export const dense: Room<Model> = {
  draw: (random) => model(random, random.integer(0, 4)),
  check(core, given) {
    const found = new Findings();
    const { d, h } = hamiltonian(given);
    const states = core.diagonalizeGrain({ ...given, method: 'dense', vectors: true });
    const { residual, orthogonality } = ratios(scaledCopy(h, d), states.eigenvalues, states.vectors!);
    found.below('residual', residual, LIMIT);
    found.below('orthogonality', orthogonality, LIMIT);
    checkMeasured(found, states, d, given.fields.length);
    return found.list;
  },
};

export interface Windowed {
  model: Model;
  count: number;
  /** Where the window lies: at this state, from below 0 to above D − 1, between states where it is not whole. */
  at: number;
}

export const filtered: Room<Windowed> = {
  draw(random) {
    const made = model(random, random.integer(3, 6));
    const d = Math.round(Math.sqrt(made.grain.length)) << made.fields.length;
    const at = random.pick([0, d - 1, random.integer(0, d - 1), (d - 1) * random.uniform()]);
    return { model: made, count: random.integer(1, Math.max(1, Math.min(12, d >> 3))), at };
  },
  check(core, { model: given, count, at }) {
    const found = new Findings();
    const { d, h } = hamiltonian(given);
    const all = core.diagonalizeGrain({ ...given, method: 'dense' }).eigenvalues;
    const [low, high] = [all[Math.floor(at)], all[Math.ceil(at)]];
    const energy = low + (high - low) * (at - Math.floor(at));
    const window = { energy, count };
    const states = core.diagonalizeGrain({ ...given, method: 'filtered', window, vectors: true });
    const norm = Math.max(Math.abs(all[0]), Math.abs(all[d - 1]));
    const nearest = (values: Float64Array) =>
      values
        .map((e) => Math.abs(e - energy))
        .sort()
        .subarray(0, count);
    const wrong = distance(nearest(states.eigenvalues), nearest(all));
    found.below('other energies than dense', wrong / (norm || 1), FILTERED);
    found.below('orthogonality', overlap(states.vectors!, d, count), LIMIT);
    found.below('residual', residualOf(h, d, states, norm), 4 * FILTERED);
    checkMeasured(found, states, d, given.fields.length);
    return found.list;
  },
};

/** The largest |H z − E z|, relative to |H|; H is scaled so that nothing under- or overflows. */
function residualOf(
  h: Float64Array,
  d: number,
  { eigenvalues, vectors }: GrainEigenstates,
  norm: number,
): number {
  const { a, exponent } = scaledCopy(h, d);
  let most = 0;
  for (const [k, e] of eigenvalues.entries()) {
    let squares = 0;
    for (let i = 0; i < d; ++i) {
      let s = -(e * 2 ** -Math.max(-1000, Math.min(1000, exponent))) * vectors![k * d + i];
      for (let j = 0; j < d; ++j) s += a[i * d + j] * vectors![k * d + j];
      squares += s * s;
    }
    most = Math.max(most, Math.sqrt(squares));
  }
  return norm === 0 ? most : most / (norm * 2 ** -Math.max(-1000, Math.min(1000, exponent)));
}
