// A page of the built package in headless Chromium: a static server on 127.0.0.1 and the browser.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.html': 'text/html',
};
const html = `<!doctype html><title>test</title>
<script type="importmap">{ "imports": { "emft": "/dist/index.js", "emft/check": "/dist/check.js" } }</script>`;

/**
 * Serves the repository, or another folder; `/isolated` is a cross-origin isolated page, `/plain` one that is not.
 * `shared`: as a CDN does, for pages of any origin.
 */
export async function serve(
  root = repository,
  { shared = false } = {},
): Promise<{ origin: string; close(): void }> {
  const server: Server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const headers: Record<string, string> = shared
      ? { 'Cross-Origin-Resource-Policy': 'cross-origin', 'Access-Control-Allow-Origin': '*' }
      : { 'Cross-Origin-Resource-Policy': 'same-origin' };
    if (pathname !== '/plain') {
      headers['Cross-Origin-Opener-Policy'] = 'same-origin';
      headers['Cross-Origin-Embedder-Policy'] = 'require-corp';
    }
    if (pathname === '/plain' || pathname === '/isolated') {
      response.writeHead(200, { ...headers, 'Content-Type': 'text/html' }).end(html);
      return;
    }
    try {
      const body = await readFile(join(root, normalize(pathname)));
      response
        .writeHead(200, { ...headers, 'Content-Type': types[extname(pathname)] ?? 'text/plain' })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}

/** Chromium without its window, which takes a third less of the machine, or the whole of it. */
const executablePath = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);

/** Throws where Debian's Chromium is not installed: a test that needs it has then shown nothing. */
export async function launch(): Promise<Browser> {
  if (!executablePath) {
    throw new Error('not installed: chromium-headless-shell; .ci/run installs what the tests need');
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
