// Finds and compiles the .wasm: an explicit module, bytes or URL, or the file that ships with the package.

/** What `createCore` takes as `wasm`. */
export type WasmSource = URL | BufferSource | WebAssembly.Module;

export type Build = 'simd';

/** Bundlers recognise the `new URL(literal, import.meta.url)` form and ship the file. */
const shipped: Record<Build, () => URL> = {
  simd: () => new URL('../../build/emft.simd.wasm', import.meta.url),
};

/** Kept per URL: several cores in one process share one compiled module. */
const compiled = new Map<string, Promise<WebAssembly.Module>>();

export function loadModule(build: Build, source?: WasmSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return Promise.resolve(source);
  if (source !== undefined && !(source instanceof URL)) return WebAssembly.compile(source);
  const url = source ?? shipped[build]();
  let module = compiled.get(url.href);
  if (!module) {
    module = compileUrl(url);
    compiled.set(url.href, module);
    module.catch(() => compiled.delete(url.href));
  }
  return module;
}

async function compileUrl(url: URL): Promise<WebAssembly.Module> {
  if (url.protocol === 'file:') {
    // A variable keeps bundlers for the browser from resolving the Node module.
    const fs = 'node:fs/promises';
    const { readFile } = (await import(
      /* @vite-ignore */ /* webpackIgnore: true */ fs
    )) as typeof import('node:fs/promises');
    return WebAssembly.compile(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`cannot load ${url.href}: HTTP status ${response.status}`);
  return WebAssembly.compile(await response.arrayBuffer());
}
