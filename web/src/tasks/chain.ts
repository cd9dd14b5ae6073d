// The chain: least fixed point, every other one, and the scalar map Φ(T) on a grid for drawing.
import type { Core } from 'emft';
import type { Cores } from '../tasks.js';

export interface ChainInput {
  alpha: number;
  n: number;
  g0: number;
}

export function chain(input: ChainInput, { core }: Cores) {
  const bare = core.drhLogCouplings(input);
  const solution = core.solveMeanField(bare, { log: true });
  const branches = core.meanFieldBranches(bare, { log: true });
  const phi = scalarMap(core, bare);
  const top = input.n * Math.LN2;
  const t = Float64Array.from({ length: 401 }, (_, i) => (top * i) / 400);
  const climb = [0];
  while (climb.length < 80) {
    const last = climb[climb.length - 1];
    const next = phi(last);
    if (!(next - last > 1e-4 * top)) break;
    climb.push(next);
  }
  const start = core.response(bare.map(Math.exp));
  return {
    etaTot: solution.etaTot,
    converged: solution.converged,
    slope: solution.slope,
    iterations: solution.iterations,
    entropy: solution.entropy,
    logG: solution.logG,
    bareEntropy: start.entropy,
    branches: branches.map(({ etaTot, stable, slope }) => ({ etaTot, stable, slope })),
    t,
    phi: t.map(phi),
    climb,
  };
}

/**
 * Φ(T) = Σ ψ(log g_{n,0} + T/2), where η = ψ(u) solves u = log g + η(g)/2: a spin does not renormalize itself. From a
 * table of (u, η) in steps of 0.01 with linear interpolation, 1e-5 a spin: for the eye; the fixed points are the core's.
 */
function scalarMap(core: Core, bare: Float64Array): (t: number) => number {
  const log = Float64Array.from({ length: 8001 }, (_, i) => -40 + i / 100);
  const eta = core.eta(log.map(Math.exp));
  const u = log.map((x, i) => x + eta[i] / 2);
  const psi = (x: number): number => {
    if (x <= u[0]) return 0;
    if (x >= u[u.length - 1]) return eta[eta.length - 1];
    let low = 0;
    let high = u.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (u[middle] <= x) low = middle;
      else high = middle;
    }
    return eta[low] + ((x - u[low]) / (u[high] - u[low])) * (eta[high] - eta[low]);
  };
  return (t) => bare.reduce((sum, b) => sum + psi(b + t / 2), 0);
}
