// What users install: the content of the tarball, its types, and its use from Node, through bundlers and from a page.
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { createServer } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import webpack, { type Configuration, type Stats } from 'webpack';
import { published } from '../../cli/src/verify/published.js';
import { launch, serve } from '../support/browser/host.js';
import { blocks, expectPrinted, pages } from '../support/markdown.js';
import { INSTALL, npm, PATH, type Packed, pack, root, run } from '../support/packed.js';

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

/** One of the published hashes, computed on two threads: what ran, and the bits. */
const threaded = `import { createCore } from 'emft';
const core = await createCore({ threads: 2, ...globalThis.coreOptions });
const n = 300;
const { values, vectors } = core.eigh(core.goe(n, { seed: 20220, stream: n }), n, { method: 'dc' });
const bytes = new Uint8Array(values.byteLength + vectors.byteLength);
bytes.set(new Uint8Array(values.buffer));
bytes.set(new Uint8Array(vectors.buffer), values.byteLength);
const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
globalThis.answer = [core.threads, ...core.notes, hash].join(' ');
`;
const hash = published['eigh dc n=300'];
const threadedAnswer = `2 ${hash}`;
const programs: [string, string][] = [
  ['whole', wholeAnswer],
  ['eigen', eigenAnswer],
  ['threads', threadedAnswer],
];

let scratch: string;
let library: Packed;
let command: Packed;
let project: string;
/** What npm says of the installation. */
let installed: string;
let browser: Browser;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-package-'));
  project = join(scratch, 'project');
  await mkdir(project);
  library = await pack(root, scratch);
  command = await pack(join(root, 'cli'), scratch);
  await writeFile(join(project, 'package.json'), '{ "name": "project", "private": true, "type": "module" }');
  ({ stdout: installed } = await npm([...INSTALL, library.tarball], project));
  await writeFile(join(project, 'whole.js'), whole);
  await writeFile(join(project, 'eigen.js'), eigenOnly);
  await writeFile(join(project, 'threads.js'), threaded);
  browser = await launch();
  // npm fetches what its cache does not have.
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await rm(scratch, { recursive: true, force: true });
});

/** Every module of a package: what is compiled of sources that are there. */
async function modules(home: string, kinds: readonly string[]): Promise<string[]> {
  return (await readdir(join(home, 'src'), { recursive: true }))
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => kinds.map((kind) => `dist/${path.replace(/ts$/, kind)}`))
    .sort();
}

