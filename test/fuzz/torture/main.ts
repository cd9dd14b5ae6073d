// What scripts/torture.js runs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Case, readCase, toText } from './cases.js';
import { logText } from './log.js';
import { replay } from './replay.js';
import { nodeFlags, nodesToTest, torture } from './run.js';
import { decompositions } from './tally.js';

/** Set in a process that was started to replay a case. */
const REPLAYED = 'EMFT_TORTURE_REPLAY';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    rounds: { type: 'string' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    first: { type: 'string', default: '0' },
    jobs: { type: 'string', default: '2' },
    log: { type: 'string' },
    cases: { type: 'string', default: 'torture-cases' },
    replay: { type: 'string', multiple: true },
  },
});

function whole(name: 'minutes' | 'rounds' | 'seed' | 'first' | 'jobs', least: number): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const x = Number(text);
  if (Number.isFinite(x) && x >= least && (name === 'minutes' || Number.isSafeInteger(x))) return x;
  process.stderr.write(`--${name}: expected a number ≥ ${least}, got "${text}"\n`);
  process.exit(2);
}

async function replayAll(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const major = readCase(file).node.match(/\d+/)?.[0] ?? '';
    const binary = nodesToTest()[major];
    if (!process.env[REPLAYED] && binary && process.versions.node.split('.')[0] !== major) {
      // On the Node where it happened.
      const args = [...nodeFlags(major), fileURLToPath(import.meta.url), '--replay', file];
      const { status } = spawnSync(binary, args, {
        stdio: 'inherit',
        env: { ...process.env, [REPLAYED]: '1' },
      });
      if (status !== 0) process.exitCode = 1;
      continue;
    }
    const lines = await replay(file);
    console.log(`${file}: ${lines.length === 0 ? 'nothing is wrong now' : `${lines.length} times wrong`}`);
    for (const line of lines.slice(0, 10)) console.log(`  ${line}`);
    if (lines.length > 0) process.exitCode = 1;
  }
}

/** Under a name that is not taken: failures of another run stay. */
function write(failure: Case): string {
  mkdirSync(values.cases, { recursive: true });
  const stem = `${failure.what.replace(/[^a-z0-9]+/gi, '-')}-${failure.seed}-${failure.round}`;
  for (let k = 0; ; ++k) {
    const file = join(values.cases, `${stem}-${k}.json`);
    if (existsSync(file)) continue;
    writeFileSync(file, toText(failure), { flag: 'wx' });
    return file;
  }
}

async function run(): Promise<void> {
  const seed = whole('seed', 0)!;
  const first = whole('first', 0)!;
  const jobs = whole('jobs', 1)!;
  const minutes = whole('minutes', 0) ?? (values.rounds === undefined ? 10 : undefined);
  const rounds = whole('rounds', 1) ?? 2 ** 40;
  if (values.log && existsSync(values.log)) {
    process.stderr.write(`--log: ${values.log} is there already\n`);
    process.exit(2);
  }
  const started = performance.now();
  let told = started;
  const files: string[] = [];
  console.log(`seed ${seed}`);
  const result = await torture({
    seed,
    first,
    rounds,
    until: minutes === undefined ? undefined : Date.now() + 60_000 * minutes,
    jobs,
    onFailure(failure) {
      files.push(write(failure));
      console.log(`${failure.what}: ${failure.detail.slice(0, 200)}\n  ${files[files.length - 1]}`);
    },
    onRound(round, sum) {
      if (performance.now() - told < 15_000) return;
      told = performance.now();
      const failed = Object.values(sum.failures).reduce((s, x) => s + x, 0);
      console.log(
        `${((told - started) / 60_000).toFixed(1)} min: round ${round}, ${decompositions(sum)} decompositions, ` +
          `${sum.coldProcesses} cold processes, ${failed} failures`,
      );
    },
  });
  const text = logText(result, { seed, first, jobs, seconds: (performance.now() - started) / 1000, files });
  if (values.log) writeFileSync(values.log, text, { flag: 'wx' });
  console.log(text);
  if (result.errors.length > 0 || Object.keys(result.tally.failures).length > 0) process.exitCode = 1;
}

if (values.replay) await replayAll(values.replay);
else await run();
