// The tables of flags: what they allow is what is accepted, an error of the library names the flag whose value it is about,
// and the documents mention no flag that is not in them.
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from 'emft';
import { afterAll, describe, expect, test } from 'vitest';
import type { CommandTable } from '../../../cli/src/commands/command.js';
import { argumentOf, asTyped, called, checkValues, type Flag } from '../../../cli/src/commands/flags.js';
import { allCommands, createProgram } from '../../../cli/src/commands/program.js';
import { exampleOf } from '../../support/commandCalls.js';
import { blocks, pages } from '../../support/markdown.js';
import { residentCommand } from '../../support/runs/resident.js';

const scratch = mkdtempSync(join(tmpdir(), 'emft-flags-'));
afterAll(() => rmSync(scratch, { recursive: true }));

type Ended = { status: number | null; stdout: string; stderr: string };

const resident = residentCommand();
const emft = (...args: string[]) => resident(args, scratch);

function emftAt(script: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: scratch });
    const ended = { status: null as number | null, stdout: '', stderr: '' };
    child.stdout.on('data', (text) => (ended.stdout += text));
    child.stderr.on('data', (text) => (ended.stderr += text));
    child.on('error', reject).on('close', (status) => resolve({ ...ended, status }));
  });
}

const commands = await allCommands();
const tableOf = (name: string): CommandTable => commands.find((one) => one.name === name)!;

/** Numbers just outside of what a flag allows, each with what an error says is allowed. */
function outside({ allowed: { min, max, above } = {} }: Flag): [value: number, expected: string][] {
  const list: [number, string][] = [];
  // Far enough that large numbers change, too.
  if (min !== undefined) list.push([min - 1 - 1e-9 * Math.abs(min), `${min}`]);
  if (max !== undefined) list.push([max + 1 + 1e-9 * Math.abs(max), `${max}`]);
  if (above !== undefined) list.push([above, `> ${above}`]);
  return list;
}

const ranged = commands.flatMap(({ name, flags }) =>
  Object.values(flags).flatMap((flag) =>
    outside(flag).map(([value, expected]) => ({ name, flag: called(flag), value, expected })),
  ),
);

describe('a value outside of what a flag allows', () => {
  test('there are such values of many commands', () => {
    expect(new Set(ranged.map(({ name }) => name)).size).toBeGreaterThanOrEqual(8);
  });

  test.each(ranged)('$name $flag=$value', async ({ name, flag, value, expected }) => {
    const { status, stdout, stderr } = await emft(name, ...exampleOf(name), `${flag}=${value}`);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^emft: [^\n]+\n$/);
    expect(stderr.startsWith(`emft: ${flag}: expected a `)).toBe(true);
    expect(stderr).toContain(expected);
    expect(stderr.endsWith(`, got ${value}\n`)).toBe(true);
  });
});

describe.each(commands)('$name', (described) => {
  const table = { ...described.arguments, ...described.flags };

  test('has a range, or an argument of the library, for every number', () => {
    for (const flag of Object.values(table)) {
      if (!flag.parse || flag.choices) continue;
      expect(flag.allowed ?? flag.exceeds ?? flag.becomes, called(flag)).toBeDefined();
    }
  });

  test('names other flags of its own only', () => {
    for (const { exceeds, excludes = [], onlyWith } of Object.values(table)) {
      if (onlyWith) expect(table).toHaveProperty(onlyWith.flag);
      for (const other of exceeds ? [exceeds, ...excludes] : excludes) expect(table).toHaveProperty(other);
    }
    const { flags = [], unless } = described.requires ?? {};
    for (const other of unless ? [unless, ...flags] : flags) expect(table).toHaveProperty(other);
  });

  test('gives the flag for each argument of the library that a value becomes', () => {
    for (const flag of Object.values(table)) {
      for (const path of flag.becomes ?? []) {
        expect(asTyped(table, {}, new InputError(path, 'is wrong')).message).toBe(
          `${called(flag)}: is wrong`,
        );
      }
    }
  });

  test('refuses flags that do not go together, before anything is read', () => {
    const required = Object.keys(table).filter((key) => table[key].required);
    // Each exceeds the one before.
    const given = Object.fromEntries(required.map((key, i) => [key, i + 1]));
    for (const [key, flag] of Object.entries(table)) {
      for (const other of flag.excludes ?? []) {
        expect(() => checkValues(table, { ...given, [key]: 'x', [other]: 1 })).toThrow(
          new InputError(called(table[other]), `not together with ${called(flag)}`),
        );
      }
    }
  });
});

