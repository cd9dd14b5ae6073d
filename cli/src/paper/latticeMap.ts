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
  theta0: number;
  g0: number;
}

export interface MapFindings extends Lattice {
  /** W as the paper gives it. */
  strength: number;
  avalanche: boolean;
  etaTot: number;
  /** The smallest whole W at which the avalanche fails. */
  failing: number;
}

/** The realization at strength W: its couplings and their mean-field solution. */
function realization(core: Core, { radius, theta0, g0 }: Lattice, strength: number) {
  const couplings = core.latticeCouplings({ radius, strength, theta0 });
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

/** One row a site, at the W of the paper and, where the avalanche fails there, at the one where it fails here. */
export function mapData({
  id,
  title,
  fails,
}: {
  id: string;
  title: string;
  fails: boolean;
}): Data<MapFindings> {
  return {
    title,
    async compute(context) {
      const { core } = context;
      const model = example(id);
      const [radius, theta0, g0, strength] = ['radius', 'theta0', 'g0', 'strength'].map((name) =>
        onlyValueOf(model, name),
      );
      const lattice = { radius, theta0, g0 };
      const failing = await threshold(context, lattice);
      const strengths = fails ? [strength, failing] : [strength];
      const rows: Record<'strength' | 'n1' | 'n2' | 'energy' | 'phi0' | 'g' | 'entropyBits', number>[] = [];
      const measured: Record<string, number> = { thresholdStrength: failing };
      for (const [k, w] of strengths.entries()) {
        const { couplings, solution } = realization(core, lattice, w);
        const { sites, energies, phi0 } = couplings;
        const labels = core.latticeCouplings({ radius, strength: w, theta0, method: 'dense' }).site!;
        for (const [i, site] of labels.entries()) {
          rows.push({
            strength: w,
            n1: sites[2 * site],
            n2: sites[2 * site + 1],
            energy: energies[i],
            phi0: phi0[i],
            g: solution.g[i],
            entropyBits: solution.entropy[i] / Math.LN2,
          });
        }
        measured[`etaTotOverLog2AtW${w}`] = solution.etaTot / Math.LN2;
        await checkpoint(context, 0.5 + (0.5 * (k + 1)) / strengths.length);
      }
      const { avalanche, etaTot } = realization(core, lattice, strength).solution;
      return {
        parameters: { ...lattice, strength, strengths },
        columns: columnsOf(rows),
        measured,
        findings: { ...lattice, strength, avalanche, etaTot, failing },
      };
    },
  };
}

/** Whether the avalanche does at the W of the paper what it does there. */
export function mapClaims(id: string, fails: boolean): (findings: MapFindings) => Claim[] {
  const outcome = (failed: boolean) => (failed ? 'the avalanche fails' : 'the avalanche takes the lattice');
  return ({ radius, theta0, g0, strength, avalanche, etaTot, failing }) => {
    const claim: Claim = {
      id: `map-${id}`,
      source: `Fig. ${id[0]}(${id[1]})`,
      statement: `W = ${strength}, R = ${radius}, θ₀ = ${theta0}, g₀ = ${g0}`,
      stated: outcome(fails),
      measured: `${outcome(!avalanche)}, η_tot = ${show(etaTot / Math.LN2)} log 2; it fails from W = ${failing} on`,
      values: { etaTot, thresholdStrength: failing },
      agrees: avalanche !== fails,
    };
    if (!claim.agrees) {
      claim.note = `With the parameters as printed (hopping 1, g₀ = ${g0}) the couplings are strong enough to thermalize all of the lattice; the picture that the paper shows appears at W = ${failing}, drawn beside it.`;
    }
    return [claim];
  };
}
