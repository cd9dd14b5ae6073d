// Hosts that lack something: one thread and a note where that is promised, elsewhere a typed error of one line.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createCore, EmftError } from 'emft';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { nodeBinary, nodeMajors } from '../support/nodes.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const hostCall = fileURLToPath(new URL('../support/hostCall.mjs', import.meta.url));
const cli = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
const built = (name: string) => new URL(`../../build/${name}`, import.meta.url);

afterEach(() => vi.unstubAllGlobals());

/** What test/support/hostCall.mjs prints, run by that command line. */
async function host(command: string, args: string[], options: object): Promise<Record<string, unknown>> {
  return JSON.parse((await run(command, [...args, hostCall, JSON.stringify(options)])).stdout);
}

/** The same in a shell that bounds addresses. */
async function bounded(mebibytes: number, binary: string, flags: string[], options: object) {
  const script = `ulimit -v ${1024 * mebibytes} && exec "$@"`;
  return host('bash', ['-c', script, 'bash', binary, ...flags], options);
}

const works = (threads: number, notes: unknown[] = []) => ({ threads, notes, values: [1, 3] });

describe.each(nodeMajors)('Node %s', (major) => {
  const permission = major === '20' ? '--experimental-permission' : '--permission';

  test('without WebAssembly', async () => {
    for (const threads of [1, 2]) {
      expect(await host(nodeBinary(major), ['--jitless'], { threads })).toEqual({
        typed: true,
        name: 'EmftError',
        message: 'this host has no WebAssembly (Node has none with --jitless)',
      });
    }
    await expect(run(nodeBinary(major), ['--jitless', cli, 'eta', '0.1'])).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^(Warning: .*\n)?emft: this host has no WebAssembly .*\n$/),
    });
  });

  test('that may start no threads runs one, and the command line says so', async () => {
    const flags = [permission, '--allow-fs-read=*', '--no-warnings'];
    const why =
      "worker threads did not start (Node's permission model forbids threads: see --allow-worker): one thread runs";
    expect(await host(nodeBinary(major), flags, { threads: 3 })).toEqual(works(1, [why]));
    const worker = new URL('../../dist/wasm/teamWorker.js', import.meta.url).href;
    expect(await host(nodeBinary(major), flags, { threads: 3, worker })).toMatchObject({
      typed: true,
      name: 'WorkerError',
      message: expect.stringContaining('--allow-worker'),
    });
    expect(await host(nodeBinary(major), [...flags, '--allow-worker'], { threads: 3 })).toEqual(works(3));
    const ed = ['ed', '--alpha', '0.7', '-n', '2', '--seed', '1', '--threads', '2', '--json'];
    const { stdout, stderr } = await run(nodeBinary(major), [...flags, cli, ...ed]);
    expect(stderr).toBe(`emft: ${why}\n`);
    expect(JSON.parse(stdout).eigenvalues).toHaveLength(32);
  });

  test('that may not read the .wasm', async () => {
    const flags = [permission, '--no-warnings'];
    for (const folder of ['dist', 'test', 'package.json'])
      flags.push(`--allow-fs-read=${join(root, folder)}`);
    for (const threads of [1, 2]) {
      expect(await host(nodeBinary(major), flags, { threads })).toMatchObject({
        typed: true,
        name: 'EmftError',
        message: expect.stringMatching(/^cannot load file:.*emft\.simd.*\.wasm: .*--allow-fs-read\)$/),
      });
    }
  });

  test('with too few addresses for worker threads runs one', async () => {
    // Before, V8 ended the process.
    const flags = major === '24' ? [] : ['--disable-wasm-trap-handler'];
    const why =
      /^worker threads did not start \(they take up to 2048 MiB of addresses, .*\(ulimit -v\)\): one/;
    expect(await bounded(3000, nodeBinary(major), flags, { threads: 3 })).toEqual(
      works(1, [expect.stringMatching(why)]),
    );
    expect(await bounded(24000, nodeBinary(major), flags, { threads: 3 })).toEqual(works(3));
  });
});

test.each(['20', '22'] as const)('Node %s with too few addresses for a memory', async (major) => {
  for (const threads of [1, 2]) {
    expect(await bounded(8000, nodeBinary(major), [], { threads })).toMatchObject({
      typed: true,
      name: 'MemoryError',
      message: expect.stringMatching(
        /^the host does not reserve a WebAssembly memory: .*-wasm-trap-handler$/,
      ),
    });
  }
});

describe.each([
  ['deno', ['run', '-A', '--quiet']],
  ['bun', []],
] as const)('%s', (name, flags) => {
  test('has threads, and a client', async () => {
    expect(await host(nodeBinary(name), [...flags], { threads: 3 })).toEqual(works(3));
    const client = new URL('../../dist/client/index.js', import.meta.url).href;
    expect(await host(nodeBinary(name), [...flags], { threads: 2, client })).toEqual(works(2));
  });

  test('runs the command: the published bits', async () => {
    const { stdout } = await run(nodeBinary(name), [...flags, cli, 'verify', '--json']);
    const rows: { same: boolean }[] = JSON.parse(stdout);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ same }) => !same)).toEqual([]);
  });
});

test.each(nodeMajors)('Node %s: require', async (major) => {
  const { stdout } = await run(
    nodeBinary(major),
    ['--input-type=commonjs', '--eval', "console.log(typeof require('emft').createCore)"],
    { cwd: root },
  );
  expect(stdout).toBe('function\n');
});

test('a process whose WebAssembly was taken away', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  await expect(createCore()).rejects.toThrow(EmftError);
  await expect(createCore({ wasm: built('emft.simd.wasm') })).rejects.toThrow(/no WebAssembly/);
});

describe('a CommonJS bundle', () => {
  let folder: string;
  let bundle: typeof import('emft');
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'emft-commonjs-'));
    const outfile = join(folder, 'app.cjs');
    await build({
      entryPoints: [join(root, 'dist/index.js')],
      bundle: true,
      format: 'cjs',
      platform: 'node',
      outfile,
      // It says that import.meta is empty there.
      logLevel: 'error',
    });
    await cp(join(root, 'build'), folder, { recursive: true });
    bundle = createRequire(import.meta.url)(outfile);
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('runs on one thread and on several with `wasm` and `worker` named', async () => {
    const worker = new URL('../../dist/wasm/teamWorker.js', import.meta.url);
    const one = await bundle.createCore({ wasm: built('emft.simd.wasm') });
    const two = await bundle.createCore({ threads: 2, wasm: built('emft.simd-threads.wasm'), worker });
    expect([one.threads, one.notes, two.threads, two.notes]).toEqual([1, [], 2, []]);
    const a = one.goe(97, { seed: 1 });
    expect(two.eigh(a, 97)).toEqual(one.eigh(a, 97));
    one.dispose();
    two.dispose();
  });

  test('with `wasm` alone named runs on one thread', async () => {
    const core = await bundle.createCore({ threads: 2, wasm: built('emft.simd-threads.wasm') });
    expect([core.threads, core.notes]).toEqual([
      1,
      [
        expect.stringMatching(
          /^worker threads did not start \(teamWorker\.js: .*; see options\.worker\): one/,
        ),
      ],
    ]);
    core.dispose();
  });

  test('says that it needs `wasm`', async () => {
    const error: unknown = await bundle.createCore().catch((reason) => reason);
    expect(error).toBeInstanceOf(bundle.EmftError);
    expect((error as Error).message).toMatch(/^a bundle without import\.meta\.url .* say it with `wasm`$/);
  });
});
