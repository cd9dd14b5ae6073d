// The documentation site, built as `npm run docs` does but for a path of its own: every link leads somewhere, its first page solves an
// eigenproblem, search finds, and axe has nothing to say.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { promisify } from 'node:util';
import { createEigenCore } from 'emft/eigen';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { andersonChain } from '../../docs/.vitepress/theme/anderson.js';
import { POLLING } from '../support/browser/explorer.js';
import { launch } from '../support/browser/host.js';
import { type SitePage, serveSite, sitePages } from '../support/browser/site.js';
import { root } from '../support/markdown.js';

const BASE = '/~someone/emft/';
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let folder: string;
let pages: SitePage[];
let files: Set<string>;
let browser: Browser;
let host: Awaited<ReturnType<typeof serveSite>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emft-site-'));
  const env = { ...process.env, DOCS_BASE: BASE, DOCS_OUT: folder };
  await promisify(execFile)(process.execPath, ['scripts/build-docs.js'], { cwd: root, env });
  ({ pages, files } = await sitePages(folder));
  [host, browser] = await Promise.all([serveSite(folder, BASE), launch()]);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  host?.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(path: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.on('pageerror', (error) => expect.unreachable(error.message));
  await page.goto(host.origin + BASE + path);
  return page;
}

describe('the site', () => {
  test('has the guides, the reference of every entry, and the changelog', () => {
    const paths = pages.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'index.html',
        'changelog.html',
        'performance.html',
        'accuracy.html',
        'guides/your-own-hamiltonian.html',
        'api/index/interfaces/Core.html',
        'api/eigen/index.html',
        'api/client/functions/createClient.html',
      ]),
    );
    expect(paths.length).toBeGreaterThan(200);
  });

  test('lists every entry of the package beside its reference, one that lies below another too', async () => {
    const page = await open('api/client/serve/index.html');
    const lists = page.locator('.VPSidebarItem.level-0');
    const texts = (within: number) => lists.nth(within).locator('.link').allTextContents();
    const { exports } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    const entries = Object.keys(exports).filter((path) => !/[*]|\.js(on)?$/.test(path));
    expect((await texts(0)).toSorted()).toEqual(entries.map((path) => path.replace('.', 'emft')).toSorted());
    expect(await texts(1)).toEqual(['serve']);
    await page.context().close();
  });

  test('has no dead link, be it to a page, a heading, a picture or a file', () => {
    const byPath = new Map(pages.map((page) => [page.path, page]));
    const dead: string[] = [];
    for (const { path, links } of pages) {
      for (const link of links) {
        if (/^(?:[a-z]+:)/i.test(link)) continue;
        const [, address, heading] = /^([^#?]*)[^#]*#?(.*)$/.exec(link)!;
        const absolute = address === '' ? BASE + path : posix.join(BASE, posix.dirname(path), address);
        const target = address.startsWith('/') ? address : absolute;
        const file = decodeURI(target.slice(BASE.length)) || 'index.html';
        const name = [file, `${file}.html`, `${file}index.html`].find((one) => files.has(one));
        const known = target.startsWith(BASE) && name !== undefined;
        const wanted = decodeURIComponent(heading);
        if (!known || (wanted !== '' && byPath.get(name)?.ids.has(wanted) === false)) {
          dead.push(`${path}: ${link}`);
        }
      }
    }
    expect(dead).toEqual([]);
  });

  test('solves on its first page what Node solves, again when a slider is moved by its keys', async () => {
    const page = await open('');
    const facts = page.locator('.eigenproblem .facts');
    await facts.waitFor();
    const before = await facts.textContent();
    expect(before).toMatch(/^eigh of 64 × 64 in .* converged; LAPACK’s ratios 0\.\d+ and 0\.\d+ /);
    await page.locator('#disorder').focus();
    await page.keyboard.press('End');
    await page.waitForFunction(
      (text) => document.querySelector('.facts')?.textContent !== text,
      before,
      POLLING,
    );
    const drawn = await page
      .locator('.eigenproblem circle')
      .evaluateAll((all) => all.map((one) => Number(one.getAttribute('cy'))));
    const core = await createEigenCore();
    const { values } = core.eigh(andersonChain(64, 12), 64);
    core.dispose();
    const [least, most] = [Math.min(-3, values[0]), Math.max(3, values[63])];
    expect(drawn).toEqual(
      Array.from(values, (x) => Number((190 - (180 * (x - least)) / (most - least)).toFixed(1))),
    );
    await page.context().close();
  });

  test('finds what is searched for', async () => {
    const page = await open('numpy.html');
    // Before the page has its application, keys are heard by nobody.
    await page.waitForFunction(() => '__vue_app__' in document.querySelector('#app')!, null, POLLING);
    await page.keyboard.press('Control+k');
    await page.locator('#localsearch-input').fill('entanglementEntropy');
    await page.locator('.results a').first().waitFor();
    expect(await page.locator('.results').textContent()).toMatch(/entanglementEntropy/i);
    await page.context().close();
  });

  test.each([
    ['', 'light'],
    ['', 'dark'],
    ['performance.html', 'light'],
    ['guides/your-own-hamiltonian.html', 'dark'],
    ['api/client/functions/createClient.html', 'light'],
  ] as const)('axe finds nothing serious on /%s, %s', async (path, scheme) => {
    const page = await open(path, scheme);
    if (path === '') await page.locator('.eigenproblem .facts').waitFor();
    await page.addScriptTag({ content: axe });
    const { violations } = await page.evaluate('axe.run()').then(
      (result) =>
        result as {
          violations: { id: string; impact: string; nodes: { html: string }[] }[];
        },
    );
    const serious = violations.filter(({ impact }) => /serious|critical/.test(impact));
    expect(
      serious.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ html }) => html)
            .slice(0, 3)
            .join(' ')}`,
      ),
    ).toEqual([]);
    await page.context().close();
  });
});
