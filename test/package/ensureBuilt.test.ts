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
  Object.entries(read(config).targets as Record<string, { outFile: string }>),
);

/** Each output with the build that writes it. */
const outputs: [string, string][] = [
  ...targets.map(([target, { outFile }]): [string, string] => [outFile, `wasm ${target}`]),
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
function built(...words: string[]): string[] {
  rmSync(join(copy, 'log'), { force: true });
  const script = join(copy, 'scripts/ensure-built.js');
  execFileSync(process.execPath, [script, ...words], { env: { ...process.env, PATH } });
  return existsSync(join(copy, 'log')) ? readFileSync(join(copy, 'log'), 'utf8').trim().split('\n') : [];
}

test('a package was packed without what only a build writes: whatever is missing or old is built first', () => {
  for (const file of ['scripts/ensure-built.js', 'asconfig.json', 'asconfig.eigen.json']) {
    cpSync(join(root, file), join(copy, file));
  }
  const scripts = Object.fromEntries(
    ['ts', 'ts:unchecked', 'web'].map((name) => [`build:${name}`, `echo ${name} >> log`]),
  );
  writeFileSync(
    join(copy, 'scripts/build-wasm.js'),
    "import { appendFileSync } from 'node:fs';\nappendFileSync('log', 'wasm ' + process.argv.slice(2) + String.fromCharCode(10));\n",
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
    ['assembly', `wasm ${targets.map(([target]) => target)}`, 'web'],
    ['src', 'ts', 'web'],
    ['cli/src', 'ts'],
    ['web', 'web'],
  ]) {
    put(`${folder}/a.ts`, 3000);
    expect(built(), folder).toEqual(builds);
    put(`${folder}/a.ts`, 1000);
  }
});

test('figures ask for one module and for TypeScript without a check, and for no page', () => {
  for (const [file] of outputs) put(file, 500);
  expect(built('figures').sort()).toEqual(['ts:unchecked', 'wasm simd']);
  for (const [file] of outputs) put(file, 2000);
  expect(built('figures')).toEqual([]);
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
