// A manifest says what a run's numbers are. Whatever happens to the file, it is either refused, with a reason, or says
// the same as before; and one that comes from somebody else can ask for nothing that an experiment file cannot.
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { computeChunk } from '../../../cli/src/sweeps/chunk.js';
import { collect } from '../../../cli/src/sweeps/collect.js';
import { parseExperiment } from '../../../cli/src/sweeps/experiment.js';
import { describeRun, identityOf, type Manifest, seal, serialize } from '../../../cli/src/sweeps/manifest.js';
import { RunDirectory } from '../../../cli/src/sweeps/runDirectory.js';
import { createCore } from '../../../src/index.js';
import { lehmer } from '../../support/lehmer.js';
import { edit, file, manifest, parse, refusal } from '../../support/runs/manifests.js';
import { chainFile, emft, scratch, writeExperiment } from '../../support/runs.js';

const dir = scratch();
const text = serialize(manifest);
const withoutRun = ({ run: _, ...rest }: Manifest) => rest;

/** Every place in a JSON value, with a function that puts something else there. */
function* places(value: unknown, path: string[] = []): Generator<string[]> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) yield* places(item, [...path, key]);
}

function changed(value: unknown): unknown[] {
  if (typeof value === 'number') return [value + 1, -value, value / 2, Number.MAX_VALUE, String(value), null];
  if (typeof value === 'string') return [`${value}x`, value.slice(1), '', 0, null, [value]];
  if (Array.isArray(value)) return [[], [...value, value[0]], value.slice(1), {}, null];
  if (value === null) return [0, '', 'x'];
  return [
    {},
    [],
    null,
    { ...(value as object), extra: 1 },
    JSON.parse(JSON.stringify(value).replace('{', '{"__proto__":1,')),
  ];
}

function at(root: unknown, path: string[]): unknown {
  return path.reduce((value, key) => (value as Record<string, unknown>)[key], root);
}

function replaced(root: unknown, path: string[], value: unknown): unknown {
  if (path.length === 0) return value;
  const copy = structuredClone(root);
  (at(copy, path.slice(0, -1)) as Record<string, unknown>)[path.at(-1)!] = value;
  return copy;
}

