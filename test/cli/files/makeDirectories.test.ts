// Directories are made one level at a time: what the system never makes is an error, not an endless loop.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeFileSystem } from '../../../cli/src/files/fileSystem.js';
import { makeDirectories } from '../../../cli/src/files/makeDirectories.js';
import { InputError } from '../../../src/wasm/errors.js';
import { faultyFileSystem } from '../../support/faultyFileSystem.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'emft-directories-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('every level that is missing is made, whatever the name looks like', async () => {
  for (const path of ['a', 'a/b/c', 'd/', 'e//f', 'g/../h/./i', '.']) {
    await makeDirectories(`${dir}/${path}`);
    expect(statSync(join(dir, path)).isDirectory(), path).toBe(true);
    await makeDirectories(`${dir}/${path}`);
  }
  expect(readdirSync(dir).sort()).toEqual(['a', 'd', 'e', 'g', 'h']);
});

test('a link to a directory is one', async () => {
  mkdirSync(join(dir, 'real'));
  symlinkSync('real', join(dir, 'link'));
  await makeDirectories(join(dir, 'link/below'));
  expect(readdirSync(join(dir, 'real'))).toEqual(['below']);
});

test('where the system answers ENOENT for ever one question is asked and the error names the place', async () => {
  const fs = faultyFileSystem((call) => call === 'mkdir' && 'ENOENT');
  await expect(makeDirectories(join(dir, 'a/b'), fs)).rejects.toThrow(
    new InputError(join(dir, 'a/b'), `cannot be made: ${dir} was removed, or admits no new directories`),
  );
  expect(fs.calls.mkdir).toBe(1);
});

test('files and links to nothing on the way are told as what they are', async () => {
  writeFileSync(join(dir, 'file'), '');
  symlinkSync('nowhere', join(dir, 'dangling'));
  await expect(makeDirectories(join(dir, 'file'))).rejects.toThrow(/^EEXIST/);
  await expect(makeDirectories(join(dir, 'file/below'))).rejects.toThrow(/^(EEXIST|ENOTDIR)/);
  await expect(makeDirectories(join(dir, 'dangling/below'))).rejects.toThrow(/^EEXIST/);
});

test('of many that make the same directories at once none fails', async () => {
  await Promise.all(Array.from({ length: 20 }, () => makeDirectories(join(dir, 'a/b/c/d'), nodeFileSystem)));
  expect(statSync(join(dir, 'a/b/c/d')).isDirectory()).toBe(true);
});
