// The mean-field equations g_n = g_{n,0} exp(½ Σ_{m≠n} η(g_m)) ([CC22] (11)) and their branches.
// With T = Σ_m η(g_m) they reduce to the scalar equation T = Φ(T) = Σ_n ψ(log g_{n,0} + T/2), ψ = η ∘ h⁻¹,
// h(g) = log g + ½ η(g). Φ is increasing; its least root is the limit of the iteration (13) from g = g_{n,0}.

import { copyOf } from '../wasm/arena.js';
import type { CoreBindings } from '../wasm/bindings.js';
import {
  FOUND_BYTES,
  FOUND_COUNT,
  MAP_PSI,
  ROOT_BYTES,
  ROOT_ETA_TOT,
  ROOT_SLOPE,
  ROOT_TANGENT,
  SOLUTION_BYTES,
  SOLUTION_ETA_TOT,
  SOLUTION_ITERATIONS,
  SOLUTION_SLOPE,
  ULP,
} from '../wasm/constants.js';
import { ConvergenceError } from '../wasm/errors.js';
import { allFinite } from '../wasm/finite.js';
import { jobSteps } from '../wasm/jobs.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { Status } from '../wasm/status.js';
import type { Steps, Watch } from '../wasm/steps.js';
import { putFits } from './fits.js';
import type { GrainStatistics, StatisticsOptions } from './statistics.js';

/** One fixed point of the mean-field equations, spin by spin. */
export interface Spins {
  /** Renormalized reduced couplings; Infinity where e^logG is beyond the range of doubles. */
  g: Float64Array;
  /** log g, always finite unless the bare coupling is 0. */
  logG: Float64Array;
  /** `[S](g_n)`, nats. */
  entropy: Float64Array;
  /** Czz(g_n): 1 uncoupled, 0 thermal. */
  czz: Float64Array;
}

/** The least fixed point of the mean-field equations. */
export interface MeanFieldSolution extends Spins {
  /** η_tot = Σ η(g_n), nats. */
  etaTot: number;
  /** Evaluations of the scalar map ('scalar') or sweeps of (13) ('iteration'). */
  iterations: number;
  /**
   * false when `maxIterations` were not enough: the values are those of the last iteration. When true, every number is
   * finite except where `g` and `logG` say otherwise.
   */
  converged: boolean;
  /** dΦ/dT at η_tot: below 1 for a stable solution, 1 where the solution is about to vanish. */
  slope: number;
}

/** How bare couplings are given, the grain they couple to, and how many iterations are allowed. */
export interface BareOptions extends StatisticsOptions {
  /** `bare` holds log g_{n,0} (−Infinity for a coupling of 0); false by default. */
  log?: boolean;
  /** Cap on the iterations; default 100 000. */
  maxIterations?: number;
}

/** How the least fixed point is found. */
export interface SolveOptions extends BareOptions {
  /** 'scalar' (default): certified climb of the scalar equation. 'iteration': (13) exactly as in the paper. */
  method?: 'scalar' | 'iteration';
  /**
   * For 'iteration': it has converged when no log g changes by more than this, relative to
   * max(1, |log g|); default 1e-14.
   */
  tolerance?: number;
}

/** Options of `meanFieldBranchesAsync`: how bare couplings are given, and how the computation is watched and ended. */
export interface BareAsyncOptions extends BareOptions, Watch {}

/**
 * Options of `solveMeanFieldAsync`: how the least fixed point is found, and how the computation is watched and ended.
 */
export interface SolveAsyncOptions extends SolveOptions, Watch {}

/** One fixed point among all. */
export interface Branch extends Spins {
  /** η_tot = Σ η(g_n), nats. */
  etaTot: number;
  /** slope < 1 and not tangent. */
  stable: boolean;
  /** dΦ/dT at the root. */
  slope: number;
  /** Two roots within about 1e-8 of each other (relative) are reported as this one. */
  tangent: boolean;
}

