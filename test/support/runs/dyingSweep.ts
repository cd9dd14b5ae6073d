// Sweeps a run with workers that end at random (dyingKinds.mjs), for kills.ts; prints how many did.
import { TaskPool } from '../../../cli/src/sweeps/engines/local/pool.js';
import { RunDirectory } from '../../../cli/src/sweeps/runDirectory.js';
import { sweep } from '../../../cli/src/sweeps/sweep.js';

const [path, seed] = process.argv.slice(2);
process.env.EMFT_TEST_SEED = seed;
const run = await RunDirectory.resume(path);
const pool = new TaskPool({ workers: 2, kinds: new URL('dyingKinds.mjs', import.meta.url) });
let deaths = 0;
run.onNotice = (text) => process.stderr.write(`${text}\n`);
const { failures } = await sweep(run, { pool });
await pool.close();
const { readdirSync, readFileSync } = await import('node:fs');
for (const name of readdirSync(`${path}/log`)) {
  if (!name.includes(`-${process.pid}.`)) continue;
  const events = readFileSync(`${path}/log/${name}`, 'utf8').trim().split('\n');
  deaths += events.filter((line) => JSON.parse(line).event === 'isolate').length;
}
process.stdout.write(`${deaths + failures.length}`);