test('threads are a number or auto', async () => {
  const { parse } = tableOf('time').flags.threads;
  expect(parse!('auto', '--threads')).toBe('auto');
  expect(parse!('3', '--threads')).toBe(3);
  const expected = /^--threads: expected a whole number .* or auto, got "?Auto/;
  expect(() => parse!('Auto', '--threads')).toThrow(expected);
  const { status, stdout } = await emft('time', '-n', '8', '--threads', 'auto', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).not.toEqual([]);
});

test('each of several values is held to what is allowed', () => {
  const several = argumentOf({ ...tableOf('time').flags.n, usage: '<n...>' });
  expect(several.parseArg!('16', [8])).toEqual([8, 16]);
  expect(() => several.parseArg!('7', [8])).toThrow(/^n: expected a whole number ≥ 8 and ≤ \d+, got 7$/);
});

describe('what is wrong with a line is said in one way: the flag, what came, what is allowed', () => {
  const lattice = ['lattice', '--radius', '2', '--strength', '90'];
  const drawn = ['ed', '--alpha', '0.5', '--seed', '1', '-n'];
  test.each([
    [['lattice', '--radius', 'x'], '--radius: expected a whole number ≥ 1 and ≤ 120, got "x"'],
    [['lattice', '--strength', '1'], '--radius: missing: sites with |n1| + |n2| ≤ R'],
    [['lattice', '--radius'], '--radius: expected a value, got none: sites with |n1| + |n2| ≤ R'],
    [
      [...lattice, '--potential', 'flat'],
      `--potential: expected one of 'triangle', 'aubry-andre', got "flat"`,
    ],
    [[...lattice, '--q', '1'], '--q: expected two numbers separated by a comma, got "1"'],
    [['eta', 'x'], 'g: expected a finite number, got "x"'],
    [['eta'], 'g: missing: reduced couplings, ≥ 0'],
    [
      ['eta', '1', '--jsn'],
      '--jsn: no flag of emft eta, which has --grain, --json, --help; did you mean --json?',
    ],
    [['eta', '1', '--json=3'], '--json: takes no value, got "3"'],
    [['eigh', 'a', 'b'], 'b: one argument too many: emft eigh takes <file>'],
    // The library would speak of its own options.
    [[...lattice, '--seed', '-1'], '--seed: only with --random'],
    [[...lattice, '--random', '--theta0', '1'], '--random: not together with --theta0'],
    [
      [...lattice, '--theta0', '1', '--potential', 'aubry-andre', '--breakpoint', '1'],
      '--breakpoint: only with --potential triangle',
    ],
    [[...drawn, '2', '--method', 'options.method'], /^--method: expected one of .*, got "options.method"$/],
    [[...drawn, '2', '--method', 'filtered'], '--window: --method filtered needs a --window E,COUNT'],
    [
      [...drawn, '14'],
      /^--n, --grain-dimension: D = 131072 needs \d+ MiB .*: --method filtered with a --window/,
    ],
    [['figure', '3a', '--reading', 'reading'], '--reading: figure 3a has one reading alone, got reading'],
  ])('emft %s', async (args, expected) => {
    const { status, stdout, stderr } = await emft(...args);
    const [, said] = /^emft: ([^\n]+)\n$/.exec(stderr) ?? [];
    if (typeof expected === 'string') expect(said).toBe(expected);
    else expect(said).toMatch(expected);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  test('a command that does not exist', async () => {
    const { status, stderr } = await emft('figur', '3a');
    expect(stderr).toMatch(
      /^emft: figur: expected one of reproduce, figure, .*, help; did you mean figure\?\n$/,
    );
    expect(status).toBe(2);
  });
});

test('an argument in an argument is named after the flag, and names of files stay as they are', () => {
  const { flags } = tableOf('ed');
  const typed = (error: InputError, values = {}) => asTyped(flags, values, error).message;
  expect(typed(new InputError(['window', 'count'], 'expected at most D = 32, got 99'))).toBe(
    '--window (count): expected at most D = 32, got 99',
  );
  expect(typed(new InputError(['options', 'seed'], 'is wrong'))).toBe('--seed: is wrong');
  expect(typed(new InputError('options.seed', 'does not exist'))).toBe('options.seed: does not exist');
  expect(typed(new InputError('file', 'does not exist'), { model: 'file' })).toBe('file: does not exist');
  expect(typed(new InputError(['options', 'unheard'], 'is wrong'))).toBe('options.unheard: is wrong');
});

test('a place where nothing can be made is found before anything is computed', async () => {
  // The right to write there is granted to root.
  const { status, stderr } = await emft('figure', '3a', '-o', '/proc/figures');
  expect(stderr).toBe('emft: /proc/figures: cannot be written: /proc admits no new files\n');
  expect(status).toBe(2);
});

describe('beside a library of another version, or none, one line says what to install', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../../cli/package.json', import.meta.url), 'utf8'));
  const home = join(scratch, 'node_modules/emft-cli');
  const cli = (file: string) => fileURLToPath(new URL(`../../../cli/${file}`, import.meta.url));
  mkdirSync(join(home, 'dist'), { recursive: true });
  for (const file of ['package.json', 'dist/main.js', 'dist/library.js']) {
    copyFileSync(cli(file), join(home, file));
  }
  const needs = `emft: emft-cli ${version} needs the package emft ${version}`;
  const install = `install them together: npm install emft-cli@${version} emft@${version}\n`;

  test('none', async () => {
    expect(await emftAt(join(home, 'dist/main.js'), 'eta', '1')).toEqual({
      status: 1,
      stdout: '',
      stderr: `${needs}, which is not there; ${install}`,
    });
  });

  test('another', async () => {
    const other = join(scratch, 'node_modules/emft');
    mkdirSync(other);
    writeFileSync(join(other, 'package.json'), '{ "name": "emft", "version": "99.0.0" }');
    const { status, stderr } = await emftAt(join(home, 'dist/main.js'), 'eta', '1');
    expect(stderr).toBe(`${needs}, found 99.0.0 in ${realpathSync(other)}; ${install}`);
    expect(status).toBe(1);
  });
});

test('an error of a worker names its flag', async () => {
  const model = ['ed', '--alpha', '0.5', '-n', '2', '--seed', '1', '--samples', '2', '--threads', '2'];
  // After the line of progress that says how long it took.
  expect((await emft(...model, '--window', '0,99')).stderr).toMatch(
    /\nemft: --window \(count\): expected at most D = 32, got 99\n$/,
  );
  expect((await emft(...model, '--grain-dimension', '6')).stderr).toBe(
    'emft: --grain-dimension: expected a power of two ≥ 2, got 6\n',
  );
});

test('a model that is wrong is wrong in its file, also one that is called like an argument', async () => {
  writeFileSync(join(scratch, 'options'), '{ "grain": [[1, 0], [0, 1]], "fields": [0], "couplings": [] }');
  const { status, stderr } = await emft('ed', '--model', 'options');
  expect(stderr).toBe("emft: options: couplings: expected 1 elements, one for each of 'fields', got 0\n");
  expect(status).toBe(2);
});

describe('the documents mention only flags that exist', async () => {
  const all = await pages();
  const help = ['--help', '--version'];
  const known = new Map(
    createProgram(commands).commands.map((command) => [
      command.name(),
      [...help, ...command.options.flatMap(({ long, short }) => [long, short])],
    ]),
  );
  /** Lines of code, in blocks and in sentences, that run a command. */
  const mentions = all.flatMap((page) => [
    ...[...page.text.matchAll(/`(?:npx )?emft(?:-cli)? ([a-z]+)([^`\n]*)`/g)],
    ...blocks(page).flatMap(({ code }) => [...code.matchAll(/^.*emft(?:-cli)?(?: --)? ([a-z]+)(.*)$/gm)]),
  ]);
  const typed = mentions
    .map(([line, name, flags]) => ({ line, name, flags: flags.replace(/\s#.*/, '') }))
    .filter(({ name }) => known.has(name));

  test('and many of them', () => {
    expect(typed.filter(({ flags }) => flags.includes(' -')).length).toBeGreaterThan(20);
  });

  test.each(typed)('$line', ({ name, flags }) => {
    for (const [, flag] of flags.matchAll(/(?<=^|\s|\[)(--?[a-zA-Z][\w-]*)/g)) {
      expect(known.get(name), flag).toContain(flag);
    }
  });
});
