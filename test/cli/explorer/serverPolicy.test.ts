// The policies that the explorer's server sends, as a browser obeys them.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../../cli/src/explorer/server.js';
import { launch } from '../../support/browser/host.js';

const web = new URL('../../../cli/dist/web/', import.meta.url);
let page: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  page = await serve(0, web);
});
afterAll(() => page?.close());

describe('in a browser', () => {
  test('the policy refuses inline styles, evaluated text and other origins, in the page and where it is framed', async () => {
    const browser = await launch();
    const other = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end(`<!doctype html><iframe src="http://127.0.0.1:${page.port}/"></iframe>`);
    });
    try {
      const tab = await browser.newPage();
      await tab.goto(`http://127.0.0.1:${page.port}/`);
      const refused = await tab.evaluate(async () => {
        const seen: string[] = [];
        addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
        document.body.append(document.createElement('style'));
        (document.body.lastChild as Element).textContent = 'p { color: red }';
        document.body.setAttribute('style', 'color: red');
        const script = document.createElement('script');
        script.textContent = 'globalThis.inline = true';
        document.body.append(script);
        await fetch('https://attacker.example/').catch(() => {});
        await new Promise((resolve) => setTimeout(resolve));
        return [
          ...new Set(seen),
          (globalThis as { inline?: boolean }).inline === true ? 'ran' : 'did not run',
        ];
      });
      expect(refused.sort()).toEqual(
        ['connect-src', 'did not run', 'script-src-elem', 'style-src-attr', 'style-src-elem'].sort(),
      );
      other.listen(0, '127.0.0.1');
      await once(other, 'listening');
      const problems: string[] = [];
      tab.on('console', (message) => problems.push(message.text()));
      await tab.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
      expect(tab.frames()[1].url()).toBe('chrome-error://chromewebdata/');
      expect(problems.join(' ')).toContain('frame-ancestors');
    } finally {
      await browser.close();
      other.close();
    }
  });
});
