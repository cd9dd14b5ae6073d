// Several grains that share their l-bits: bubbles, each of some grains with the l-bits that they absorb, and when bubbles
// merge. A bubble is one bath, whose states are those of all its grains together: the elements of an l-bit's couplings to
// its grains add up as independent ones, in squares, and the level density is that of the product,
//   g_n^2 = Σ_a g_{n,a}² Π_{b≠a} d_b  at first, and then ([CC22] (11)) within the bubble.
// Bubbles apart are baths of their own, and their resonances with an l-bit add up in number: g_n is the sum of its couplings
// to all bubbles. docs/many-grains.md derives both. Merging raises every coupling where each d_a ≥ 2, because
// (x + y)² ≤ 2 (x² + y²), so that by `coupling` the partition that mergers lead to from single grains is the finest one that is
// stable. By `collars` that is not so: R of a bubble may be less than that of a part, whose l-bits are nearer to another grain of it.
import { exponentials, logarithms } from '../wasm/exponentials.js';
import type { Numbers } from '../wasm/numbers.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share, type Watch } from '../wasm/steps.js';
import { bathStates, collarSteps } from './collar.js';
import { putFits } from './fits.js';
import { leastSolution, type MeanFieldSolution, type Spins, takeSpins } from './solve.js';
import type { GrainStatistics, StatisticsOptions } from './statistics.js';

/** When bubbles merge: see `GrainsMerging.merge`. */
export type MergeRule = 'collars' | 'coupling' | 'never' | 'always';
export const MERGE_RULES: readonly MergeRule[] = ['collars', 'coupling', 'never', 'always'];

/** What grains have besides their couplings. */
export interface GrainsMerging extends StatisticsOptions {
  /** d_g, the dimension of every grain, or of each: 2 … 1e12; 8 by default, as in [CC22] Sec. V. */
  dg?: number | Numbers;
  /**
   * When two bubbles become one. `collars` (default): when the distance of their nearest grains is no more than the sum of their
   * radii R of (20), a reading of that bound of [CC22]. `coupling`: when the l-bits that are thermal in one couple strongly to the other,
   * d Σ_n (1 − Czz_n) g′_n² ≥ 1 of both directions together. `never`: each grain is a bubble. `always`: all grains are one.
   */
  merge?: MergeRule;
  /** Share of 1/d that the sum in (20) may reach, above 0; 0.1 by default. */
  ratio?: number;
}

/** Bare couplings of l-bits to several grains, and where they are. */
export interface GrainsOptions extends GrainsMerging {
  /** g_{n,a} ≥ 0: one list for each grain a, with a number for each l-bit n. */
  couplings: readonly Numbers[];
  /** Distance ≥ 0 of each l-bit from each grain, laid out as `couplings`; for collars of several grains. */
  distances?: readonly Numbers[];
  /** Distances ≥ 0 between grains: one list for each grain, with its distance from every grain, 0 from itself; for collars of several. */
  spacings?: readonly Numbers[];
}

/** Options of `meanFieldGrainsAsync`. */
export interface GrainsAsyncOptions extends GrainsOptions, Watch {}

/** Grains that share one bath, and the fixed point of the mean-field equations for it. */
export interface Bubble extends Spins {
  /** Which grains, ascending. */
  grains: number[];
  /** η_tot of this bubble, nats. */
  etaTot: number;
  /** dΦ/dT at η_tot. */
  slope: number;
  /** R of (20) around its grains; null where it reaches the farthest l-bits. Without distances it is not there. */
  radius?: number | null;
}

/** The mean field of several grains: couplings and what follows from them are those of each l-bit to all bubbles. */
export interface GrainsSolution extends Spins {
  /** Σ η(g_n), nats. */
  etaTot: number;
  /** The bubbles, by their first grain. */
  bubbles: Bubble[];
}

/** Checked options. */
export interface Grains {
  couplings: Float64Array[];
  dg: Float64Array;
  merge: MergeRule;
  ratio: number;
  grain: GrainStatistics;
  /** Of `couplings`' layout, and grains by grains. */
  places?: { distances: Float64Array[]; spacings: Float64Array[] };
}

/** Bare couplings of a bubble: √(Σ_a g_{n,a}² Π_{b≠a} d_b), as logarithms; those of a single grain as they are. */
function* bareOf(
  runtime: Runtime,
  { couplings, dg }: Grains,
  members: readonly number[],
): Steps<{ values: Float64Array; log: boolean }> {
  if (members.length === 1) return { values: couplings[members[0]], log: false };
  const logD = logarithms(
    runtime,
    Float64Array.from(members, (a) => dg[a]),
  );
  const all = logD.reduce((sum, x) => sum + x, 0);
  const rows: Float64Array[] = [];
  for (const [k, a] of members.entries()) {
    rows.push(logarithms(runtime, couplings[a]).map((log) => 2 * log - logD[k]));
    yield undefined;
  }
  return { values: (yield* logOfSum(runtime, rows)).map((log) => 0.5 * (log + all)), log: true };
}

/** One number of two, place by place, of all rows; a pause after each row. */
function* foldedRows(
  rows: readonly Float64Array[],
  of: (one: number, other: number) => number,
): Steps<Float64Array> {
  const all = rows[0].slice();
  for (const row of rows.slice(1)) {
    for (let n = 0; n < all.length; ++n) all[n] = of(all[n], row[n]);
    yield undefined;
  }
  return all;
}

