// Whether quasiperiodic lattices have a threshold, and where; what failed avalanches come to.

import { agrees, THRESHOLD } from '../../common/rules.js';
import { type Cell, type Crossover, type FractionFindings, PRINTED_FAILED } from '../avalancheFraction.js';
import { type Claim, show } from '../claim.js';

/** Share of failed avalanches that ≲ is taken to speak of. */
const MOST = 0.99;

const source = 'Fig. 5(a)';
const middle = ([low, high]: readonly [number, number]) => (low + high) / 2;
const bracketText = (bracket: readonly [number, number]) =>
  `${show(middle(bracket), 4)} ± ${show((bracket[1] - bracket[0]) / 2, 1)}`;
const thresholdsText = (crossovers: readonly Crossover[]) =>
  crossovers.map(({ radius, some }) => `${bracketText(some)} (R = ${radius})`).join(', ');

export function claims({ cells, crossovers, hopping }: FractionFindings): Claim[] {
  return [
    thresholdClaim(crossovers, hopping),
    stableClaim(cells, crossovers),
    regimesClaim(cells, crossovers),
    failedClaim(cells),
  ];
}

function thresholdClaim(crossovers: Crossover[], hopping: number): Claim {
  const ratio = middle(crossovers[0].some) / hopping;
  return {
    id: 'fig5a-threshold',
    source,
    statement: 'the disorder W_th above which no quasiperiodic lattice has an avalanche at g₀ = 1',
    stated: `W_th ≈ ${THRESHOLD.stated}`,
    measured: `offsets of a refined grid avalanche up to W = ${thresholdsText(crossovers)}`,
    values: Object.fromEntries(crossovers.map(({ radius, some }) => [`atRadius${radius}`, middle(some)])),
    agrees: crossovers.every(({ some }) => agrees.threshold(middle(some))),
    rule: `the end of the search within ${100 * THRESHOLD.off} % of ${THRESHOLD.stated} at every R`,
    note: `Measured with hopping ${hopping}. Only W/t enters: what the search finds here is ${show(ratio, 4)} times the hopping, ${show(ratio * 0.41, 3)} with 0.41, the J₁ of the paper’s Sec. VI. The search bounds W_th from below: offsets in intervals too narrow for its grid avalanche some per cent further, which docs/readings.md names with what else was tried.`,
  };
}

function stableClaim(cells: Cell[], crossovers: Crossover[]): Claim {
  const above = cells.filter((c) => c.strength > Math.max(...crossovers.map(({ some }) => some[1])));
  const radii = [...new Set(above.map((c) => c.radius))];
  const sum = (radius: number, of: (c: Cell) => number) =>
    above.reduce((total, c) => total + (c.radius === radius ? of(c) : 0), 0);
  const counts = radii.map((radius) => [sum(radius, (c) => c.avalanches), sum(radius, (c) => c.count)]);
  return {
    id: 'fig5a-stable',
    source,
    statement: 'above W_th no quasiperiodic lattice has an avalanche, at every size',
    stated: 'f_aval = 0 above W_th',
    measured: radii.map((r, k) => `${counts[k][0]} of ${counts[k][1]} lattices (R = ${r})`).join(', '),
    values: Object.fromEntries(radii.map((r, k) => [`avalanchesAtRadius${r}`, counts[k][0]])),
    agrees: radii.length > 0 && counts.every(([avalanches]) => avalanches === 0),
    rule: 'no avalanche among all lattices of the figure above the W at which the search ended',
    note: 'Above the W at which the search of the same reading ended; offsets in narrower intervals avalanche some per cent further.',
  };
}

function regimesClaim(cells: Cell[], crossovers: Crossover[]): Claim {
  const { radius, every, some } = crossovers[0];
  const below = cells.filter((c) => c.strength < every![0]);
  const above = cells.filter((c) => c.strength > some[1]);
  const none = above.filter((c) => c.avalanches === 0).length;
  return {
    id: 'fig5a-regimes',
    source,
    statement: 'three regimes: every offset avalanches, some do, none does',
    stated: 'f_aval = 1, 0 < f_aval < 1, f_aval = 0',
    measured: `every offset up to W = ${bracketText(every!)}, some up to ${bracketText(some)} (R = ${radius}); below, f_aval = 1 in ${below.filter((c) => c.avalanches === c.count).length} of ${below.length} cells of the grid; above, 0 in ${none} of ${above.length}`,
    values: { every: middle(every!), some: middle(some) },
    agrees:
      middle(every!) < middle(some) && below.every((c) => c.avalanches === c.count) && none === above.length,
    rule: 'the first search ends before the second, f_aval = 1 in every cell below both and 0 in every cell above',
    note: 'By search over W and θ₀, at g₀ = 1.',
  };
}

function failedClaim(cells: Cell[]): Claim {
  const failed = cells.reduce((sum, c) => sum + c.count - c.avalanches, 0);
  const beyond = cells.filter((c) => c.beyond > 0);
  const many = beyond.reduce((sum, c) => sum + c.beyond, 0);
  const largest = Math.max(...cells.filter((c) => c.avalanches < c.count).map((c) => c.largest));
  const where = [...new Set(beyond.map((c) => c.strength))].sort((a, b) => a - b);
  return {
    id: 'fig5a-failed',
    source,
    statement: 'failed avalanches stop early whatever the lattice',
    stated: `η_tot ≲ ${PRINTED_FAILED} log 2`,
    measured: `${failed - many} of ${failed} failed ones have η_tot ≤ ${PRINTED_FAILED} log 2; the largest has ${show(largest, 3)} log 2`,
    values: { failed, beyond: many, largest },
    agrees: failed - many >= MOST * failed,
    rule: `at least ${100 * MOST} % of the failed ones have η_tot ≤ ${PRINTED_FAILED} log 2`,
    note: `${many === 0 ? 'None is beyond.' : `Those beyond are at W = ${where.map((w) => show(w, 3)).join(', ')}.`} So the sign ≲ is read.`,
  };
}
