// What users install: the content of the tarball, its types, and its use from Node, through bundlers and from a page.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, serve } from './browser/host.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
/** A dependency brings an old npm into node_modules/.bin, which test runners put first. */
const PATH = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter);
const npm = (args: string[], cwd: string) => run('npm', args, { cwd, env: { ...process.env, PATH } });
const bin = (name: string) => join(root, 'node_modules/.bin', name);

/** The second eigenvalue of the path of three sites is 0; the mean-field number is that of the README. */
const whole = `import { createCore, drhCouplings } from 'emft';
const core = await createCore();
const { etaTot } = core.solveMeanField(drhCouplings({ g0: 0.5, alpha: Math.SQRT1_2 - 0.07, n: 50 }));
const { values } = core.eigh(Float64Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0), 3);
globalThis.answer = [(etaTot / Math.LN2).toFixed(2), ...Array.from(values, (x) => x.toFixed(4).replace('-0.0000', '0.0000'))].join(' ');
`;
const wholeAnswer = '32.83 -1.4142 0.0000 1.4142';
const eigenOnly = `import { createEigenCore } from 'emft/eigen';
const core = await createEigenCore();
const { values } = core.eigh(Float64Array.of(2, -1, -1, 2), 2);
globalThis.answer = Array.from(values, (x) => x.toFixed(3)).join(' ');
`;
const eigenAnswer = '1.000 3.000';

let scratch: string;
let tarball: string;
let project: string;
let packed: string[];
let browser: Browser;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-package-'));
  project = join(scratch, 'project');
  await mkdir(project);
  const { stdout } = await npm(['pack', '--json', '--pack-destination', scratch], root);
  const [{ filename, files }] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  tarball = join(scratch, filename);
  packed = files.map(({ path }) => path);
  await writeFile(join(project, 'package.json'), '{ "name": "project", "private": true, "type": "module" }');
  await npm(['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], project);
  await writeFile(join(project, 'whole.js'), whole);
  await writeFile(join(project, 'eigen.js'), eigenOnly);
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await rm(scratch, { recursive: true, force: true });
});

describe('the tarball', () => {
  test('has the code, its types, every .wasm and the papers that go with it', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'README.md',
        'LICENSE',
        'CITATION.cff',
        'CHANGELOG.md',
        'package.json',
        'dist/index.js',
        'dist/index.d.ts',
        'dist/eigen/index.js',
        'dist/eigen/index.d.ts',
        'dist/core/teamWorker.js',
        'dist/cli/main.js',
        'build/emft.simd.wasm',
        'build/emft.relaxed.wasm',
        'build/emft.simd-threads.wasm',
        'build/emft.relaxed-threads.wasm',
        'build/eigen.simd.wasm',
      ]),
    );
  });

  test('has nothing else', () => {
    const allowed =
      /^(dist\/.*\.(js|d\.ts|js\.map|json)|dist\/web\/(index\.html|assets\/[\w.-]+\.(js|css|wasm))|build\/[\w.-]+\.wasm|examples\/[\w-]+\.toml|README\.md|LICENSE|CITATION\.cff|CHANGELOG\.md|package\.json)$/;
    expect(packed.filter((path) => !allowed.test(path) || /\.(test|spec)\./.test(path))).toEqual([]);
  });

  test('says the same version in package.json, CITATION.cff and CHANGELOG.md', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(await readFile(join(root, 'CITATION.cff'), 'utf8')).toContain(`\nversion: ${version}\n`);
    const changes = await readFile(join(root, 'CHANGELOG.md'), 'utf8');
    expect(/^## (\S+)/m.exec(changes)?.[1]).toBe(version);
  });

  test('is clean for publint', async () => {
    await run(bin('publint'), ['run', tarball, '--strict'], { cwd: root });
  });

  test('has types that resolve as the code does', async () => {
    // The package is ES modules only, with subpath exports: resolutions older than these are left out.
    await run(bin('attw'), [tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'package.json'], {
      cwd: root,
    });
  });
});

