// Do level statistics come out as those of random matrices? Prints the mean gap ratio of GOE, GUE and Poisson levels, and how far the
// connected form factor of the GOE is from 2τ − τ log(1 + 2τ) in its standard errors, at 50 times below the Heisenberg time.
// After `npm run -s build`:
//   node scripts/level-statistics.js [matrices] [order]
import { createCore } from '../dist/index.js';
import { gue } from './gue.js';

const matrices = Number(process.argv[2] ?? 1000);
const n = Number(process.argv[3] ?? 512);
const SEED = 2026;
/** Stream of the elements of GUE matrices, other than those of the library's. */
const STREAM = 12;
const values = { vectors: false };

const core = await createCore();

/** Mean and standard error. */
function meanOf(samples) {
  const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length;
  const square = samples.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return [mean, Math.sqrt(square / (samples.length * (samples.length - 1)))];
}

function spectrumOf(ensemble, index) {
  if (ensemble === 'goe') return core.eigh(core.goe(n, { seed: SEED, index, variance: 1 }), n, values).values;
  if (ensemble === 'gue')
    return core.eighComplex(gue(core, n, { seed: SEED, stream: STREAM, index }), n, values).values;
  return core.uniforms({ seed: SEED, stream: STREAM, index }, n).sort();
}

const levels = new Float64Array(n * matrices);
for (const ensemble of ['goe', 'gue', 'poisson']) {
  const ratios = Array.from({ length: matrices }, (_, index) => {
    const spectrum = spectrumOf(ensemble, index);
    if (ensemble === 'goe') levels.set(spectrum, n * index);
    return core.gapRatio(spectrum);
  });
  const [mean, error] = meanOf(ratios);
  console.log(`${ensemble}: <r> = ${mean.toFixed(5)} ± ${error.toFixed(5)}`);
}

const times = Float64Array.from({ length: 50 }, (_, i) => (i + 1) / 51);
const unfolded = core.unfold(levels, { method: 'ensemble', spectra: matrices });
const { connected, connectedErrors } = core.spectralFormFactor(unfolded, times, { spectra: matrices });
const reference = core.levelReference('goe', 'formFactor', times);
const away = Array.from(times, (_, t) => Math.abs(connected[t] - reference[t]) / connectedErrors[t]);
const typical = Math.sqrt(away.reduce((sum, x) => sum + x * x, 0) / away.length);
console.log(
  `form factor: off by ${typical.toFixed(2)} standard errors (root mean square), by ${Math.max(...away).toFixed(2)} at most`,
);
core.dispose();
