// The explorer's server against clients that hold on: bodies, headers and connections without an end. Limits of time are
// set short; every wait is for the server to act.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ServerLimits, serve } from '../../../cli/src/explorer/server.js';
import { Connection, request } from '../../support/rawHttp.js';

const web = new URL('../../../cli/dist/web/', import.meta.url);
type Started = Awaited<ReturnType<typeof serve>>;

const toClose: Started[] = [];
async function started(limits: Partial<ServerLimits>): Promise<Started> {
  const server = await serve(0, web, limits);
  toClose.push(server);
  return server;
}
afterEach(() => {
  for (const server of toClose.splice(0)) server.close();
});

let page: Started;
beforeAll(async () => {
  page = await serve(0, web);
});
afterAll(() => page?.close());

describe('methods and bodies', () => {
  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND'])(
    '%s is refused',
    async (method) => {
      const answer = await request(page.port, `${method} / HTTP/1.1`);
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET, HEAD');
    },
  );

  test('what is no method, or a tunnel, ends the connection', async () => {
    expect((await request(page.port, 'FETCH / HTTP/1.1')).status).toBe(400);
    const connection = new Connection(page.port);
    connection.send('CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await connection.ended()).toEqual([]);
  });

  test.each([
    ['GET', 'Content-Length: 5', 413, 'hello'],
    ['HEAD', 'Content-Length: 5', 413, 'hello'],
    ['GET', 'Transfer-Encoding: chunked', 413, '5\r\nhello\r\n0\r\n\r\n'],
    ['POST', 'Content-Length: 5', 405, 'hello'],
  ])('%s with %s: the answer comes, and the connection ends', async (method, header, status, body) => {
    const connection = new Connection(page.port);
    // The body is followed by a request that the connection, which is to be closed, must not serve.
    const next = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
    connection.send(`${method} / HTTP/1.1\r\nHost: localhost\r\n${header}\r\n\r\n${body}${next}`);
    const answers = await connection.ended();
    expect(answers.map((answer) => answer.status)).toEqual([status]);
    expect(answers[0].headers.get('connection')).toBe('close');
  });

  test.each(['Content-Length: 1099511627776', 'Transfer-Encoding: chunked'])(
    'an endless body (%s) is not read for ever',
    async (header) => {
      const { port, server } = await started({ lingerTime: 600_000 });
      let read = () => 0;
      server.once('connection', (socket) => {
        read = () => socket.bytesRead;
      });
      const connection = new Connection(port);
      connection.send(`POST / HTTP/1.1\r\nHost: localhost\r\n${header}\r\n\r\n`);
      const block = header.startsWith('C') ? 'x'.repeat(65536) : `10000\r\n${'x'.repeat(65536)}\r\n`;
      // The answer does not wait for the body.
      expect((await connection.answered(1))[0]?.status).toBe(405);
      while (!connection.closed) {
        connection.send(block);
        await new Promise((resolve) => setImmediate(resolve));
      }
      // 64 KiB, and what the parser had in hand.
      expect(read()).toBeLessThan(300_000);
    },
  );

  test('a body that never comes is not waited for', async () => {
    const { port } = await started({ lingerTime: 50 });
    const connection = new Connection(port);
    connection.send('GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n');
    expect((await connection.ended()).map((answer) => answer.status)).toEqual([413]);
  });

  test('no client is sent 100 Continue', async () => {
    const { port } = await started({ lingerTime: 50 });
    const connection = new Connection(port);
    connection.send(
      'GET / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n',
    );
    await connection.ended();
    expect(connection.text).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('two lengths of one body are a bad request', async () => {
    const both = 'GET / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked';
    expect((await request(page.port, both, { body: '0\r\n\r\n' })).status).toBe(400);
  });
});

describe('limits', () => {
  test('long addresses and headers are refused', async () => {
    const long = 'x'.repeat(9000);
    expect((await request(page.port, `GET /${long} HTTP/1.1`)).status).toBe(431);
    expect((await request(page.port, `GET / HTTP/1.1\r\nX-Long: ${long}`)).status).toBe(431);
    expect((await request(page.port, `GET /${'x'.repeat(7000)} HTTP/1.1`)).status).toBe(404);
  });

  test('headers that never end are cut off', async () => {
    const connection = new Connection(page.port);
    connection.send('GET / HTTP/1.1\r\nHost: localhost\r\n');
    const ended = connection.ended();
    for (let i = 0; !connection.closed; ++i) {
      connection.send(`X-${i}: ${i}\r\n`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await ended)[0]?.status).toBe(431);
  });

  test('headers that come too slowly are not waited for', async () => {
    const { port } = await started({ headersTime: 200, requestTime: 400 });
    const connection = new Connection(port);
    connection.send('GET / HTTP/1.1\r\nHost: localhost\r\n');
    const dribble = setInterval(() => connection.send('X'), 50);
    const answers = await connection.ended();
    clearInterval(dribble);
    expect(answers.map((answer) => answer.status)).toEqual([408]);
  });

  test('connections without a request are closed, fresh or used', async () => {
    const { port } = await started({
      headersTime: 1500,
      requestTime: 2000,
      keepAliveTime: 100,
      idleTime: 2000,
    });
    const silent = new Connection(port);
    const used = new Connection(port);
    used.send('HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect((await used.ended()).map((answer) => answer.status)).toEqual([200]);
    await silent.ended();
  });

  test('a client that does not read its answers is cut off', async () => {
    const { port, server } = await started({ idleTime: 300 });
    const cut = once(server, 'connection').then(([socket]) => once(socket, 'close'));
    const connection = new Connection(port);
    connection.socket.pause();
    const [script] = (await readdir(new URL('assets/', web))).filter((name) => name.endsWith('.js'));
    connection.send(`GET /assets/${script} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(500));
    await cut;
    connection.socket.destroy();
  });

  test('so many connections, and no more', async () => {
    const { port, server } = await started({ connections: 3 });
    const ask = 'HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const open = Array.from({ length: 3 }, () => new Connection(port));
    for (const connection of open) {
      connection.send(ask);
      expect((await connection.answered(1))[0].status).toBe(200);
    }
    const surplus = new Connection(port);
    surplus.send(ask);
    expect(await surplus.ended()).toEqual([]);
    const gone = new Promise((resolve) =>
      server.once('request', (_, response) => response.on('close', resolve)),
    );
    open[0].send(ask.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    await open[0].ended();
    await gone;
    const next = new Connection(port);
    next.send(ask);
    expect((await next.answered(1))[0]?.status).toBe(200);
    for (const connection of [...open, next]) connection.socket.destroy();
  });

  test('so many requests on a connection, and no more', async () => {
    const { port } = await started({ requestsPerConnection: 3 });
    const connection = new Connection(port);
    connection.send('GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(10));
    const answers = await connection.ended();
    expect(answers.slice(0, 3).map((answer) => answer.status)).toEqual([404, 404, 404]);
    expect(answers[2].headers.get('connection')).toBe('close');
    for (const answer of answers.slice(3)) expect(answer.status).toBe(503);
  });

  test('answers still come after all of it', async () => {
    expect((await request(page.port, 'GET / HTTP/1.1')).status).toBe(200);
  });
});

describe('the command', () => {
  const main = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));
  const emft = (...args: string[]) => {
    const child = spawn(process.execPath, [main, 'explore', ...args]);
    let [out, err] = ['', ''];
    child.stdout.on('data', (text) => {
      out += text;
    });
    child.stderr.on('data', (text) => {
      err += text;
    });
    const ended = once(child, 'close').then(([status]) => ({ status, out, err }));
    return { child, ended };
  };

  test('a taken port is one line and status 1; a wrong one 2', async () => {
    expect(await emft('--port', String(page.port)).ended).toEqual({
      status: 1,
      out: '',
      err: `emft: port ${page.port} is taken: choose another with --port, or 0 for any\n`,
    });
    expect(await emft('--port', '65536').ended).toEqual({
      status: 2,
      out: '',
      err: 'emft: --port: expected a whole number ≥ 0 and ≤ 65535, got 65536\n',
    });
  });

  test('a folder without the page is one line that says what to do', async () => {
    await expect(serve(0, new URL('../../', import.meta.url))).rejects.toThrow(
      /^there is no page in .*npm run build/,
    );
  });

  test('Ctrl+C ends it with 130, also while somebody holds a connection', async () => {
    const { child, ended } = emft('--port', '0');
    const [address] = await once(child.stdout, 'data');
    const port = Number(/^http:\/\/127\.0\.0\.1:(\d+)\/\n$/.exec(String(address))?.[1]);
    const held = new Connection(port);
    held.send('HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect((await held.answered(1))[0].status).toBe(200);
    const slow = new Connection(port);
    slow.send('GET / HTTP/1.1\r\nHo');
    await once(slow.socket, 'connect');
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ status: 130, err: '' });
    await Promise.all([held.ended(), slow.ended()]);
    // The port is free again.
    (await serve(port, web)).close();
  });
});
