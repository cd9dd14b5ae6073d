// What becomes of a command when its standard output, its standard error or its terminal breaks: the exit status stays
// that of the command, what goes elsewhere is whole, and what is said is one line.
import { spawn } from 'node:child_process';
import { existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandNames, exampleOf, writeExampleFiles } from '../../support/commandCalls.js';
import { chainFile, cli, emft, scratch, writeExperiment } from '../../support/runs.js';

const directory = scratch();
const full = openSync('/dev/full', 'w');
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const command = (...args: string[]) => [process.execPath, cli, ...args].map(quote).join(' ');

interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  stderr: string;
  stdout: string;
}

/** Runs a command line of bash; `pipefail` makes a pipe's status that of emft. */
function shell(line: string): Promise<Ended> {
  return ended(spawn('bash', ['-c', `set -o pipefail; ${line}`], { cwd: directory }));
}

function ended(child: ReturnType<typeof spawn>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject).on('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
}

/** With standard streams that are given as descriptors or as what `spawn` takes. */
const emftOn = (args: string[], stdout: 'pipe' | number, stderr: 'pipe' | number) =>
  ended(spawn(process.execPath, [cli, ...args], { cwd: directory, stdio: ['ignore', stdout, stderr] }));

/** Code that runs before the command line. */
const preloaded = (code: string) => `--import=data:text/javascript,${encodeURIComponent(code)}`;

const wrongBits = preloaded(`
  import { computations } from ${JSON.stringify(new URL('../../../cli/dist/verify/computations.js', import.meta.url))};
  for (const name of Object.keys(computations)) computations[name] = () => [Float64Array.of(1)];
`);

/** `reproduce` is `figure` many times; `explore` has a test of its own. */
const others = ['reproduce', 'explore'];
const fast = commandNames.filter((name) => !others.includes(name));

beforeAll(async () => {
  writeExampleFiles(directory);
  const experiment = join(directory, 'experiment.toml');
  expect((await emft(['sweep', experiment, '-o', join(directory, 'run')])).status).toBe(0);
});

let calls = 0;
/** The example; what it makes anew has a name of its own. */
function argumentsOf(name: string): string[] {
  ++calls;
  const renamed: Record<string, string> = { 'rows.csv': `rows-${calls}.csv`, picture: `picture-${calls}` };
  if (name === 'sweep') renamed.run = `run-${calls}`;
  return [name, ...exampleOf(name).map((word) => renamed[word] ?? word)];
}

const error = /^emft: [^\n]+\n$/;

/** Each way with every second command, and with the two quickest, one of which writes a file too. */
const inTurn = (way: number) =>
  fast.filter((name, k) => ['eta', 'collect'].includes(name) || k % 2 === way % 2);

describe.each(inTurn(0))('%s', (name) => {
  test('on a full disk fails on one line', async () => {
    const { status, stderr } = await emftOn(argumentsOf(name), full, 'pipe');
    expect(status).toBe(1);
    expect(stderr.split('\n').filter((line) => line.startsWith('emft: '))).toEqual([
      'emft: the output could not be written: the disk is full; make room',
    ]);
    expect(stderr).not.toMatch(/^\s+at |ENOSPC/m);
  });

  test('does its work with closed streams', async () => {
    expect((await shell(`${command(...argumentsOf(name))} <&- >&- 2>&-`)).status).toBe(0);
  });
});

describe.each(inTurn(1))('%s', (name) => {
  test('does its work with a standard error that takes nothing', async () => {
    const { status, stdout } = await emftOn(argumentsOf(name), 'pipe', full);
    expect(status).toBe(0);
    expect(stdout.length).toBeGreaterThan(0);
  });

  test('does its work without a reader', async () => {
    // The reader closes its end before the command can have written.
    const { status, stderr } = await shell(`${command(...argumentsOf(name))} | exec true`);
    expect(status).toBe(0);
    expect(stderr).not.toMatch(/emft: |EPIPE/);
  });
});

describe('exit status 1 of a wrong hash', () => {
  const line = `NODE_OPTIONS=${quote(wrongBits)} ${command('verify')}`;
  test.each([
    ['without a reader', `${line} | true`],
    ['with a reader of one line', `${line} | head -1 >/dev/null`],
    ['on a full disk', `${line} >/dev/full`],
    ['with closed output', `${line} >&-`],
  ])('survives %s', async (_, text) => {
    const { status, stderr } = await shell(text);
    expect(status).toBe(1);
    expect(stderr).toMatch(error);
    expect(stderr).toMatch(/not the published bits/);
  });

  test('survives a standard error that breaks while it is told', async () => {
    expect((await shell(`${line} 2>/dev/full >&2`)).status).toBe(1);
    expect((await shell(`${line} 2>&1 | true`)).status).toBe(1);
    expect((await shell(`${line} 2>&- >&-`)).status).toBe(1);
  });
});

