// Finds and compiles the .wasm: an explicit module, bytes or URL, or the file that ships with the package.
import { isA, show } from './check.js';
import { EmftError, InputError } from './errors.js';

/** What `createCore` takes as `wasm`. */
export type WasmSource = URL | BufferSource | WebAssembly.Module;

/** `simd` gives the same bits everywhere; `relaxed` uses fused multiply-add where the host has it. */
export type Build = 'simd' | 'relaxed';

/** The files of one core: each build with memory of its own, and over shared memory for threads. */
export type Shipped = Partial<Record<Build | `${Build}-threads`, () => URL>>;

/** Kept per URL: several cores in one process share one compiled module. */
const compiled = new Map<string, Promise<WebAssembly.Module>>();

/** Compiles `source`, or the file at `shipped` when there is none. */
export function loadModule(shipped: () => URL, source?: WasmSource): Promise<WebAssembly.Module> {
  if (isA(source, WebAssembly.Module)) return Promise.resolve(source);
  if (source !== undefined && !isA(source, URL)) return compileBytes(source);
  const url = source ?? shipped();
  let module = compiled.get(url.href);
  if (!module) {
    module = compileUrl(url);
    compiled.set(url.href, module);
    module.catch(() => compiled.delete(url.href));
  }
  return module;
}

async function compileBytes(bytes: BufferSource): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    const allowed = 'a URL object, an ArrayBuffer or a view of one, or a WebAssembly.Module';
    throw new InputError(
      'options.wasm',
      error instanceof WebAssembly.CompileError
        ? `does not compile: ${error.message}`
        : `expected ${allowed}, got ${show(bytes)}`,
    );
  }
}

async function compileUrl(url: URL): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(url.protocol === 'file:' ? await readFile(url) : await download(url));
  } catch (error) {
    const hint = 'when a bundler left it behind, copy it there or say with `wasm` where it is';
    throw new EmftError(`cannot load ${url.href}: ${(error as Error).message} (${hint})`);
  }
}

async function readFile(url: URL): Promise<BufferSource> {
  // A variable keeps bundlers for the browser from resolving the Node module.
  const fs = 'node:fs/promises';
  const node = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ fs
  )) as typeof import('node:fs/promises');
  return new Uint8Array(await node.readFile(url));
}

async function download(url: URL): Promise<BufferSource> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`HTTP status ${response.status}`);
  const bytes = await response.arrayBuffer();
  // Servers of single-page applications answer for a missing file with their page.
  if (new Uint8Array(bytes)[0] !== 0) {
    throw new Error(`not WebAssembly but ${response.headers.get('Content-Type') ?? 'something else'}`);
  }
  return bytes;
}