describe('a manifest', () => {
  test('reads back as it was written, with any white space', () => {
    expect(parse(text)).toEqual(manifest);
    expect(parse(JSON.stringify(manifest, null, '\t\r\n '))).toEqual(manifest);
  });

  test('edited at random 10 000 times: refused, or the same but for how the run is carried out', () => {
    const random = lehmer(12);
    let accepted = 0;
    for (let i = 0; i < 10_000; ++i) {
      const edited = edit(text, random);
      if (refusal(edited) !== undefined) continue;
      accepted++;
      expect(withoutRun(parse(edited))).toStrictEqual(withoutRun(manifest));
    }
    // White space between values, mostly.
    expect(accepted).toBeGreaterThan(100);
    expect(accepted).toBeLessThan(3000);
  });

  test('with anything else at any place, or something missing there, is refused, but for `run`', () => {
    let refusals = 0;
    for (const path of places(manifest)) {
      const before = at(manifest, path);
      const values = path.length === 0 ? changed(before) : [...changed(before), undefined];
      for (const value of values) {
        const edited = JSON.stringify(replaced(manifest, path, value)) ?? '';
        if (edited === JSON.stringify(manifest)) continue;
        if (refusal(edited) !== undefined) refusals++;
        else expect(path[0], `${path.join('.')}: ${JSON.stringify(value)}`).toBe('run');
      }
    }
    expect(refusals).toBeGreaterThan(500);
  });

  test('whose hashes fit a unit, type, number of tasks or version that it should not have is refused all the same', () => {
    const forged = (change: (m: Manifest) => void) => {
      const copy = structuredClone(manifest);
      change(copy);
      copy.identity = identityOf(copy, copy, copy.provenance);
      copy.sha256 = seal(copy);
      return refusal(serialize(copy));
    };
    expect(forged(() => {})).toBeUndefined();
    expect(forged((m) => (m.columns[0].unit = 'log 2'))).toMatch(/columns: .*expected .*"unit":"nat"/);
    expect(forged((m) => (m.columns[0].type = 'integer'))).toMatch(/columns: .*expected .*"double"/);
    expect(forged((m) => m.columns.reverse())).toMatch(/columns: /);
    expect(forged((m) => (m.parameters[0].name = 'n'))).toMatch(/parameters: /);
    expect(forged((m) => (m.tasks = 8))).toMatch(/tasks: .*expected 9/);
    expect(forged((m) => m.chunkSizes.push(2))).toMatch(/chunkSizes: .*one for each ensemble/);
    expect(forged((m) => (m.chunkSizes[0] = 1e-9))).toMatch(/chunkSizes/);
    expect(forged((m) => (m.experiment.ensembles[0].axes.g10 = [-1]))).toMatch(/g10: expected .*≥ 0, got -1/);
    expect(forged((m) => (m.experiment.compute = '__proto__'))).toMatch(/compute: expected one of/);
    // What only a signature could tell: another version that describes the same columns, of which no shard is.
    expect(forged((m) => (m.provenance.version = '9'))).toBeUndefined();
  });

  test('of a version whose lattices had fewer parameters says how the run can be finished; an edit does not', () => {
    const now = describeRun(
      parseExperiment('compute = "lattice"\n[parameters]\nradius = 5\nstrength = 90\ntheta0 = 1', 'x'),
      'local',
    );
    const before = structuredClone(now);
    before.parameters = before.parameters.filter(({ name }) => name !== 'potential');
    before.experiment.ensembles = before.experiment.ensembles.map(
      ({ axes: { potential, ...axes }, ...rest }) => {
        expect(potential).toEqual(['triangle']);
        return { ...rest, axes };
      },
    );
    expect(refusal(serialize(before))).toMatch(/was edited or is damaged, or comes from another version/);
    before.provenance = { ...before.provenance, version: '0.1.0', revision: 'abc' };
    before.identity = identityOf(before, before, before.provenance);
    before.sha256 = seal(before);
    const reason = refusal(serialize(before));
    expect(reason).toMatch(/its experiment is read otherwise here; another version of emft wrote it/);
    expect(reason).toMatch(
      /finish and collect the run with the version that began it \(0\.1\.0, revision abc\)/,
    );
    expect(reason).toMatch(/or compute it anew in another directory/);
    expect(reason).not.toMatch(/damaged/);
  });

  test('in which a key is given twice, of which readers may take either, is refused', () => {
    const text = serialize(manifest);
    for (const [key, other] of [
      ['title', '"another"'],
      ['seed', '7'],
      ['unit', '"log 2"'],
      ['workers', '2'],
    ]) {
      const edited = text.replace(`"${key}": `, `"${key}": ${other}, "${key}": `);
      expect(edited, key).not.toBe(text);
      expect(refusal(edited), key).toMatch(/a key is given twice/);
      expect(JSON.parse(edited)[key]).toEqual(JSON.parse(text)[key]);
    }
  });

  test('has no number that is used otherwise than it is hashed', () => {
    const zero = parseExperiment(
      'compute = "drh"\nseed = -0\n[parameters]\ng10 = -0.0\nalpha = 0.5\nn = 3',
      'x',
    );
    expect(Object.is(zero.experiment.seed, 0)).toBe(true);
    expect(Object.is((zero.experiment.ensembles[0].axes.g10 as number[])[0], 0)).toBe(true);
    const written = serialize(describeRun(zero, 'local'));
    for (const edited of [
      written.replace('"seed": 0', '"seed": -0'),
      written.replace(/"g10": \[\s+0\s+\]/, '"g10": [-0.0e5]'),
    ]) {
      expect(edited).not.toBe(written);
      const { experiment } = parse(edited);
      expect(experiment).toStrictEqual(zero.experiment);
    }
    for (const seeds of ['"seed": 1, "seed": 0', '"seed": 0, "seed": 1']) {
      expect(refusal(text.replace('"seed": 0', seeds))).toMatch(/a key is given twice/);
    }
  });

  test('of an earlier or later version is refused with what to do', () => {
    const old = { ...manifest, format: 1 };
    expect(refusal(JSON.stringify(old))).toMatch(
      /has format 1, of an earlier version of emft: finish and collect the run with the version that began it \(.*revision.*\), or compute it anew/,
    );
    expect(refusal(JSON.stringify({ ...manifest, format: 3 }))).toMatch(
      /format 3, which this version .* reads format 2/,
    );
    for (const [edited, reason] of [
      ['', /not JSON/],
      ['['.repeat(1e6), /not JSON/],
      [`${'['.repeat(1e5)}${']'.repeat(1e5)}`, /nested too deeply|not the manifest/],
      ['null', /not the manifest of a run/],
      ['{"kind":"emft results"}', /not the manifest of a run/],
      ['{"kind":"emft run","format":{"a":1}}', /has format \{"a":1\}/],
    ] as const) {
      expect(refusal(edited)).toMatch(reason);
    }
  });

  test('that is no regular file, or larger than any, is named', async () => {
    const cases: [string, (path: string) => void, RegExp][] = [
      ['directory', (path) => mkdirSync(path), /manifest\.json: is not a regular file/],
      ['device', (path) => symlinkSync('/dev/zero', path), /manifest\.json: is not a regular file/],
      ['dangling', (path) => symlinkSync('nowhere', path), /has no manifest\.json/],
      [
        'loop',
        (path) => symlinkSync('manifest.json', path),
        /manifest\.json: cannot be read: it is a loop of links/,
      ],
    ];
    for (const [name, make, reason] of cases) {
      const path = join(dir, name);
      mkdirSync(path);
      make(join(path, 'manifest.json'));
      await expect(RunDirectory.open(path)).rejects.toThrow(reason);
    }
  });

  test('may have other settings of the run, with the same collected bytes', async () => {
    const path = join(dir, 'settings');
    const run = await RunDirectory.create(path, file, 'local');
    const core = await createCore();
    for (const [i, { from, to }] of run.chunks.entries()) {
      await run.writeShard(
        i,
        await computeChunk(core, { experiment: file.experiment, from, to, retries: 0 }),
        undefined,
      );
    }
    core.dispose();
    await collect(run, `${path}.parquet`);
    const { run: settings } = run.manifest;
    const other = {
      chunk: null,
      retries: 7,
      workers: 3,
      slurm: { ...settings.slurm, time: '9:00:00', memory: '9G' },
    };
    writeFileSync(join(path, 'manifest.json'), serialize({ ...run.manifest, run: other }));
    const again = await RunDirectory.resume(path);
    expect(again.manifest.run).toEqual(other);
    await collect(again, `${path}-again.parquet`);
    expect(readFileSync(`${path}-again.parquet`).equals(readFileSync(`${path}.parquet`))).toBe(true);
  });
});

