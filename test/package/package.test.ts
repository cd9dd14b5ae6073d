// What users install: the content of the tarballs, their types, the library in Node, and the command.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { bin, programs } from '../support/installed.js';
import { asProcess, blocks, expectPrinted, pages } from '../support/markdown.js';
import { INSTALL, npm, PATH, root, run } from '../support/packed.js';

const { library, command, project: made, installed } = inject('packedOnce');
let scratch: string;
let project: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-package-'));
  project = join(scratch, 'project');
  await cp(made, project, { recursive: true, verbatimSymlinks: true });
});

afterAll(() => rm(scratch, { recursive: true, force: true }));

/** Every module of a package: what is compiled of sources that are there. */
async function modules(home: string): Promise<string[]> {
  return (await readdir(join(home, 'src'), { recursive: true }))
    .filter((path) => /\.c?ts$/.test(path))
    .map((path) => `dist/${path.replace(/ts$/, 'js')}`)
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
        'docs/methods.md',
        'docs/images/fig3a.png',
        'dist/index.js',
        'dist/index.d.ts',
        'dist/eigen/index.js',
        'dist/eigen/index.d.ts',
        'dist/accuracy/index.js',
        'dist/accuracy/index.d.ts',
        'dist/client/index.js',
        'dist/client/index.d.ts',
        'dist/client/clientWorker.js',
        'dist/client/serve.js',
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
        'dist/sweeps/engines/local/worker.cjs',
        'dist/web/index.html',
        'examples/figure-1c.toml',
      ]),
    );
  });

  test('have nothing else', () => {
    const papers =
      'README\\.md|LICENSE|CITATION\\.cff|CHANGELOG\\.md|THIRD-PARTY-LICENSES\\.txt|package\\.json';
    const page =
      'web/((index|guide)\\.html|third-party-licenses\\.txt|service-worker\\.js|assets/[\\w.-]+\\.(js|css|wasm))';
    const docs = 'docs/((guides/)?[\\w-]+\\.md|images/\\w+\\.png|bench/[\\w-]+\\.(json|txt|png))';
    const code = '(?!web/).*\\.(c?js|d\\.ts)';
    for (const [{ files }, allowed] of [
      [library, new RegExp(`^(${papers}|${docs}|bin/emft\\.js|dist/${code}|build/[\\w.-]+\\.wasm)$`)],
      [command, new RegExp(`^(${papers}|dist/(${code}|${page})|examples/[\\w-]+\\.toml)$`)],
    ] as const) {
      expect(files.filter((path) => !allowed.test(path) || /\.(test|spec)\./.test(path))).toEqual([]);
    }
  });

  test('have code of their sources only, not of files that are gone', async () => {
    for (const [{ files }, home] of [
      [library, root],
      [command, join(root, 'cli')],
    ] as const) {
      const code = files.filter((path) => /^dist\/(?!web\/).*\.c?js$/.test(path));
      expect(code.sort()).toEqual(await modules(home));
    }
  });

  test('declare what public types lead to and nothing else', async () => {
    const declarations = library.files.filter((path) => path.endsWith('.d.ts'));
    const written = (await modules(root)).map((path) => path.replace(/\.js$/, '.d.ts'));
    expect(declarations).toContain('dist/operator/types.d.ts');
    expect(declarations).not.toContain('dist/operator/tuning.d.ts');
    expect(declarations.filter((path) => !written.includes(path))).toEqual([]);
    expect(command.files.filter((path) => path.endsWith('.d.ts'))).toEqual([]);
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
    expect(library.size).toBeLessThan(1_400_000);
    // Five builds of the core are 1.3 MB of it.
    expect(library.unpackedSize).toBeLessThan(3_290_000);
    expect(command.size).toBeLessThan(920_000);
    // The page with its story is a good half of it; figures beyond the paper are a tenth.
    expect(command.unpackedSize).toBeLessThan(2_500_000);
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
    await expectPrinted(examples[0], asProcess(project));
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
import { parseSparseMatrix } from 'emft/check';
import { createClient } from 'emft/client';
import { serve } from 'emft/client/serve';
import 'emft/clientWorker.js';
import { createEigenCore } from 'emft/eigen';
import 'emft/teamWorker.js';

export const ratios = (a: Float64Array, n: number, { values, vectors }: Eigh): Ratios =>
  decompositionRatios(a, n, values, vectors, { columns: 8 });
export const both = async (a: Float64Array, n: number): Promise<Eigh[]> => [
  (await createCore({ threads: 2 })).eigh(a, n),
  (await createEigenCore()).eigh(a, n, { method: 'dc' }),
];
serve({ entries: (_, text: Uint8Array) => parseSparseMatrix('text', text) });
export const far = createClient().then((client) => client.eta(1));

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
    // One after another in one process, which the help of none of them ends.
    const names = commands.filter((name) => name !== 'help');
    await writeFile(
      join(folder, 'helps.mjs'),
      `import { main } from './node_modules/emft-cli/dist/commands/program.js';
for (const name of ${JSON.stringify(names)}) {
  process.argv.splice(2, 2, name, '--help');
  await main();
  process.stdout.write('\\0');
}
`,
    );
    const each = await run(process.execPath, ['helps.mjs'], { cwd: folder });
    expect(each.stderr).toBe('');
    const helps = each.stdout.split('\0');
    expect(helps.pop()).toBe('');
    expect(helps).toHaveLength(names.length);
    for (const [k, help] of helps.entries()) {
      expect(help).toMatch(new RegExp(`^Usage: emft ${names[k]} .*\n\n\\S`));
    }
    // The examples that the help of sweep names are in the package.
    const examples = /^Examples, .*: (.*)$/m.exec((await emft('sweep', '--help')).stdout);
    expect(await readdir(examples?.[1] ?? 'no folder of examples in the help')).toContain('figure-1c.toml');
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
