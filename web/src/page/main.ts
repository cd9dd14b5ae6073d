// The page starts: the module is fetched, and the view that the URL names is opened.
import wasmUrl from '../../../build/emft.simd.wasm?url';
import { createCompute } from '../worker/compute.js';
import { element } from './elements.js';
import { startExplorer } from './explorer.js';
import { threads } from './threads.js';

async function load(): Promise<WebAssembly.Module> {
  const response = await fetch(wasmUrl);
  if (!response.ok) throw new Error(`the WebAssembly module did not load: HTTP status ${response.status}`);
  return WebAssembly.compile(await response.arrayBuffer());
}

element('threads').textContent =
  threads > 1
    ? `, large matrices on up to ${threads} threads`
    : `, on one thread${crossOriginIsolated ? '' : ', because the page is not cross-origin isolated'}`;

startExplorer(createCompute(load(), threads));
