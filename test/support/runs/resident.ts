// The command in a process that stays: for what a call says and writes, not for how a process begins and ends.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { Ended } from './commands.js';

const script = fileURLToPath(new URL('resident.mjs', import.meta.url));

/** Calls of `emft …` in the directory `cwd`, one at a time, in one process that ends after the file's tests. */
export function residentCommand(): (args: readonly string[], cwd?: string) => Promise<Ended> {
  let child: ChildProcess | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let before = 'nothing';
  const dead = () => child !== undefined && (child.exitCode !== null || child.signalCode !== null);
  afterAll(async () => {
    const late = dead();
    child?.kill('SIGKILL');
    if (late) throw new Error(`the process ended after emft ${before}`);
  });

  async function call(args: readonly string[], cwd: string): Promise<Ended> {
    // An error that came late, which nothing waited for.
    if (dead()) throw new Error(`the process ended after emft ${before}`);
    if (!child) {
      child = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], cwd });
      const early = once(child, 'exit').then(([status, signal]) => {
        throw new Error(`the process ended with ${status ?? signal} before it was ready`);
      });
      await Promise.race([once(child, 'message'), early]);
    }
    const current = child;
    before = args.join(' ');
    return new Promise((resolve, reject) => {
      const died = (status: number | null, signal: string | null) =>
        reject(new Error(`emft ${args.join(' ')}: the process ended with ${status ?? signal}`));
      current.once('exit', died).once('message', (ended) => {
        current.off('exit', died);
        resolve({ signal: null, ...(ended as Omit<Ended, 'signal'>) });
      });
      current.send({ args, cwd });
    });
  }

  return (args, cwd = process.cwd()) => {
    const ended = last.then(() => call(args, cwd));
    last = ended.catch(() => {});
    return ended;
  };
}
