import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InputError } from '../src/core/errors.js';
import { writeFileAtomic } from '../src/ensemble/atomicFile.js';
import { ResultDirectory } from '../src/ensemble/resultDirectory.js';

let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-results-'));
});
afterEach(() => rm(scratch, { recursive: true }));

const open = (options?: { force: boolean }) =>
  ResultDirectory.open(join(scratch, 'out'), { version: '1' }, options);
const content = (name: string) => readFile(join(scratch, 'out', name), 'utf8');

test('a new file is never put over an existing one', async () => {
  const file = join(scratch, 'a');
  await writeFileAtomic(file, 'one', { overwrite: false });
  await expect(writeFileAtomic(file, 'two', { overwrite: false })).rejects.toThrow(/exists already/);
  expect(await readFile(file, 'utf8')).toBe('one');
  await writeFileAtomic(file, 'two', { overwrite: true });
  expect(await readFile(file, 'utf8')).toBe('two');
  expect(await readdir(scratch)).toEqual(['a']);
});

test('of many writers of one new file exactly one succeeds, with its whole content', async () => {
  const file = join(scratch, 'race');
  const texts = Array.from({ length: 8 }, (_, i) => `${i}`.repeat(10_000));
  const results = await Promise.allSettled(texts.map((t) => writeFileAtomic(file, t, { overwrite: false })));
  const winners = results.flatMap((r, i) => (r.status === 'fulfilled' ? [i] : []));
  expect(winners).toHaveLength(1);
  expect(await readFile(file, 'utf8')).toBe(texts[winners[0]]);
  expect(await readdir(scratch)).toEqual(['race']);
});

test('a failed write leaves no temporary file', async () => {
  await mkdir(join(scratch, 'taken'));
  await expect(writeFileAtomic(join(scratch, 'taken'), 'x', { overwrite: true })).rejects.toThrow();
  expect(await readdir(scratch)).toEqual(['taken']);
});

test('a second run replaces what the first wrote', async () => {
  await (await open()).write({ 'a.csv': '1', 'b.csv': '1' });
  await (await open()).write({ 'a.csv': '2' });
  expect(await content('a.csv')).toBe('2');
  expect(await content('b.csv')).toBe('1');
  const manifest = JSON.parse(await content('manifest.json'));
  expect(Object.keys(manifest.files)).toEqual(['a.csv', 'b.csv']);
  expect(manifest.finished).toBe(false);
});

test("somebody else's files are refused by name, before anything is written", async () => {
  await mkdir(join(scratch, 'out'));
  await writeFile(join(scratch, 'out', 'b.csv'), 'mine');
  const directory = await open();
  await expect(directory.write({ 'a.csv': '1', 'b.csv': '1' })).rejects.toThrow(
    /b\.csv: was not written by emft/,
  );
  expect(await readdir(join(scratch, 'out'))).toEqual(['b.csv']);
  await (await open({ force: true })).write({ 'b.csv': '1' });
  expect(await content('b.csv')).toBe('1');
});

test('a file that was edited since is refused', async () => {
  await (await open()).write({ 'a.csv': '1' });
  await writeFile(join(scratch, 'out', 'a.csv'), 'edited');
  const directory = await open();
  await expect(directory.check(['a.csv'])).rejects.toThrow(InputError);
  await expect(directory.write({ 'a.csv': '2' })).rejects.toThrow(/was changed since emft wrote it/);
  expect(await content('a.csv')).toBe('edited');
});

test('a manifest of another program is refused', async () => {
  await mkdir(join(scratch, 'out'));
  await writeFile(join(scratch, 'out', 'manifest.json'), '{"files": {}}');
  await expect(open()).rejects.toThrow(/not a manifest of emft/);
});

test.each(['1', '2'])(
  'a run that stopped between manifest and rename can be repeated (file holds %s)',
  async (held) => {
    await (await open()).write({ 'a.csv': '1' });
    await (await open()).write({ 'a.csv': '2' });
    const manifest = JSON.parse(await content('manifest.json'));
    const { createHash } = await import('node:crypto');
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    manifest.files['a.csv'] = { sha256: hash('2'), previous: hash('1') };
    await writeFile(join(scratch, 'out', 'manifest.json'), JSON.stringify(manifest));
    await writeFile(join(scratch, 'out', 'a.csv'), held);
    await (await open()).write({ 'a.csv': '3' });
    expect(await content('a.csv')).toBe('3');
  },
);

test('a path through a file is bad input', async () => {
  await writeFile(join(scratch, 'out'), 'a file');
  await expect(open()).rejects.toThrow(InputError);
});
