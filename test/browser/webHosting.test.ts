// cli/dist/web as static files: from below a path, on a server that sends no headers but the type, where one thread runs
// until the browser has kept the page, which then is there without the server too; and cross-origin isolated, where several
// run. The numbers are those of Node everywhere.
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { createCore } from 'emft';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explore, settled } from '../support/browser/explorer.js';
import { browsing, watched } from '../support/browser/opened.js';

const PATH = '/~someone/talks/2026/explorer/';
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
};

let server: Server;
let plain: string;
const { host: explorer, browser } = await browsing(explore);
/** What the static server was asked for. */
const asked: string[] = [];
/** Whether it answers, and what it makes of the text of files. */
let down = false;
let altered: Record<string, (text: string) => string> = {};
beforeAll(async () => {
  const root = new URL('../../cli/dist/web/', import.meta.url);
  server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (down) return void request.socket.destroy();
    asked.push(pathname);
    const below = pathname.startsWith(PATH) ? pathname.slice(PATH.length) || 'index.html' : null;
    // A newer version has its code under other names.
    const name = Object.keys(altered).length > 0 ? below?.replace('-newer.js', '.js') : below;
    const body = !name ? null : await readFile(new URL(name, root)).catch(() => null);
    if (!body) return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': types[extname(below ?? '')] });
    response.end(altered[below ?? '']?.(String(body)) ?? body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  plain = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
});
afterAll(() => server?.close());

/** A page that takes the machine to have `cores`. */
async function pageWith(
  cores: number,
  serviceWorkers: 'allow' | 'block' = 'allow',
): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ serviceWorkers });
  const errors = watched(context);
  const page = await context.newPage();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Emulation.setHardwareConcurrencyOverride', { hardwareConcurrency: cores });
  return { page, errors };
}

async function answer(page: Page, address: string): Promise<string | null> {
  await page.goto(address);
  await settled(page);
  return page.locator('#facts').getAttribute('data-exact');
}

const ed = '?view=ed&n=7&alpha=0.7&seed=2';
const plane = '?view=plane&radius=5&strength=30&theta0=2';
async function inNode(): Promise<{ ed: string; plane: string }> {
  const core = await createCore();
  const { eigenvalues } = core.diagonalizeGrain(core.randomGrainModel({ alpha: 0.7, n: 7, seed: 2 }));
  const couplings = core.latticeCouplings({ radius: 5, strength: 30, theta0: 2, relative: 1e-6 });
  const { etaTot } = core.latticeMeanField(couplings);
  core.dispose();
  return { ed: Array.from(eigenvalues).join(' '), plane: String(etaTot) };
}

test('plain files below a path: one thread, and the page says so', async () => {
  const node = await inNode();
  // As in windows that keep nothing.
  const { page, errors } = await pageWith(8, 'block');
  expect(await answer(page, plain + ed)).toBe(node.ed);
  expect(await answer(page, plain + plane)).toBe(node.plane);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(await page.locator('#threads').textContent()).toMatch(/one thread.*not cross-origin isolated/);
  await page.goto(`${plain}?view=solvers&n=64`);
  await page.locator('#run').click();
  await settled(page);
  for (const view of ['lbit', 'chain', 'solvers']) {
    await page.locator(`a[data-view=${view}]`).click();
    await page.waitForURL((url) => url.pathname === PATH && url.searchParams.get('view') === view);
  }
  expect(errors.filter((text) => !/Service Worker registration blocked/.test(text))).toEqual([]);
  // Every address is relative to the page; nothing for threads was loaded.
  expect(asked.filter((path) => !path.startsWith(PATH))).toEqual([]);
  expect(asked.filter((path) => /threads|teamWorker/.test(path))).toEqual([]);
  await page.context().close();
});

