// What the explorer's server answers, and what it refuses: raw sockets on 127.0.0.1, names of an attacker, encodings.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chooseEncoding } from '../../../cli/src/explorer/encoding.js';
import { serve } from '../../../cli/src/explorer/server.js';
import { type Answer, Connection, request } from '../../support/rawHttp.js';

const web = new URL('../../../cli/dist/web/', import.meta.url);
let page: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  page = await serve(0, web);
});
afterAll(() => page?.close());

const isolated: [string, string][] = [
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-embedder-policy', 'require-corp'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
];

function expectGuarded({ headers }: Answer): void {
  for (const [name, value] of isolated) expect(headers.get(name), name).toBe(value);
  const directives = Object.fromEntries(
    (headers.get('content-security-policy') ?? '')
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
  );
  expect(directives).toEqual({
    'default-src': "'self'",
    'script-src': "'self' 'wasm-unsafe-eval'",
    'worker-src': "'self'",
    'img-src': "'self' data:",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  });
}

describe('headers', () => {
  test.each([
    [200, 'GET / HTTP/1.1', {}],
    [200, 'HEAD / HTTP/1.1', {}],
    [404, 'GET /nothing HTTP/1.1', {}],
    [405, 'POST / HTTP/1.1', {}],
    [406, 'GET / HTTP/1.1\r\nAccept-Encoding: deflate, *;q=0', {}],
    [413, 'GET / HTTP/1.1\r\nContent-Length: 1', { body: 'x' }],
    [403, 'GET / HTTP/1.1', { host: 'attacker.example' }],
    [400, 'GET http://localhost/ HTTP/1.1', {}],
  ])('every answer has the policies: %d', async (status, head, more) => {
    const answer = await request(page.port, head, more);
    expect(answer.status).toBe(status);
    expectGuarded(answer);
  });

  test('HEAD answers as GET without the body', async () => {
    const [get, head] = [
      await request(page.port, 'GET / HTTP/1.1'),
      await request(page.port, 'HEAD / HTTP/1.1'),
    ];
    expect(head.body).toBe('');
    for (const answer of [get, head]) answer.headers.delete('date');
    expect(head.headers).toEqual(get.headers);
    expect(get.body).toBe(await readFile(new URL('index.html', web), 'latin1'));
  });

  test('each file has its type; names that hold a hash may be kept', async () => {
    const types: Record<string, string> = {
      html: 'text/html; charset=utf-8',
      js: 'text/javascript; charset=utf-8',
      css: 'text/css; charset=utf-8',
      wasm: 'application/wasm',
      txt: 'text/plain; charset=utf-8',
    };
    const entries = await readdir(web, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => pathToFileURL(join(entry.parentPath, entry.name)).href.slice(web.href.length));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      const answer = await request(page.port, `GET /${file} HTTP/1.1`);
      expect(answer.status, file).toBe(200);
      expect(answer.body, file).toBe(await readFile(new URL(file, web), 'latin1'));
      expect(answer.headers.get('content-type'), file).toBe(types[file.split('.').at(-1) ?? '']);
      const kept = file.startsWith('assets/') ? /immutable/ : /^no-cache$/;
      expect(answer.headers.get('cache-control'), file).toMatch(kept);
    }
  });

  test.each(['Range: bytes=0-9', 'If-None-Match: *', 'If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT'])(
    '%s gets the whole file',
    async (header) => {
      const answer = await request(page.port, `GET / HTTP/1.1\r\n${header}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('accept-ranges')).toBe('none');
      expect(answer.body).toBe(await readFile(new URL('index.html', web), 'latin1'));
    },
  );
});

describe('Host', () => {
  test.each(['localhost', 'LocalHost:8070', '127.0.0.1', '127.0.0.1:1', '[::1]:8070', '[::1]'])(
    '%s is this machine',
    async (host) => {
      expect((await request(page.port, 'GET / HTTP/1.1', { host })).status).toBe(200);
    },
  );

  test.each([
    'attacker.example',
    'attacker.example:8070',
    'localhost.attacker.example',
    '127.0.0.1.attacker.example:8070',
    'attacker.example/localhost',
    'localhost@attacker.example',
    '127.0.0.1:8070@attacker.example',
    'localhost:8070,attacker.example',
    'localhost:',
    'localhost:port',
    'xlocalhost',
    '0.0.0.0',
    '2130706433',
    '',
  ])('%j, which a name of an attacker could be, is refused', async (host) => {
    const answer = await request(page.port, 'GET / HTTP/1.1', { host });
    expect(answer.status).toBe(403);
    expect(answer.body).toBe('this server answers to localhost and 127.0.0.1 only\n');
  });

  test('none or two are a bad request', async () => {
    for (const headers of ['', 'Host: localhost\r\nHost: attacker.example\r\n']) {
      for (const version of ['1.0', '1.1']) {
        const connection = new Connection(page.port);
        connection.send(`GET / HTTP/${version}\r\n${headers}Connection: close\r\n\r\n`);
        expect((await connection.ended())[0].status).toBe(400);
      }
    }
  });
});

describe('Accept-Encoding', () => {
  test.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['deflate, gzip;q=1.0, *;q=0.5', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, br;q=0.9', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*, br;q=0', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['gzip; q=0.000', 'identity'],
    ['gzip;q=0, *', 'identity'],
    ['gzip;q=0.001', 'gzip'],
    ['gzip;q=0.5, identity;q=0.6', 'identity'],
    ['identity', 'identity'],
    ['identity;q=0.5, gzip;q=0.5', 'gzip'],
    ['*', 'gzip'],
    ['*;q=0, gzip', 'gzip'],
    ['identity, *;q=0', 'identity'],
    ['identity;q=0, gzip', 'gzip'],
    ['identity;q=0, *;q=0.1', 'gzip'],
    ['br', 'br'],
    ['gzipped, notgzip', 'identity'],
    ['gzip;q=2', 'identity'],
    ['gzip;level=9', 'identity'],
    ['*;q=0', null],
    ['identity;q=0', null],
    ['br, identity;q=0', 'br'],
    ['zstd, identity;q=0', null],
    ['gzip;q=0, identity;q=0', null],
  ])('%j takes %s', async (header, encoding) => {
    expect(chooseEncoding(header)).toBe(encoding);
    const answer = await request(
      page.port,
      `GET / HTTP/1.1${header === undefined ? '' : `\r\nAccept-Encoding: ${header}`}`,
    );
    expect(answer.status).toBe(encoding ? 200 : 406);
    const coded = encoding === 'identity' ? undefined : (encoding ?? undefined);
    expect(answer.headers.get('content-encoding')).toBe(coded);
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    const body = Buffer.from(answer.body, 'latin1');
    const index = await readFile(new URL('index.html', web));
    const decode = { br: brotliDecompressSync, gzip: gunzipSync, identity: (bytes: Buffer) => bytes };
    if (encoding) expect(decode[encoding as keyof typeof decode](body).equals(index)).toBe(true);
  });
});
