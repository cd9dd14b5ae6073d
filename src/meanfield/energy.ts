// The mean field away from infinite temperature: an l-bit that is up sees another density of states than one that is
// down, so that its two bare couplings g↑ = ρ(E + h)[|V|] and g↓ = ρ(E − h)[|V|] differ, and so do the weights
// p↑ : p↓ = ρ(E − h) : ρ(E + h) = g↓ : g↑ of its states in equilibrium. The response is that of
// assembly/meanfield/unequal.ts at g = (g↑ + g↓)/2, and the equations stay g_n = g_{n,0} exp(½ Σ_{m≠n} η_m): η grows with
// g, so that the iteration (13) of [CC22] climbs to the least fixed point. docs/energy.md has the derivation.
import { CZZ, ENTROPY, ETA, RESPONSES } from '../wasm/constants.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import type { Steps, Watch } from '../wasm/steps.js';
import { response } from './response.js';
import { DEFAULT_SOLVE, type Spins, solveSteps } from './solve.js';
import { type GrainStatistics, type StatisticsOptions, statisticsNumber } from './statistics.js';
import { AT_ONCE } from './tuning.js';

/** The response of an l-bit whose two states have unequal weights, one entry for each l-bit. */
export interface EnergyResponse {
  /** η, nats; 0 where either coupling is 0, the binary entropy of the weights as the couplings go to infinity. */
  eta: Float64Array;
  /** `[S]`, nats, with the same limits. */
  entropy: Float64Array;
  /** Czz; 1 where either coupling is 0, `polarization`² as they go to infinity. */
  czz: Float64Array;
  /** p↑ − p↓ in equilibrium, −1 … 1; 0 where both couplings are 0. */
  polarization: Float64Array;
}

/** The least fixed point of the mean-field equations at an energy. */
export interface EnergySolution extends Spins {
  /** p↑ − p↓ of each l-bit in equilibrium. */
  polarization: Float64Array;
  /** η_tot = Σ η, nats. */
  etaTot: number;
  /** Sweeps of (13); where every l-bit has equal couplings, those of `solveMeanField`. */
  iterations: number;
  /** false when `maxIterations` were not enough: the values are those of the last sweep, below the solution. */
  converged: boolean;
}

/** How far the iteration goes. */
export interface EnergySolveOptions extends StatisticsOptions {
  /** Cap on the sweeps; default 1000. Where every l-bit has equal couplings, as of `solveMeanField`. */
  maxIterations?: number;
  /** It has converged when no log g grows by more than this, relative to max(1, |log g|); default 1e-12. */
  tolerance?: number;
}

/** The same, with the options that watch the call. */
export interface EnergySolveAsyncOptions extends EnergySolveOptions, Watch {}

/** Checked couplings of l-bits that are up, and of those that are down. */
export interface Unequal {
  up: Float64Array;
  down: Float64Array;
  grain: GrainStatistics;
}

interface EnergyLimits {
  maxIterations?: number;
  tolerance: number;
}

/** The documented default of `maxIterations`. */
const SWEEPS = 1000;

/** A power of two by which couplings below 1 are multiplied, so that halves of the smallest numbers lose no digit. */
const RAISED = 2 ** 128;

/** g, the weight of the rarer state, and p↑ − p↓, of an l-bit. */
function side(up: number, down: number): [number, number, number] {
  if (up === down) return [up, 0.5, 0];
  const unit = Math.max(up, down) < 1 ? RAISED : 1;
  // Halves, so that no sum overflows.
  const [u, d] = [0.5 * unit * up, 0.5 * unit * down];
  const g = u + d;
  // An l-bit that is up sees the larger coupling where fewer are up.
  return [g / unit, Math.min(u, d) / g, (d - u) / g];
}

/** g, the weight of the rarer state, and p↑ − p↓, of each l-bit. */
function sides({ up, down }: Unequal) {
  const all = Array.from(up, (u, n) => side(u, down[n]));
  const [g, rare, polarization] = [0, 1, 2].map((k) => Float64Array.from(all, (of) => of[k]));
  return { g, rare, polarization };
}

