// A .wasm that is named is the build that is wanted, or it is refused by name; every build says what it is.

import { readFile } from 'node:fs/promises';
import { type CoreOptions, createCore, InputError } from 'emft';
import { createEigenCore } from 'emft/eigen';
import { expect, test } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { VERSION } from '../../../src/wasm/constants.js';

const built = (name: string) => new URL(`../../../build/${name}.wasm`, import.meta.url);

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => new Error('accepted'),
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).argument).toBe('options.wasm');
  return (error as InputError).message;
}

test('the version that both sides of the border check is that of the package', () => {
  const [major, minor, patch] = packageJson.version.split('.').map(Number);
  expect(VERSION).toBe(1e6 * major + 1e3 * minor + patch);
});

const { version } = packageJson;

test.each<[string, CoreOptions, string]>([
  [
    'eigen.simd',
    {},
    `expected emft.simd.wasm of version ${version} for build 'simd' and threads 1, got eigen.simd.wasm of version ${version}`,
  ],
  [
    'emft.simd-threads',
    {},
    `expected emft.simd.wasm of version ${version} for build 'simd' and threads 1, got a build for several threads`,
  ],
  [
    'emft.simd',
    { threads: 2 },
    `expected emft.simd-threads.wasm of version ${version} for build 'simd' and threads 2, got a build for one thread`,
  ],
  [
    'eigen.simd',
    { threads: 2 },
    `expected emft.simd-threads.wasm of version ${version} for build 'simd' and threads 2, got a build for one thread`,
  ],
  [
    'emft.simd',
    { build: 'relaxed' },
    `expected emft.relaxed.wasm of version ${version} for build 'relaxed' and threads 1, got emft.simd.wasm of version ${version}`,
  ],
  [
    'emft.simd-threads',
    { build: 'relaxed', threads: 2 },
    `expected emft.relaxed-threads.wasm of version ${version} for build 'relaxed' and threads 2, got emft.simd-threads.wasm of version ${version}`,
  ],
])('%s.wasm with %o', async (name, options, message) => {
  const bytes = await readFile(built(name));
  for (const wasm of [built(name), bytes, new WebAssembly.Module(bytes)]) {
    expect(await refusal(createCore({ ...options, wasm }))).toBe(`options.wasm: ${message}`);
  }
});

test('other modules', async () => {
  const foreign =
    /^options\.wasm: expected emft\.simd\.wasm of version .*, got a module that is not of this package, or/;
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  // One that exports heapBase, as builds of old did: (func (export "heapBase") (result i32) i32.const 0).
  const old = Uint8Array.from([
    ...empty,
    ...[1, 5, 1, 0x60, 0, 1, 0x7f, 3, 2, 1, 0, 7, 12, 1, 8, ...new TextEncoder().encode('heapBase'), 0, 0],
    ...[10, 6, 1, 4, 0, 0x41, 0, 0x0b],
  ]);
  expect(WebAssembly.validate(old)).toBe(true);
  for (const wasm of [empty, old]) {
    expect(await refusal(createCore({ wasm }))).toMatch(foreign);
    expect(await refusal(createEigenCore({ wasm }))).toMatch(/expected eigen\.simd\.wasm of version/);
  }
  expect(await refusal(createCore({ wasm: await readFile(new URL(import.meta.url)) }))).toMatch(
    /^options\.wasm: does not compile: /,
  );
});

test('emft/eigen takes the whole core too, for the same bits, but no build for threads', async () => {
  const own = await createEigenCore();
  const whole = await createEigenCore({ wasm: built('emft.simd') });
  const a = Float64Array.of(4, 1, 2, 1, 5, 3, 2, 3, 6);
  expect(whole.eigh(a, 3)).toEqual(own.eigh(a, 3));
  whole.dispose();
  own.dispose();
  expect(await refusal(createEigenCore({ wasm: built('emft.simd-threads') }))).toBe(
    `options.wasm: expected eigen.simd.wasm of version ${version}, got a build for several threads`,
  );
});
