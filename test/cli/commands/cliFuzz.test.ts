// Every command and flag with values that are wrong: exit status 2, one line on stderr that names the flag, nothing on
// stdout, and no file made, changed or left behind.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Option } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allCommands, createProgram } from '../../../cli/src/commands/program.js';
import { EXAMPLE_FILES, exampleOf, writeExampleFiles } from '../../support/commandCalls.js';
import { residentCommand } from '../../support/runs/resident.js';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-cli-fuzz-'));
  writeExampleFiles(scratch);
  await writeFile(join(scratch, 'mine.npy'), 'mine');
});
afterAll(() => rm(scratch, { recursive: true }));

const wrong = ['', 'nonsense', '1e999', '-1e300', '\n'];

const commands = createProgram(await allCommands()).commands;
const flags = commands.flatMap((command) =>
  command.options
    .filter((option) => option.required && (option.parseArg || option.argChoices))
    .map((option) => [command.name(), option.long ?? option.short!] as const),
);
const cases = flags.flatMap(([command, flag]) => wrong.map((value) => [command, flag, value] as const));
const emft = residentCommand();

async function refused(args: readonly string[], names: string): Promise<string[]> {
  const { status, stdout, stderr } = await emft(args, scratch);
  const said = `emft ${JSON.stringify(args)}: status ${status}, ${JSON.stringify(stderr.slice(0, 400))}`;
  const problems: string[] = [];
  if (status !== 2 || stdout !== '') problems.push('status or stdout');
  if (!/^emft: [^\n]+\n$/.test(stderr)) problems.push('not one line');
  if (!stderr.includes(names)) problems.push(`${names} is not named`);
  return problems.map((problem) => `${problem}: ${said}`);
}

test('a wrong value of a flag is told by the name of the flag, on one line, and nothing is touched', async () => {
  expect(cases.length).toBeGreaterThan(300);
  const problems: string[] = [];
  for (const [command, flag, value] of cases)
    problems.push(...(await refused([command, ...exampleOf(command), `${flag}=${value}`], flag)));
  expect(problems).toEqual([]);
  expect((await readdir(scratch)).sort()).toEqual([...EXAMPLE_FILES, 'mine.npy'].sort());
  expect(await readFile(join(scratch, 'mine.npy'), 'utf8')).toBe('mine');
}, 300_000);

test('unknown flags, missing values and surplus arguments', async () => {
  const problems: string[] = [];
  const takesValue = (option: Option) => option.required;
  const lists = commands.flatMap((command) => [
    { args: [command.name(), ...exampleOf(command.name()), '--unheard-of'], names: '--unheard-of' },
    ...command.options
      .filter(takesValue)

      .map((option) => ({
        args: [command.name(), ...exampleOf(command.name()), option.long!],
        names: option.long!,
      })),
  ]);
  for (const { args, names } of lists) problems.push(...(await refused(args, names)));
  expect(problems).toEqual([]);
  expect((await readdir(scratch)).sort()).toEqual([...EXAMPLE_FILES, 'mine.npy'].sort());
}, 300_000);
