// The entry of the page, small enough to run at once: the first worker and the module load while the page itself is still read, which
// on a slow machine takes as long.
import wasmUrl from '../../../build/emft.simd.wasm?url';
import { type Started, startScript } from '../worker/script.js';

/** The core of one thread, compiled as it arrives where the server says what it is. */
async function loadModule(): Promise<WebAssembly.Module> {
  const response = await fetch(wasmUrl);
  if (!response.ok) throw new Error(`the WebAssembly module did not load: HTTP status ${response.status}`);
  return response.headers.get('Content-Type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

const module = loadModule();
// Said by the first run that needs it.
module.catch(() => {});
let first: Started | undefined;
try {
  first = startScript();
} catch {
  // Where none can be made the first run says so.
}
const { start } = await import('./start.js');
// What has arrived meanwhile, the script of the worker above all, is taken up first.
await new Promise((resolve) => setTimeout(resolve));
start(module, () => {
  const next = first ?? startScript();
  first = undefined;
  return next;
});
