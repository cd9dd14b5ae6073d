// What the paper profile of Fig. 5 (a) and (b) takes: the cost of a lattice in each of its (R, W) cells, from a few
// realizations each, times the realizations. node scripts/estimate-figure5.js [radii] [seconds a cell], after a build.
import { readFileSync } from 'node:fs';
import { axisValues } from '../cli/dist/sweeps/axis.js';
import { parseExperiment } from '../cli/dist/sweeps/experiment.js';
import { lattice } from '../cli/dist/sweeps/kinds/lattice.js';
import { createCore } from '../dist/index.js';

const wanted = process.argv[2]?.split(',').map(Number);
const budget = 1000 * Number(process.argv[3] ?? 0.3);
/** Below, in a cell, no more realizations are worth measuring. */
const MOST = 12;

const core = await createCore();
let total = 0;
for (const name of ['figure-5a', 'figure-5b']) {
  const text = readFileSync(new URL(`../cli/examples/${name}.toml`, import.meta.url), 'utf8');
  const { experiment } = parseExperiment(text, name);
  for (const { axes, samples } of experiment.ensembles) {
    const values = Object.fromEntries(Object.entries(axes).map(([key, axis]) => [key, axisValues(axis)]));
    const [radius] = values.radius;
    if (wanted && !wanted.includes(radius)) continue;
    const costs = values.strength.map((strength) => {
      const parameters = {
        phases: values.phases[0],
        radius,
        strength,
        g0: 1,
        hopping: 1,
        threshold: values.threshold[0],
      };
      const start = performance.now();
      let done = 0;
      while (done < 2 || (done < MOST && performance.now() - start < budget)) {
        // Spread over the ensemble, so that no run of neighbours decides.
        lattice.compute(core, parameters, experiment.seed, Math.floor((done * samples) / MOST));
        ++done;
      }
      return (performance.now() - start) / done;
    });
    const seconds = (samples * costs.reduce((sum, c) => sum + c, 0)) / 1000;
    total += seconds;
    const part = (from, to) => costs.slice(from, to).reduce((sum, c) => sum + c, 0) / (to - from);
    console.log(
      `${name} R = ${radius}: ${samples} realizations at each of ${costs.length} W: ${seconds.toFixed(0)} s of one core; ` +
        `mean ms a lattice at W = 2 … 9, 11 … 20, 24 … 52, 63 … 200: ` +
        [part(0, 9), part(9, 13), part(13, 18), part(18, 25)].map((x) => x.toFixed(1)).join(', '),
    );
  }
}
console.log(`${total.toFixed(0)} s of one core, ${(total / 7200).toFixed(2)} h on two`);