export const DEFAULT_SOLVE: Solve = { method: 'scalar', maxIterations: 100_000, tolerance: 1e-14 };
/** Most fixed points that are stored, far more than there can be: each spin adds at most one fold. */
const MAX_BRANCHES = 4096;

/** Most spins: at about 90 bytes each they take some 3 GiB of the 4 GiB that WebAssembly can address. */
export const MAX_SPINS = 2 ** 25;

/** Checked bare couplings, or their logarithms, and the statistics of the grain. */
export interface Bare {
  values: Float64Array;
  log: boolean;
  grain: GrainStatistics;
}

/** Copies couplings into wasm memory, as logarithms. */
export function putLogs(
  wasm: CoreBindings,
  arena: Arena,
  { values, log }: Pick<Bare, 'values' | 'log'>,
): number {
  const address = arena.put(values);
  if (!log) wasm.logVector(values.length, address, address);
  return address;
}

/** Everything that follows from u = log g at address `u`; `fits` as from `putFits`. */
export function takeSpins(wasm: CoreBindings, arena: Arena, fits: number, n: number, u: number): Spins {
  const g = arena.f64(n);
  const out = arena.f64(3 * n);
  wasm.expVector(n, u, g);
  wasm.responseFit(fits, n, u, out);
  return {
    g: arena.take(g, n),
    logG: arena.take(u, n),
    entropy: arena.take(out + 8 * n, n),
    czz: arena.take(out + 16 * n, n),
  };
}

/** Checked options of `solveMeanField`. */
export interface Solve {
  method: 'scalar' | 'iteration';
  maxIterations: number;
  tolerance: number;
}

/**
 * `budget`: nanoseconds that a step lasts, about; from 2^20 couplings on, a step takes at
 * least one evaluation of the map.
 */
export function* solveSteps(
  runtime: Runtime,
  bare: Bare,
  options: Solve,
  budget: number,
): Steps<MeanFieldSolution> {
  const restore = givenTo(runtime, bare);
  return restore(yield* runtime.steps((arena) => solution(runtime, arena, bare, options, budget)));
}

/** Gives spins whose coupling nothing changes, but for rounding, the coupling that was given, not the exponential of its logarithm. */
function givenTo(runtime: Runtime, bare: Bare): <T extends Spins>(spins: T) => T {
  if (bare.log) return (spins) => spins;
  // The caller's array may be another one when the solution is there.
  const values = copyOf(bare.values);
  return (spins) => {
    const logs = runtime.scope((arena) =>
      arena.take(putLogs(runtime.wasm, arena, { ...bare, values }), values.length),
    );
    spins.logG.forEach((log, n) => {
      if (Math.abs(log - logs[n]) <= ULP * Math.abs(log)) spins.g[n] = values[n];
    });
    return spins;
  };
}

function* solution(
  runtime: Runtime,
  arena: Arena,
  bare: Bare,
  { method, maxIterations: cap, tolerance }: Solve,
  budget: number,
): Steps<MeanFieldSolution> {
  const { wasm } = runtime;
  const n = bare.values.length;
  const b = putLogs(wasm, arena, bare);
  const fits = putFits(runtime, arena, bare.grain);
  const u = arena.f64(n);
  const out = arena.bytes(SOLUTION_BYTES);
  const scalar = method === 'scalar';
  const work = arena.bytes((scalar ? wasm.rootsWorkspace(n) : wasm.iterateWorkspace(n)) >>> 0);
  if (scalar) wasm.leastRootStart(MAP_PSI, fits, n, b, 1, cap, out, work);
  else wasm.iterateStart(fits, n, b, tolerance, cap, u, out, work);
  const status = yield* jobSteps(runtime, work, budget);
  if (scalar) runtime.wasm.spinsAt(fits, n, b, arena.view(out + SOLUTION_ETA_TOT, 1)[0], u);
  const found = arena.take(out, SOLUTION_BYTES / 8);
  const [etaTot, slope, iterations] = [SOLUTION_ETA_TOT, SOLUTION_SLOPE, SOLUTION_ITERATIONS].map(
    (at) => found[at / 8],
  );
  const root = { ...takeSpins(runtime.wasm, arena, fits, n, u), etaTot, slope };
  return { ...root, iterations, converged: status === Status.ok && sound(root) };
}

