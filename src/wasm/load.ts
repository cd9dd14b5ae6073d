// Finds and compiles the .wasm: an explicit module, bytes or URL, or the file that ships with the package.
import { isA, show } from './check.js';
import { EmftError, InputError } from './errors.js';
import { hasRelaxedSimd } from './host.js';

/** The forms in which `createCore` takes `wasm`. */
export type WasmSource = URL | BufferSource | WebAssembly.Module;

/** `simd` gives the same bits everywhere; `relaxed` uses fused multiply-add where the host has it. */
export type Build = 'simd' | 'relaxed';

/**
 * The files of one core: each build with memory of its own, and over shared memory for threads. `part`: the files hold
 * the eigensolvers alone.
 */
export type Shipped = Partial<Record<Build | `${Build}-threads`, () => URL>> & { part?: boolean };

/** Kept per URL: several cores in one process share one compiled module. */
const compiled = new Map<string, Promise<WebAssembly.Module>>();

/** Compiles `source`, or the file at `shipped` when there is none. */
export async function loadModule(shipped: () => URL, source?: WasmSource): Promise<WebAssembly.Module> {
  if (isA(source, WebAssembly.Module)) return source;
  if (source !== undefined && !isA(source, URL)) return compileBytes(source);
  const url = source ?? locate(shipped);
  let module = compiled.get(url.href);
  if (!module) {
    module = compileUrl(url);
    compiled.set(url.href, module);
    module.catch(() => compiled.delete(url.href));
  }
  return module;
}

function locate(shipped: () => URL): URL {
  try {
    return shipped();
  } catch (error) {
    // import.meta.url is empty in CommonJS.
    throw new EmftError(
      `a bundle without import.meta.url does not know where its .wasm is (${(error as Error).message}): say it with \`wasm\``,
    );
  }
}

async function compileBytes(bytes: BufferSource): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) {
      throw new InputError(['options', 'wasm'], `does not compile: ${await why(error)}`);
    }
    if (isA(bytes, ArrayBuffer) || ArrayBuffer.isView(bytes)) {
      throw new EmftError(`cannot compile options.wasm: ${(error as Error).message}`);
    }
    const allowed = 'a URL object, an ArrayBuffer or a view of one, or a WebAssembly.Module';
    throw new InputError(['options', 'wasm'], `expected ${allowed}, got ${show(bytes)}`);
  }
}

async function compileUrl(url: URL): Promise<WebAssembly.Module> {
  let bytes: BufferSource;
  try {
    bytes = await (url.protocol === 'file:' ? readFile(url) : download(url));
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    const hint =
      code === 'ERR_ACCESS_DENIED'
        ? "Node's permission model forbids it: see --allow-fs-read"
        : 'when a bundler left it behind, copy it there or say with `wasm` where it is';
    throw new EmftError(`cannot load ${url.href}: ${message} (${hint})`);
  }
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw new EmftError(`cannot compile ${url.href}: ${await why(error as Error)}`);
  }
}

/** Why a module does not compile: a host that cannot compile any does not say so plainly. */
async function why({ message }: Error): Promise<string> {
  try {
    await WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  } catch {
    return `this host compiles no WebAssembly; a page whose Content-Security-Policy has a script-src needs 'wasm-unsafe-eval' in it (${message})`;
  }
  if (hasRelaxedSimd()) return message;
  return `${message} (this host has no relaxed SIMD: of the builds it takes those named simd)`;
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
