// Commands of emft that write into a directory, the one line that they refuse to with, and what may stand in their way.
import { execFileSync, spawn } from 'node:child_process';
import { lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect } from 'vitest';
import { cli, type Ended } from './runs.js';

/** The command of emft in the directory `dir`. */
export function emftIn(dir: string, args: readonly string[]): Promise<Ended> {
  return ended(spawn(process.execPath, [cli, ...args], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] }));
}

export function ended(child: ReturnType<typeof spawn>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout!.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr!.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject).on('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
}

/** A command line of bash in the directory `dir`. */
export function shellIn(dir: string, line: string): Promise<Ended> {
  return ended(spawn('bash', ['-c', line], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** A name that every command takes. */
export const name = 'out.csv';

/** One line, status 2, and the name in it. */
export function refused({ status, stdout, stderr }: Ended, reason: RegExp): void {
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^emft: [^\n]+\n$/);
  expect(stderr).toMatch(reason);
}

export const fingerprint = (path: string) => {
  const { dev, ino, mode, nlink, uid, gid, size, mtimeMs } = lstatSync(path);
  return { dev, ino, mode, nlink, uid, gid, size, mtimeMs };
};

const listening: ReturnType<typeof createServer>[] = [];

/** Closes the sockets that obstacles are. */
export function closeSockets(): void {
  for (const server of listening) server.close();
}

/** Makes something that is no file at a path. */
export const obstacles: Record<string, { make(path: string): void | Promise<void>; reason: RegExp }> = {
  'a FIFO': { make: (path) => void execFileSync('mkfifo', [path]), reason: /is a FIFO/ },
  'a directory': { make: (path) => mkdirSync(path), reason: /is a directory/ },
  'a socket': {
    make: async (path) => {
      const server = createServer();
      listening.push(server);
      await new Promise<void>((resolve) => server.listen(path, resolve));
    },
    reason: /is a socket/,
  },
  'a link to a device': { make: (path) => symlinkSync('/dev/null', path), reason: /is a device/ },
  'a link to a directory': { make: (path) => symlinkSync('.', path), reason: /is a directory/ },
  'a dangling link': { make: (path) => symlinkSync('nowhere', path), reason: /does not exist/ },
  'a loop of links': { make: (path) => symlinkSync(name, path), reason: /is a loop of links/ },
  'a file protected from writing': {
    make: (path) => writeFileSync(path, 'mine', { mode: 0o444 }),
    reason: /protected from writing/,
  },
};
