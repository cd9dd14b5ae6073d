// The notices of what others wrote and the package contains, against what it does contain: the sources that the
// bundler's source maps name, and the functions of AssemblyScript's library in the compiled module.
import { readFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';
import { build, type Rollup } from 'vite';
import { beforeAll, expect, test } from 'vitest';
import { serve } from '../../cli/src/explorer/server.js';
import config from '../../web/vite.config.js';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Names, versions and texts of the entries: a title and a line under it that is as long. */
async function entries(
  path: string,
): Promise<Map<string, { version: string; license: string; text: string }>> {
  const text = await read(path);
  const found = [...text.matchAll(/^(\S+) (\S+) \(([^)]+)\)\n=+$/gm)];
  return new Map(
    found.map((match, i) => {
      const [title, name, version, license] = match;
      return [name, { version, license, text: text.slice(match.index + title.length, found[i + 1]?.index) }];
    }),
  );
}

let notices: Awaited<ReturnType<typeof entries>>;
beforeAll(async () => {
  notices = await entries('cli/THIRD-PARTY-LICENSES.txt');
});

/** Packages published as bundles of others, which no source map can tell: what is inside, by a word of its code. */
const INSIDE: [string, string, string[]][] = [
  ['d3-array', 'dist/d3-array.mjs', ['class InternMap']],
  ['ml-matrix', 'matrix.js', ['isAnyArray', 'function max(', 'function min(', 'function rescale(']],
];
const insides = ['internmap', 'is-any-array', 'ml-array-max', 'ml-array-min', 'ml-array-rescale'];

test('every package whose code is in the page has its notice, and no other', async () => {
  // As it is built, but for the plugin that writes the notices.
  const { root, base, resolve, worker, build: how } = config;
  const result = (await build({
    configFile: false,
    root,
    base,
    logLevel: 'error',
    resolve,
    worker: { format: worker?.format },
    build: { ...how, write: false, sourcemap: true, minify: false },
  })) as Rollup.RollupOutput;
  const packages = new Set<string>();
  let maps = 0;
  for (const file of result.output) {
    // Helpers of the tools have no source, but what is not minified says where each part comes from.
    const code = file.type === 'chunk' ? file.code : file.fileName.endsWith('.js') ? String(file.source) : '';
    for (const [, tool] of code.matchAll(/^\/\/ \\0(vite|rolldown)\//gm)) packages.add(tool);
    const map =
      file.type === 'chunk' ? file.map : file.fileName.endsWith('.map') && JSON.parse(String(file.source));
    if (!map) continue;
    maps++;
    for (const source of map.sources as string[]) {
      const name =
        /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? /\0(vite|rolldown)\//.exec(source)?.[1];
      if (name) packages.add(name);
    }
  }
  // The page, its worker, and what that loads late.
  expect(maps).toBeGreaterThanOrEqual(3);
  expect([...packages]).toEqual(expect.arrayContaining(['@observablehq/plot', 'd3-array', 'ml-matrix']));
  for (const [name, file, words] of INSIDE) {
    const code = await read(`node_modules/${name}/${file}`);
    for (const word of words) expect(code, name).toContain(word);
  }
  const expected = [...new Set([...packages, ...insides, 'assemblyscript'])].sort();
  expect([...notices.keys()].sort()).toEqual(expected);
});

test('each notice is the text of the installed package, with its version and license', async () => {
  for (const [name, { version, license, text }] of notices) {
    const manifest = JSON.parse(await read(`node_modules/${name}/package.json`));
    expect({ version, license }, name).toEqual({ version: manifest.version, license: manifest.license });
    const file = name === 'vite' ? 'LICENSE.md' : 'LICENSE';
    const own = (await read(`node_modules/${name}/${file}`)).split('# Licenses of bundled dependencies')[0];
    expect(own.length, name).toBeGreaterThan(500);
    expect(text, name).toContain(own.trim());
    expect(own, name).toMatch(/Copyright|Apache License/);
  }
});

test('emft has those of the WebAssembly alone', async () => {
  const own = await entries('THIRD-PARTY-LICENSES.txt');
  expect([...own]).toEqual([['assemblyscript', { ...own.get('assemblyscript') }]]);
  expect(own.get('assemblyscript')!.text.trim()).toBe(
    notices.get('assemblyscript')!.text.split('\n\n\nIN THE PAGE')[0].trim(),
  );
});

test('what is only a dependency has none', async () => {
  const { dependencies } = JSON.parse(await read('cli/package.json')) as {
    dependencies: Record<string, string>;
  };
  const inPage = ['@observablehq/plot'];
  for (const name of Object.keys(dependencies)) expect(notices.has(name), name).toBe(inPage.includes(name));
});

test('the functions of AssemblyScript in the .wasm are those of musl and Arm, whose terms are there', async () => {
  const { error, stdout, stderr } = await asc.main(
    [
      'assembly/index.ts',
      '--runtime',
      'stub',
      '--importMemory',
      '--enable',
      'simd',
      '-O0',
      '--debug',
      '--textFile',
    ],
    { readFile: (name: string) => read(name).catch(() => null) as never },
  );
  expect(error, String(stderr)).toBe(null);
  const library = [...String(stdout).matchAll(/\(func \$~lib\/([\w/.]+)/g)].map((match) => match[1]);
  expect(library.filter((name) => name.startsWith('math/')).length).toBeGreaterThan(0);
  // Anything else would have to be looked at.
  expect(
    library.filter(
      (name) => !/^math\/NativeMath\.(exp|expm1|log|log10|log1p|pow)$|^function\/Function/.test(name),
    ),
  ).toEqual([]);
  const { text } = notices.get('assemblyscript') as { text: string };
  for (const line of [
    'Copyright (c) Rich Felker',
    'Copyright (c) Arm Limited',
    'Copyright (C) 1993 by Sun Microsystems',
  ]) {
    expect(text).toContain(line);
  }
  expect(text).toContain('Permission is hereby granted, free of charge');
});

test('the page links to the notices, serves them, and they are those of the package', async () => {
  const page = await serve(0, new URL('../../cli/dist/web/', import.meta.url));
  try {
    const origin = `http://127.0.0.1:${page.port}/`;
    const html = await (await fetch(origin)).text();
    const link = /<footer>.*<a href="([^"]+)">/.exec(html)?.[1] ?? '';
    const response = await fetch(new URL(link, origin));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe(await read('cli/THIRD-PARTY-LICENSES.txt'));
    // The license of emft itself goes with the page too.
    expect(await read('cli/THIRD-PARTY-LICENSES.txt')).toContain((await read('LICENSE')).trim());
  } finally {
    page.close();
  }
});
