// What the explorer costs its visitors, measured through `emft explore` itself: bytes and requests; and that it follows a
// slider. How soon it answers is measured by `npm run bench -- page`.
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { computing, settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';
import { viewNames } from '../support/browser/views.js';

const { explorer, browser, page } = await exploring();

/** A TCP relay in front of the server that counts what it sends: headers, worker scripts, everything. */
async function relay(port: number) {
  const count = { bytes: 0 };
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    upstream.on('data', (chunk) => {
      count.bytes += chunk.length;
    });
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    count,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

test('all views together transfer less than 600 kB, all of it from the page’s own origin', async () => {
  const wire = await relay(Number(new URL(explorer.origin).port));
  const context = await browser.newContext();
  try {
    const requests: string[] = [];
    context.on('request', (request) => requests.push(request.url()));
    const page = await context.newPage();
    // Three cores, so that the files for threads are loaded too.
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setHardwareConcurrencyOverride', { hardwareConcurrency: 3 });
    const sizes: Record<string, string> = { plane: '&radius=6', ed: '&n=7', solvers: '&n=256' };
    await page.goto(wire.origin);
    await settled(page);
    for (const view of viewNames) {
      await page.goto(`${wire.origin}?view=${view}${sizes[view] ?? ''}`);
      await computing(page);
      await settled(page);
    }
    const own = requests.filter((url) => url.startsWith(wire.origin));
    for (const file of ['index', 'worker', 'emft.simd', 'emft.simd-threads', 'teamWorker', 'matrix']) {
      expect(own.some((url) => url.includes(`/assets/${file}-`))).toBe(true);
    }
    expect(requests.filter((url) => !own.includes(url) && !/^(data|blob):/.test(url))).toEqual([]);
    // As it arrives, compressed, with every header: well above what an empty page would be.
    expect(wire.count.bytes).toBeGreaterThan(100_000);
    expect(wire.count.bytes).toBeLessThan(600_000);
  } finally {
    await context.close();
    wire.close();
  }
});

test('a slider that moves faster than the plane computes is followed, not ignored until it rests', async () => {
  await page.goto(`${explorer.origin}?view=plane`);
  await settled(page);
  const frames = await page.evaluate(async () => {
    const slider = document.getElementById('param-strength') as HTMLInputElement;
    const map = document.querySelector('#figure-plane-map') as HTMLElement;
    let drawn = 0;
    const watch = new MutationObserver(() => ++drawn);
    watch.observe(map, { childList: true, subtree: true });
    for (let i = 0; i < 100; ++i) {
      slider.stepUp();
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise(requestAnimationFrame);
    }
    watch.disconnect();
    return drawn;
  });
  expect(frames).toBeGreaterThan(5);
  await settled(page);
  await page.waitForURL(/strength=120/);
  // The last position has the last word.
  const last = await page.locator('#facts').getAttribute('data-exact');
  await page.goto(`${explorer.origin}?view=plane&strength=120`);
  await settled(page);
  expect(await page.locator('#facts').getAttribute('data-exact')).toBe(last);
});
