// Every command and flag with values that are wrong: exit status 2, one line on stderr that names the flag, nothing on
// stdout, and no file made, changed or left behind. A command without a valid call here fails the test.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Option } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProgram } from '../../../cli/src/commands/program.js';

const main = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));
let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-cli-fuzz-'));
  await writeFile(join(scratch, 'mine.npy'), 'mine');
  await writeFile(join(scratch, 'x.toml'), 'compute = "drh"\n[parameters]\ng10 = 0.5\nalpha = 0.6\nn = 3\n');
});
afterAll(() => rm(scratch, { recursive: true }));

/** Arguments and required options of each command. */
const valid: Record<string, string[]> = {
  reproduce: [],
  figure: ['1c'],
  eta: ['0.5'],
  solve: ['--g0', '0.5', '--alpha', '0.6', '-n', '3'],
  lattice: ['--radius', '2', '--strength', '30', '--theta0', '0.1'],
  hysteresis: ['--radius', '2', '--theta0', '0.1', '--from', '10', '--to', '20'],
  bottleneck: [],
  ed: ['--alpha', '0.5', '-n', '2', '--seed', '1'],
  eigh: ['mine.npy'],
  time: [],
  sweep: ['x.toml'],
  resume: ['.'],
  status: ['.'],
  collect: ['.', '-o', 'out.csv'],
  verify: [],
  element: ['.', '--chunks', '0'],
  explore: [],
};

const wrong = ['', 'nonsense', '1e999', '-1e300', '\n'];

const commands = createProgram().commands;
const cases = commands.flatMap((command) =>
  command.options
    .filter((option) => option.required && (option.parseArg || option.argChoices))
    .flatMap((option) =>
      wrong.map((value) => [command.name(), option.long ?? option.short!, value] as const),
    ),
);

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

function emft(args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], { cwd: scratch, timeout: 60_000 });
    const ended: Ended = { status: null, stdout: '', stderr: '' };
    child.stdout.on('data', (text) => (ended.stdout += text));
    child.stderr.on('data', (text) => (ended.stderr += text));
    child.on('error', reject).on('close', (status) => resolve({ ...ended, status }));
  });
}

/** Calls `body` for every item, as many at a time as there are cores. */
async function together<T>(items: readonly T[], body: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length) await body(items[next++]);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
}

async function refused(args: readonly string[], names: string): Promise<string[]> {
  const { status, stdout, stderr } = await emft(args);
  const said = `emft ${JSON.stringify(args)}: status ${status}, ${JSON.stringify(stderr.slice(0, 400))}`;
  const problems: string[] = [];
  if (status !== 2 || stdout !== '') problems.push('status or stdout');
  if (!/^emft: [^\n]+\n$/.test(stderr)) problems.push('not one line');
  if (!stderr.includes(names)) problems.push(`${names} is not named`);
  return problems.map((problem) => `${problem}: ${said}`);
}

test('every command has a valid call here', () => {
  expect(Object.keys(valid).sort()).toEqual(commands.map((command) => command.name()).sort());
});

test('a wrong value of a flag is told by the name of the flag, on one line, and nothing is touched', async () => {
  expect(cases.length).toBeGreaterThan(80);
  const problems: string[] = [];
  await together(cases, async ([command, flag, value]) => {
    problems.push(...(await refused([command, ...valid[command], `${flag}=${value}`], flag)));
  });
  expect(problems).toEqual([]);
  expect((await readdir(scratch)).sort()).toEqual(['mine.npy', 'x.toml']);
  expect(await readFile(join(scratch, 'mine.npy'), 'utf8')).toBe('mine');
}, 300_000);

test('unknown flags, missing values and surplus arguments', async () => {
  const problems: string[] = [];
  const takesValue = (option: Option) => option.required;
  const lists = commands.flatMap((command) => [
    { args: [command.name(), ...valid[command.name()], '--unheard-of'], names: '--unheard-of' },
    ...command.options
      .filter(takesValue)
      .slice(0, 2)
      .map((option) => ({
        args: [command.name(), ...valid[command.name()], option.long!],
        names: option.long!,
      })),
  ]);
  await together(lists, async ({ args, names }) => {
    problems.push(...(await refused(args, names)));
  });
  expect(problems).toEqual([]);
  expect((await readdir(scratch)).sort()).toEqual(['mine.npy', 'x.toml']);
}, 300_000);
