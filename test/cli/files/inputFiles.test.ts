// What the commands read: files, standard input and whatever else has a name. Each that cannot be used is named on one
// line with status 2, and what never ends is not read for ever.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allCommands } from '../../../cli/src/commands/program.js';
import { residentCommand } from '../../support/runs/resident.js';
import { cli, type Ended, scratch } from '../../support/runs.js';

const dir = scratch();
const matrix = '%%MatrixMarket matrix array real symmetric\n2 2\n1\n2\n1\n';
const sparse = '%%MatrixMarket matrix coordinate real symmetric\n3 3 3\n1 1 1\n2 2 2\n3 3 3\n';
const chain =
  'compute = "spins"\nparameters = { sites = 3 }\nmodel = { terms = [{ op = "zz", sites = "chain" }] }\n';
const experiment = 'compute = "drh"\n[parameters]\ng10 = 0.5\nalpha = 0.6\nn = 10\n';
const model = '{"grain": [[1, 0], [0, -1]], "fields": [0.8, 1.3], "couplings": [0.1, 0.05]}';

let runs = 0;
/** Commands that read a file, and what is right in it. */
const readers: Record<string, { args(path: string): string[]; good: string }> = {
  eigh: { args: (path) => ['eigh', path], good: matrix },
  eigsh: { args: (path) => ['eigsh', path, '--k', '1'], good: sparse },
  spins: { args: (path) => ['spins', path], good: chain },
  solve: { args: (path) => ['solve', '--couplings', path], good: '0.5\n0.3\n' },
  ed: { args: (path) => ['ed', '--model', path], good: model },
  sweep: { args: (path) => ['sweep', path, '-o', join(dir, `run-${++runs}`)], good: experiment },
  plot: {
    args: (path) => ['plot', path, '--x', 'a', '--y', 'b', '-o', join(dir, `picture-${++runs}`)],
    good: 'a,b\n1,2\n2,3\n',
  },
};
/** Commands that read directories or nothing. */
const others =
  'reproduce figure eta lattice hysteresis bottleneck time late resume status collect verify element explore';

const resident = residentCommand();
// The superuser may read everything: somebody else tries.
const nobody = residentCommand(process.getuid?.() === 0 ? 65534 : undefined);

interface Source {
  /** Given to standard input: text, a descriptor, or a command of the shell whose output it is. */
  stdin?: string | number;
  shell?: string;
}

/** Runs with at most 1 GiB for JavaScript, and tells on descriptor 3 how much memory was taken, in kilobytes. */
function emft(args: string[], { stdin, shell }: Source = {}): Promise<Ended & { kilobytes: number }> {
  return new Promise((resolve, reject) => {
    const node = [process.execPath, '--require', join(dir, 'report.cjs'), cli, ...args];
    const input = typeof stdin === 'number' ? stdin : ('pipe' as const);
    const stdio = [input, 'pipe', 'pipe', 'pipe'] as const;
    const quoted = node.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
    const child =
      shell === undefined
        ? spawn(node[0], node.slice(1), { cwd: dir, stdio: [...stdio] })
        : spawn('bash', ['-c', `set -o pipefail; { ${shell}; } 2>/dev/null | ${quoted}`], {
            cwd: dir,
            stdio: [...stdio],
          });
    const text = ['', '', '', ''];
    for (const k of [1, 2, 3]) {
      (child.stdio[k] as Readable).setEncoding('utf8').on('data', (piece) => {
        text[k] += piece;
      });
    }
    child.stdin?.on('error', () => {}).end(typeof stdin === 'string' ? stdin : '');
    child
      .on('error', reject)
      .on('close', (status, signal) =>
        resolve({ status, signal, stdout: text[1], stderr: text[2], kilobytes: Number(text[3]) }),
      );
  });
}

function refused({ status, stdout, stderr }: Ended, reason: RegExp): void {
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^emft: [^\n]+\n$/);
  expect(stderr).toMatch(reason);
  expect(stderr.length).toBeLessThan(500);
}

const server = createServer();
beforeAll(async () => {
  const report = `process.on('exit', () => require('fs').writeSync(3, String(process.resourceUsage().maxRSS)))`;
  writeFileSync(join(dir, 'report.cjs'), report);
  mkdirSync(join(dir, 'folder'));
  symlinkSync('nowhere', join(dir, 'dangling'));
  symlinkSync('loop', join(dir, 'loop'));
  await new Promise<void>((resolve) => server.listen(join(dir, 'socket'), resolve));
});
afterAll(() => {
  server.close();
});

test('every command that reads a file is here', async () => {
  const names = (await allCommands()).map(({ name }) => name);
  expect([...Object.keys(readers), ...others.split(' ')].sort()).toEqual(names.sort());
});

/** Of the ways in which all commands read alike, the first command has every one, the others each third. */
const some = <T>(ways: T[], command: string): T[] =>
  ways.filter((_, k) => command === 'eigh' || k % 3 === Object.keys(readers).indexOf(command) % 3);

