// Fig. 4: the entropy of every site of the lattice around the grain, for one quasiperiodic realization.
import type { Core } from 'emft';
import { type Claim, show } from './claim.js';
import { MAP_TOTAL_HEIGHT, MAP_WIDTH, mapPanel, type Site } from './colorMap.js';
import type { Figure, FigureContext, FigureData, FigureResult, PlotOptions } from './figure.js';
import { frame, powerOfTen } from './style.js';

const radius = 15;
const theta0 = 2.954;
const g0 = 1;
/** Where the search for the threshold of this realization begins and ends. */
const STRENGTHS = [1, 400];

export interface MapFigure {
  id: string;
  title: string;
  /** W as the paper gives it. */
  strength: number;
  /** Whether the avalanche fails at that W in the paper. */
  fails: boolean;
}

/** The realization at strength W: its couplings and their mean-field solution. */
function realization(core: Core, strength: number) {
  const couplings = core.latticeCouplings({ radius, strength, theta0 });
  return { couplings, solution: core.latticeMeanField(couplings, { g0 }) };
}

/** The smallest whole W at which the avalanche fails, by bisection; smaller W has larger couplings. */
async function threshold(core: Core, progress: (x: number) => Promise<void>): Promise<number> {
  let [low, high] = STRENGTHS;
  for (let step = 1; high - low > 1; ++step) {
    const middle = Math.floor((low + high) / 2);
    if (realization(core, middle).solution.avalanche) low = middle;
    else high = middle;
    await progress((0.5 * step) / 9);
  }
  return high;
}

export function mapFigure({ id, title, strength, fails }: MapFigure): Figure {
  async function compute({ core, progress }: FigureContext): Promise<FigureResult> {
    const failing = await threshold(core, progress);
    const strengths = fails ? [strength, failing] : [strength];
    const columns = {
      strength: [],
      n1: [],
      n2: [],
      energy: [],
      phi0: [],
      g: [],
      entropyBits: [],
    } as Record<string, number[]>;
    const measured: Record<string, number> = { thresholdStrength: failing };
    for (const [k, w] of strengths.entries()) {
      const { couplings, solution } = realization(core, w);
      const { sites, energies, phi0 } = couplings;
      const labels = core.latticeCouplings({ radius, strength: w, theta0, method: 'dense' }).site!;
      for (const [i, site] of labels.entries()) {
        columns.strength.push(w);
        columns.n1.push(sites[2 * site]);
        columns.n2.push(sites[2 * site + 1]);
        columns.energy.push(energies[i]);
        columns.phi0.push(phi0[i]);
        columns.g.push(solution.g[i]);
        columns.entropyBits.push(solution.entropy[i] / Math.LN2);
      }
      measured[`etaTotOverLog2AtW${w}`] = solution.etaTot / Math.LN2;
      await progress(0.5 + (0.5 * (k + 1)) / strengths.length);
    }
    const printed = realization(core, strength).solution;
    const claim: Claim = {
      id: `map-${id}`,
      source: `Fig. ${id[0]}(${id[1]})`,
      statement: `W = ${strength}, R = ${radius}, θ₀ = ${theta0}, g₀ = ${g0}`,
      stated: fails ? 'the avalanche fails' : 'the avalanche takes the lattice',
      measured: `${printed.avalanche ? 'the avalanche takes the lattice' : 'the avalanche fails'}, η_tot = ${show(printed.etaTot / Math.LN2)} log 2; it fails from W = ${failing} on`,
      values: { etaTot: printed.etaTot, thresholdStrength: failing },
      agrees: printed.avalanche !== fails,
    };
    if (!claim.agrees) {
      claim.note = `With the parameters as printed (hopping 1, g₀ = ${g0}) the couplings are strong enough to thermalize all of the lattice; the picture that the paper shows appears at W = ${failing}, drawn beside it.`;
    }
    return { parameters: { radius, theta0, g0, strength, strengths }, columns, measured, claims: [claim] };
  }

  function plot({ columns, parameters }: FigureData, { document }: PlotOptions = {}): SVGElement {
    const table = columns as Record<string, number[]>;
    const { strengths } = parameters as { strengths: number[] };
    const sites = (w: number, value: (i: number) => number): Site[] =>
      Array.from(table.n1, (n1, i) => ({
        n1,
        n2: table.n2[i],
        value: value(i),
        w: table.strength[i],
      })).filter((site) => site.w === w);
    const coupling = mapPanel(
      sites(strengths[0], (i) => Math.log10(g0 * table.phi0[i])),
      0,
      {
        document,
        title: `bare coupling, W = ${strengths[0]}`,
        label: 'gₙ,₀',
        scheme: 'magma',
        domain: [-12, 0],
        ticks: [-12, -8, -4, 0],
        tickFormat: (e) => (e === -12 ? '≤ 10⁻¹²' : powerOfTen(10 ** e)),
      },
    );
    const entropies = strengths.flatMap((w, k) =>
      mapPanel(
        sites(w, (i) => table.entropyBits[i]),
        (k + 1) * MAP_WIDTH,
        {
          document,
          title: `entropy, W = ${w}`,
          label: '[Sₙ] / log 2',
          scheme: 'viridis',
          domain: [0, 1],
          ticks: [0, 0.25, 0.5, 0.75, 1],
          tickFormat: String,
        },
      ),
    );
    const width = (1 + strengths.length) * MAP_WIDTH;
    const subtitle = `quasiperiodic lattice, R = ${radius}, θ₀ = ${theta0}, g₀ = ${g0}; the grain couples at the circle`;
    return frame({ title, subtitle, width, height: MAP_TOTAL_HEIGHT }, [...coupling, ...entropies], document);
  }

  return { id, title, compute, plot };
}
