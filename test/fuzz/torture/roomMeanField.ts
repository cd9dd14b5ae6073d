// The mean-field equations: fixed points are put back into them.
import { distance, Findings, type Room } from './room.js';

interface Bare {
  logs: Float64Array;
}

/** Relative to η_tot or 1, whichever is larger; the fit of η is good to about 1e-14, and a slope near 1 multiplies it. */
const FIXED_POINT = 1e-11;

export const meanField: Room<Bare> = {
  draw(random) {
    const n = random.integer(1, random.chance(0.8) ? 12 : 120);
    const spread = random.pick([0.1, 1, 3, 30, 300]);
    const centre = random.pick([-8, -4, -2, 0, 2]) + random.signed();
    const ratio = random.chance(0.4) ? Math.log(random.uniform() + 0.01) : null;
    const logs = Float64Array.from({ length: n }, (_, k) => {
      if (random.chance(0.02)) return Number.NEGATIVE_INFINITY;
      return ratio === null ? centre + spread * random.normal() : centre + k * ratio;
    });
    return { logs };
  },
  check(core, { logs }) {
    const found = new Findings();
    const options = { log: true } as const;
    const solution = core.solveMeanField(logs, options);
    const { etaTot, logG, g, converged } = solution;
    found.holds('not converged', converged, `${solution.iterations} iterations`);
    const eta = core.eta(g.map((x) => Math.min(x, Number.MAX_VALUE)));
    const total = eta.reduce((s, x) => s + x, 0);
    found.below('η_tot is not the sum of η', Math.abs(total - etaTot), FIXED_POINT * Math.max(1, etaTot));
    const wanted = logs.map((u, k) => u + (etaTot - eta[k]) / 2);
    found.below('log g', distance(logG, wanted), FIXED_POINT * Math.max(1, etaTot));
    // One spin by quadrature: η itself.
    const k = g.findIndex((x) => x > 1e-3 && x < 1e3);
    if (k >= 0) {
      const exact = core.responseQuadrature(g.slice(k, k + 1));
      found.below('η against quadrature', Math.abs(exact.eta[0] - eta[k]), 1e-12);
      found.below('[S] against quadrature', Math.abs(exact.entropy[0] - solution.entropy[k]), 1e-12);
    }
    const branches = core.meanFieldBranches(logs, options);
    found.holds(
      'branches not ascending',
      branches.every((b, i) => i === 0 || b.etaTot >= branches[i - 1].etaTot),
      '',
    );
    // Two roots that nearly touch are one.
    const least = branches[0];
    const near = least.tangent || solution.slope > 0.999 ? 1e-6 : 1e-9;
    found.below('the first branch', Math.abs(least.etaTot - etaTot), near * Math.max(1, etaTot));
    return found.list;
  },
};
