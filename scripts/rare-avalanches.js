// How rare are avalanches of random lattices at strong disorder? Prints a lower bound on f_aval for every W and R of [CC22]'s
// Fig. 5(b). Counting finds none where f_aval is far below one in the number of lattices; but a region of weaker disorder around
// the grain, the event E that |V_n − V_0| ≤ δ wherever |n| ≤ r, has the known probability
//   P(E) = (1 − δ/W) (δ/W)^k,   k = 2r(r + 1),
// because V is uniform on [−W, W], and f_aval ≥ P(E) P(avalanche | E), where the second factor is counted on lattices drawn
// within E. Its lower end is that of the 95 % interval of Clopper and Pearson. After `npm run -s build`:
//   node scripts/rare-avalanches.js [radii] [hopping] [least W]
import { clopperPearson } from '../cli/dist/paper/proportion.js';
import { geometricGrid } from '../cli/dist/sweeps/geometric.js';
import { checkModel } from '../dist/lattice/arguments.js';
import { couplingSteps } from '../dist/lattice/couplings.js';
import { latticeMeanField } from '../dist/lattice/meanfield.js';
import { placeLattice } from '../dist/lattice/model.js';
import { keyWords, uniforms } from '../dist/random/draw.js';
import { Runtime } from '../dist/wasm/runtime.js';
import { shipped } from '../dist/wasm/shipped.js';
import { atOnce } from '../dist/wasm/steps.js';

const radii = (process.argv[2] ?? '10,12,15,18,22').split(',').map(Number);
const hopping = Number(process.argv[3] ?? 0.41);
const least = Number(process.argv[4] ?? 0);
const SEED = 2022;
/** Stream of the phases, other than those of the library's. */
const STREAM = 11;
const MEAN_FIELD = { g0: 1, threshold: 0.5, grain: 'goe' };

/** Up to W/t = `ratio` the region that serves best: its radius, and δ/W. None where avalanches are frequent. */
const REGIONS = [
  { ratio: 130, r: 0, share: 1 },
  { ratio: 180, r: 2, share: 0.4 },
  { ratio: 250, r: 3, share: 0.4 },
  { ratio: 300, r: 3, share: 0.25 },
  { ratio: 420, r: 4, share: 0.25 },
  { ratio: Number.POSITIVE_INFINITY, r: 5, share: 0.25 },
];

const runtime = await Runtime.create(shipped, 'simd', undefined, 1, undefined);

/** The k-th lattice of E: phases of the region are drawn around V_0. */
function drawn(base, strength, { r, share }, k) {
  const { sites, n } = base;
  const words = keyWords(SEED, STREAM, k);
  const u = uniforms(runtime, words, n);
  const delta = r === 0 ? 0 : share * strength;
  const centre = (strength - delta) * (2 * u[(n - 1) / 2] - 1);
  const potential = Float64Array.from(u, (x, i) => {
    const distance = Math.abs(sites[2 * i]) + Math.abs(sites[2 * i + 1]);
    if (distance === 0) return centre;
    return distance <= r ? centre + delta * (2 * x - 1) : strength * (2 * x - 1);
  });
  return { ...base, potential };
}

/** Whether both bounds on η_tot say that the avalanche runs. */
function avalanches(lattice) {
  const couplings = atOnce(couplingSteps(runtime, lattice, { method: 'auto', relative: 1e-6 }));
  const { avalanche, certain } = atOnce(latticeMeanField(runtime, couplings, MEAN_FIELD));
  return avalanche && certain;
}

const lattices = (radius) => (radius <= 12 ? 80 : radius <= 22 ? 40 : radius <= 33 ? 24 : 12);

for (const radius of radii) {
  for (const strength of geometricGrid(2, 200, 24).filter((w) => w >= least)) {
    const region = REGIONS.find(({ ratio }) => strength / hopping <= ratio);
    const { r, share } = region;
    const base = placeLattice(
      runtime,
      checkModel('model', { radius, strength, hopping, random: true, seed: SEED }),
    );
    const count = lattices(radius);
    let hits = 0;
    for (let k = 0; k < count; ++k) if (avalanches(drawn(base, strength, region, k))) hits++;
    const [low] = clopperPearson(hits, count);
    const event = r === 0 ? 0 : Math.log10(1 - share) + 2 * r * (r + 1) * Math.log10(share);
    const bound = hits > 0 ? `f_aval >= 10^${(event + Math.log10(low)).toFixed(1)}` : 'unresolved';
    process.stdout.write(
      `R ${radius}, W ${strength.toFixed(1)}: ${hits} of ${count} in r = ${r}, delta = ${share} W: ${bound}\n`,
    );
  }
}