test('kept by the browser: isolated when opened again, there without its server, and new when it is new', async () => {
  const node = await inNode();
  const { page, errors } = await pageWith(4);
  const threads = () => page.locator('#threads').textContent();
  await answer(page, plain + ed);
  await page.waitForFunction(() =>
    /open the page again/.test(document.getElementById('threads')!.textContent!),
  );
  expect(await threads()).toMatch(/on one thread; when you open the page again, on up to 3$/);

  expect(await answer(page, plain + ed)).toBe(node.ed);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await threads()).toMatch(/on up to 3 threads$/);

  // Whatever was asked for so far, the whole page is there: with a state in its address, in another window, and its guide.
  down = true;
  const other = await page.context().newPage();
  expect(await answer(other, plain + plane)).toBe(node.plane);
  expect(await answer(page, plain + ed)).toBe(node.ed);
  await other.goto(`${plain}guide.html#your-matrix`);
  expect(await other.locator('h2#your-matrix').textContent()).toBe('Your matrix');
  // What is not of the page fails as it does without a worker.
  expect(await other.evaluate(() => fetch('nothing').then(String, (e: Error) => e.name))).toBe('TypeError');
  await other.close();
  down = false;
  expect(errors).toEqual(['Failed to load resource: net::ERR_FAILED']);
  errors.length = 0;

  // A new version is what one sees at once; the files of the old one go when no page of it is open.
  const keys = () => page.evaluate(() => caches.keys());
  const [old] = await keys();
  const renamed = (text: string) => text.replace(/(\b(index|start|worker)-[\w-]+)\.js\b/g, '$1-newer.js');
  altered = {
    'index.html': (text) => renamed(text.replace('<h1>', '$&new ')),
    'service-worker.js': (text) => renamed(text.replace('VERSION = "', 'VERSION = "new')),
  };
  for (const file of await readdir(new URL('../../cli/dist/web/assets', import.meta.url))) {
    if (/^(index|start)-.*\.js$/.test(file)) altered[`assets/${renamed(file)}`] = renamed;
  }
  // Its workers start in a page that the old worker isolates.
  expect(await answer(page, plain + ed)).toBe(node.ed);
  expect(await page.locator('h1').textContent()).toMatch(/^new emft/);
  expect(asked.some((path) => /\/worker-.*-newer\.js$/.test(path))).toBe(true);
  const waiting = () => navigator.serviceWorker.getRegistration().then((r) => r?.waiting?.state);
  await expect.poll(() => page.evaluate(waiting), { timeout: 30_000 }).toBe('installed');
  expect(await keys()).toHaveLength(2);
  const opened = async () => {
    await page.goto('about:blank');
    await page.goto(plain + ed);
    return keys();
  };
  await expect.poll(opened, { timeout: 60_000 }).not.toContain(old);
  expect(await keys()).toHaveLength(1);
  altered = {};
  await page.context().close();
});

test.each([
  [1, 1],
  [2, 1],
  [3, 2],
  [4, 3],
  [64, 8],
])('on %d cores a cross-origin isolated page uses %d threads', async (cores, threads) => {
  const { page, errors } = await pageWith(cores);
  await page.goto(explorer.origin);
  await settled(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const text = await page.locator('#threads').textContent();
  expect(text).toMatch(threads === 1 ? /on one thread$/ : new RegExp(`on up to ${threads} threads$`));
  expect(errors).toEqual([]);
  await page.context().close();
});

test('threads give the bits of one thread', async () => {
  const node = await inNode();
  const { page, errors } = await pageWith(3);
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  expect(await answer(page, explorer.origin + ed)).toBe(node.ed);
  expect(loaded.some((url) => url.includes('teamWorker'))).toBe(true);
  expect(await answer(page, explorer.origin + plane)).toBe(node.plane);
  expect(errors).toEqual([]);
  await page.context().close();
});

test('a module that does not load gives a message', async () => {
  const page = await browser.newPage();
  await page.route('**/*.wasm', (route) => route.fulfill({ status: 503, body: 'gone' }));
  await page.goto(explorer.origin);
  await page.waitForSelector('#problems p');
  expect(await page.locator('#problems').textContent()).toMatch(/WebAssembly module did not load.*503/);
  await page.close();
});
