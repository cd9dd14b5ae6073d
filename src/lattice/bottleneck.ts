// The bottleneck of an avalanche in two dimensions. An avalanche that has thermalized every l-bit within r of the grain
// has η ≈ log 2 from each of πr² of them (one a unit area), so that a coupling g0 e^{−r/ζ} at its edge has become
//
//     g(r) = g0 exp(−r/ζ + (πr²/2) log 2)
//
// by (11). This coupling is least at r = 1/(πζ log 2), where it is g0 exp(−1/(2πζ² log 2)): there the avalanche
// stops, or it runs for ever. That is (17) of [CC22] with n = πr² l-bits inside. The estimate leaves out l-bits
// that are neither free nor thermal; the critical g0 includes them, because it comes from the mean-field equations
// on the sites of a disc. The bisection is in TypeScript: its 40 steps or so cost nothing beside the solutions,
// which are computed in assembly/.

import { leastSolution } from '../meanfield/solve.js';
import type { GrainStatistics, StatisticsOptions } from '../meanfield/statistics.js';
import { LOG2 } from '../wasm/constants.js';
import { ConvergenceError } from '../wasm/errors.js';
import { exponentials } from '../wasm/exponentials.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share, type Watch } from '../wasm/steps.js';

/** Width of the bracket in log g0 that is the result: what the documents promise, not a number of speed. */
const BRACKET_WIDTH = 1e-9;
/** log g0 at which no disc of an allowed radius has an avalanche: the critical g0 is about 1/(4 N log N). */
const LOWEST_LOG_G0 = -40;
/**
 * Solutions that narrow a bracket of width 64 to BRACKET_WIDTH by bisection, log₂(64/10⁻⁹) of them, and
 * two more; used for progress.
 */
const HALVINGS = 38;
/**
 * Radius of the disc in units of the bottleneck's radius (at two of them the coupling at the edge is
 * g0 again), and in units of ζ.
 */
const BEYOND = 2.5;
const DECAYED = 12;
const LEAST_RADIUS = 8;
export const MOST_RADIUS = 120;

/** Couplings that fall off exponentially, the disc of sites they lie on, and the grain. */
export interface BottleneckOptions extends StatisticsOptions {
  /** Decay length ζ of the bare couplings g0 e^{−r/ζ} in lattice spacings, 0.02 … 10. */
  zeta: number;
  /**
   * Radius of the disc of sites on which the mean-field equations are solved, 1 … 120; by default the largest of 8,
   * 2.5 times the bottleneck's and 12ζ: a larger one changes the critical log g0 by less than 1e-3.
   */
  radius?: number;
  /** Share of N log 2 that η_tot must exceed for an avalanche, in (0, 1); ½ by default. */
  threshold?: number;
}

/** Options of `bottleneckAsync`: those of `bottleneck`, and how the computation is watched and ended. */
export interface BottleneckAsyncOptions extends BottleneckOptions, Watch {}

/** Where the avalanche is weakest, and the least g0 with which it runs. */
export interface Bottleneck {
  /** r = 1/(πζ log 2), lattice spacings; below about 1 there is no bottleneck. */
  radius: number;
  /** πr², the number of l-bits inside. */
  thermalized: number;
  /** log g(r)/g0 = −1/(2πζ² log 2) at the bottleneck. */
  logReduction: number;
  /** g(r)/g0 itself, which may underflow to 0. */
  reduction: number;
  /** log g0 at which the avalanche fails and at which it runs, 1e-9 apart: solutions of (11) on the disc. */
  logCriticalG0: [number, number];
  /** The same as g0; Infinity beyond the range of doubles. */
  criticalG0: [number, number];
  /** η_tot (nats) of the avalanche that fails at the lower of them. */
  failedEtaTot: number;
  /** The radius √(η_tot/(π log 2)) that it reached. */
  failedRadius: number;
  /** Radius of the disc n1² + n2² ≤ discRadius². */
  discRadius: number;
  /** Its number of sites, the origin included. */
  sites: number;
}

/** The radius r = 1/(πζ log 2) of the bottleneck. */
const bottleneckRadius = (zeta: number) => 1 / (Math.PI * zeta * LOG2);

/** The radius of the disc when none is asked for. */
export function defaultDisc(zeta: number): number {
  return Math.ceil(Math.max(LEAST_RADIUS, BEYOND * bottleneckRadius(zeta), DECAYED * zeta));
}

/** η_tot of the disc at bare couplings g0 e^decay. */
function* discEtaTot(
  runtime: Runtime,
  decay: readonly number[],
  grain: GrainStatistics,
  logG0: number,
  budget: number,
): Steps<number> {
  const values = Float64Array.from(decay, (x) => logG0 + x);
  return (yield* leastSolution(runtime, { values, log: true, grain }, budget)).etaTot;
}

export function* bottleneck(
  runtime: Runtime,
  { zeta, radius: disc, threshold, grain }: Required<BottleneckOptions>,
  budget: number,
): Steps<Bottleneck> {
  const radius = bottleneckRadius(zeta);
  const decay: number[] = [];
  for (let n1 = -disc; n1 <= disc; ++n1) {
    for (let n2 = -disc; n2 <= disc; ++n2) {
      const square = n1 * n1 + n2 * n2;
      if (square <= disc * disc) decay.push(-Math.sqrt(square) / zeta);
    }
  }
  const bar = threshold * decay.length * LOG2;
  let done = 0;
  const etaTot = (logG0: number) => {
    const from = Math.min(1, done++ / HALVINGS);
    return share(discEtaTot(runtime, decay, grain, logG0, budget), from, from);
  };
  let fails = LOWEST_LOG_G0;
  let failed = yield* etaTot(fails);
  // At this g0 every coupling on the disc is at least e⁴.
  let runs = disc / zeta + 4;
  if (failed > bar || !((yield* etaTot(runs)) > bar)) {
    throw new ConvergenceError(`no avalanche begins between log g0 = ${fails} and ${runs}`);
  }
  while (runs - fails > BRACKET_WIDTH) {
    const middle = fails + (runs - fails) / 2;
    if (middle <= fails || middle >= runs) break;
    const total = yield* etaTot(middle);
    if (total > bar) runs = middle;
    else {
      fails = middle;
      failed = total;
    }
  }
  const logReduction = (-0.5 * radius) / zeta;
  const [reduction, low, high] = exponentials(runtime, [logReduction, fails, runs]);
  return {
    radius,
    thermalized: Math.PI * radius * radius,
    logReduction,
    reduction,
    logCriticalG0: [fails, runs],
    criticalG0: [low, high],
    failedEtaTot: failed,
    failedRadius: Math.sqrt(failed / (Math.PI * LOG2)),
    discRadius: disc,
    sites: decay.length,
  };
}