describe('the tarballs', () => {
  test('emft has the code, its types, every .wasm and the papers that go with it', () => {
    expect(library.files).toEqual(
      expect.arrayContaining([
        'README.md',
        'LICENSE',
        'CITATION.cff',
        'CHANGELOG.md',
        'THIRD-PARTY-LICENSES.txt',
        'package.json',
        'bin/emft.js',
        'dist/index.js',
        'dist/index.d.ts',
        'dist/eigen/index.js',
        'dist/eigen/index.d.ts',
        'dist/accuracy/index.js',
        'dist/accuracy/index.d.ts',
        'dist/wasm/teamWorker.js',
        'build/emft.simd.wasm',
        'build/emft.relaxed.wasm',
        'build/emft.simd-threads.wasm',
        'build/emft.relaxed-threads.wasm',
        'build/eigen.simd.wasm',
      ]),
    );
  });

  test('emft-cli has the command, the page, the examples and the papers', () => {
    expect(command.files).toEqual(
      expect.arrayContaining([
        'README.md',
        'LICENSE',
        'THIRD-PARTY-LICENSES.txt',
        'package.json',
        'dist/main.js',
        'dist/sweeps/engines/local/worker.js',
        'dist/web/index.html',
        'examples/figure-1c.toml',
      ]),
    );
  });

  test('have nothing else', () => {
    const papers =
      'README\\.md|LICENSE|CITATION\\.cff|CHANGELOG\\.md|THIRD-PARTY-LICENSES\\.txt|package\\.json';
    const page = 'web/(index\\.html|third-party-licenses\\.txt|assets/[\\w.-]+\\.(js|css|wasm))';
    const code = '(?!web/).*\\.(js|d\\.ts)';
    for (const [{ files }, allowed] of [
      [library, new RegExp(`^(${papers}|bin/emft\\.js|dist/${code}|build/[\\w.-]+\\.wasm)$`)],
      [command, new RegExp(`^(${papers}|dist/(${code}|${page})|examples/[\\w-]+\\.toml)$`)],
    ] as const) {
      expect(files.filter((path) => !allowed.test(path) || /\.(test|spec)\./.test(path))).toEqual([]);
    }
  });

  test('have code of their sources only, not of files that are gone', async () => {
    for (const [{ files }, home, kinds] of [
      [library, root, ['js', 'd.ts']],
      [command, join(root, 'cli'), ['js']],
    ] as const) {
      expect(files.filter((path) => /^dist\/(?!web\/)/.test(path)).sort()).toEqual(
        await modules(home, kinds),
      );
    }
  });

  test('refer to no source map: the code in them is as readable as its source', async () => {
    for (const [{ files }, home] of [
      [library, root],
      [command, join(root, 'cli')],
    ] as const) {
      for (const path of files.filter((path) => /\.(js|css|ts)$/.test(path))) {
        expect(await readFile(join(home, path), 'utf8'), path).not.toContain('sourceMappingURL');
      }
    }
    // Comments are kept, the first line of every file says what it is for.
    expect(await readFile(join(root, 'dist/eigen/eigh.js'), 'utf8')).toMatch(
      /^\/\/ Eigenvalues and eigenvectors/,
    );
  });

  test('are small', () => {
    expect(library.size).toBeLessThan(700_000);
    expect(library.unpackedSize).toBeLessThan(1_600_000);
    expect(command.size).toBeLessThan(900_000);
    expect(command.unpackedSize).toBeLessThan(2_000_000);
  });

  test('say the same version in package.json, CITATION.cff and CHANGELOG.md', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(await readFile(join(root, 'CITATION.cff'), 'utf8')).toContain(`\nversion: ${version}\n`);
    const changes = await readFile(join(root, 'CHANGELOG.md'), 'utf8');
    expect(/^## (\d\S*)/m.exec(changes)?.[1]).toBe(version);
    const other = JSON.parse(await readFile(join(root, 'cli/package.json'), 'utf8'));
    expect([other.version, other.dependencies.emft]).toEqual([version, version]);
  });

  test('are clean for publint', async () => {
    for (const { tarball } of [library, command]) {
      await run(bin('publint'), ['run', tarball, '--strict'], { cwd: root });
    }
  });

  test('emft has types that resolve as the code does', async () => {
    // The package is ES modules only, with subpath exports: resolutions older than these are left out.
    await run(
      bin('attw'),
      [library.tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'package.json'],
      {
        cwd: root,
      },
    );
  });
});

describe('installed into an empty project', () => {
  const script = (file: string) => `await import('./${file}'); console.log(answer);`;

  test.each(programs)('%s.js runs in Node', async (name, answer) => {
    const args = ['--input-type=module', '-e', script(`${name}.js`)];
    const { stdout, stderr } = await run(process.execPath, args, { cwd: project });
    expect(stderr).toBe('');
    expect(stdout.trim()).toBe(answer);
  });

  test('the example of the README prints what it says', async () => {
    const [readme] = await pages();
    const examples = blocks(readme).filter(({ language }) => language === 'js');
    expect(examples).toHaveLength(1);
    await expectPrinted(examples[0], project);
  });

  test('is one package: nothing comes with it', () => {
    expect(installed).toMatch(/^\s*added 1 package in /);
  });

  test('the command says in one line where it is', async () => {
    const failed = await run(join(project, 'node_modules/.bin/emft'), ['eta', '1']).catch((error) => error);
    expect([failed.code, failed.stdout]).toEqual([2, '']);
    expect(failed.stderr).toBe('emft: the command is in the package emft-cli: npx emft-cli\n');
  });

  test.each([
    ['nodenext', '--module nodenext'],
    ['a bundler', '--module esnext --moduleResolution bundler'],
  ])('type-checks in a project of its own, resolved as by %s', async (_, resolution) => {
    await writeFile(
      join(project, 'use.ts'),
      `import { createCore, type Eigh } from 'emft';
import { type Ratios, decompositionRatios } from 'emft/accuracy';
import { createEigenCore } from 'emft/eigen';
export const ratios = (a: Float64Array, n: number, { values, vectors }: Eigh): Ratios =>
  decompositionRatios(a, n, values, vectors, { columns: 8 });
export const both = async (a: Float64Array, n: number): Promise<Eigh[]> => [
  (await createCore({ threads: 2 })).eigh(a, n),
  (await createEigenCore()).eigh(a, n, { method: 'dc' }),
];
// @ts-expect-error: types are there, not any
export const wrong = async () => (await createCore()).eigh('a', 1);
`,
    );
    const flags = `--noEmit --strict --target es2023 ${resolution} --lib es2023,dom --types *`.split(' ');
    const { stdout } = await run(bin('tsc'), [...flags, 'use.ts'], { cwd: project }).catch((error) => error);
    expect(stdout).toBe('');
  });
});