const areEqual = ({ up, down }: Unequal) => up.every((u, n) => u === down[n]);

export function responseAtEnergy(runtime: Runtime, unequal: Unequal): EnergyResponse {
  const { g, rare, polarization } = sides(unequal);
  if (areEqual(unequal)) return { ...response(runtime, unequal.up, unequal.grain), polarization };
  return runtime.scope((arena) => {
    const { wasm } = runtime;
    const n = g.length;
    const out = arena.f64(RESPONSES * n);
    const work = arena.bytes(wasm.unequalResponseWorkspace() >>> 0);
    wasm.unequalResponse(statisticsNumber[unequal.grain], n, arena.put(g), arena.put(rare), out, work);
    const column = (k: number) => arena.take(out + 8 * n * k, n);
    return { eta: column(ETA), entropy: column(ENTROPY), czz: column(CZZ), polarization };
  });
}

/** `budget` as of `solveSteps`, which solves l-bits that are equal on either side. */
export function* energySteps(
  runtime: Runtime,
  unequal: Unequal,
  limits: EnergyLimits,
  budget: number,
): Steps<EnergySolution> {
  if (!areEqual(unequal)) return yield* runtime.steps((arena) => iteration(runtime, arena, unequal, limits));
  const { polarization } = sides(unequal);
  const bare = { values: unequal.up, log: false, grain: unequal.grain };
  const { slope: _, ...solution } = yield* solveSteps(
    runtime,
    bare,
    { ...DEFAULT_SOLVE, maxIterations: limits.maxIterations ?? DEFAULT_SOLVE.maxIterations },
    budget,
  );
  return { ...solution, polarization };
}

function* iteration(
  runtime: Runtime,
  arena: Arena,
  unequal: Unequal,
  { maxIterations = SWEEPS, tolerance }: EnergyLimits,
): Steps<EnergySolution> {
  const { g, rare, polarization } = sides(unequal);
  const n = g.length;
  const number = statisticsNumber[unequal.grain];
  const at = { g: arena.put(g), rare: arena.put(rare), logs: arena.put(g), out: arena.f64(RESPONSES * n) };
  const part = arena.f64(RESPONSES * AT_ONCE);
  const work = arena.bytes(runtime.wasm.unequalResponseWorkspace() >>> 0);
  runtime.wasm.logVector(n, at.logs, at.logs);
  const bare = arena.take(at.logs, n);
  const column = (k: number) => arena.take(at.out + 8 * n * k, n);
  let iterations = 0;
  let converged = false;
  for (;;) {
    for (let k = 0; k < n; k += AT_ONCE) {
      const count = Math.min(AT_ONCE, n - k);
      runtime.wasm.unequalResponse(number, count, at.g + 8 * k, at.rare + 8 * k, part, work);
      for (let c = 0; c < RESPONSES; ++c)
        arena.view(at.out + 8 * (n * c + k), count).set(arena.view(part + 8 * count * c, count));
      yield iterations / maxIterations;
    }
    const eta = column(ETA);
    const etaTot = eta.reduce((sum, x) => sum + x, 0);
    if (converged || iterations === maxIterations) {
      const [entropy, czz] = [column(ENTROPY), column(CZZ)];
      const logG = arena.take(at.logs, n);
      return { g: arena.take(at.g, n), logG, entropy, czz, polarization, etaTot, iterations, converged };
    }
    ++iterations;
    converged = sweep(arena.view(at.logs, n), bare, eta, etaTot, tolerance);
    runtime.wasm.expVector(n, at.logs, at.g);
  }
}

/** u_n ← b_n + ½ (Σ_m η_m − η_n); returns whether no u grew by more than tolerance · max(1, |u|). */
function sweep(
  logs: Float64Array,
  bare: Float64Array,
  eta: Float64Array,
  etaTot: number,
  tolerance: number,
): boolean {
  let settled = true;
  for (let k = 0; k < logs.length; ++k) {
    const after = bare[k] + 0.5 * (etaTot - eta[k]);
    if (after - logs[k] > tolerance * Math.max(1, Math.abs(after))) settled = false;
    logs[k] = after;
  }
  return settled;
}
