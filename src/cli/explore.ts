// `emft explore`: serves the explorer to this machine alone, cross-origin isolated.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Command } from 'commander';
import { InputError } from '../core/errors.js';
import { parseInteger } from './common.js';

const ROOT = new URL('../web/', import.meta.url);
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};
const compress = promisify(gzip);

interface Served {
  plain: Buffer;
  gzipped: Buffer;
}

/** Files as they were read and compressed first, by path: nothing here changes while the server runs. */
type Cache = Map<string, Promise<Served>>;

function load(cache: Cache, file: string): Promise<Served> {
  let served = cache.get(file);
  if (!served) {
    served = readFile(file).then(async (plain) => ({ plain, gzipped: await compress(plain) }));
    cache.set(file, served);
    // A file that is not there costs no memory, and may come.
    served.catch(() => cache.delete(file));
  }
  return served;
}

/** The file of a request inside the directory `root`, or null. */
function fileOf(root: URL, url: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  if (path === '/') path = '/index.html';
  // Whatever `..` makes of it, it has to stay below the root.
  const file = fileURLToPath(new URL(`.${path.replaceAll('%', '%25')}`, root));
  return file.startsWith(fileURLToPath(root)) ? file : null;
}

async function answer(
  root: URL,
  cache: Cache,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const headers: Record<string, string> = {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-cache',
  };
  const end = (status: number, text: string) =>
    response.writeHead(status, { ...headers, 'Content-Type': 'text/plain' }).end(text);
  if (request.method !== 'GET' && request.method !== 'HEAD') return void end(405, 'only GET and HEAD\n');
  const file = fileOf(root, request.url ?? '/');
  const served = file ? await load(cache, file).catch(() => null) : null;
  if (!file || !served) return void end(404, 'not found\n');
  // Names in assets/ hold a hash of the content.
  if (file.startsWith(fileURLToPath(new URL('assets/', root)))) {
    headers['Cache-Control'] = 'public, max-age=31536000, immutable';
  }
  headers['Content-Type'] = TYPES[extname(file)] ?? 'application/octet-stream';
  headers.Vary = 'Accept-Encoding';
  let body = served.plain;
  if (/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
    body = served.gzipped;
    headers['Content-Encoding'] = 'gzip';
  }
  response.writeHead(200, { ...headers, 'Content-Length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Resolves with the server and the port it got. */
export async function serve(port: number, root = ROOT) {
  const cache: Cache = new Map();
  const server = createServer((request, response) => {
    answer(root, cache, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`port ${port} is taken: choose another with --port, or 0 for any`) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return { server, port: (server.address() as { port: number }).port };
}

export function addExplore(program: Command): void {
  program
    .command('explore')
    .description('serve the explorer page on this machine; Ctrl+C ends it')
    .option('--port <P>', 'port on 127.0.0.1; 0 takes a free one', parseInteger, 8070)
    .action(async ({ port }: { port: number }) => {
      if (port < 0 || port > 65535) throw new InputError('--port', `expected 0 to 65535, got ${port}`);
      const started = await serve(port);
      process.stdout.write(`http://127.0.0.1:${started.port}/\n`);
    });
}
