// The documentation site as a static host would serve it, and what its pages link to.
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, posix } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Serves a folder below `base`, as it is. */
export async function serveSite(folder: string, base: string): Promise<{ origin: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const below = pathname.startsWith(base) ? pathname.slice(base.length) || 'index.html' : undefined;
    const body = below === undefined ? undefined : await readFile(join(folder, below)).catch(() => undefined);
    if (body === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': types[extname(below!)] ?? 'text/plain' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

export interface SitePage {
  /** Path in the site, `guides/embedding.html`. */
  path: string;
  ids: Set<string>;
  /** Everything that `href` and `src` name. */
  links: string[];
}

const plain = (text: string) => text.replaceAll('&amp;', '&');

/** All pages of a built site, without its page for addresses that lead nowhere. */
export async function sitePages(folder: string): Promise<{ pages: SitePage[]; files: Set<string> }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Set(
    entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => posix.relative(folder, join(parentPath, name))),
  );
  const pages = await Promise.all(
    [...files]
      .filter((path) => path.endsWith('.html') && path !== '404.html')
      .sort()
      .map(async (path) => {
        const text = await readFile(join(folder, path), 'utf8');
        const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => plain(id));
        const links = [...text.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, link]) => plain(link));
        return { path, ids: new Set(ids), links };
      }),
  );
  return { pages, files };
}
