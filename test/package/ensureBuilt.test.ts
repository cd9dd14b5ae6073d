// `npm pack` and `npm publish` take what lies there: before them, what is missing or old is built, and nothing else.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PATH, root } from '../support/packed.js';

const copy = mkdtempSync(join(tmpdir(), 'emft-built-'));
afterAll(() => rmSync(copy, { recursive: true }));

const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const targets = ['asconfig.json', 'asconfig.eigen.json'].flatMap((config) =>
  Object.values(read(config).targets as Record<string, { outFile: string }>).map(({ outFile }) => outFile),
);

/** Each output with the build that writes it. */
const outputs: [string, string][] = [
  ...targets.map((file): [string, string] => [file, 'wasm']),
  ['dist/index.js', 'ts'],
  ['cli/dist/main.js', 'ts'],
  ['cli/dist/web/index.html', 'web'],
  ['THIRD-PARTY-LICENSES.txt', 'web'],
  ['cli/THIRD-PARTY-LICENSES.txt', 'web'],
];

function put(path: string, time: number): void {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), '');
  utimesSync(join(copy, path), time, time);
}

/** What is built, by a copy of the script in a tree whose builds only say that they ran. */
function built(): string[] {
  rmSync(join(copy, 'log'), { force: true });
  execFileSync(process.execPath, [join(copy, 'scripts/ensure-built.js')], { env: { ...process.env, PATH } });
  return existsSync(join(copy, 'log')) ? readFileSync(join(copy, 'log'), 'utf8').trim().split(/\s+/) : [];
}

test('a package was packed without what only a build writes: whatever is missing or old is built first', () => {
  for (const file of ['scripts/ensure-built.js', 'asconfig.json', 'asconfig.eigen.json']) {
    cpSync(join(root, file), join(copy, file));
  }
  const scripts = Object.fromEntries(
    ['wasm', 'ts', 'web'].map((name) => [`build:${name}`, `echo ${name} >> log`]),
  );
  writeFileSync(join(copy, 'package.json'), JSON.stringify({ type: 'module', scripts }));
  for (const folder of ['assembly', 'src', 'cli/src', 'web']) put(`${folder}/a.ts`, 1000);
  for (const [file] of outputs) put(file, 2000);
  expect(built()).toEqual([]);
  for (const [file, build] of outputs) {
    rmSync(join(copy, file));
    expect(built(), file).toEqual([build]);
    put(file, 2000);
  }
  // The page has the library and its .wasm in it.
  for (const [folder, ...builds] of [
    ['assembly', 'wasm', 'web'],
    ['src', 'ts', 'web'],
    ['cli/src', 'ts'],
    ['web', 'web'],
  ]) {
    put(`${folder}/a.ts`, 3000);
    expect(built(), folder).toEqual(builds);
    put(`${folder}/a.ts`, 1000);
  }
});

test('both packages ask for that when they are packed, and for nothing when they are installed', () => {
  for (const [path, script] of [
    ['package.json', 'scripts/ensure-built.js'],
    ['cli/package.json', '../scripts/ensure-built.js'],
  ]) {
    const { scripts } = read(path);
    expect(scripts.prepack.split(' && ')[0]).toBe(`node ${script}`);
    expect(existsSync(join(root, dirname(path), script))).toBe(true);
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
      expect(scripts).not.toHaveProperty(name);
  }
});
