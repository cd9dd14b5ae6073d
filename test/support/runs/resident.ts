// The command, or modules, in a process that stays: for what is said and written, not for how a process begins and ends.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { Ended } from './commands.js';

const script = fileURLToPath(new URL('resident.mjs', import.meta.url));

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What is run: a call of the command, or the module in a file. */
type Work = { args: readonly string[] } | { module: string };

/** `kilobytes`: the most memory that the process has had so far. */
type Called = Ended & { kilobytes: number };

const nameOf = (work: Work) => ('args' in work ? `emft ${work.args.join(' ')}` : work.module);

/** One at a time, in one process that ends after the file's tests; `uid`: whose it is. */
function resident(uid?: number): (work: Work, cwd: string) => Promise<Called> {
  let child: ChildProcess | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let before = 'nothing';
  const dead = () => child !== undefined && (child.exitCode !== null || child.signalCode !== null);
  afterAll(async () => {
    const late = dead();
    child?.kill('SIGKILL');
    if (late) throw new Error(`the process ended after ${before}`);
  });

  async function call(work: Work, cwd: string): Promise<Called> {
    // An error that came late, which nothing waited for.
    if (dead()) throw new Error(`the process ended after ${before}`);
    if (!child) {
      child = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], cwd, uid, gid: uid });
      const early = once(child, 'exit').then(([status, signal]) => {
        throw new Error(`the process ended with ${status ?? signal} before it was ready`);
      });
      await Promise.race([once(child, 'message'), early]);
    }
    const current = child;
    before = nameOf(work);
    return new Promise((resolve, reject) => {
      const died = (status: number | null, signal: string | null) =>
        reject(new Error(`${nameOf(work)}: the process ended with ${status ?? signal}`));
      current.once('exit', died).once('message', (ended) => {
        current.off('exit', died);
        resolve({ signal: null, ...(ended as Omit<Called, 'signal'>) });
      });
      current.send({ ...work, cwd });
    });
  }

  return (work, cwd) => {
    const ended = last.then(() => call(work, cwd));
    last = ended.catch(() => {});
    return ended;
  };
}

/** Calls of `emft …` in the directory `cwd`, by the user `uid`. */
export function residentCommand(uid?: number): (args: readonly string[], cwd?: string) => Promise<Called> {
  const run = resident(uid);
  return (args, cwd = process.cwd()) => run({ args }, cwd);
}

/** Programs that import `emft` as its users do. */
export function residentModules(): (code: string) => Promise<Called> {
  const run = resident();
  const directory = mkdtempSync(join(tmpdir(), 'emft-modules-'));
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  afterAll(() => rmSync(directory, { recursive: true }));
  let count = 0;
  return (code) => {
    const module = join(directory, `${++count}.mjs`);
    writeFileSync(module, code);
    return run({ module }, root);
  };
}
