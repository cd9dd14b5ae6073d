// The rooms of web/src: what may import what, and what ends up in which bundle. Imports of types count as well.
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';

const source = fileURLToPath(new URL('../../web/src', import.meta.url));
const bundles = fileURLToPath(new URL('../../cli/dist/web/assets', import.meta.url));
const IMPORT = /^(?:import|export)\s(?:[^;'"]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/gm;

/** What each file of web/src imports: files of it by their path there, everything else as it is written. */
const imports = new Map<string, string[]>();
const lines = new Map<string, number>();
beforeAll(async () => {
  const names = (await readdir(source, { recursive: true })).filter((name) => name.endsWith('.ts'));
  for (const name of names) {
    const text = await readFile(join(source, name), 'utf8');
    lines.set(name, text.split('\n').length - 1);
    const found = [...text.matchAll(IMPORT)].map(([, from, lazily]) => from ?? lazily);
    imports.set(
      name,
      found.map((from) =>
        from.startsWith('.')
          ? relative(source, join(source, dirname(name), from.replace(/\.js$/, '.ts')))
          : from,
      ),
    );
  }
});

/** The first circle that starts at a file, or null. */
function circle(name: string, path: string[] = []): string[] | null {
  if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
  for (const next of imports.get(name) ?? []) {
    const found = circle(next, [...path, name]);
    if (found) return found;
  }
  return null;
}

const wrong = (rule: (from: string, to: string) => boolean) =>
  [...imports].flatMap(([from, all]) =>
    all.filter((to) => !rule(from, to)).map((to) => `${from} imports ${to}`),
  );

describe('web/src', () => {
  test('is read as it is: every import is of a file that is there, or of a package', () => {
    expect(imports.size).toBeGreaterThan(25);
    expect(imports.get('page/main.ts')).toContain('page/explorer.ts');
    const packages = /^(emft(\/\w+)?|@observablehq\/plot|ml-matrix)$/;
    // The page fetches the .wasm of one thread itself.
    const module = '../../build/emft.simd.wasm?url';
    // What page and command have in common, for the views of what visitors bring.
    const common = /^views\/.*\n\.\.\/\.\.\/cli\/src\/common\//;
    expect(
      wrong(
        (from, to) =>
          imports.has(to) ||
          packages.test(to) ||
          common.test(`${from}\n${to}`) ||
          (from === 'page/main.ts' && to === module),
      ),
    ).toEqual([]);
  });

  test('has no circle', () => {
    for (const name of imports.keys()) expect(circle(name)).toBeNull();
  });

  test('a view imports no other; a task knows what a task is, and nothing of the page', () => {
    const room = (name: string) => /^views\/(\w+)\//.exec(name)?.[1];
    expect(wrong((from, to) => !room(from) || !room(to) || room(from) === room(to))).toEqual([]);
    expect(
      wrong(
        (from, to) =>
          !/^views\/\w+\/task\.ts$/.test(from) ||
          !imports.has(to) ||
          /^(worker\/task|lab\/\w+|views\/levels)\.ts$/.test(to) ||
          (room(from) === room(to) && !/\/(view|figures)\.ts$/.test(to)),
      ),
    ).toEqual([]);
  });

  test('figures draw: they import nothing that computes, and only the types of their task', async () => {
    for (const name of imports.keys()) {
      if (!/^views\/\w+\/figures\.ts$/.test(name)) continue;
      const text = await readFile(join(source, name), 'utf8');
      // emft/check has names of methods, and nothing that computes.
      expect([name, /from 'emft(?!\/check')|worker\//.exec(text)]).toEqual([name, null]);
      expect([name, /^import (?!type )[^;]*task\.js/m.exec(text)]).toEqual([name, null]);
    }
  });

  test('no file is longer than 300 lines, and no function than 80', async () => {
    expect([...lines].filter(([, count]) => count > 300)).toEqual([]);
    const long: string[] = [];
    for (const name of imports.keys()) {
      const text = await readFile(join(source, name), 'utf8');
      const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest);
      const visit = (node: ts.Node): void => {
        const count = text.slice(node.getStart(file), node.end).split('\n').length;
        if (ts.isFunctionLike(node) && count > 80) long.push(`${name}: ${count} lines`);
        ts.forEachChild(node, visit);
      };
      visit(file);
    }
    expect(long).toEqual([]);
  });
});

test('the bundle of the page has no task, the one of the worker nothing of the page', async () => {
  const files = await readdir(bundles);
  const read = (name: RegExp) => readFile(join(bundles, files.find((file) => name.test(file)) ?? ''), 'utf8');
  const [page, worker] = [await read(/^index-.*\.js$/), await read(/^worker-.*\.js$/)];
  // And no build that the page never asks for.
  const builds = files.filter((file) => file.endsWith('.wasm'));
  expect(builds.filter((file) => !/^emft\.simd-(threads-)?[\w-]{8}\.wasm$/.test(file))).toEqual([]);
  expect(builds).toHaveLength(2);
  expect(worker).toContain('resonanceDistribution');
  expect(page).not.toContain('resonanceDistribution');
  expect(page).toContain('createElementNS');
  expect(worker).not.toMatch(/createElement|Press Run/);
});
