// The kills of kills.ts and the failing calls of failingCalls.ts, as many as one likes; see scripts/kill-matrix.js.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lehmer } from '../lehmer.js';
import { CALLS, CODES, failCalls } from './failingCalls.js';
import { killRuns } from './kills.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    calls: { type: 'string', default: CALLS.join() },
    codes: { type: 'string', default: CODES.join() },
  },
});
const directory = mkdtempSync(join(tmpdir(), 'emft-kills-'));
const problems: string[] = [];
const inside = (name: string) => {
  mkdirSync(join(directory, name));
  return join(directory, name);
};

if (Number(values.kills) > 0) {
  const deaths = await killRuns({
    directory: inside('kills'),
    kills: Number(values.kills),
    random: lehmer(Number(values.seed)),
    onDeath(so, kills) {
      if (kills % 50 === 0) console.log(`${kills} kills: ${JSON.stringify(so.moments)}`);
    },
  });
  const { signals, moments, workers, completed } = deaths;
  console.log(
    `seed ${values.seed}: killed by ${JSON.stringify(signals)} at ${JSON.stringify(moments)}, ${workers} workers died; ` +
      `${completed} runs completed to the same bytes`,
  );
  problems.push(...deaths.problems);
}

const calls = CALLS.filter((call) => values.calls.split(',').includes(call));
const codes = CODES.filter((code) => values.codes.split(',').includes(code));
if (calls.length > 0 && codes.length > 0) {
  const matrix = await failCalls({
    directory: inside('calls'),
    calls,
    codes,
    onCall: (call, code, { failed, problems }) =>
      console.log(`${call} with ${code}: ${failed} calls failed so far, ${problems.length} problems`),
  });
  const { failed, survived, byCall } = matrix;
  console.log(
    `${failed} calls failed (${JSON.stringify(byCall)}): ${survived} got over, the others told in a sentence`,
  );
  problems.push(...matrix.problems);
}

for (const problem of problems) console.log(problem);
console.log(`${problems.length} problems`);
if (problems.length === 0) rmSync(directory, { recursive: true });
else console.log(`kept: ${directory}`);
process.exitCode = problems.length === 0 ? 0 : 1;
