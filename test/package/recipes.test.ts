// Every recipe of docs/guides/recipes.md as it stands there: installed, built, run, and its page opened.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createCore } from 'emft';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { answerAt, answerIn } from '../support/browser/answer.js';
import { launch, serve } from '../support/browser/host.js';
import { nodeBinary } from '../support/nodes.js';
import { INSTALL, npm, root, run } from '../support/packed.js';

/** What the recipes ask to install, at the versions that were tried. */
const FRAMEWORKS = [
  'react@19.3.1',
  'react-dom@19.3.1',
  'vue@3.5.45',
  'next@16.4.6',
  'comlink@4.4.2',
  'jest@30.5.2',
  'vite@8',
  '@vitejs/plugin-react@6',
  '@vitejs/plugin-vue@6',
];

let scratch: string;
let project: string;
let browser: Browser;
let files: Map<string, string>;
/** What the page of each framework says. */
let answer: string;
/** The largest eigenvalue of the matrix for which one of them takes two threads. */
let hilbert: number;

/** A block of code belongs to the file that the line before it begins with. */
const recipesIn = (text: string) =>
  new Map(
    [...text.matchAll(/^`([^`\n]+)`[^\n]*\n\n```\w+\n([\s\S]*?)^```$/gm)].map(([, path, code]) => [
      path,
      code,
    ]),
  );

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-recipes-'));
  project = join(scratch, 'project');
  await cp(inject('packedOnce').project, project, { recursive: true, verbatimSymlinks: true });
  await npm([...INSTALL, ...FRAMEWORKS], project);
  files = recipesIn(await readFile(join(root, 'docs/guides/recipes.md'), 'utf8'));
  for (const [path, code] of files) {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), code);
  }
  browser = await launch();
  const core = await createCore();
  const ring = Array.from({ length: 8 }, (_, i) => [i, (i + 1) % 8]);
  const terms = ring.flatMap((sites) => ['xx', 'yy', 'zz'].map((op) => ({ op, sites })));
  const { values } = core.eigsh(core.spins({ sites: 8, terms }), { k: 4 });
  answer = `E = ${values[0].toFixed(6)}`;
  const matrix = Float64Array.from({ length: 9e4 }, (_, k) => 1 / (1 + Math.floor(k / 300) + (k % 300)));
  hilbert = core.eigh(matrix, 300).values[299];
  core.dispose();
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await rm(scratch, { recursive: true, force: true });
});

const bin = (name: string) => join(project, 'node_modules/.bin', name);

/** What stands in the page's output once it is an equation. */
const EQUATION = '/.* = .*/.exec(document.querySelector("output")?.textContent)?.[0]';

async function saidBy(said: ReturnType<typeof answerAt>): Promise<string> {
  const { answer, errors } = await said;
  expect(errors).toEqual([]);
  return answer;
}

const servedFrom = (path: string) => saidBy(answerIn(browser, project, `/${path}`, EQUATION));

test('each recipe has its files', () => {
  const recipes = new Set([...files.keys()].map((path) => path.split('/')[0]));
  expect([...recipes].sort()).toEqual(
    ['comlink', 'jest', 'levels.js', 'next', 'own', 'plain', 'react', 'server', 'vite', 'vue'].sort(),
  );
});

test.each(['vite', 'react', 'vue'])('%s', async (recipe) => {
  await run(bin('vite'), ['build', recipe, '--base', './', '--logLevel', 'error'], { cwd: project });
  expect(await servedFrom(`${recipe}/dist/index.html`)).toBe(answer);
});

test.each(['comlink', 'own'])('%s', async (recipe) => {
  await run(bin('vite'), ['build', recipe, '--base', './', '--logLevel', 'error'], { cwd: project });
  expect(await servedFrom(`${recipe}/dist/index.html`)).toBe('r = 0.53');
});

/** The address at which a server says that it listens, once it says that it is `ready`: Next answers with nothing before. */
async function listening(server: ChildProcess, ready = /./): Promise<string> {
  let said = '';
  for await (const part of server.stdout!) {
    said += part;
    const [address] = /http:\/\/localhost:\d+/.exec(said) ?? [];
    if (address && ready.test(said)) return address;
  }
  throw new Error(`the server ended: ${said}`);
}

test('`npx vite` in the folder of all recipes found no page', async () => {
  const text = await readFile(join(root, 'docs/guides/recipes.md'), 'utf8');
  for (const recipe of ['vite', 'react', 'vue', 'own', 'comlink']) {
    expect(text).toContain(`\`npx vite ${recipe}\``);
  }
  // As the recipe says, and the page may have threads then.
  const server = spawn(bin('vite'), ['vite', '--port', '0'], {
    cwd: project,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const address = await listening(server);
    const isolated = `${EQUATION} && crossOriginIsolated && ${EQUATION}`;
    expect(await saidBy(answerAt(browser, address, isolated))).toBe(answer);
  } finally {
    server.kill();
    if (server.exitCode === null) await once(server, 'close');
  }
});

test('next', async () => {
  const at = { cwd: project, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } };
  await run(bin('next'), ['build', 'next'], at);
  const server = spawn(bin('next'), ['start', 'next', '-p', '0'], {
    ...at,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const address = await listening(server, /Ready in/);
    expect(await saidBy(answerAt(browser, address, EQUATION))).toBe(answer);
    const two = await saidBy(answerAt(browser, `${address}/threads`, EQUATION));
    expect(two).toBe(`λ = ${hilbert} on 2 threads`);
    const post = async (body: string) => {
      const response = await fetch(`${address}/api/eigh`, { method: 'POST', body });
      return [response.status, await response.json()];
    };
    expect(await post('[[2, -1], [-1, 2]]')).toEqual([200, [1, 3]]);
    expect(await post('[[2, -1], [-1]]')).toEqual([400, { error: expect.stringContaining('a[1]') }]);
    expect(await post('[[2,')).toEqual([400, { error: expect.any(String) }]);
  } finally {
    server.kill();
    if (server.exitCode === null) await once(server, 'close');
  }
}, 300_000);

test('a plain page with the package on another origin, at the version of this package', async () => {
  const elsewhere = await serve(join(project, 'node_modules'), { shared: true });
  try {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const text = files.get('plain/index.html')!;
    const addresses = [...text.matchAll(/https:\/\/cdn\.example\/emft@([^/]+)/g)];
    expect(addresses.map(([, named]) => named)).toEqual([version, version]);
    const page = text.replaceAll(`https://cdn.example/emft@${version}`, `${elsewhere.origin}/emft`);
    await writeFile(join(project, 'plain/index.html'), page);
    expect(await servedFrom('plain/index.html')).toBe(answer);
  } finally {
    elsewhere.close();
  }
});

test('jest', async () => {
  const flags = ['--experimental-vm-modules', join(project, 'node_modules/jest/bin/jest.js'), '--json'];
  const { stdout } = await run(process.execPath, flags, { cwd: join(project, 'jest') });
  expect(JSON.parse(stdout)).toMatchObject({ success: true, numPassedTests: 2, numTotalTests: 2 });
});

test.each([
  ['deno', ['run', '--allow-read']],
  ['bun', []],
] as const)('%s', async (host, flags) => {
  // Without colours.
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const { stdout } = await run(nodeBinary(host), [...flags, 'server/main.js'], { cwd: project, env });
  expect(stdout.trim()).toBe('2 200');
});
