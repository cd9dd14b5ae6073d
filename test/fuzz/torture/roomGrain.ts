// Exact diagonalization of central-grain models against H written down here.
import type { GrainEigenstates, GrainModel } from 'emft';
import { exponentOf, largest } from './doubles.js';
import { LIMIT } from './examine.js';
import { draw as drawMatrix } from './kinds.js';
import type { Random } from './random.js';
import { ratios, scaledCopy } from './ratios.js';
import { Findings, type Room } from './room.js';

export type Model = Record<Exclude<keyof GrainModel, 'complex'>, Float64Array>;

/** Entropies and polarizations are sums of squares of a vector of norm 1. */
const MEASURED = 1e-12;
export function model(random: Random, bits: number): Model {
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
  const kind = random.integer(0, 7);
  const [c, ratio] = [random.normal(), random.uniform()];
  const top = random.integer(-1074, 900);
  const apart = 2 ** -random.integer(1, 56);
  return Float64Array.from({ length: count }, (_, n) => {
    if (kind === 0) return 0;
    if (kind === 1) return c;
    if (kind === 2) return 0.4 * ratio ** n;
    if (kind === 3) return random.withExponent(top);
    if (kind === 4) return random.integer(-3, 3) * 5e-324;
    if (kind === 5) return 1 + 0.1 * random.signed();
    if (kind === 6) return c * (1 + apart * random.signed());
    return random.normal();
  });
}

/** H, row by row; basis index a 2^N + Σ b_n 2^n, b_n = 0 up. */
export function hamiltonian({ grain, fields, couplings }: Model): { d: number; h: Float64Array } {
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

export function checkMeasured(found: Findings, states: GrainEigenstates, d: number, bits: number): void {
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
