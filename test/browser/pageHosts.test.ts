// Pages that forbid something: WebAssembly, workers, shared memory. One thread and a note, or an error that says what the
// page's headers lack.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { serve } from '../support/browser/host.js';
import { browsing } from '../support/browser/opened.js';

const { host: server, browser } = await browsing(serve);

const isolated = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** A page of the server with these headers. */
async function open(headers: Record<string, string>): Promise<Page> {
  const page = await browser.newPage();
  await page.route('**/page', (route) =>
    route.fulfill({
      headers: { 'Content-Type': 'text/html', ...headers },
      body: '<!doctype html><title>test</title>',
    }),
  );
  await page.goto(`${server.origin}/page`);
  return page;
}

interface Options {
  threads?: number | 'auto';
  wasm?: string;
  worker?: string;
  entry?: string;
}

/** What test/support/browser/hostCall.js returns in that page. */
function call(page: Page, options: Options): Promise<Record<string, unknown>> {
  // As text: an import would be rewritten for Node.
  return page.evaluate(
    `import('/test/support/browser/hostCall.js').then(({ call }) => call(${JSON.stringify(options)}))`,
  );
}

describe('a page whose Content-Security-Policy', () => {
  const refusal = /compiles no WebAssembly; .*Content-Security-Policy .*'wasm-unsafe-eval'/;

  test("lacks 'wasm-unsafe-eval' gets an error that says so", async () => {
    const page = await open({ ...isolated, 'Content-Security-Policy': "script-src 'self'" });
    for (const options of [{}, { threads: 2 }, { wasm: '/build/emft.simd.wasm' }]) {
      expect(await call(page, options)).toMatchObject({
        typed: true,
        name: 'EmftError',
        message: expect.stringMatching(refusal),
      });
    }
    expect(await call(page, { wasm: 'bytes:/build/emft.simd.wasm' })).toMatchObject({
      input: true,
      message: expect.stringMatching(refusal),
    });
    expect(await call(page, { entry: '/dist/eigen/index.js' })).toMatchObject({
      typed: true,
      message: expect.stringMatching(refusal),
    });
    await page.close();
  });

  test('has it runs, on threads too', async () => {
    const policy = "script-src 'self' 'wasm-unsafe-eval'";
    const page = await open({ ...isolated, 'Content-Security-Policy': policy });
    expect(await call(page, { threads: 2 })).toEqual({ threads: 2, notes: [], values: [1, 3] });
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    const threads = Math.max(1, Math.min(8, cores - 1));
    expect(await call(page, { threads: 'auto' })).toEqual({ threads, notes: [], values: [1, 3] });
    await page.close();
  });

  test('forbids workers: one thread runs', async () => {
    const policy = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'";
    const page = await open({ ...isolated, 'Content-Security-Policy': policy });
    expect(await call(page, { threads: 2 })).toEqual({
      threads: 1,
      notes: [
        expect.stringMatching(
          /^worker threads did not start \(teamWorker\.js: .*; see options\.worker\): one/,
        ),
      ],
      values: [1, 3],
    });
    await page.close();
  });

  test('forbids to fetch the .wasm', async () => {
    const policy = "script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'";
    const page = await open({ 'Content-Security-Policy': policy });
    expect(await call(page, {})).toMatchObject({
      typed: true,
      message: expect.stringMatching(/^cannot load http:.*emft\.simd\.wasm: Failed to fetch/),
    });
    await page.close();
  });
});

describe('a page that is not cross-origin isolated', () => {
  const notes = [expect.stringMatching(/^threads need shared memory, .*: one thread runs$/)];

  test('runs one thread, also when a build for threads was named', async () => {
    const page = await open({});
    expect(await page.evaluate(() => typeof SharedArrayBuffer)).toBe('undefined');
    for (const wasm of [undefined, '/build/emft.simd-threads.wasm', '/build/emft.simd.wasm']) {
      const worker = wasm && '/dist/wasm/teamWorker.js';
      expect(await call(page, { threads: 2, wasm, worker })).toEqual({ threads: 1, notes, values: [1, 3] });
    }
    await page.close();
  });
});

test.each([
  [2, 1],
  [3, 2],
  [4, 1],
])(
  'in a page one of %d threads dies, worker %d: the call fails with a WorkerError, one thread goes on, others start and are right though old workers are still about',
  async (threads, rank) => {
    const page = await open(isolated);
    const script = `/test/support/browser/mortalWorker.js?rank=${rank}`;
    const told = await page.evaluate(
      `import('/test/support/browser/hostCall.js').then((m) => m.callUntilDeath('${script}', ${threads}))`,
    );
    expect(told).toEqual({
      before: threads,
      death: {
        name: 'WorkerError',
        message: expect.stringMatching(
          /^a worker thread ended during the call; the core goes on with one thread/,
        ),
        threads: 1,
      },
      alone: true,
      after: threads,
      always: true,
      notes: [],
    });
    await page.close();
  },
);
