// The page starts: the view that the URL names is opened, and the browser is asked to keep the page.
import { threads, threadsOf } from '../parts/threads.js';
import { createCompute } from '../worker/compute.js';
import type { Started } from '../worker/script.js';
import { element } from './elements.js';
import { startExplorer } from './explorer.js';
import { keepOffline } from './offline.js';

/** What the footer says of threads. */
function describeThreads(why: string): void {
  element('threads').textContent =
    threads > 1 ? `, large matrices on up to ${threads} threads` : `, on one thread${why}`;
}

/** Once the page and all that it asked for at first has been loaded. */
function whenLoaded(then: () => void): void {
  if (document.readyState === 'complete') then();
  else addEventListener('load', then);
}

/** `module` is the core of one thread; `startScript` gives a worker, the first of which has been started before. */
export function start(module: Promise<WebAssembly.Module>, startScript: () => Started): void {
  describeThreads(crossOriginIsolated ? '' : ', because the page is not cross-origin isolated');
  startExplorer(createCompute(module, threads, startScript));
  whenLoaded(() =>
    keepOffline(() => {
      const more = threadsOf(navigator.hardwareConcurrency);
      if (more > 1) describeThreads(`; when you open the page again, on up to ${more}`);
    }),
  );
}
