// Counts of sites and of states, which kinds of sweeps, figures and views need before anything is computed.

/** Sites of the lattice within R steps of the grain, with its own. */
export const latticeSites = (radius: number): number => 2 * radius * (radius + 1) + 1;

/** States of spins ½ of which `up` are up. */
export function statesWithUp(spins: number, up: number): number {
  let count = 1;
  for (let k = 1; k <= up; ++k) count = (count * (spins - up + k)) / k;
  return count;
}