describe('emft-cli, installed beside it', () => {
  let folder: string;
  let emft: (...args: string[]) => Promise<{ stdout: string; stderr: string }>;
  beforeAll(async () => {
    folder = join(scratch, 'command');
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), '{ "name": "command", "private": true }');
    await npm([...INSTALL, library.tarball, command.tarball], folder);
    emft = (...args) => run(join(folder, 'node_modules/.bin/emft'), args, { cwd: scratch });
  }, 600_000);

  test('the command and each of its subcommands explain themselves', async () => {
    const { stdout } = await emft('--help');
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) [[<]/gm)].map((match) => match[1]);
    expect(commands).toEqual(
      expect.arrayContaining(['reproduce', 'figure', 'eigh', 'sweep', 'verify', 'explore']),
    );
    for (const command of commands.filter((name) => name !== 'help')) {
      const help = await emft(command, '--help');
      expect(help.stdout, command).toMatch(/^Usage: emft .*\n\n\S/);
      expect(help.stderr, command).toBe('');
    }
    // The examples that the help of sweep names are in the package.
    const examples = /paper: (.*)$/m.exec((await emft('sweep', '--help')).stdout)?.[1] ?? '';
    expect(await readdir(examples)).toContain('figure-1c.toml');
  });

  test.each(['emft', 'emft-cli'])('%s runs, by npx too', async (name) => {
    const { stdout } = await run('npx', ['--no-install', name, 'eta', '1', '--json'], {
      cwd: folder,
      env: { ...process.env, PATH },
    });
    expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ g: 1, eta: expect.any(Number) })]);
  });

  test('verify gives the published bits, a sweep finds its workers and the library', async () => {
    expect((await emft('verify')).stdout).not.toContain('different');
    const examples = join(folder, 'node_modules/emft-cli/examples');
    await emft('sweep', join(examples, 'figure-1c.toml'), '-o', join(folder, 'run'));
    expect(await readdir(join(folder, 'run'))).toContain('manifest.json');
  });
});

/** Opens the page at `folder`, which lies in `project`, and returns what its script leaves as `answer`. */
async function answerOf(path: string): Promise<string> {
  const host = await serve(project);
  try {
    return await answerAt(host.origin + path);
  } finally {
    host.close();
  }
}

async function answerAt(url: string): Promise<string> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  try {
    await page.goto(url);
    await page.waitForFunction('"answer" in globalThis', undefined, { timeout: 20_000 }).catch((error) => {
      throw new Error(`${errors.join('; ')} (${error.message})`);
    });
    return (await page.evaluate('answer')) as string;
  } finally {
    await page.close();
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

const page = (script: string, head = '', type = 'type="module"') =>
  `<!doctype html><title>emft</title>${head}<script ${type} src="${script}"></script>`;

const importMap = (folder: string) => {
  const imports = {
    emft: `${folder}/emft/dist/index.js`,
    'emft/eigen': `${folder}/emft/dist/eigen/index.js`,
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

  test('threads.js with the package on another origin', async () => {
    const elsewhere = await serve(join(project, 'node_modules'), { shared: true });
    try {
      await writeFile(join(project, 'elsewhere.html'), page('/threads.js', importMap(elsewhere.origin)));
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
        expect(await answerAt(`http://127.0.0.1:${port}/${name}.html`)).toBe(answer);
      }
    } finally {
      await server.close();
    }
  });

  test.each(programs)('%s.js bundled by webpack', async (name, answer) => {
    const path = join(project, `webpack-${name}/out`);
    const stats = await promisify<Configuration, Stats | undefined>(webpack)({
      mode: 'production',
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

  /** Bundles with esbuild into out/app.js of a folder of its own. */
  async function esbuildInto(folder: string, name: string): Promise<string> {
    const out = join(folder, 'out');
    const flags = ['--bundle', '--format=esm', '--target=es2022', '--minify', `--outfile=${out}/app.js`];
    await run(bin('esbuild'), [`${name}.js`, ...flags], { cwd: project });
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
      const file = { whole: 'emft.simd', eigen: 'eigen.simd', threads: 'emft.simd-threads' }[name];
      await copy(`build/${file}.wasm`, build);
      if (name === 'threads') await copy('dist/wasm/teamWorker.js', out);
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
