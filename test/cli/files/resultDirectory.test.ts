// The directory of results: emft replaces what it wrote itself, and nothing else.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeFileAtomic } from '../../../cli/src/files/atomicFile.js';
import { nodeFileSystem } from '../../../cli/src/files/fileSystem.js';
import { ResultDirectory, seal } from '../../../cli/src/files/resultDirectory.js';
import { InputError } from '../../../src/wasm/errors.js';

let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-results-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(scratch, { recursive: true });
});

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
    const { sha256: _, ...said } = manifest;
    await writeFile(join(scratch, 'out', 'manifest.json'), JSON.stringify({ ...said, sha256: seal(said) }));
    await writeFile(join(scratch, 'out', 'a.csv'), held);
    await (await open()).write({ 'a.csv': '3' });
    expect(await content('a.csv')).toBe('3');
  },
);

test.each<[string, (text: string) => string]>([
  ['notes', (text) => text.replace('"finished"', '"notes": "mine", "finished"')],
  ['another version', (text) => text.replace('"version": "1"', '"version": "2"')],
  ['a key given twice', (text) => text.replace('"version"', '"version": "2", "version"')],
  [
    'notes, and no hash any more',
    (text) => text.replace(/,\s*"sha256": "[^"]*"\s*}\s*$/, ', "notes": "mine"}'),
  ],
])('a manifest in which somebody wrote %s is replaced by nobody unasked', async (_, edit) => {
  const directory = await open();
  await directory.write({ 'a.csv': '1' });
  const edited = edit(await content('manifest.json'));
  expect(edited).not.toBe(await content('manifest.json'));
  await writeFile(join(scratch, 'out', 'manifest.json'), edited);
  const reason = /manifest\.json: was changed since emft wrote it and is not overwritten/;
  await expect(open()).rejects.toThrow(reason);
  await expect(directory.write({ 'a.csv': '2' })).rejects.toThrow(reason);
  await expect(directory.finish({})).rejects.toThrow(reason);
  expect([await content('manifest.json'), await content('a.csv')]).toEqual([edited, '1']);
  // Asked to, the files it lists are still known.
  await (await open({ force: true })).write({ 'b.csv': '2' });
  expect(Object.keys(JSON.parse(await content('manifest.json')).files)).toEqual(['a.csv', 'b.csv']);
});

test('white space in a manifest is no change', async () => {
  await (await open()).write({ 'a.csv': '1' });
  const text = JSON.stringify(JSON.parse(await content('manifest.json')));
  await writeFile(join(scratch, 'out', 'manifest.json'), text);
  await (await open()).write({ 'a.csv': '2' });
  expect(await content('a.csv')).toBe('2');
});

test('a manifest that somebody writes while files are written stays', async () => {
  await (await open()).write({ 'a.csv': '1' });
  const edit = () => writeFile(join(scratch, 'out', 'manifest.json'), 'mine');
  const real = nodeFileSystem.open;
  vi.spyOn(nodeFileSystem, 'open').mockImplementation(async (path, flags, mode) => {
    if (path.includes('.manifest.json.')) await edit();
    return real(path, flags, mode);
  });
  await expect((await open()).write({ 'a.csv': '2' })).rejects.toThrow(
    /manifest\.json: was changed by another program/,
  );
  vi.restoreAllMocks();
  expect([await content('manifest.json'), await content('a.csv')]).toEqual(['mine', '1']);
});

test('each file keeps the provenance of who wrote it, whoever writes others later', async () => {
  const path = join(scratch, 'out');
  await (await ResultDirectory.open(path, { profile: 'paper' })).write({ 'a.csv': '1', 'b.csv': '1' });
  const later = await ResultDirectory.open(path, { profile: 'quick' });
  await later.write({ 'b.csv': '2', 'c.csv': '2' });
  await later.finish({ wallSeconds: 3 });
  const { files, facts } = JSON.parse(await content('manifest.json'));
  const profiles = Object.entries(files).map(([name, entry]) => [
    name,
    (entry as { provenance: unknown }).provenance,
  ]);
  expect(Object.fromEntries(profiles)).toEqual({
    'a.csv': { profile: 'paper' },
    'b.csv': { profile: 'quick' },
    'c.csv': { profile: 'quick' },
  });
  expect(facts).toEqual({ wallSeconds: 3 });
});

