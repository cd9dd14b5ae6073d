// Fig. 4: the entropy of every site of the lattice around the grain, for one quasiperiodic realization.
import type { Core } from 'emft';
import * as v from 'valibot';
import { halvings } from '../common/bisection.js';
import { agrees } from '../common/rules.js';
import { type Claim, show } from './claim.js';
import { columnsOf } from './columns.js';
import { besidesSweep, count, example, onlyValueOf } from './example.js';
import { checkpoint, type Data, type FigureContext } from './figure.js';
import { atHopping, hoppingOf, hoppings } from './hoppings.js';
import { SEARCHED } from './tuning.js';

/** Where the search for the threshold of this realization begins and ends. */
const besides = v.strictObject({ search: v.strictObject({ from: count, to: count }) });
type Bracket = v.InferOutput<typeof besides>['search'];

interface Lattice {
  radius: number;
  hopping: number;
  theta0: number;
  g0: number;
}

interface MapFindings extends Lattice {
  /** W as the paper gives it. */
  strength: number;
  avalanche: boolean;
  /** η_tot/log 2. */
  etaTotBits: number;
  /** The smallest whole W at which the avalanche fails. */
  failing: number;
}

/** The realization at strength W: its couplings and their mean-field solution. */
function realization(core: Core, { radius, theta0, g0, hopping }: Lattice, strength: number) {
  const couplings = core.latticeCouplings({ radius, strength, hopping, theta0 });
  return { couplings, solution: core.latticeMeanField(couplings, { g0 }) };
}

const wholeMiddle = (low: number, high: number) => Math.floor((low + high) / 2);

/** The smallest whole W at which the avalanche fails, by bisection; smaller W has larger couplings. */
async function threshold(context: FigureContext, lattice: Lattice, { from, to }: Bracket): Promise<number> {
  const steps = Math.max(1, Math.ceil(Math.log2(to - from)));
  const avalanches = (strength: number) => realization(context.core, lattice, strength).solution.avalanche;
  let [step, failing] = [0, to];
  for (const [low, high] of halvings([from, to], avalanches, wholeMiddle)) {
    failing = high;
    await checkpoint(context, (SEARCHED * step++) / steps);
    if (high - low <= 1) break;
  }
  return failing;
}

/** One row a site. */
export function mapData({ id, title }: { id: string; title: string }): Data<MapFindings> {
  const besidesOf = besidesSweep(id, besides);
  return {
    title,
    readings: hoppings,
    async compute(context, reading) {
      const { core } = context;
      const model = atHopping(example(id), hoppingOf(reading));
      const [radius, theta0, g0, strength, hopping] = ['radius', 'theta0', 'g0', 'strength', 'hopping'].map(
        (name) => onlyValueOf(model, name),
      );
      const lattice = { radius, theta0, g0, hopping };
      const failing = await threshold(context, lattice, besidesOf(context.profile).search);
      const { couplings, solution } = realization(core, lattice, strength);
      const { sites, energies, phi0 } = couplings;
      const labels = core.latticeCouplings({ radius, strength, hopping, theta0, method: 'dense' }).site!;
      const rows = Array.from(labels, (site, i) => ({
        n1: sites[2 * site],
        n2: sites[2 * site + 1],
        energy: energies[i],
        phi0: phi0[i],
        g: solution.g[i],
        entropyBits: solution.entropy[i] / Math.LN2,
      }));
      await checkpoint(context, 1);
      return {
        parameters: { ...lattice, strength },
        columns: columnsOf(rows, ['n1', 'n2']),
        measured: { etaTotOverLog2: solution.etaTot / Math.LN2, thresholdStrength: failing },
      };
    },
    findings: ({ parameters, columns, measured }) => ({
      ...(parameters as unknown as Lattice & { strength: number }),
      // An avalanche takes more than half of what the sites can have.
      avalanche: measured.etaTotOverLog2 > columns.n1.length / 2,
      etaTotBits: measured.etaTotOverLog2,
      failing: measured.thresholdStrength,
    }),
  };
}

/** Whether the avalanche runs or fails at the paper's W as the paper says. */
export function mapClaims(id: string, fails: boolean): (findings: MapFindings) => Claim[] {
  const outcome = (failed: boolean) => (failed ? 'the avalanche fails' : 'the avalanche takes the lattice');
  return ({ radius, theta0, g0, strength, hopping, avalanche, etaTotBits, failing }) => [
    {
      id: `map-${id}`,
      source: `Fig. ${id[0]}(${id[1]})`,
      statement: `what becomes of the avalanche at W = ${strength}, R = ${radius}, θ₀ = ${theta0}, g₀ = ${g0}`,
      stated: outcome(fails),
      measured: `${outcome(!avalanche)}, η_tot = ${show(etaTotBits, 5)} log 2; it fails from W = ${failing} on`,
      values: { etaTotOverLog2: etaTotBits, thresholdStrength: failing },
      agrees: agrees.outcome(avalanche, fails),
      rule: 'the verdict, η_tot above or below half of N log 2, is that of the paper',
      note: `Measured with hopping ${hopping}. Only W/t enters, so that a hopping of 0.41 and one of 1 differ in the scale of W: docs/readings.md.`,
    },
  ];
}
