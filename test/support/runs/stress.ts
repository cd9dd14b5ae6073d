// The concurrent work of concurrency.ts for as long as one likes; see scripts/stress-runs.js.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lehmer } from '../lehmer.js';
import { stress } from './concurrency.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    resumes: { type: 'string', default: '3' },
  },
});
const directory = mkdtempSync(join(tmpdir(), 'emft-stress-'));
const started = performance.now();
const { rounds, inner, processes, killed, problems } = await stress({
  directory,
  seconds: 60 * Number(values.minutes),
  random: lehmer(Number(values.seed)),
  resumes: Number(values.resumes),
  onRound(summary) {
    if (summary.rounds % 10 === 0)
      console.log(
        `${summary.rounds} rounds, ${summary.processes} processes, ${summary.problems.length} problems`,
      );
  },
});
for (const problem of problems) console.log(problem);
const minutes = ((performance.now() - started) / 60_000).toFixed(1);
console.log(
  `seed ${values.seed}: ${rounds} rounds of ${processes} processes and ${inner} within one in ${minutes} min, ${killed} processes killed, ${problems.length} problems`,
);
if (problems.length === 0) rmSync(directory, { recursive: true });
else console.log(`kept: ${directory}`);
process.exitCode = problems.length === 0 ? 0 : 1;