describe('installed into an empty project', () => {
  const script = (file: string) => `await import('./${file}'); console.log(answer);`;

  test.each([
    ['whole.js', wholeAnswer],
    ['eigen.js', eigenAnswer],
  ])('%s runs in Node', async (file, answer) => {
    const args = ['--input-type=module', '-e', script(file)];
    const { stdout, stderr } = await run(process.execPath, args, { cwd: project });
    expect(stderr).toBe('');
    expect(stdout.trim()).toBe(answer);
  });

  test('the command runs', async () => {
    const { stdout } = await run(join(project, 'node_modules/.bin/emft'), ['eta', '1', '--json'], {
      cwd: scratch,
    });
    expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ g: 1, eta: expect.any(Number) })]);
  });

  test('type-checks in a project of its own', async () => {
    await writeFile(
      join(project, 'use.ts'),
      `import { createCore, type Eigh } from 'emft';
import { createEigenCore } from 'emft/eigen';
export const both = async (a: Float64Array, n: number): Promise<Eigh[]> => [
  (await createCore({ threads: 2 })).eigh(a, n),
  (await createEigenCore()).eigh(a, n, { method: 'dc' }),
];
`,
    );
    const flags = '--noEmit --strict --target es2023 --module nodenext --lib es2023,dom --types'.split(' ');
    const { stdout } = await run(bin('tsc'), [...flags, '*', 'use.ts'], { cwd: project }).catch(
      (error) => error,
    );
    expect(stdout).toBe('');
  });
});

/** Opens the page at `folder`, which lies in `project`, and returns what its script leaves as `answer`. */
async function answerOf(path: string): Promise<string> {
  const host = await serve(project);
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  try {
    await page.goto(host.origin + path);
    await page.waitForFunction('"answer" in globalThis', undefined, { timeout: 20_000 }).catch((error) => {
      throw new Error(`${errors.join('; ')} (${error.message})`);
    });
    return (await page.evaluate('answer')) as string;
  } finally {
    await page.close();
    host.close();
  }
}

/** Bytes after gzip of what a page loads of a bundle. */
async function compressed(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && /\.(js|wasm)$/.test(entry.name)) {
      bytes += gzipSync(await readFile(join(entry.parentPath, entry.name)), { level: 9 }).length;
    }
  }
  return bytes;
}

const page = (script: string, importMap = '') =>
  `<!doctype html><title>emft</title>${importMap}<script type="module" src="${script}"></script>`;

describe('in a page', () => {
  test.each([
    ['whole', wholeAnswer],
    ['eigen', eigenAnswer],
  ])('%s.js from <script type="module">, without a bundler', async (name, answer) => {
    const imports = {
      emft: '/node_modules/emft/dist/index.js',
      'emft/eigen': '/node_modules/emft/dist/eigen/index.js',
      munkres: '/node_modules/munkres/dist/munkres.mjs',
    };
    const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
    await writeFile(join(project, `plain-${name}.html`), page(`/${name}.js`, map));
    expect(await answerOf(`/plain-${name}.html`)).toBe(answer);
  });

  test.each([
    ['whole', wholeAnswer],
    ['eigen', eigenAnswer],
  ])('%s.js bundled by Vite', async (name, answer) => {
    const source = join(project, `vite-${name}`);
    await mkdir(source);
    await writeFile(join(source, 'index.html'), page(`../${name}.js`));
    const flags = ['--base', './', '--outDir', 'out', '--logLevel', 'error'];
    await run(bin('vite'), ['build', source, ...flags], { cwd: project });
    expect(await answerOf(`/vite-${name}/out/index.html`)).toBe(answer);
    if (name === 'eigen') expect(await compressed(join(source, 'out'))).toBeLessThan(60_000);
  });

  test.each([
    ['whole', wholeAnswer],
    ['eigen', eigenAnswer],
  ])('%s.js bundled by esbuild, which leaves the .wasm to be copied', async (name, answer) => {
    const out = join(project, `esbuild-${name}/out`);
    await mkdir(out, { recursive: true });
    const flags = ['--bundle', '--format=esm', '--target=es2022', '--minify', `--outfile=${out}/app.js`];
    await run(bin('esbuild'), [`${name}.js`, ...flags], { cwd: project });
    // esbuild keeps new URL('../../build/…', import.meta.url) as it stands: two folders above the bundle.
    const build = join(project, 'build');
    await mkdir(build, { recursive: true });
    const file = name === 'eigen' ? 'eigen.simd.wasm' : 'emft.simd.wasm';
    await writeFile(join(build, file), await readFile(join(project, 'node_modules/emft/build', file)));
    await writeFile(join(out, 'index.html'), page('./app.js'));
    expect(await answerOf(`/esbuild-${name}/out/index.html`)).toBe(answer);
    const wasm = gzipSync(await readFile(join(build, file)), { level: 9 }).length;
    if (name === 'eigen') expect((await compressed(out)) + wasm).toBeLessThan(60_000);
  });
});
