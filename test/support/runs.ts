// Runs of experiments for tests: a scratch directory, files, the command line.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export { chainFile, cli, type Ended, emft, shardsOf } from './runs/commands.js';

/** A directory that is removed after the file's tests. */
export function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'emft-runs-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function writeExperiment(directory: string, name: string, text: string): string {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

export const read = (file: string): Buffer => readFileSync(file);
