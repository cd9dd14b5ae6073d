// What of the code a run's identity covers: the chunks and the run's own kind, so that work on other kinds, engines, figures
// or commands leaves a run resumable.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { buildIdentity, codeFiles } from '../../../cli/src/sweeps/buildIdentity.js';
import { sweepKinds } from '../../../cli/src/sweeps/kinds/index.js';

const folder = new URL('../../../cli/src/sweeps/kinds/', import.meta.url);
const names = Object.keys(sweepKinds);
const dist = (kind: string) =>
  [...codeFiles(kind).keys()].map((href) => href.replace(/^.*\/cli\/dist\//, ''));
const kindsOf = (kind: string) =>
  dist(kind)
    .filter((file) => file.startsWith('sweeps/kinds/'))
    .sort();

test('a kind is the file of its name', () => {
  const files = readdirSync(folder).filter((file) => !['index.ts', 'kind.ts'].includes(file));
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
