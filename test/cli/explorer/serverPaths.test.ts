// Which paths the explorer's server takes for a file of the page, and which of an attacker's it takes for nothing.
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../../cli/src/explorer/server.js';
import { request } from '../../support/rawHttp.js';

const web = new URL('../../../cli/dist/web/', import.meta.url);
let page: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  page = await serve(0, web);
});
afterAll(() => page?.close());

describe('paths', () => {
  test.each([
    '/../package.json',
    '/../../package.json',
    '/..%2f..%2fpackage.json',
    '/..%2F..%2Fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/%2E%2E/%2E%2E/package.json',
    '/%252e%252e/%252e%252e/package.json',
    '/..%252f..%252fpackage.json',
    '/assets/../../package.json',
    '/assets/../index.html',
    '/./index.html',
    '/..\\..\\package.json',
    '/..%5c..%5cpackage.json',
    '/..%c0%af..%c0%afpackage.json',
    '/%c0%ae%c0%ae/%c0%ae%c0%ae/package.json',
    '/..%ef%bc%8f..%ef%bc%8fpackage.json',
    '//etc/passwd',
    '/etc/passwd',
    '/%2fetc%2fpasswd',
    '/file:///etc/passwd',
    '/index.html%00',
    '/index.html%00.js',
    '/%00/index.html',
    '/index.html%3Fx',
    '/index.html%23x',
    '/index.html#x',
    '/index.html/',
    '/index.html/.',
    '/INDEX.HTML',
    '/assets',
    '/assets/',
    '/%',
    '/%zz',
    '/%ff',
    '/__proto__',
    '/constructor',
  ])('%s is nothing', async (path) => {
    expect(await request(page.port, `GET ${path} HTTP/1.1`)).toMatchObject({
      status: 404,
      body: 'not found\n',
    });
  });

  test.each([
    '*',
    'index.html',
    'http://localhost/index.html',
    'http://attacker.example/',
    'file:///etc/passwd',
    '/\0',
  ])('%j is no path', async (target) => {
    expect((await request(page.port, `GET ${target} HTTP/1.1`)).status).toBe(400);
  });

  test.each(['/', '/?view=chain', '/index.html', '/index.html?a=..%2f..%2f', '/%69ndex.html'])(
    '%s is the page',
    async (path) => {
      const answer = await request(page.port, `GET ${path} HTTP/1.1`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    },
  );

  test('a file that could not be read once is served when it can be read again', async () => {
    const root = await mkdtemp(join(tmpdir(), 'emft-page-'));
    const { port, close } = await (async () => {
      await writeFile(join(root, 'index.html'), 'page');
      return serve(0, pathToFileURL(`${root}/`));
    })();
    try {
      await rename(join(root, 'index.html'), join(root, 'aside'));
      for (const method of ['GET', 'HEAD']) {
        const answer = await request(port, `${method} / HTTP/1.1`);
        expect([answer.status, answer.body]).toEqual([
          503,
          method === 'GET' ? 'the file cannot be read now\n' : '',
        ]);
      }
      await rename(join(root, 'aside'), join(root, 'index.html'));
      const answer = await request(port, 'GET / HTTP/1.1');
      expect([answer.status, answer.body]).toEqual([200, 'page']);
    } finally {
      close();
      await rm(root, { recursive: true });
    }
  });

  test('links lead nowhere, and files that come later are not served', async () => {
    const root = await mkdtemp(join(tmpdir(), 'emft-page-'));
    try {
      await writeFile(join(root, 'index.html'), 'page');
      await mkdir(join(root, 'assets'));
      await symlink('/etc/passwd', join(root, 'assets/file.txt'));
      await symlink('/etc', join(root, 'assets/folder'));
      const { port, close } = await serve(0, pathToFileURL(`${root}/`));
      await writeFile(join(root, 'later.html'), 'later');
      for (const path of ['/assets/file.txt', '/assets/folder/passwd', '/later.html']) {
        expect((await request(port, `GET ${path} HTTP/1.1`)).status, path).toBe(404);
      }
      expect((await request(port, 'GET / HTTP/1.1')).body).toBe('page');
      close();
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