/** log Σ_k e^{rows[k][n]} for each n, however large or small the terms are; exact where one term alone is not 0. */
function* logOfSum(runtime: Runtime, rows: readonly Float64Array[]): Steps<Float64Array> {
  const top = yield* foldedRows(rows, Math.max);
  const sum = new Float64Array(top.length);
  for (const row of rows) {
    const parts = exponentials(
      runtime,
      row.map((x, n) => (top[n] === Number.NEGATIVE_INFINITY ? x : x - top[n])),
    );
    for (let n = 0; n < sum.length; ++n) sum[n] += parts[n];
    yield undefined;
  }
  return logarithms(runtime, sum).map((log, n) => (top[n] === Number.NEGATIVE_INFINITY ? log : log + top[n]));
}

/** A bubble, and how many states it has. */
interface Solved {
  bubble: Bubble;
  d: number;
}

function* solved(runtime: Runtime, task: Grains, grains: number[], budget: number): Steps<Solved> {
  const bare = { ...(yield* bareOf(runtime, task, grains)), grain: task.grain };
  const { g, logG, entropy, czz, etaTot, slope }: MeanFieldSolution = yield* leastSolution(
    runtime,
    bare,
    budget,
  );
  const bubble: Bubble = { grains, g, logG, entropy, czz, etaTot, slope };
  const own = grains.reduce((d, a) => d * task.dg[a], 1);
  const d = bathStates(runtime, own, etaTot);
  if (task.places) {
    const rows = grains.map((a) => task.places!.distances[a]);
    const nearest = yield* foldedRows(rows, Math.min);
    bubble.radius = (yield* collarSteps(g, nearest, { d, ratio: task.ratio }))?.radius ?? null;
  }
  return { bubble, d };
}

/** d Σ_n (1 − Czz_n) g′_n²: the squared reduced coupling of `other` to the bath of a bubble, by the l-bits thermal in it. */
function coupled({ bubble, d }: Solved, { bubble: other }: Solved): number {
  let sum = 0;
  bubble.czz.forEach((czz, n) => {
    const part = (1 - czz) * other.g[n] * other.g[n];
    // An infinite coupling to an l-bit that the bubble does not touch is none between the two.
    if (part > 0) sum += part;
  });
  return sum > 0 ? sum * d : 0;
}

function meets(task: Grains, one: Solved, two: Solved): boolean {
  if (task.merge === 'coupling') return coupled(one, two) + coupled(two, one) >= 1;
  const radii = [one, two].map(({ bubble }) => bubble.radius ?? Number.POSITIVE_INFINITY);
  const { spacings } = task.places!;
  return one.bubble.grains.some((a) => two.bubble.grains.some((b) => spacings[a][b] <= radii[0] + radii[1]));
}

/** The groups of bubbles that meet, directly or by others, by their first bubble. */
function* groups(task: Grains, bubbles: readonly Solved[]): Steps<Solved[][]> {
  const group = bubbles.map((_, i) => i);
  for (const [i, one] of bubbles.entries()) {
    for (let j = 0; j < i; ++j) {
      if (group[i] === group[j]) continue;
      yield undefined;
      if (!meets(task, one, bubbles[j])) continue;
      const [from, to] = group[i] > group[j] ? [group[i], group[j]] : [group[j], group[i]];
      for (let k = 0; k <= i; ++k) if (group[k] === from) group[k] = to;
    }
  }
  return [...new Set(group)].map((first) => bubbles.filter((_, k) => group[k] === first));
}

/** Couplings of l-bits to all bubbles: sums. */
function* together(runtime: Runtime, grain: GrainStatistics, bubbles: Bubble[]): Steps<GrainsSolution> {
  if (bubbles.length === 1) {
    const [{ g, logG, entropy, czz, etaTot }] = bubbles;
    return { g: g.slice(), logG: logG.slice(), entropy: entropy.slice(), czz: czz.slice(), etaTot, bubbles };
  }
  const logs = yield* logOfSum(
    runtime,
    bubbles.map((bubble) => bubble.logG),
  );
  return runtime.scope((arena) => {
    const fits = putFits(runtime, arena, grain);
    const u = arena.put(logs);
    const etaTot = runtime.wasm.etaTotal(fits, logs.length, u, arena.f64(logs.length));
    const spins = takeSpins(runtime.wasm, arena, fits, logs.length, u);
    const g = logs.map((_, n) => bubbles.reduce((sum, bubble) => sum + bubble.g[n], 0));
    return { ...spins, g, etaTot, bubbles };
  });
}

/** The share of the work that is done when every grain has been solved by itself: shown to people, it decides nothing. */
const ALONE = 0.6;

/** `budget` as for `solveSteps`. There are fewer rounds than grains, because each merges at least two bubbles. */
export function* grainsSteps(runtime: Runtime, task: Grains, budget: number): Steps<GrainsSolution> {
  const count = task.couplings.length;
  const single = Array.from({ length: count }, (_, a) => [a]);
  const start = task.merge === 'always' ? [single.flat()] : single;
  let bubbles: Solved[] = [];
  const end = start.length > 1 ? ALONE : 1;
  for (const [k, grains] of start.entries()) {
    const steps = solved(runtime, task, grains, budget);
    bubbles.push(yield* share(steps, (end * k) / start.length, (end * (k + 1)) / start.length));
  }
  while (task.merge !== 'never' && bubbles.length > 1) {
    const met = yield* groups(task, bubbles);
    if (met.length === bubbles.length) break;
    const done = 1 - ((1 - ALONE) * met.length) / count;
    bubbles = [];
    for (const group of met) {
      if (group.length === 1) bubbles.push(group[0]);
      else {
        const grains = group.flatMap(({ bubble }) => bubble.grains).sort((a, b) => a - b);
        bubbles.push(yield* share(solved(runtime, task, grains, budget), done, done));
      }
    }
  }
  return yield* together(
    runtime,
    task.grain,
    bubbles.map(({ bubble }) => bubble),
  );
}
