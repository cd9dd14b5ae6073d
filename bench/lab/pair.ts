// One process of a comparison of two builds: loads both from their folders, and times them in turn. Usage: pair.ts A B SIZES ROUNDS SEED; prints
// the samples as JSON. B is loaded first where the seed is odd.
import { pathToFileURL } from 'node:url';
import type { Core } from 'emft';
import { deviates } from '../../web/src/lab/statistics.js';
import { type Pair, TASKS } from './verdict.js';

/** Seconds of a sample, and of runs before the first. */
const [SAMPLE, WARM] = [0.006, 0.15];

const [folderA, folderB, sizes, rounds, seed] = process.argv.slice(2);

async function coreOf(folder: string): Promise<Core> {
  const { createCore } = (await import(
    pathToFileURL(`${folder}/dist/index.js`).href
  )) as typeof import('emft');
  return createCore();
}

const turned = Number(seed) % 2 === 1;
const [first, second] = turned ? [folderB, folderA] : [folderA, folderB];
const cores = [await coreOf(first), await coreOf(second)];
if (turned) cores.reverse();

function timed(run: () => unknown, count: number): number {
  const start = performance.now();
  for (let k = 0; k < count; ++k) run();
  return (performance.now() - start) / 1000 / count;
}

const random = deviates(Number(seed));
const pairs: Pair[] = [];
for (const n of sizes.split(',').map(Number)) {
  const a = cores[0].goe(n, { seed: 1, stream: n });
  for (const [what, options] of TASKS) {
    const runs = cores.map((core) => () => core.eigh(a, n, options));
    let one = 0;
    for (const run of runs) {
      const began = performance.now();
      while (performance.now() - began < 1000 * WARM) one = timed(run, 1);
    }
    const count = Math.max(1, Math.ceil(SAMPLE / one));
    const samples: [number[], number[]] = [[], []];
    for (let round = 0; round < Number(rounds); ++round) {
      const order = random() < 0.5 ? [0, 1] : [1, 0];
      for (const k of order) samples[k].push(timed(runs[k], count));
    }
    pairs.push({ n, what, a: samples[0], b: samples[1] });
  }
}
process.stdout.write(JSON.stringify(pairs));
