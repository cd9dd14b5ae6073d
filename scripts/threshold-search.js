// Which reading of [CC22] gives W_th = 45? Prints W_th of the quasiperiodic lattice for readings of the hopping, of the
// breakpoint of V and of the scale of g0, and the fraction of phase offsets that avalanche. After `npm run -s build`:
//   node scripts/threshold-search.js
// or W_th alone at radii and a hopping of your own, searched for as Fig. 5(a) does:
//   node scripts/threshold-search.js 8,12,16,22 0.41
import { avalancheThreshold } from '../cli/dist/sweeps/threshold.js';
import { createCore } from '../dist/index.js';

const core = await createCore();
const search = { from: 3, to: 2000, tolerance: 0.01, angles: 96 };
const line = (text) => process.stdout.write(`${text}\n`);

function threshold(options) {
  const { low, high, theta0 } = avalancheThreshold(core, { ...search, ...options });
  line(
    `${JSON.stringify(options)}: W_th in [${low.toFixed(1)}, ${high.toFixed(1)}], theta0 ${theta0.toFixed(3)}`,
  );
}

if (process.argv.length > 2) {
  const hopping = Number(process.argv[3] ?? 1);
  // Only W/t enters: brackets that begin alike end alike at every hopping.
  const own = { hopping, from: 60 * hopping, to: 200 * hopping, tolerance: 0.003 };
  for (const radius of process.argv[2].split(',').map(Number)) {
    const { low, high, theta0 } = avalancheThreshold(core, { ...search, ...own, radius });
    line(
      `R ${radius}, hopping ${hopping}: W_th in [${low.toFixed(2)}, ${high.toFixed(2)}], avalanche at theta0 ${theta0}`,
    );
  }
  core.dispose();
  process.exit();
}

for (const radius of [5, 8, 12]) threshold({ radius });
for (const g0 of [0.05, 0.09, 0.125, 0.25, 0.5, Math.SQRT1_2, 2]) threshold({ radius: 8, g0 });
for (const hopping of [0.25, 0.41, 0.5, 2]) threshold({ radius: 8, hopping });
for (const breakpoint of [0.1, 0.3, 1, Math.PI / 2, 2.4, Math.PI]) threshold({ radius: 8, breakpoint });
for (const g0 of [0.5, 0.6, Math.SQRT1_2]) threshold({ radius: 8, hopping: 0.5, g0 });

/** Least W at which some offset fails: the other end of the crossover that W_th closes. */
for (const [g0, hopping] of [
  [1, 1],
  [0.5, 1],
  [1, 0.5],
]) {
  const angles = 96;
  const fraction = (strength) => {
    let count = 0;
    for (let i = 0; i < angles; ++i) {
      const model = { radius: 8, strength, hopping, theta0: (2 * Math.PI * i) / angles };
      if (core.latticeVerdict(model, { g0 }).avalanche) ++count;
    }
    return count / angles;
  };
  const row = [];
  for (let strength = 20; strength <= 120; strength += 5)
    row.push(`${strength}: ${fraction(strength).toFixed(3)}`);
  line(`f_aval at g0 = ${g0}, hopping ${hopping}: ${row.join('  ')}`);
}
core.dispose();
