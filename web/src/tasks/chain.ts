// The chain: least fixed point, every other one, the scalar map Φ(T) to draw, and the steps of its iteration.
import type { Cores } from '../tasks.js';

export interface ChainInput {
  alpha: number;
  n: number;
  g0: number;
}

/** Points of the curve. */
const POINTS = 401;
/** Near a fold the climb passes a bottleneck: this many steps are drawn at most. */
const STEPS = 400;

export function chain(input: ChainInput, { core }: Cores) {
  const bare = core.drhLogCouplings(input);
  const solution = core.solveMeanField(bare, { log: true });
  const branches = core.meanFieldBranches(bare, { log: true });
  const top = input.n * Math.LN2;
  const t = Float64Array.from({ length: POINTS }, (_, i) => (top * i) / (POINTS - 1));
  const { phi } = core.meanFieldMap(bare, t, { log: true });
  const climb = [0];
  while (climb.length <= STEPS) {
    const last = climb[climb.length - 1];
    const [next] = core.meanFieldMap(bare, Float64Array.of(last), { log: true }).phi;
    if (!(next - last > 1e-4 * top)) break;
    climb.push(next);
  }
  const start = core.response(bare.map(Math.exp));
  return {
    etaTot: solution.etaTot,
    converged: solution.converged,
    slope: solution.slope,
    entropy: solution.entropy,
    logG: solution.logG,
    bareEntropy: start.entropy,
    branches: branches.map(({ etaTot, stable, slope, tangent }) => ({ etaTot, stable, slope, tangent })),
    t,
    phi,
    climb,
  };
}