test('titles, names and errors cannot reach into the terminal', async () => {
  const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e';
  const title = JSON.stringify(evil).replaceAll('\u009b', '\\u009b').replaceAll('\u202e', '\\u202e');
  const config = writeExperiment(dir, 'evil.toml', chainFile(2, 4).replace('"chains"', title));
  const path = join(dir, `run ${evil}`);
  const outputs = [];
  outputs.push(await emft(['sweep', config, '-o', path, '--workers', '1']));
  outputs.push(await emft(['status', path]));
  outputs.push(await emft(['status', path, '--json']));
  outputs.push(await emft(['collect', path, '-o', `${path}.csv`]));
  expect(outputs.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
  expect(JSON.parse(outputs[2].stdout).title).toBe(evil);
  outputs.push(await emft(['sweep', config, '-o', path]));
  outputs.push(await emft(['status', join(dir, evil)]));
  copyFileSync(config, join(dir, `${evil}.toml`));
  writeFileSync(join(dir, `${evil}.toml`), 'compute = "\\u001b[2J"');
  outputs.push(await emft(['sweep', join(dir, `${evil}.toml`)]));
  expect(outputs.slice(4).map(({ status }) => status)).toEqual([2, 2, 2]);
  for (const { stdout, stderr } of outputs) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not come through
    expect(stdout + stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  }
  expect(outputs[1].stdout).toContain('title: \\u001b]0;owned\\u0007\\u001b[2J\\u009b31m\\u202e\n');
});
