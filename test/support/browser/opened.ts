// What the tests of a file look at: a host and a browser, ended with the file; of the explorer a page too, and after each test its
// console has neither errors nor warnings. A file awaits it before its first test, so that all are constants.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, expect } from 'vitest';
import { explore } from './explorer.js';
import { launch } from './host.js';

/** A host that `start` gives, and a browser. */
export async function browsing<Host extends { close(): void }>(
  start: () => Promise<Host>,
): Promise<{ host: Host; browser: Browser }> {
  // First, because it is what may be missing.
  const browser = await launch();
  const host = await start();
  afterAll(async () => {
    await browser.close();
    host.close();
  });
  return { host, browser };
}

interface Exploring {
  explorer: Awaited<ReturnType<typeof explore>>;
  browser: Browser;
  /** Of which every page is watched. */
  context: BrowserContext;
  page: Page;
}

/** The explorer and a page. */
export async function exploring(options: BrowserContextOptions = {}): Promise<Exploring> {
  const { host, browser } = await browsing(explore);
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  const errors = watched(context);
  afterEach(() => expect(errors.splice(0)).toEqual([]));
  return { explorer: host, browser, context, page: await context.newPage() };
}

/** Errors and warnings of all pages of a context, as they come. */
export function watched(context: BrowserContext): string[] {
  const errors: string[] = [];
  context.on('console', (m) => ['error', 'warning'].includes(m.type()) && errors.push(m.text()));
  context.on('weberror', (e) => errors.push(e.error().message));
  return errors;
}
