// Bare couplings of the central-grain model at an energy: g↑ = ρ(E + h)[|V|] of an l-bit that is up, g↓ = ρ(E − h)[|V|] of
// one that is down, from the density of levels of the grain alone, a semicircle of radius 2 s (GOE, GUE) or a box of half
// width √3 s (independent levels), s = √(tr H_g²/d_g). The other l-bits are thermal at that energy: with the 2^{N−1} sums s
// of their fields, of density ρ_R(x) = Σ_s ρ_g(x − s),
//   g↑ = v Σ_s ρ_g(E − h − s) ρ_g(E + h − s) / ρ_R(E − h),   g↓ the same over ρ_R(E + h),
// where v = 2J √(1/(2 d_g)) times E|x| of a Gaussian. They are exact to first order in J. The levels of the whole model have the variance
// s² + Σ h² + Σ 2J², of which the share a belongs to grain and fields: for an energy E of the whole model, a E stands for E above. Those of
// grain and fields get the whole variance when they are spread by 1/√a: the density of the whole is √a Σ_s ρ_g(√a E − s), over sums of all
// fields.
import type { ModelStatistics } from '../meanfield/statistics.js';
import type { Numbers } from '../wasm/numbers.js';

/** A central-grain model, of whose grain the level statistics alone are known, and an energy. */
export interface GrainCouplingsOptions {
  /** d_g, a power of two from 2 to 2¹⁴. */
  grainDimension: number;
  /** h_n of the N l-bits, 1 … 16 of them. */
  fields: Numbers;
  /** J_n, one for each l-bit. */
  couplings: Numbers;
  /** E, from the centre of the spectrum; 0 by default. */
  energy?: number;
  /** √(E tr H_g²/d_g), 1e-100 … 1e100; 1.5 by default. */
  grainScale?: number;
  /** Level statistics of the grain; 'goe' by default. */
  grain?: ModelStatistics;
}

/** Bare couplings of each l-bit at an energy, for `solveMeanFieldAtEnergy`. */
export interface GrainCouplings {
  /** g↑ of l-bits that are up. */
  up: Float64Array;
  /** g↓ of l-bits that are down. */
  down: Float64Array;
  /** p↑ − p↓ in equilibrium, of each l-bit. */
  polarization: Float64Array;
  /** Levels of the whole model per energy, of its variance tr H²/D; 0 beyond the band that this density has. */
  density: number;
}

export interface GrainCouplingsTask {
  dg: number;
  fields: Float64Array;
  couplings: Float64Array;
  energy: number;
  scale: number;
  grain: ModelStatistics;
}

/** Levels of the grain per energy, an even function. */
function density({ dg, scale, grain }: GrainCouplingsTask): (x: number) => number {
  if (grain === 'poisson') {
    const half = Math.sqrt(3) * scale;
    return (x) => (Math.abs(x) < half ? dg / (2 * half) : 0);
  }
  const radius = 2 * scale;
  const peak = (2 * dg) / (Math.PI * radius);
  return (x) => {
    const y = x / radius;
    return Math.abs(y) < 1 ? peak * Math.sqrt((1 - y) * (1 + y)) : 0;
  };
}

/** The sums of ± each of the fields: −s is at the place opposite to that of s, to the bit. */
function sumsOf(fields: readonly number[]): Float64Array {
  let sums = Float64Array.of(0);
  for (const h of fields) {
    const next = new Float64Array(2 * sums.length);
    sums.forEach((s, i) => {
      next[i] = s - h;
      next[next.length - 1 - i] = -s + h;
    });
    sums = next;
  }
  return sums;
}

/** Σ f(s) over sums that are opposites of each other: f(−s) has the same total, to the bit. */
function total(sums: Float64Array, f: (s: number) => number): number {
  let sum = 0;
  for (let i = 0, j = sums.length - 1; i < j; ++i, --j) sum += f(sums[i]) + f(sums[j]);
  return sums.length === 1 ? f(sums[0]) : sum;
}

/** E|x| of a Gaussian of E|x|² = 1, real or complex. */
const absolute = (grain: ModelStatistics) =>
  grain === 'gue' ? 0.5 * Math.sqrt(Math.PI) : Math.sqrt(2 / Math.PI);

/** The share of an energy that the grain and the fields have. */
function uncoupledShare({ fields, couplings, scale }: GrainCouplingsTask): number {
  // In units of the largest, whose square could overflow.
  let unit = scale;
  for (const x of [...fields, ...couplings]) unit = Math.max(unit, Math.abs(x));
  const square = (x: number) => (x / unit) * (x / unit);
  let own = square(scale);
  for (const h of fields) own += square(h);
  let coupled = 0;
  for (const j of couplings) coupled += 2 * square(j);
  return own / (own + coupled);
}

/** Undefined where no state of the grain and the l-bits has that energy. */
export function grainCouplings(task: GrainCouplingsTask): GrainCouplings | undefined {
  const { fields, couplings, dg, grain } = task;
  const rho = density(task);
  const share = uncoupledShare(task);
  const e = share * task.energy;
  const spread = Math.sqrt(share);
  const n = fields.length;
  const all = sumsOf(Array.from(fields));
  if (!(total(all, (s) => rho(e - s)) > 0)) return undefined;
  const [up, down, polarization] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  fields.forEach((h, k) => {
    const sums = sumsOf(Array.from(fields).filter((_, m) => m !== k));
    const element = (2 * Math.abs(couplings[k]) * absolute(grain)) / Math.sqrt(2 * dg);
    const [above, below] = [total(sums, (s) => rho(e + h - s)), total(sums, (s) => rho(e - h - s))];
    const both = element * total(sums, (s) => rho(e - h - s) * rho(e + h - s));
    up[k] = below > 0 ? both / below : 0;
    down[k] = above > 0 ? both / above : 0;
    // At the very end of the band rounding may leave neither.
    polarization[k] = below + above > 0 ? (below - above) / (below + above) : 0;
  });
  const whole = total(all, (s) => rho(spread * task.energy - s));
  return { up, down, polarization, density: spread * whole };
}
