// The mean-field equations g_n = g_{n,0} exp(½ Σ_{m≠n} η(g_m)) ([CC22] (11)) in u = log g.
import { end, Job, portion, recordBytes, start } from '../job';
import { sumError } from '../numeric/exact';
import { NOT_CONVERGED, OK } from '../status';
import { psiTable } from './fits';
import { etaAt } from './response';
import { Solution } from './results';
import { MAP_PSI, mapSum, psiPair } from './scalarMap';
import { EVALUATION_COST } from './tuning';

/** u_n = y_n − ψ(y_n)/2 at y_n = b_n + T/2: the spins at the root T of T = Σ ψ(y_n). */
export function spinsAt(fits: usize, n: i32, bare: usize, t: f64, u: usize): void {
  const table = psiTable(fits);
  for (let i = 0; i < n; ++i, bare += 8, u += 8) {
    const y = load<f64>(bare) + 0.5 * t;
    store<f64>(u, y - 0.5 * f64x2.extract_lane(psiPair(table, fits, y), 0));
  }
}

/** State of the iteration between two sweeps. */
@unmanaged
class Iteration extends Job {
  fits: usize;
  n: i32;
  bare: usize;
  u: usize;
  out: usize;
  /** η of each spin. */
  eta: usize;
  tolerance: f64;
  maxIterations: f64;
  iterations: f64;
}

/** Bytes of workspace of iterateStart. */
export function iterateWorkspace(n: i32): usize {
  return recordBytes<Iteration>() + ((<usize>n) << 3);
}

/**
 * Starts the iteration (13) from g = g_{n,0} as a job: all spins at once, u_n ← b_n + ½ (Σ_m η(u_m) − η(u_n)).
 * It ends when no u moves by more than tolerance · max(1, |u|). out: a Solution.
 */
export function iterateStart(
  fits: usize,
  n: i32,
  bare: usize,
  tolerance: f64,
  maxIterations: f64,
  u: usize,
  out: usize,
  work: usize,
): void {
  memory.copy(u, bare, (<usize>n) << 3);
  const iteration = changetype<Iteration>(work);
  iteration.fits = fits;
  iteration.n = n;
  iteration.bare = bare;
  iteration.u = u;
  iteration.out = out;
  iteration.eta = work + recordBytes<Iteration>();
  iteration.tolerance = tolerance;
  iteration.maxIterations = maxIterations;
  iteration.iterations = 0;
  start(iteration, sweepSome.index);
}

function sweepSome(work: usize, budget: f64): void {
  const iteration = changetype<Iteration>(work);
  let left = portion(budget, EVALUATION_COST * <f64>iteration.n, 1, i32.MAX_VALUE);
  for (; left > 0; --left) {
    const more = iteration.iterations < iteration.maxIterations;
    if (more) ++iteration.iterations;
    if (!more || sweep(iteration)) {
      finishIteration(iteration, more ? OK : NOT_CONVERGED);
      return;
    }
  }
  iteration.progress = iteration.iterations / iteration.maxIterations;
}

/** One sweep; returns whether every spin has converged. */
function sweep(iteration: Iteration): bool {
  return sweepSpins(
    iteration.fits,
    iteration.n,
    iteration.bare,
    iteration.tolerance,
    iteration.u,
    iteration.eta,
  );
}

/**
 * One sweep of (13) from any couplings: u_n ← b_n + ½ (Σ_m η(u_m) − η(u_n)), with the bits of the iteration. `eta`: η of
 * each spin as it was, a workspace of n. Returns whether no u grew by more than tolerance · max(1, |u|).
 */
export function sweepSpins(fits: usize, n: i32, bare: usize, tolerance: f64, u: usize, eta: usize): bool {
  const total = etaTotal(fits, n, u, eta);
  const size = (<usize>n) << 3;
  let settled = true;
  for (let at: usize = 0; at < size; at += 8) {
    const before = load<f64>(u + at);
    const after = load<f64>(bare + at) + 0.5 * (total - load<f64>(eta + at));
    store<f64>(u + at, after);
    if (after - before > tolerance * Math.max(1, Math.abs(after))) settled = false;
  }
  return settled;
}

function finishIteration(iteration: Iteration, status: i32): void {
  const n = iteration.n;
  const solution = changetype<Solution>(iteration.out);
  const total = etaTotal(iteration.fits, n, iteration.u, iteration.eta);
  solution.etaTot = total;
  const sums = mapSum(MAP_PSI, iteration.fits, n, iteration.bare, 0.5 * total, iteration.eta);
  solution.slope = 0.5 * f64x2.extract_lane(sums, 1);
  solution.iterations = iteration.iterations;
  end(iteration, status);
}

/** Σ η(u_n), with compensated rounding; each η goes to eta. */
export function etaTotal(fits: usize, n: i32, u: usize, eta: usize): f64 {
  let total = 0.0;
  let rest = 0.0;
  for (let i = 0; i < n; ++i, u += 8, eta += 8) {
    const e = etaAt(fits, load<f64>(u));
    store<f64>(eta, e);
    const next = total + e;
    rest += sumError(total, e, next);
    total = next;
  }
  return total + rest;
}