test('a directory of version 0.1.0 is gone on with', async () => {
  await mkdir(join(scratch, 'out'));
  await writeFile(join(scratch, 'out', 'a.csv'), '1');
  const { createHash } = await import('node:crypto');
  const files = { 'a.csv': { sha256: createHash('sha256').update('1').digest('hex') } };
  const manifest = { kind: 'emft results', finished: true, provenance: { version: '0.1.0' }, files };
  await writeFile(join(scratch, 'out', 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await (await open()).write({ 'a.csv': '2' });
  expect(await content('a.csv')).toBe('2');
});

test('a path through a file is bad input', async () => {
  await writeFile(join(scratch, 'out'), 'a file');
  await expect(open()).rejects.toThrow(InputError);
});

/** Runs `act` once, just before the system is asked to do `call` for the file of that name. */
function justBefore(call: 'link' | 'rename', name: string, act: () => Promise<void>): void {
  const real = nodeFileSystem[call];
  vi.spyOn(nodeFileSystem, call).mockImplementation(async (from, to) => {
    if (to === join(scratch, 'out', name)) {
      vi.mocked(nodeFileSystem[call]).mockRestore();
      await act();
    }
    return real(from, to);
  });
}

test('a file that somebody puts there after the last look stays, and later runs do not take it for their own', async () => {
  const theirs = () => writeFile(join(scratch, 'out', 'b.csv'), 'theirs');
  justBefore('link', 'b.csv', theirs);
  await expect((await open()).write({ 'a.csv': '1', 'b.csv': '1', 'c.csv': '1' })).rejects.toThrow(
    /b\.csv: exists already and is not overwritten unasked/,
  );
  expect(await content('a.csv')).toBe('1');
  expect(await content('b.csv')).toBe('theirs');
  await expect((await open()).write({ 'b.csv': '2' })).rejects.toThrow(/b\.csv: was not written by emft/);
  await (await open()).write({ 'a.csv': '2', 'c.csv': '2' });
  expect(await content('b.csv')).toBe('theirs');
});

test('a file that is edited while it is to be replaced stays, and later runs see that it was changed', async () => {
  await (await open()).write({ 'a.csv': '1', 'b.csv': '1' });
  const edit = () => writeFile(join(scratch, 'out', 'b.csv'), 'edited');
  const real = nodeFileSystem.open;
  vi.spyOn(nodeFileSystem, 'open').mockImplementation(async (path, flags, mode) => {
    if (path.includes('.b.csv.')) await edit();
    return real(path, flags, mode);
  });
  await expect((await open()).write({ 'a.csv': '2', 'b.csv': '2' })).rejects.toThrow(
    /b\.csv: was changed by another program/,
  );
  vi.restoreAllMocks();
  expect(await content('b.csv')).toBe('edited');
  await expect((await open()).write({ 'b.csv': '2' })).rejects.toThrow(/was changed since emft wrote it/);
});

test('a run with --force that fails does not make the files of others its own', async () => {
  await mkdir(join(scratch, 'out'));
  await writeFile(join(scratch, 'out', 'a.csv'), 'theirs');
  vi.spyOn(nodeFileSystem, 'rename').mockRejectedValue(
    Object.assign(new Error('EIO: i/o error, rename'), { code: 'EIO' }),
  );
  await expect((await open({ force: true })).write({ 'a.csv': '1' })).rejects.toThrow(
    /i\/o error|input\/output error/,
  );
  vi.restoreAllMocks();
  expect(await content('a.csv')).toBe('theirs');
  await expect((await open()).write({ 'a.csv': '1' })).rejects.toThrow(/was not written by emft/);
});

test('of directories opened at the same time each keeps what the other wrote', async () => {
  const [first, second] = [await open(), await open()];
  await first.write({ 'a.csv': '1' });
  await second.write({ 'b.csv': '1' });
  await first.write({ 'c.csv': '1' });
  await first.finish({});
  const { files, finished } = JSON.parse(await content('manifest.json'));
  expect([Object.keys(files).sort(), finished]).toEqual([['a.csv', 'b.csv', 'c.csv'], true]);
  await expect(second.write({ 'a.csv': '2' })).resolves.toHaveLength(1);
});

test.each([
  'null',
  '[]',
  '{"kind": "emft results"}',
  '{"kind": "emft results", "files": null}',
  '{"kind": "emft results", "files": {"a.csv": null}}',
  '\0',
  '',
])('a manifest that says %j is refused, or lists nothing', async (text) => {
  await mkdir(join(scratch, 'out'));
  await writeFile(join(scratch, 'out', 'manifest.json'), text);
  await writeFile(join(scratch, 'out', 'a.csv'), 'theirs');
  const attempt = (async () => (await open()).write({ 'a.csv': '1' }))();
  await expect(attempt).rejects.toThrow(InputError);
  expect(await content('a.csv')).toBe('theirs');
});

test('a directory that another process makes while it is looked for is no dangling link', async () => {
  const real = nodeFileSystem.stat;
  vi.spyOn(nodeFileSystem, 'stat').mockImplementation(async (path) => {
    const stats = await real(path).catch((error) => error);
    if (path === join(scratch, 'out')) await mkdir(path, { recursive: true });
    if (stats instanceof Error) throw stats;
    return stats;
  });
  await expect((await open()).write({ 'a.csv': '1' })).resolves.toHaveLength(1);
});
