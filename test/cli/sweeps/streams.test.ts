// A sweep whose progress nobody can see any more goes on, and its exit status tells whether it was done.
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FileError } from '../../../cli/src/files/fileError.js';
import { collect } from '../../../cli/src/sweeps/collect.js';
import { TaskPool } from '../../../cli/src/sweeps/engines/local/pool.js';
import { parseExperiment } from '../../../cli/src/sweeps/experiment.js';
import { RunDirectory } from '../../../cli/src/sweeps/runDirectory.js';
import { statusOf } from '../../../cli/src/sweeps/status.js';
import { sweep } from '../../../cli/src/sweeps/sweep.js';
import { faultyFileSystem } from '../../support/faultyFileSystem.js';
import { residentCommand } from '../../support/runs/resident.js';
import { chainFile, cli, emft, scratch, shardsOf, writeExperiment } from '../../support/runs.js';
import { until } from '../../support/slurmCluster.js';

const dir = scratch();
const config = writeExperiment(dir, 'chains.toml', chainFile(60, 36));
/** For what computes nothing. */
const resident = residentCommand();
let counter = 0;
const fresh = () => join(dir, `run${counter++}`);
const present = (path: string) => (existsSync(join(path, 'shards')) ? shardsOf(path).length : 0);

/** `stdio` as `spawn` takes it; a pipe is closed at this end once three shards are there. */
function swept(path: string, stdout: 'pipe' | number, stderr: 'pipe' | number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, 'sweep', config, '-o', path, '--workers', '1'], {
      stdio: ['ignore', stdout, stderr],
    });
    const timer = setInterval(() => {
      if (present(path) < 3) return;
      clearInterval(timer);
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, 2);
    child.on('error', reject).on('exit', resolve);
  });
}

test.each<[string, 'pipe' | number, 'pipe' | number, number]>([
  ['stderr whose reader leaves', openSync('/dev/null', 'w'), 'pipe', 0],
  ['both whose readers leave', 'pipe', 'pipe', 0],
  ['a full stderr', openSync('/dev/null', 'w'), openSync('/dev/full', 'w'), 0],
  // The one line of output is lost, of which the status tells; the run is complete.
  ['a full stdout', openSync('/dev/full', 'w'), openSync('/dev/null', 'w'), 1],
])('with %s', async (_, stdout, stderr, expected) => {
  const path = fresh();
  expect(await swept(path, stdout, stderr)).toBe(expected);
  expect(present(path)).toBe(100);
  expect((await resident(['collect', path, '-o', `${path}.parquet`])).status).toBe(0);
});

