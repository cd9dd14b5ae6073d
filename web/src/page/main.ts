// The page starts: the module is fetched, and the view that the URL names is opened.
import wasmUrl from '../../../build/emft.simd.wasm?url';
import { threads, threadsOf } from '../parts/threads.js';
import { createCompute } from '../worker/compute.js';
import { element } from './elements.js';
import { startExplorer } from './explorer.js';
import { keepOffline } from './offline.js';

async function load(): Promise<WebAssembly.Module> {
  const response = await fetch(wasmUrl);
  if (!response.ok) throw new Error(`the WebAssembly module did not load: HTTP status ${response.status}`);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** What the footer says of threads. */
function describeThreads(why: string): void {
  element('threads').textContent =
    threads > 1 ? `, large matrices on up to ${threads} threads` : `, on one thread${why}`;
}

describeThreads(crossOriginIsolated ? '' : ', because the page is not cross-origin isolated');
startExplorer(createCompute(load(), threads));
addEventListener('load', () =>
  keepOffline(() => {
    const more = threadsOf(navigator.hardwareConcurrency);
    if (more > 1) describeThreads(`; when you open the page again, on up to ${more}`);
  }),
);
