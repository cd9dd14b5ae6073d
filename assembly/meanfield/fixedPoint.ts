// The mean-field equations g_n = g_{n,0} exp(½ Σ_{m≠n} η(g_m)) ([CC22] (11)) in u = log g.
import { NOT_CONVERGED, OK } from '../status';
import { etaAt } from './response';
import { mapSum, PSI, psiPair } from './scalarMap';

/** u_n = y_n − ψ(y_n)/2 at y_n = b_n + T/2: the spins at the root T of T = Σ ψ(y_n). */
export function spinsAt(n: i32, bare: usize, t: f64, u: usize): void {
  for (let i = 0; i < n; ++i, bare += 8, u += 8) {
    const y = load<f64>(bare) + 0.5 * t;
    store<f64>(u, y - 0.5 * f64x2.extract_lane(psiPair(y), 0));
  }
}

/** Bytes of workspace of iterate. */
export function iterateWorkspace(n: i32): usize {
  return (<usize>n) << 3;
}

/**
 * The iteration (13) from g = g_{n,0}: all spins at once, u_n ← b_n + ½ (Σ_m η(u_m) − η(u_n)).
 * Stops when no u moves by more than tolerance · max(1, |u|). out = { Σ η, slope dΦ/dT, iterations }.
 */
export function iterate(
  n: i32,
  bare: usize,
  tolerance: f64,
  maxIterations: f64,
  u: usize,
  out: usize,
  work: usize,
): i32 {
  const size = (<usize>n) << 3;
  memory.copy(u, bare, size);
  let iterations = 0.0;
  let status = NOT_CONVERGED;
  while (iterations < maxIterations) {
    const total = etaTotal(n, u, work);
    ++iterations;
    let settled = true;
    for (let at: usize = 0; at < size; at += 8) {
      const before = load<f64>(u + at);
      const after = load<f64>(bare + at) + 0.5 * (total - load<f64>(work + at));
      store<f64>(u + at, after);
      if (after - before > tolerance * Math.max(1, Math.abs(after))) settled = false;
    }
    if (settled) {
      status = OK;
      break;
    }
  }
  const total = etaTotal(n, u, work);
  store<f64>(out, total);
  store<f64>(out, 0.5 * f64x2.extract_lane(mapSum(PSI, n, bare, 0.5 * total, work), 1), 8);
  store<f64>(out, iterations, 16);
  return status;
}

/** Σ η(u_n), rounding carried along; each η goes to eta. */
function etaTotal(n: i32, u: usize, eta: usize): f64 {
  let total = 0.0;
  let rest = 0.0;
  for (let i = 0; i < n; ++i, u += 8, eta += 8) {
    const e = etaAt(load<f64>(u));
    store<f64>(eta, e);
    const next = total + e;
    const part = next - total;
    rest += total - (next - part) + (e - part);
    total = next;
  }
  return total + rest;
}
