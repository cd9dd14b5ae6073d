// What a page has to say once its script has computed it.
import type { Browser } from 'playwright-core';
import { POLLING } from './explorer.js';
import { serve } from './host.js';

interface Said {
  answer: string;
  /** Messages of errors that the page's scripts did not catch. */
  errors: string[];
}

/** Opens a page and waits until the expression has a value in it. */
export async function answerAt(browser: Browser, url: string, expression: string): Promise<Said> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  try {
    await page.goto(url);
    const found = await page
      .waitForFunction(expression, undefined, { timeout: 60_000, ...POLLING })
      .catch((error) => {
        throw new Error(`${errors.join('; ')} (${error.message})`);
      });
    return { answer: (await found.jsonValue()) as string, errors };
  } finally {
    await page.close();
  }
}

/** The same of a page in a folder, which is served for that. */
export async function answerIn(
  browser: Browser,
  folder: string,
  path: string,
  expression: string,
): Promise<Said> {
  const host = await serve(folder);
  try {
    return await answerAt(browser, host.origin + path, expression);
  } finally {
    host.close();
  }
}
