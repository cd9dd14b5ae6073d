// Performance profiles (E. D. Dolan, J. J. Moré, Math. Program. 91 (2002) 201): the share ρ(τ) of problems that a solver has done
// within τ times what the best of all took for the same problem. What it did not solve it never reaches.

/** One solver's time, or another cost, for one problem; Infinity where it did not solve it. */
interface Cost {
  solver: string;
  problem: string;
  cost: number;
}

/** ρ of one solver: a staircase that rises to `share[k]` at τ = `ratio[k]`. */
interface Profile {
  solver: string;
  ratio: number[];
  share: number[];
}

/** Costs that are missing count as not solved. A problem that nobody solved counts for nobody. */
export function profiles(costs: readonly Cost[]): Profile[] {
  const best = new Map<string, number>();
  for (const { problem, cost } of costs) {
    if (Number.isFinite(cost))
      best.set(problem, Math.min(cost, best.get(problem) ?? Number.POSITIVE_INFINITY));
  }
  return [...new Set(costs.map(({ solver }) => solver))].map((solver) => {
    const ratios = costs
      .filter((c) => c.solver === solver && Number.isFinite(c.cost))
      .map(({ problem, cost }) => (cost === best.get(problem) ? 1 : cost / best.get(problem)!))
      .sort((p, q) => p - q);
    const [ratio, share]: [number[], number[]] = [[], []];
    ratios.forEach((r, k) => {
      if (ratio.at(-1) === r) ratio.pop();
      share.length = ratio.length;
      ratio.push(r);
      share.push((k + 1) / best.size);
    });
    return { solver, ratio, share };
  });
}

/** ρ(τ). */
export function shareWithin({ ratio, share }: Profile, tau: number): number {
  let reached = 0;
  for (let k = 0; k < ratio.length && ratio[k] <= tau; ++k) reached = share[k];
  return reached;
}