describe.each(Object.entries(readers))('%s', (command, { args, good }) => {
  /** All read alike: what is slow to try is tried with one that reads a matrix and one that reads TOML. */
  const first = ['eigh', 'spins'].includes(command);
  const paths: [string, RegExp][] = [
    ['absent', /absent: does not exist/],
    ['folder', /folder: is a directory, expected a file/],
    ['report.cjs/x', /does not exist: a part of its path is not a directory/],
    ['dangling', /dangling: does not exist/],
    ['loop', /loop: is a loop of links/],
    ['socket', /socket: is a socket/],
    ['n'.repeat(300), /the name is too long/],
    ['', /expected the name of a file, got ''|expected/],
  ];
  test.each(paths)('refuses %s', async (path, reason) => {
    refused(await resident(args(path), dir), reason);
  });

  test('refuses a file that may not be read', async () => {
    const path = join(dir, 'secret.toml');
    writeFileSync(path, good);
    chmodSync(path, 0o000);
    chmodSync(dir, 0o777);
    refused(await nobody(args(path), dir), /secret\.toml: may not be read/);
    chmodSync(path, 0o600);
  });

  const devices = ['/dev/zero', '/dev/urandom'];
  test.each(command === 'eigh' ? devices : ['/dev/zero'])(
    '%s is refused, not read for ever',
    async (device) => {
      const ended = await resident(args(device), dir);
      refused(ended, new RegExp(`${device}: `));
      expect(ended.kilobytes).toBeLessThan(700_000);
    },
  );

  const endless = [
    ["yes ''", 'blank lines'],
    ['yes "# comment"', 'comments'],
    ['yes 0.5', 'numbers'],
    [`yes '['`, 'brackets'],
    [`yes | tr -d '\\n'`, 'one line'],
  ];
  test.each(some(endless, command))('a pipe that never ends is not read for ever: %s', async (shell) => {
    const ended = await emft(args('-'), { shell });
    refused(ended, /standard input/);
    expect(ended.kilobytes).toBeLessThan(900_000);
  });

  test('- is standard input, with a byte order mark too', async () => {
    expect((await emft(args('-'), { stdin: `\uFEFF${good}` })).status).toBe(0);
  });

  test('standard input that is empty', async () => {
    refused(await emft(args('-'), { stdin: '' }), /standard input|compute: expected one of/);
  });

  test.each([
    ['UTF-16', Buffer.from(`\uFEFF${good}`, 'utf16le'), /is text in UTF-16/],
    ['UTF-16, the other way round', Buffer.from(`\uFEFF${good}`, 'utf16le').swap16(), /is text in UTF-16/],
    ['UTF-16 without a mark', Buffer.from(good, 'utf16le'), /is text in UTF-16/],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x25, 0, 0, 0]), /is text in UTF-32/],
  ])('%s is named in the error', async (encoding, bytes, reason) => {
    const path = join(dir, `${encoding}.toml`);
    writeFileSync(path, bytes);
    refused(await resident(args(path), dir), reason);
  });

  if (!first) return;

  test('a FIFO is read to its end', async () => {
    const path = join(dir, `fifo-${args('x')[0]}`);
    execFileSync('mkfifo', [path]);
    const ended = emft(args(path));
    execFileSync('sh', ['-c', 'cat > "$0"', path], { input: good });
    expect((await ended).status).toBe(0);
  });

  test('- is standard input in pieces', async () => {
    const pieces = [...good].map((c) => `printf '%s' '${c}'`).slice(0, 12);
    const rest = good.slice(12).replaceAll("'", "'\\''");
    const shell = `${pieces.join('; ')}; printf '%s' '${rest}'`;
    expect((await emft(args('-'), { shell })).status).toBe(0);
  });

  test('standard input that is closed, a directory or a file', async () => {
    const at = (end: Ended) => refused(end, /standard input|compute: expected one of/);
    at(await emft(args('-'), { shell: 'exec true' }));
    refused(await emft(args('-'), { stdin: openSync(dir, 'r') }), /standard input: is a directory/);
    writeFileSync(join(dir, 'good'), good);
    expect((await emft(args('-'), { stdin: openSync(join(dir, 'good'), 'r') })).status).toBe(0);
    expect((await emft(args('/dev/stdin'), { stdin: openSync(join(dir, 'good'), 'r') })).status).toBe(0);
  });
});

describe('endless files with a good beginning', () => {
  test.each([
    ['of a coordinate matrix', `%%MatrixMarket matrix coordinate real symmetric\n2 2 3`, '1 1 1'],
    ['of an array', '%%MatrixMarket matrix array real general\n2 2', '1'],
    ['with comments before the size', '%%MatrixMarket matrix coordinate real symmetric', '% and so on'],
  ])('%s', async (_, head, line) => {
    const ended = await emft(['eigh', '-'], { shell: `echo '${head}'; exec yes '${line}'` });
    refused(ended, /standard input: (gives more than the \d+ bytes allowed|has no line with the size)/);
    expect(ended.kilobytes).toBeLessThan(300_000);
  });

  test('of .npy', async () => {
    const npy = readFileSync(new URL('../../fixtures/npy/c-order.npy', import.meta.url)).subarray(0, 128);
    writeFileSync(join(dir, 'head.npy'), npy);
    const ended = await emft(['eigh', '-'], { shell: 'cat head.npy /dev/zero' });
    refused(ended, /standard input: gives more than the \d+ bytes allowed/);
    expect(ended.kilobytes).toBeLessThan(200_000);
  });
});

test('files of /proc, whose size is said to be 0, are read', async () => {
  expect((await emft(['solve', '--couplings', '/proc/sys/kernel/pid_max', '--json'])).status).toBe(0);
  refused(await emft(['eigh', '/proc/self/status']), /begins with 'Name:/);
});

test('the error about a file that is longer than allowed has its length', async () => {
  const path = join(dir, 'sparse.toml');
  execFileSync('truncate', ['-s', '3G', path]);
  for (const { args } of Object.values(readers))
    refused(await resident(args(path), dir), /is 3221225472 bytes long, more than the \d+/);
});
