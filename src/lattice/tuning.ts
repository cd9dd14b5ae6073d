// Numbers of speed in this room: which method `auto` and `latticeVerdict` choose, how far they go, and how progress is
// divided. The numbers that choose a method choose among several right answers, and so determine the bits.

import { type CheckedModel, depth } from './model.js';

// Cost models in seconds, fitted to whole calls on one core at 3 GHz; only their ratios matter. The reduction takes 6
// n² (R + 1) operations at some 5 Gflop/s, the QL sweeps 16 ns for each pair of a row and an eigenvalue.

/** Cost of `band`. */
export function bandCost(n: number, radius: number): number {
  return 1.1e-9 * n * n * (radius + 1) + 1.6e-8 * n * n;
}
/** Cost of `steps` Lanczos steps and of the spectrum of their T. */
export function spectrumCost(n: number, steps: number): number {
  return 2.5e-9 * n * steps + 1.6e-8 * steps * steps;
}
/**
 * Cost of `lanczos`: it computes the spectrum several times, the last time after `steps` steps; the squared terms 1 +
 * 1/1.3² + 1/1.3⁴ + … sum to about 2.5.
 */
export function lanczosCost(n: number, steps: number): number {
  return 2.5 * spectrumCost(n, steps);
}
/** Cost of `local` with the windows of relative accuracy 1e-6. */
export function localCost(n: number, model: CheckedModel): number {
  return (5e-3 * n * model.hopping) / depth(model);
}

/** W/t from which `auto` expects localized orbitals. */
export const LOCALIZED = 18;
/** Number of steps for a resolution at W/t ≥ LOCALIZED, from a fit over R = 15 … 50. */
export function expectedSteps(model: CheckedModel, resolution: number): number {
  const ratio = depth(model) / model.hopping;
  if (ratio < LOCALIZED) return Number.POSITIVE_INFINITY;
  const digits = resolution < 1e-12 ? 1.5 : resolution < 1e-9 ? 1 : resolution < 1e-5 ? 0.7 : 0.4;
  return digits * (300 + 40000 / ratio);
}
/** Most Lanczos steps for each site; a lattice has at least STEPS in all. With more, `band` is faster by the models above. */
export const STEPS_PER_SITE = 4;
export const STEPS = 4000;
/**
 * Steps before the first test, and the factor from each test to the next: compromises. Measured (AMD EPYC, Zen 4, Node 20; least
 * processor time of `lanczos` at R, W = 20, 20; 20, 40; 30, 20; 30, 60): 120 steps take −24, +20, +22, +22 %, 480 steps −16, +32, +34,
 * −20 %; a factor of 1.15 takes +5, +28, +44, +23 %, of 1.6 +49, +5, +38, +7 %.
 */
export const FIRST_STEPS = 240;
export const MORE_STEPS = 1.3;

/**
 * Largest lattice on which mixed orbitals of `lanczos` are computed again: on larger ones that
 * takes longer than `lanczos`.
 */
export const REFINED_RADIUS = 25;
/** Number of orbitals computed again, times N (R + 1)²: half a second; at R ≤ 25 this allows every orbital. */
export const REFINED_WORK = 8e8;
/** Pairs of orbitals whose mixing is estimated in a step: about 10 ms at some 2.5 ns each. Counted, not measured. */
export const MIXED_PAIRS = 4e6;

// Numbers of latticeVerdict.

/**
 * Lanczos steps of the stage 'grouped' for each orbital that it must find. Two Ritz values give one interval; the
 * larger the ratio of the largest coupling to the least (up to `span`), the more of the steps go into copies of the
 * largest couplings. Measured (AMD EPYC, Zen 4, a busy machine; g0 = 1, t = 1, lattices of different θ₀) with 0.5,
 * 0.7, 1 and 1.4 times these steps: how many of the avalanching lattices the stage decides, and the processor time
 * of a verdict. R = 30, W = 4: 0, 3, 3, 0 of 3 and 205, 132, 80, 157 ms; R = 30, W = 7: 0, 0, 2, 0 of 3 and 175,
 * 206, 151, 158 ms; R = 40, W = 4: 0, 2, 2, 0 of 2 and 721, 409, 266, 675 ms; R = 40, W = 6: none of 2, and 701,
 * 752, 856, 563 ms. With fewer steps the bound stays below the threshold, or only a later row reaches it. With more,
 * the cost exceeds WORTH times that of `band`, and the stage is left out. The third row is tried from R of about 100
 * on, where it was not measured.
 */
export const STEPS_PER_ORBITAL = [
  { span: 1e7, steps: 2.3 },
  { span: 1e10, steps: 3.4 },
  { span: 1e12, steps: 4.2 },
];
// The next seven were measured together (AMD EPYC, Zen 4, a busy machine; processor time of all verdicts, ms; g0 = 1,
// threshold 0.25, three θ₀ at each W), on the 42 lattices of R = 15 and 22 with W = 4 … 80, and on the 18 of R = 32 with
// W = 5 … 70. With the numbers below: 481 and 832; some 10 % is noise.

/**
 * The next row is tried when η_tot reached the share CLOSE of the threshold: 0.5 and 0.9 take 469 and 471, 820 and 802.
 * It is left out where it costs more than WORTH times `band`: 0.3 and 1.2 take 579 and 449, 806 and 821.
 */
export const CLOSE = 0.75;
export const WORTH = 0.6;
/** Couplings fall by a factor of about W/(LENGTH t) a step: 2.8 and 5.5 take 445 and 533, 1010 and 1401. */
export const LENGTH = 3.9;
/** W/t beyond which no avalanche is expected: 30 and 120 take 456 and 495, 893 both. */
export const LIKELY = 60;
/**
 * W/t and N from which the inner sites are computed before the resolved couplings: 6 and 24 take 452 and 453, 857 and
 * 847; N from 300 and from 3000 takes 476 and 485, 863 and 898.
 */
export const INNER_FROM = 12;
export const INNER_SITES = 1000;
/**
 * The second stage takes the sites within this plus the square root of the threshold, as a share of the radius: 0 and
 * 0.15 take 443 and 463, 768 and 926. 0 would do here, but leaves no site more than the threshold needs.
 */
export const SPARE = 0.06;

// Shares of progress, estimated: they are shown to people and decide nothing.

/** Share when a whole lattice is decomposed, before its orbitals are assigned to sites. */
export const SOLVED = 0.8;
/** Share when the orbitals are found and mixing is not yet estimated, and when those that several grains share are found. */
export const ORBITALS_FOUND = 0.9;
export const SHARED_ORBITALS_FOUND = 0.8;
/** Share when the levels that differ have a tridiagonal matrix, whose m² operations its spectrum takes again. */
export const RECURSED = 0.5;
/** Share at the end of the reduction of the band, by its cost model at R = 30. */
export const REDUCED = 0.7;
/** Shares at the end of the stages of a verdict: grouped, inner, resolved, finer. */
export const STAGES = [0.3, 0.5, 0.6, 0.7] as const;

/** Logarithms between two pauses: 0.5 ms of them (AMD EPYC, Zen 4, Node 20), and as long for memory that is touched first. */
export const LOGARITHMS = 2 ** 17;
/** Below this W/t every orbital extends over any window that is worth solving on: `local` is not tried. Chosen, not measured. */
export const LEAST_RATIO = 12;
/** Rounds of wider windows before `local` gives up. A cap, not measured. */
export const ROUNDS = 3;