test('exit status 2 of bad input survives streams that break', async () => {
  for (const redirection of ['2>/dev/full', '2>&- >&-', '2>&1 | true', '>/dev/full']) {
    expect((await shell(`${command('eta', 'x')} ${redirection}`)).status).toBe(2);
    expect((await shell(`${command('eta', '-1')} ${redirection}`)).status).toBe(2);
  }
});

test.each(['--help', '--version'])('%s on a full disk and without a reader', async (flag) => {
  expect(await shell(`${command(flag)} | true`)).toMatchObject({ status: 0, stderr: '' });
  const { status, stderr } = await shell(`${command(flag)} >/dev/full`);
  expect(status).toBe(1);
  expect(stderr).toMatch(error);
});

test('a reader of one line gets it, and is no failure', async () => {
  const { status, stdout, stderr } = await shell(
    `${command('solve', '--g0', '0.5', '--alpha', '0.6', '-n', '20000')} | head -1`,
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^ *n +g +entropy +czz\n$/);
});

test('a slow reader gets everything, also of a command that fails in the end', async () => {
  const n = 20_000;
  const args = ['solve', '--g0', '0.5', '--alpha', '0.6', '-n', `${n}`, '--json'];
  // Reads in small pieces through two more pipes.
  const { status, stdout } = await shell(
    `${command(...args)} | dd bs=512 2>/dev/null | dd bs=100 2>/dev/null`,
  );
  expect(status).toBe(0);
  expect(JSON.parse(stdout).g).toHaveLength(n);
  const { stdout: table, status: failed } = await shell(
    `NODE_OPTIONS=${quote(wrongBits)} ${command('verify')} | dd bs=7 2>/dev/null`,
  );
  expect(failed).toBe(1);
  expect(table).toMatch(/^ *computation +SHA-256/);
  expect(
    table
      .split('\n')
      .slice(1, -1)
      .every((line) => line.endsWith('DIFFERS')),
  ).toBe(true);
});

test('output that a file takes only in part is not a success', async () => {
  // The first write fits up to the limit, and says so only in what it returns.
  const { status, stderr } = await shell(
    `ulimit -f 1; ${command('solve', '--g0', '0.5', '--alpha', '0.6', '-n', '200', '--json')} >part.json`,
  );
  expect(status).toBe(1);
  expect(stderr).toMatch(error);
  expect(readFileSync(join(directory, 'part.json'))).toHaveLength(1024);
});

test('the files of a figure are written although nobody listens', async () => {
  for (const [name, redirection] of Object.entries({
    gone: '2>&1 | true',
    disk: '>/dev/full 2>&1',
    shut: '<&- >&- 2>&-',
  })) {
    await shell(`${command('figure', '3a', '-o', name)} ${redirection}`);
    expect(readdirSync(join(directory, name)).sort()).toEqual([
      'fig3a.csv',
      'fig3a.md',
      'fig3a.parquet',
      'fig3a.pdf',
      'fig3a.png',
      'fig3a.svg',
      'manifest.json',
    ]);
  }
});

test('an explorer whose address cannot be told ends', async () => {
  const { status, stderr } = await emftOn(['explore', '--port', '0'], full, 'pipe');
  expect(status).toBe(1);
  expect(stderr).toMatch(error);
});

describe('signals', () => {
  test('the end of a terminal means nothing to a sweep that has none', async () => {
    const experiment = writeExperiment(directory, 'hangup.toml', chainFile(20, 20));
    const run = join(directory, 'hangup');
    const { status } = await emft(['sweep', experiment, '-o', run], {
      onStart(child) {
        const send = () => {
          if (child.exitCode !== null) return;
          if (existsSync(join(run, 'manifest.json'))) child.kill('SIGHUP');
          else setTimeout(send, 5);
        };
        send();
      },
    });
    expect(status).toBe(0);
  });

  test('an interrupted command without files ends as one that was interrupted', async () => {
    const code = preloaded(`
      WebAssembly.compile = WebAssembly.instantiate = () => new Promise(() => {
        setInterval(() => {}, 1000);
        process.stderr.write('at work');
      });
    `);
    const child = spawn(process.execPath, [code, cli, 'eta', '1']);
    child.stderr.once('data', () => child.kill('SIGINT'));
    // Which shells show as 130.
    expect((await ended(child)).signal).toBe('SIGINT');
  });
});

describe('what should never happen', () => {
  test('an error that nothing waits for is one line and status 1', async () => {
    const code = preloaded(`
      process.on('newListener', (name) => {
        if (name === 'uncaughtException') setImmediate(() => { throw new Error('lost\\n  in a \\u001b[31mtimer'); });
      });
    `);
    const { status, stderr } = await shell(
      `NODE_OPTIONS=${quote(code)} ${command('explore', '--port', '0')}`,
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'emft: lost in a \\u001b[31mtimer\n' });
  });

  test('a promise that is never kept is no success', async () => {
    const code = preloaded('process.stdout.write = () => false;');
    const { status, stdout, stderr } = await shell(`NODE_OPTIONS=${quote(code)} ${command('eta', '1')}`);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe('emft: ended before its work was done\n');
  });
});
