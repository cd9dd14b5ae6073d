// What of the code a run's identity covers: the chunks and the run's own kind, so that work on other kinds, engines, figures
// or commands leaves a run resumable.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { buildIdentity, codeFiles, codeHash } from '../../../cli/src/sweeps/buildIdentity.js';
import { computeChunk } from '../../../cli/src/sweeps/chunk.js';
import { parseExperiment } from '../../../cli/src/sweeps/experiment.js';
import { sweepKinds } from '../../../cli/src/sweeps/kinds/index.js';

/** An experiment of each kind that has one among the examples: the first by name. */
const examples = new URL('../../../cli/examples/', import.meta.url);
const EXAMPLES = new Map(
  readdirSync(examples)
    .sort()
    .reverse()
    .flatMap((file) => {
      const text = readFileSync(new URL(file, examples), 'utf8');
      const kind = /^compute = "(\w+)"/m.exec(text)?.[1];
      return kind === undefined ? [] : [[kind, text] as const];
    }),
);
const folder = new URL('../../../cli/src/sweeps/kinds/', import.meta.url);
const names = Object.keys(sweepKinds);
const dist = (kind: string) =>
  [...codeFiles(kind).keys()].map((href) => href.replace(/^.*\/cli\/dist\//, ''));
const kindsOf = (kind: string) =>
  dist(kind)
    .filter((file) => file.startsWith('sweeps/kinds/'))
    .sort();

test('a kind is the file of its name', () => {
  const files = readdirSync(folder).filter((file) => file !== 'index.ts');
  expect(files.sort()).toEqual(names.map((name) => `${name}.ts`).sort());
});

test.each(names)('of the kinds, the code of %s covers its own file and what that imports', (name) => {
  const imported = name === 'orbitals' ? ['lattice', 'orbitals'] : [name];
  expect(kindsOf(name)).toEqual(imported.map((kind) => `sweeps/kinds/${kind}.js`));
});

test('the code covers the chunks and the library, and no engine, task, figure or command', () => {
  const files = dist('response');
  for (const file of ['sweeps/chunk.js', 'sweeps/plan.js', 'sweeps/grid.js', 'sweeps/axis.js'])
    expect(files).toContain(file);
  expect(files.some((file) => file.endsWith('/dist/index.js'))).toBe(true);
  expect(files.filter((file) => /^(sweeps\/(engines|tasks)|paper|commands|files)\//.test(file))).toEqual([]);
  for (const href of codeFiles('response').keys()) expect(existsSync(fileURLToPath(href)), href).toBe(true);
});

test('two kinds have two hashes, and one kind always the same', () => {
  const hash = (compute: string) => buildIdentity({ build: 'simd', compute }).codeSha256;
  expect(new Set(names.map(hash)).size).toBe(names.length);
  expect(hash('ed')).toBe(hash('ed'));
});

/** The hash were the file, below the root, another. */
function hashAfter(kind: string, changed: string): string {
  const { href } = new URL(`../../../${changed}`, import.meta.url);
  expect(existsSync(fileURLToPath(href)), changed).toBe(true);
  return codeHash(kind, (file) => {
    const text = readFileSync(new URL(file), 'utf8');
    return file === href ? `${text}// changed\n` : text;
  });
}

const CHUNKS = ['cli/dist/sweeps/chunk.js', 'cli/dist/sweeps/plan.js', 'dist/index.js', 'dist/wasm/team.js'];
const ELSEWHERE = [
  'cli/dist/sweeps/kinds/index.js',
  'cli/dist/sweeps/engines/slurm/slurm.js',
  'cli/dist/sweeps/engines/local/pool.js',
  'cli/dist/paper/style.js',
  'cli/dist/commands/sweep.js',
  'cli/dist/files/parquet.js',
  'dist/check.js',
  'dist/accuracy/index.js',
];
const GRAIN = ['dist/grain/filtered.js', 'dist/grain/ranges.js'];
const LATTICE = ['dist/lattice/verdict.js', 'dist/lattice/model.js', 'dist/lattice/ranges.js'];
const MEAN_FIELD = ['dist/meanfield/solve.js', 'dist/meanfield/map.js'];
const EIGEN = ['dist/eigen/eigh.js'];

test.each([
  ['ed', [...GRAIN, ...EIGEN, 'cli/dist/sweeps/kinds/ed.js'], [...LATTICE, ...MEAN_FIELD]],
  ['lattice', [...LATTICE, 'dist/random/draw.js', 'cli/dist/sweeps/kinds/lattice.js'], GRAIN],
  ['orbitals', [...LATTICE, 'cli/dist/sweeps/kinds/lattice.js'], GRAIN],
  ['drh', [...MEAN_FIELD, 'cli/dist/sweeps/kinds/drh.js'], [...GRAIN, ...LATTICE]],
  ['response', ['dist/meanfield/response.js'], [...GRAIN, ...LATTICE, ...EIGEN]],
])(
  'a run of %s can be resumed after a change of what it does not compute with, and no other',
  (kind, used, unused) => {
    const hash = codeHash(kind);
    for (const file of [...CHUNKS, ...used]) expect(hashAfter(kind, file), file).not.toBe(hash);
    for (const file of [...ELSEWHERE, ...unused]) expect(hashAfter(kind, file), file).toBe(hash);
  },
);

test.each([...EXAMPLES])(
  'the code of %s has the room of every method that it calls',
  async (kind, example) => {
    const { createCore } = await import('emft');
    const core = await createCore();
    const called = new Set<string>();
    const watched = new Proxy(core, {
      get(target, name) {
        called.add(String(name));
        return Reflect.get(target, name);
      },
    });
    const { experiment } = parseExperiment(example, kind);
    await computeChunk(watched, { experiment, from: 0, to: 1, retries: 0 });
    core.dispose();
    expect(called.size).toBeGreaterThan(0);
    const rooms = [...codeFiles(kind)]
      .filter(([href]) => /\/public\w*\.js$/.test(href))
      .map(([, text]) => text);
    for (const name of called) {
      expect(
        rooms.some((text) => new RegExp(`^ {8}(async )?${name}[(:]`, 'm').test(text)),
        name,
      ).toBe(true);
    }
  },
);
