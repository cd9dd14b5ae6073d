// The library, as it is installed, in a page: without a bundler, by each bundler, and from another origin.
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { createServer } from 'vite';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import webpack, { type Configuration, type Stats } from 'webpack';
import { answerAt, answerIn } from '../support/browser/answer.js';
import { launch, serve } from '../support/browser/host.js';
import { bin, hash, programs, threadedAnswer } from '../support/installed.js';
import { run } from '../support/packed.js';

let scratch: string;
let project: string;
let browser: Browser;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-pages-'));
  project = join(scratch, 'project');
  await cp(inject('packedOnce').project, project, { recursive: true, verbatimSymlinks: true });
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await rm(scratch, { recursive: true, force: true });
});

const ofScript = 'globalThis.answer';
/** What the script of a page in `project` leaves as `answer`. */
const answerOf = async (path: string) => (await answerIn(browser, project, path, ofScript)).answer;

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

const page = (script: string, head = '', type = 'type="module"') =>
  `<!doctype html><title>emft</title>${head}<script ${type} src="${script}"></script>`;

const importMap = (folder: string) => {
  const imports = {
    emft: `${folder}/emft/dist/index.js`,
    'emft/eigen': `${folder}/emft/dist/eigen/index.js`,
    'emft/client': `${folder}/emft/dist/client/index.js`,
  };
  return `<script type="importmap">${JSON.stringify({ imports })}</script>`;
};

async function copy(from: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await copyFile(join(project, 'node_modules/emft', from), join(folder, basename(from)));
}

/** Pages are cross-origin isolated: threads run. */
describe('in a page', () => {
  test.each(programs)('%s.js from <script type="module">, without a bundler', async (name, answer) => {
    await writeFile(join(project, `plain-${name}.html`), page(`/${name}.js`, importMap('/node_modules')));
    expect(await answerOf(`/plain-${name}.html`)).toBe(answer);
  });

  test.each(['threads', 'client'])('%s.js with the package on another origin', async (name) => {
    const elsewhere = await serve(join(project, 'node_modules'), { shared: true });
    try {
      await writeFile(join(project, 'elsewhere.html'), page(`/${name}.js`, importMap(elsewhere.origin)));
      expect(await answerOf('/elsewhere.html')).toBe(threadedAnswer);
    } finally {
      elsewhere.close();
    }
  });

  test.each(programs)('%s.js bundled by Vite', async (name, answer) => {
    const source = join(project, `vite-${name}`);
    await mkdir(source);
    await writeFile(join(source, 'index.html'), page(`../${name}.js`));
    const flags = ['--base', './', '--outDir', 'out', '--logLevel', 'error'];
    await run(bin('vite'), ['build', source, ...flags], { cwd: project });
    expect(await answerOf(`/vite-${name}/out/index.html`)).toBe(answer);
    if (name === 'eigen') expect(await compressed(join(source, 'out'))).toBeLessThan(60_000);
  });

  test('by the development server of Vite', async () => {
    const root = join(project, 'vite-dev');
    await mkdir(root);
    for (const [name] of programs) {
      await copyFile(join(project, `${name}.js`), join(root, `${name}.js`));
      await writeFile(join(root, `${name}.html`), page(`/${name}.js`));
    }
    const headers = {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    };
    const server = await createServer({
      root,
      configFile: false,
      logLevel: 'error',
      server: { host: '127.0.0.1', port: 0, headers },
    });
    try {
      await server.listen();
      const { port } = server.httpServer!.address() as AddressInfo;
      for (const [name, answer] of programs) {
        const at = `http://127.0.0.1:${port}/${name}.html`;
        expect((await answerAt(browser, at, ofScript)).answer).toBe(answer);
      }
    } finally {
      await server.close();
    }
  });

  test.each(programs)('%s.js bundled by webpack', async (name, answer) => {
    const path = join(project, `webpack-${name}/out`);
    const stats = await promisify<Configuration, Stats | undefined>(webpack)({
      mode: 'production',
      // Only one bundle has a size to keep.
      optimization: { minimize: name === 'eigen' },
      // It warns of every file above 244 KiB, and each .wasm is.
      performance: { hints: false },
      context: project,
      entry: `./${name}.js`,
      output: { path, filename: 'app.js' },
    });
    expect(stats?.toJson({ all: false, errors: true, warnings: true })).toMatchObject({
      errors: [],
      warnings: [],
    });
    await writeFile(join(path, 'index.html'), page('./app.js', '', 'defer'));
    expect(await answerOf(`/webpack-${name}/out/index.html`)).toBe(answer);
    if (name === 'eigen') expect(await compressed(path)).toBeLessThan(60_000);
  });

  async function esbuild(entry: string, outfile: string): Promise<void> {
    const flags = ['--bundle', '--format=esm', '--target=es2022', '--minify', `--outfile=${outfile}`];
    await run(bin('esbuild'), [entry, ...flags], { cwd: project });
  }

  /** Bundles with esbuild into out/app.js of a folder of its own. */
  async function esbuildInto(folder: string, name: string): Promise<string> {
    const out = join(folder, 'out');
    await esbuild(`./${name}.js`, join(out, 'app.js'));
    await writeFile(join(out, 'index.html'), page('./app.js'));
    return out;
  }

  test.each([...programs])(
    '%s.js bundled by esbuild, which leaves the .wasm and the worker to be copied',
    async (name, answer) => {
      const folder = join(project, 'esbuild', name);
      const out = await esbuildInto(folder, name);
      // It keeps new URL('../../build/…', import.meta.url) as it stands: two folders above the bundle.
      const build = join(project, 'esbuild/build');
      const file = {
        whole: 'emft.simd',
        eigen: 'eigen.simd',
        threads: 'emft.simd-threads',
        client: 'emft.simd-threads',
      }[name];
      await copy(`build/${file}.wasm`, build);
      if (name === 'threads' || name === 'client') await copy('dist/wasm/teamWorker.js', out);
      if (name === 'client') await esbuild('emft/clientWorker.js', join(out, 'clientWorker.js'));
      expect(await answerOf(`/esbuild/${name}/out/index.html`)).toBe(answer);
      const wasm = gzipSync(await readFile(join(build, `${file}.wasm`)), { level: 9 }).length;
      if (name === 'eigen') expect((await compressed(out)) + wasm).toBeLessThan(60_000);
    },
  );

  test('threads.js bundled by esbuild without its worker runs one thread and says why', async () => {
    const folder = join(project, 'left/threads');
    await esbuildInto(folder, 'threads');
    await copy('build/emft.simd-threads.wasm', join(project, 'left/build'));
    const why =
      'worker threads did not start (teamWorker.js: the script cannot be loaded; see options.worker): one thread runs';
    expect(await answerOf('/left/threads/out/index.html')).toBe(`1 ${why} ${hash}`);
  });

  test('threads.js bundled by esbuild, with its files named by options', async () => {
    const folder = join(project, 'named/threads');
    const out = await esbuildInto(folder, 'threads');
    await copy('build/emft.simd-threads.wasm', join(out, 'assets'));
    await copy('dist/wasm/teamWorker.js', join(out, 'assets'));
    const options = `<script>globalThis.coreOptions = {
      wasm: new URL('assets/emft.simd-threads.wasm', location.href),
      worker: new URL('assets/teamWorker.js', location.href),
    }</script>`;
    await writeFile(join(out, 'index.html'), page('./app.js', options));
    expect(await answerOf('/named/threads/out/index.html')).toBe(threadedAnswer);
  });
});
