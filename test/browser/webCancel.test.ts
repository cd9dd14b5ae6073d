// Cancel on the longest task of each view: the next frame shows a free page and the workers come to rest, not only out of
// sight, without a result; and what is computed next is right. How soon they rest is measured by `npm run bench -- page`:
// Chromium lets a script that it ends go on for up to two seconds, so that ending a worker is not enough.
import { createCore } from 'emft';
import { methodNames } from 'emft/check';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { csvOf, setControl, settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';
import { untilRest, worked } from '../support/browser/workers.js';

const { explorer, context } = await exploring();
let page: Page;
beforeEach(async () => {
  page = await context.newPage();
  await page.addInitScript(keepJobs);
});
afterEach(() => page.close());

/** On a machine that the page takes to have `cores`. */
const open = async (query: string, cores = 2) => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Emulation.setHardwareConcurrencyOverride', { hardwareConcurrency: cores });
  await page.goto(explorer.origin + query);
};
/** In the page: keeps of every task how its call ended, by itself or with its worker. */
function keepJobs(): void {
  interface Job {
    id: number;
    task: string;
    end: string;
  }
  type Sent = { kind: string; id: number; method?: string; args: [string] };
  type Heard = MessageEvent<{ kind: string; id: number; error?: { name: string } }>;
  const jobs: Job[] = [];
  Object.assign(window, { jobs });
  window.Worker = class extends Worker {
    private job: Job | undefined;
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }: Heard) => {
        if (!this.job || this.job.id !== data.id || data.kind === 'progress') return;
        this.job.end = data.error?.name ?? data.kind;
      });
    }
    override postMessage(message: Sent): void {
      if (message.method === 'perform') {
        this.job = { id: message.id, task: message.args[0], end: '' };
        jobs.push(this.job);
      }
      super.postMessage(message);
    }
    override terminate(): void {
      if (this.job) this.job.end ||= 'terminated';
      super.terminate();
    }
  };
}
/** How the last job of a task ended. */
const endOf = (task: string) =>
  page.evaluate(
    (task) =>
      (window as unknown as { jobs: { task: string; end: string }[] }).jobs.findLast(
        (job) => job.task === task,
      )?.end,
    task,
  );

const exact = () => page.locator('#facts').getAttribute('data-exact');

/** Presses Cancel; whether the next frame shows that the page is free. */
function cancel(): Promise<boolean> {
  return page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        (document.getElementById('cancel') as HTMLElement).click();
        requestAnimationFrame(() =>
          resolve(!document.querySelector('progress') && document.body.innerText.includes('Cancelled')),
        );
      }),
  );
}

/**
 * The whole of it: `work` ms of processor time let the computation get to where it cannot be interrupted from inside;
 * afterwards the workers come to rest, and the task has not gone on to its end.
 */
async function cancelled(task: string, work: number): Promise<void> {
  await page.waitForSelector('#cancel');
  await worked(work);
  expect(await cancel()).toBe(true);
  const before = await exact();
  await untilRest();
  expect(await endOf(task)).toMatch(/^(AbortError|terminated)$/);
  expect(await exact()).toBe(before);
  expect(await page.locator('#problems').isHidden()).toBe(true);
}

async function answers(wanted: string): Promise<void> {
  await settled(page);
  expect(await exact()).toBe(wanted);
}

test.each([
  ['extended orbitals', 'strength=5', 300],
  ['barely localized ones', 'strength=18', 0],
  ['localized ones, in the scan', 'strength=30', 1500],
])('plane, R = 30, %s', async (_, query, work) => {
  const core = await createCore();
  const couplings = core.latticeCouplings({ radius: 5, strength: 25, theta0: 1, relative: 1e-6 });
  const { etaTot } = core.latticeMeanField(couplings);
  core.dispose();
  await open(`?view=plane&radius=30&theta0=1&${query}`);
  await page.waitForSelector('#cancel');
  // It does compute; and the test can tell.
  await worked(700);
  await cancelled('plane', work);
  await setControl(page, 'strength', '25');
  await setControl(page, 'radius', '5');
  await answers(String(etaTot));
});

test('exact diagonalization, N = 7', async () => {
  const core = await createCore();
  const { eigenvalues } = core.diagonalizeGrain(core.randomGrainModel({ alpha: 0.7, n: 4, seed: 3 }));
  core.dispose();
  await open('?view=ed&n=7&seed=3');
  await cancelled('ed', 0);
  await setControl(page, 'n', '4');
  await answers(Array.from(eigenvalues).join(' '));
});

test.each([
  ['one thread', 'no', 2],
  ['two threads', 'no', 3],
  // One run of somebody else's code: the page is free at once, the worker when that run is over.
  ['one thread with ml-matrix', 'yes', 2],
])('solvers, n = 1024, on %s', async (_, peer, cores) => {
  await open(`?view=solvers&n=1024&peer=${peer}`, cores);
  await page.locator('#run').click();
  await page.waitForSelector('#cancel');
  await cancelled('solvers', 2500);
  await setControl(page, 'n', '64');
  await page.locator('#run').click();
  await settled(page);
  const { method, n, residual } = await csvOf(page, 'solvers-time');
  const methods = [...methodNames, ...(peer === 'yes' ? ['ml-matrix'] : [])];
  expect(method.filter((_, i) => n[i] === '64')).toEqual(methods);
  for (const r of residual) expect(Number(r)).toBeLessThan(60);
});

test('leaving a view ends what it computes', async () => {
  await open('?view=plane&radius=30&strength=5');
  await page.waitForSelector('#cancel');
  await worked(100);
  await page.locator('a[data-view=chain]').click();
  await settled(page);
  await untilRest();
  expect(await endOf('plane')).toMatch(/^(AbortError|terminated)$/);
  expect(await endOf('chain')).toBe('result');
});
