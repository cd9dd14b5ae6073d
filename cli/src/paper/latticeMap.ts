// Fig. 4: the entropy of every site of the lattice around the grain, for one quasiperiodic realization.
import type { Core } from 'emft';
import { type Claim, show } from './claim.js';
import { columnsOf } from './columns.js';
import { example, onlyValueOf } from './example.js';
import { checkpoint, type Data, type FigureContext } from './figure.js';

/** Where the search for the threshold of this realization begins and ends. */
const STRENGTHS = [1, 400];

interface Lattice {
  radius: number;
  /** Hopping of the reading that gives the paper's picture. */
  hopping: number;
  theta0: number;
  g0: number;
}

const PRINTED_HOPPING = 1;

interface Outcome {
  avalanche: boolean;
  /** Nats. */
  etaTot: number;
}

export interface MapFindings extends Lattice {
  /** W as the paper gives it. */
  strength: number;
  reading: Outcome;
  printed: Outcome;
  /** The smallest whole W at which the avalanche fails in the reading. */
  failing: number;
}

/** The realization at strength W: its couplings and their mean-field solution. */
function realization(core: Core, { radius, theta0, g0, hopping }: Lattice, strength: number) {
  const couplings = core.latticeCouplings({ radius, strength, hopping, theta0 });
  return { couplings, solution: core.latticeMeanField(couplings, { g0 }) };
}

/** The smallest whole W at which the avalanche fails, by bisection; smaller W has larger couplings. */
async function threshold(context: FigureContext, lattice: Lattice): Promise<number> {
  let [low, high] = STRENGTHS;
  for (let step = 1; high - low > 1; ++step) {
    const middle = Math.floor((low + high) / 2);
    if (realization(context.core, lattice, middle).solution.avalanche) low = middle;
    else high = middle;
    await checkpoint(context, (0.5 * step) / 9);
  }
  return high;
}

/** One row a site: with the hopping of the reading, and as printed. */
export function mapData({ id, title }: { id: string; title: string }): Data<MapFindings> {
  return {
    title,
    async compute(context) {
      const { core } = context;
      const model = example(id);
      const [radius, theta0, g0, strength, hopping] = ['radius', 'theta0', 'g0', 'strength', 'hopping'].map(
        (name) => onlyValueOf(model, name),
      );
      const lattice = { radius, theta0, g0, hopping };
      const failing = await threshold(context, lattice);
      const hoppings = [hopping, PRINTED_HOPPING];
      const rows: Record<'hopping' | 'n1' | 'n2' | 'energy' | 'phi0' | 'g' | 'entropyBits', number>[] = [];
      const measured: Record<string, number> = { thresholdStrength: failing };
      const outcomes: Outcome[] = [];
      for (const [k, t] of hoppings.entries()) {
        const { couplings, solution } = realization(core, { ...lattice, hopping: t }, strength);
        const { sites, energies, phi0 } = couplings;
        const wanted = { radius, strength, hopping: t, theta0, method: 'dense' } as const;
        const labels = core.latticeCouplings(wanted).site!;
        for (const [i, site] of labels.entries()) {
          rows.push({
            hopping: t,
            n1: sites[2 * site],
            n2: sites[2 * site + 1],
            energy: energies[i],
            phi0: phi0[i],
            g: solution.g[i],
            entropyBits: solution.entropy[i] / Math.LN2,
          });
        }
        const { avalanche, etaTot } = solution;
        outcomes.push({ avalanche, etaTot });
        measured[`etaTotOverLog2AtHopping${t}`] = etaTot / Math.LN2;
        await checkpoint(context, 0.5 + (0.5 * (k + 1)) / hoppings.length);
      }
      const [reading, printed] = outcomes;
      return {
        parameters: { ...lattice, strength, hoppings },
        columns: columnsOf(rows),
        measured,
        findings: { ...lattice, strength, reading, printed, failing },
      };
    },
  };
}

/** Whether the avalanche does at the W of the paper what it does there. */
export function mapClaims(id: string, fails: boolean): (findings: MapFindings) => Claim[] {
  const outcome = (failed: boolean) => (failed ? 'the avalanche fails' : 'the avalanche takes the lattice');
  const bits = ({ etaTot }: Outcome) => `η_tot = ${show(etaTot / Math.LN2, 5)} log 2`;
  return ({ radius, theta0, g0, strength, hopping, reading, printed, failing }) => [
    {
      id: `map-${id}`,
      source: `Fig. ${id[0]}(${id[1]})`,
      statement: `W = ${strength}, R = ${radius}, θ₀ = ${theta0}, g₀ = ${g0}, read with hopping ${hopping}`,
      stated: outcome(fails),
      measured: `${outcome(!reading.avalanche)}, ${bits(reading)}; it fails from W = ${failing} on. As printed, hopping ${PRINTED_HOPPING}: ${bits(printed)}`,
      values: { etaTot: reading.etaTot, etaTotPrinted: printed.etaTot, thresholdStrength: failing },
      agrees: reading.avalanche !== fails,
      note: `The picture of the paper comes out with hopping ${hopping}; with hopping 1, as printed, ${outcome(!printed.avalanche)}. docs/readings.md has both.`,
    },
  ];
}