/**
 * The solution by the default method, for callers that can use nothing less. Throws a
 * ConvergenceError when it is not found.
 */
export function* leastSolution(runtime: Runtime, bare: Bare, budget: number): Steps<MeanFieldSolution> {
  const solution = yield* solveSteps(runtime, bare, DEFAULT_SOLVE, budget);
  if (!solution.converged) {
    throw new ConvergenceError(`no mean-field solution was found in ${solution.iterations} iterations`);
  }
  return solution;
}

/** Whether every number of a fixed point is finite, except g, which may overflow, and log g of a coupling of 0. */
function sound({ logG, entropy, czz, etaTot, slope }: Omit<Branch, 'stable' | 'tangent' | 'g'>): boolean {
  return Number.isFinite(etaTot + slope) && allFinite(entropy) && allFinite(czz) && !logG.some(Number.isNaN);
}

/** Every fixed point; `budget` as for `solveSteps`. */
export function* branchSteps(runtime: Runtime, bare: Bare, cap: number, budget: number): Steps<Branch[]> {
  const restore = givenTo(runtime, bare);
  return (yield* runtime.steps((arena) => branches(runtime, arena, bare, cap, budget))).map(restore);
}

function* branches(runtime: Runtime, arena: Arena, bare: Bare, cap: number, budget: number): Steps<Branch[]> {
  const n = bare.values.length;
  const b = putLogs(runtime.wasm, arena, bare);
  const fits = putFits(runtime, arena, bare.grain);
  const map = { kind: MAP_PSI, fits, n, bare: b, weight: 1 };
  const found: Branch[] = [];
  for (const root of yield* rootSteps(runtime, arena, map, cap, budget)) {
    const u = arena.f64(n);
    runtime.wasm.spinsAt(fits, n, b, root.etaTot, u);
    const branch = { ...root, ...takeSpins(runtime.wasm, arena, fits, n, u) };
    if (!sound(branch)) throw new ConvergenceError('meanFieldBranches: a fixed point is not finite');
    found.push(branch);
    yield undefined;
  }
  return found;
}

/** The map T → weight Σ f(b + T/2): f by its kind and by the address of its fits, b at the address `bare`. */
interface ScalarMap {
  kind: number;
  fits: number;
  n: number;
  bare: number;
  weight: number;
}

/** A root of T = weight Σ f(b + T/2). */
type Root = Pick<Branch, 'etaTot' | 'slope' | 'tangent' | 'stable'>;

/** Every root, ascending. */
export function* rootSteps(
  runtime: Runtime,
  arena: Arena,
  { kind, fits, n, bare, weight }: ScalarMap,
  cap: number,
  budget: number,
): Steps<Root[]> {
  const out = arena.bytes(ROOT_BYTES * MAX_BRANCHES + FOUND_BYTES);
  const work = arena.bytes(runtime.wasm.rootsWorkspace(n) >>> 0);
  runtime.wasm.allRootsStart(kind, fits, n, bare, weight, cap, MAX_BRANCHES, out, work);
  const status = yield* jobSteps(runtime, work, budget);
  const count = arena.view(out + ROOT_BYTES * MAX_BRANCHES + FOUND_COUNT, 1)[0];
  if (status !== Status.ok) {
    throw new ConvergenceError(`meanFieldBranches: ${count} branches found when the iterations ran out`);
  }
  return Array.from({ length: count }, (_, i) => {
    const row = arena.view(out + ROOT_BYTES * i, ROOT_BYTES / 8);
    const [etaTot, slope, tangent] = [ROOT_ETA_TOT, ROOT_SLOPE, ROOT_TANGENT].map((at) => row[at / 8]);
    return { etaTot, slope, tangent: tangent === 1, stable: slope < 1 && tangent === 0 };
  });
}