/** A sweep in a terminal, which goes when three shards are there, after `atWork`; `shell` makes the command line. */
async function inTerminal(
  path: string,
  shell: (command: string) => string,
  atWork?: () => void,
): Promise<void> {
  const command = `'${process.execPath}' '${cli}' sweep '${config}' -o '${path}' --workers 1`;
  const terminal = spawn('script', ['-qec', shell(command), '/dev/null'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await until(() => present(path) > 3, 60, 'the sweep is at work');
  atWork?.();
  terminal.kill('SIGKILL');
}

test('whose terminal goes without a hangup is done', async () => {
  const path = fresh();
  const ending = join(dir, 'ending');
  // The shell is who hears of it.
  await inTerminal(path, (command) => `trap '' HUP; ${command}; echo $? > '${ending}'`);
  await until(() => existsSync(ending) && statSync(ending).size > 0, 60, 'the sweep has ended');
  expect(readFileSync(ending, 'utf8')).toBe('0\n');
  expect(present(path)).toBe(100);
});

test('that hears its terminal hang up stops as at Ctrl-C and keeps what it has', async () => {
  const path = fresh();
  const pid = join(dir, 'pid');
  // It is stopped until the terminal is gone, so that it cannot be done before: the hangup lets it go on (SIGCONT), too.
  await inTerminal(
    path,
    (command) => `echo $$ > '${pid}'; exec ${command}`,
    () => process.kill(Number(readFileSync(pid, 'utf8')), 'SIGSTOP'),
  );
  const log = () =>
    readdirSync(join(path, 'log')).map((name) => readFileSync(join(path, 'log', name), 'utf8'));
  await until(
    () => log().some((text) => /"event":"end","missing":[1-9]/.test(text)),
    60,
    'the sweep has ended',
  );
  const there = present(path);
  expect(there).toBeLessThan(100);
  expect(JSON.parse((await emft(['resume', path, '--json'])).stdout)).toMatchObject({
    computed: 100 - there,
    missing: 0,
  });
});

const file = parseExperiment(chainFile(6, 6), 'x');

test('whose directory is removed says so, and makes no other', async () => {
  const path = fresh();
  const run = await RunDirectory.create(path, file, 'local');
  const pool = new TaskPool({ workers: 1 });
  const removing = sweep(run, { pool, onProgress: () => rmSync(path, { recursive: true, force: true }) });
  await expect(removing).rejects.toThrow(FileError);
  await expect(removing).rejects.toThrow(/shards\/0000000.* cannot be written: it does not exist$/);
  await pool.close();
  expect(existsSync(path)).toBe(false);
  for (const command of [
    ['resume', path],
    ['status', path],
    ['collect', path, '-o', `${path}.csv`],
  ]) {
    const { status, stderr } = await resident(command);
    expect([status, stderr]).toEqual([
      2,
      `emft: ${path}: is not the directory of a run: it has no manifest.json\n`,
    ]);
  }
});

test('in a directory that became read-only can still be looked at and collected', async () => {
  const path = fresh();
  const run = await RunDirectory.create(path, file, 'local');
  const pool = new TaskPool({ workers: 1 });
  await sweep(run, { pool, chunks: [0, 1, 2] });
  const writing = ['mkdir', 'rename', 'link', 'unlink', 'appendFile'];
  const readOnly = faultyFileSystem((call) => (writing.includes(call) ? 'EROFS' : false));
  const opened = await RunDirectory.open(path, readOnly);
  expect(await statusOf(opened)).toMatchObject({ shards: { present: 3, total: 6 }, damaged: [] });
  expect(await collect(opened, `${path}.csv`, { allowGaps: true })).toMatchObject({ rows: 18, damaged: [] });
  const notices: string[] = [];
  const resumed = await RunDirectory.resume(path).then(() => RunDirectory.open(path, readOnly));
  const refused = sweep(resumed, { pool, onNotice: (text) => notices.push(text) });
  await expect(refused).rejects.toThrow(/shards\/.* cannot be written: the file system is read-only$/);
  // Once, however many lines there would be.
  expect(notices).toEqual([`${join(path, 'log')}: no log is kept: the file system is read-only`]);
  await pool.close();
});

test('finds directories, links and pipes where shards should be, keeps them, and says where', async () => {
  const path = fresh();
  const run = await RunDirectory.create(path, file, 'local');
  const pool = new TaskPool({ workers: 1 });
  await sweep(run, { pool });
  const names = shardsOf(path);
  const place = (i: number) => join(path, 'shards', names[i]);
  for (let i = 0; i < 5; ++i) rmSync(place(i));
  mkdirSync(place(0));
  writeFileSync(join(place(0), 'mine'), 'mine');
  symlinkSync('nowhere', place(1));
  symlinkSync(names[2], place(2));
  execFileSync('mkfifo', [place(3)]);
  symlinkSync('/dev/zero', place(4));
  const foreign = `00000099-${names[5].slice(9)}`;
  writeFileSync(join(path, 'shards', foreign), 'of another run');
  writeFileSync(join(path, 'shards', 'notes.txt'), 'mine');
  const reasons = [
    `shard ${names[0]} is a directory, not a file`,
    `shard ${names[1]} is a link to nothing`,
    `shard ${names[2]} is a loop of links`,
    `shard ${names[3]} is a device, a pipe or a socket, not a file`,
    `shard ${names[4]} is a device, a pipe or a socket, not a file`,
    `shard ${foreign} is of no chunk of this run`,
  ];
  const status = await resident(['status', path]);
  expect(status.status).toBe(0);
  expect(status.stdout).toContain('shards: 1 of 6\n');
  expect(status.stderr).toBe(reasons.map((reason) => `${reason}\n`).join(''));
  const refused = await resident(['collect', path, '-o', `${path}.csv`]);
  expect(refused.status).toBe(1);
  for (const reason of reasons) expect(refused.stderr).toContain(reason);
  const notices: string[] = [];
  expect(await sweep(run, { pool, onNotice: (text) => notices.push(text) })).toMatchObject({
    computed: 5,
    missing: 0,
  });
  const kept = readdirSync(join(path, 'quarantine')).sort();
  expect(notices.toSorted()).toEqual(
    reasons.map(
      (reason, i) => `${reason}; it is kept as quarantine/${kept[i]}${i < 5 ? '; computing it again' : ''}`,
    ),
  );
  expect(readFileSync(join(path, 'quarantine', kept[0], 'mine'), 'utf8')).toBe('mine');
  expect(lstatSync(join(path, 'quarantine', kept[3])).isFIFO()).toBe(true);
  expect(readFileSync(join(path, 'quarantine', kept[5]), 'utf8')).toBe('of another run');
  expect(shardsOf(path)).toEqual([...names, 'notes.txt'].sort());
  await pool.close();
});
