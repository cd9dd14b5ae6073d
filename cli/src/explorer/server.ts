// The explorer's server: the files of the page, to this machine alone, cross-origin isolated. What else runs here may
// be hostile: pages of other sites in the same browser, which reach 127.0.0.1 under names of their own (DNS rebinding),
// and programs that hold connections open. Hence the check of Host, the policy, and a limit on everything.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chooseEncoding } from './encoding.js';
import { type PageFile, pageFiles } from './files.js';
import { PortError } from './portError.js';

export interface ServerLimits {
  /** Bytes of a request's first line and headers. */
  headerBytes: number;
  /** Milliseconds in which the headers have to come, and the whole request. */
  headersTime: number;
  requestTime: number;
  /** Milliseconds for which a connection without a request, and one that does not read its answer, is kept. */
  keepAliveTime: number;
  idleTime: number;
  connections: number;
  requestsPerConnection: number;
  /** Bytes and milliseconds of a refused body that are read, so that its sender gets to the answer. */
  lingerBytes: number;
  lingerTime: number;
}

const LIMITS: ServerLimits = {
  headerBytes: 8192,
  headersTime: 10_000,
  requestTime: 15_000,
  keepAliveTime: 5_000,
  idleTime: 30_000,
  connections: 128,
  requestsPerConnection: 1000,
  lingerBytes: 65_536,
  lingerTime: 1_000,
};

/**
 * Scripts, styles, workers and connections of the page itself only; WebAssembly may be compiled, no text evaluated; no
 * page may frame it. `data:` is the empty icon.
 */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
};

/** The names of this machine for itself. The port may be that of a tunnel. */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/** The file that a request names, or undefined. */
function fileOf(files: ReadonlyMap<string, PageFile>, target: string): PageFile | undefined {
  try {
    return files.get(decodeURIComponent(target.split('?', 1)[0]));
  } catch {
    return undefined;
  }
}

function refuse(response: ServerResponse, status: number, text: string, more: Record<string, string> = {}) {
  const body = `${text}\n`;
  response.writeHead(status, {
    ...HEADERS,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    ...more,
  });
  if (response.req.method !== 'HEAD') response.write(body);
}

/** Whether a body follows the headers. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
}

/** Why the request is not answered with a file: status, words and headers; null when it is. */
function refusal(request: IncomingMessage): [number, string, Record<string, string>?] | null {
  const hosts = request.headersDistinct.host ?? [];
  if (hosts.length !== 1) return [400, 'expected one Host header'];
  if (!LOOPBACK.test(hosts[0])) return [403, 'this server answers to localhost and 127.0.0.1 only'];
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return [405, 'only GET and HEAD', { Allow: 'GET, HEAD' }];
  }
  if (hasBody(request)) return [413, 'a request has no body here'];
  if (!request.url?.startsWith('/')) return [400, 'expected a path'];
  return null;
}

/** Ends the answer, and with it the connection, when the body that is not wanted is over or has taken long enough. */
function endAfterBody(request: IncomingMessage, response: ServerResponse, limits: ServerLimits): void {
  let left = limits.lingerBytes;
  const end = () => {
    clearTimeout(timer);
    response.end(() => request.socket.destroy());
  };
  const timer = setTimeout(end, limits.lingerTime);
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) end();
  });
  request.once('end', end).once('error', end);
}

async function answer(
  files: ReadonlyMap<string, PageFile>,
  limits: ServerLimits,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refused = refusal(request);
  if (refused) {
    const [status, text, headers = {}] = refused;
    const body = hasBody(request);
    refuse(response, status, text, body ? { ...headers, Connection: 'close' } : headers);
    return void (body ? endAfterBody(request, response, limits) : response.end());
  }
  const file = fileOf(files, request.url ?? '/');
  if (!file) {
    refuse(response, 404, 'not found');
    return void response.end();
  }
  const encoding = chooseEncoding(request.headers['accept-encoding']);
  if (!encoding) {
    refuse(response, 406, 'there is br, gzip and identity', { Vary: 'Accept-Encoding' });
    return void response.end();
  }
  const body = await file.content(encoding).catch(() => undefined);
  if (!body) {
    refuse(response, 503, 'the file cannot be read now');
    return void response.end();
  }
  response.writeHead(200, {
    ...HEADERS,
    'Content-Type': file.type,
    'Content-Length': body.length,
    ...(encoding !== 'identity' && { 'Content-Encoding': encoding }),
    ...(file.immutable && { 'Cache-Control': 'public, max-age=31536000, immutable' }),
    Vary: 'Accept-Encoding',
    'Accept-Ranges': 'none',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(new PortError(`port ${port} is taken`));
      } else if (error.code === 'EACCES') {
        reject(new PortError(`port ${port} is not open to you`));
      } else reject(error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

/**
 * Serves the page in the directory `root` on 127.0.0.1; port 0 takes a free one. `close` ends the connections too.
 */
export async function serve(
  port: number,
  root = new URL(import.meta.url.endsWith('.ts') ? '../../dist/web/' : '../web/', import.meta.url),
  given: Partial<ServerLimits> = {},
): Promise<{ server: Server; port: number; close(): void }> {
  const limits = { ...LIMITS, ...given };
  const files = await pageFiles(root);
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    answer(files, limits, request, response).catch(() => response.destroy());
  };
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTime,
      requestTimeout: limits.requestTime,
      keepAliveTimeout: limits.keepAliveTime,
      connectionsCheckingInterval: Math.min(1000, limits.headersTime / 4),
      // Answered by `refusal`, with the headers of every other answer.
      requireHostHeader: false,
    },
    handle,
  );
  // No client is asked to go on sending a body.
  server.on('checkContinue', handle).on('checkExpectation', handle);
  server.timeout = limits.idleTime;
  server.maxConnections = limits.connections;
  server.maxRequestsPerSocket = limits.requestsPerConnection;
  await listening(server, port);
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { server, port: (server.address() as AddressInfo).port, close };
}
