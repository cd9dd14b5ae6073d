// Numbers of speed in this room: which method `auto` and `latticeVerdict` take, how far they go, and how progress is shared
// out. Those that choose between methods decide which of several right answers is given, and so its bits.

import { type CheckedModel, depth } from './model.js';

// Cost models in seconds, fitted to whole calls on one core at 3 GHz; only their ratios matter. Elements of the reduction
// and rows of QL sweeps: 6 n² (R + 1) operations at some 5 Gflop/s, and 16 ns for each pair of a row and an eigenvalue.

/** Of `band`. */
export function bandCost(n: number, radius: number): number {
  return 1.1e-9 * n * n * (radius + 1) + 1.6e-8 * n * n;
}
/** Of `steps` Lanczos steps and the spectrum of their T. */
export function spectrumCost(n: number, steps: number): number {
  return 2.5e-9 * n * steps + 1.6e-8 * steps * steps;
}
/** Of `lanczos`: the spectrum is looked at several times, at last after `steps` steps. 1 + 1/1.3 + 1/1.3² + … squared terms make 2.5. */
export function lanczosCost(n: number, steps: number): number {
  return 2.5 * spectrumCost(n, steps);
}
/** Of `local` at the window that relative 1e-6 takes. */
export function localCost(n: number, model: CheckedModel): number {
  return (5e-3 * n * model.hopping) / depth(model);
}

/** W/t from which `auto` expects localized orbitals. */
export const LOCALIZED = 18;
/** Steps that a resolution takes at W/t ≥ LOCALIZED, from a fit over R = 15 … 50. */
export function expectedSteps(model: CheckedModel, resolution: number): number {
  const ratio = depth(model) / model.hopping;
  if (ratio < LOCALIZED) return Number.POSITIVE_INFINITY;
  const digits = resolution < 1e-12 ? 1.5 : resolution < 1e-9 ? 1 : resolution < 1e-5 ? 0.7 : 0.4;
  return digits * (300 + 40000 / ratio);
}
/** Lanczos steps allowed, per site and at least: where more are needed, `band` is cheaper by the models above. */
export const STEPS_PER_SITE = 4;
export const STEPS = 4000;
/** Steps of the first look, and how many times more those of each next one: compromises, not measured by themselves. */
export const FIRST_STEPS = 240;
export const MORE_STEPS = 1.3;

/** Largest lattice on which mixed orbitals of `lanczos` are computed again: beyond it that takes longer than `lanczos`. */
export const REFINED_RADIUS = 25;
/** Orbitals computed again, times N (R + 1)²: half a second, which is every one at R ≤ 25. */
export const REFINED_WORK = 8e8;
/** Pairs of orbitals whose mixing is looked at in a step: about 10 ms at some 2.5 ns each. Counted, not measured. */
export const MIXED_PAIRS = 4e6;

// Of latticeVerdict.

/**
 * Lanczos steps of the stage 'grouped' for each orbital that it must find. Two Ritz values give one interval; the larger the ratio
 * of the largest coupling to the least one (up to `span`), the more of the steps go into copies of the largest ones. Measured (AMD
 * EPYC, Zen 4, a busy machine; g0 = 1, t = 1, lattices of different θ₀) with 0.5, 0.7, 1 and 1.4 times these steps: how many of
 * the lattices that avalanche the stage decides, and processor time of a verdict. R = 30, W = 4: 0, 3, 3, 0 of 3 and
 * 205, 132, 80, 157 ms; R = 30, W = 7: 0, 0, 2, 0 of 3 and 175, 206, 151, 158 ms; R = 40, W = 4: 0, 2, 2, 0 of 2 and 721, 409,
 * 266, 675 ms; R = 40, W = 6: none of 2, and 701, 752, 856, 563 ms. With fewer steps the bound misses the bar, or only a later row reaches it; more cost more than WORTH bands,
 * and the stage is left out. The third row is tried from R of about 100 on, where it was not measured.
 */
export const STEPS_PER_ORBITAL = [
  { span: 1e7, steps: 2.3 },
  { span: 1e10, steps: 3.4 },
  { span: 1e12, steps: 4.2 },
];
/** The next row is tried when η_tot came to this share of the bar; one that costs more than WORTH bands is not. */
export const CLOSE = 0.75;
export const WORTH = 0.6;
/** Couplings fall by about W/(LENGTH t) a step. */
export const LENGTH = 3.9;
/** W/t beyond which an avalanche is not to be expected. */
export const LIKELY = 60;
/** W/t from which the inner sites come before the resolved couplings, and N from which they are cheaper. */
export const INNER_FROM = 12;
export const INNER_SITES = 1000;
/** Share of the radius whose sites the second stage adds, beyond the square root of the threshold. */
export const SPARE = 0.06;

// Shares of progress, which are shown to people and decide nothing: estimates.

/** Once the orbitals are found, before those near in energy are looked at. */
export const FOUND = 0.9;
/** At the end of the reduction of the band, by its cost model at R = 30. */
export const REDUCED = 0.7;
/** At the end of the stages of a verdict: grouped, inner or resolved, finer. */
export const STAGES = [0.3, 0.5, 0.6, 0.7] as const;
