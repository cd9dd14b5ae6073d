// Making a core, options that misbehave, and the heap.
import { readFile } from 'node:fs/promises';
import { createCore, InputError } from 'emft';
import { describe, expect, test } from 'vitest';
import { Heap } from '../../../src/wasm/heap.js';

describe('createCore', () => {
  test('takes the shipped module, bytes, a URL or a compiled module', async () => {
    const url = new URL('../../../build/emft.simd.wasm', import.meta.url);
    const bytes = await readFile(url);
    for (const wasm of [undefined, url, bytes, new WebAssembly.Module(bytes)]) {
      const core = await createCore({ wasm });
      expect(core.build).toBe('simd');
      core.dispose();
    }
  });

  test('names what is wrong', async () => {
    await expect(createCore({ threads: 0 })).rejects.toThrow(InputError);
    await expect(createCore({ build: 'fast' as 'simd' })).rejects.toThrow(/options\.build: expected one of/);
    await expect(createCore({ wasm: 'emft.wasm' as never })).rejects.toThrow(
      /^options\.wasm: expected a URL object, .* got "emft\.wasm"/,
    );
    await expect(createCore({ wasm: Uint8Array.of(60, 33) })).rejects.toThrow(
      /^options\.wasm: does not compile/,
    );
    await expect(createCore({ thread: 2 } as never)).rejects.toThrow(/options\.thread: unknown option/);
  });
});

describe('hostile options', () => {
  test('are read once; getters and proxies that throw, and maps, are named', async () => {
    const core = await createCore();
    let reads = 0;
    const changing = {
      get seed() {
        return ++reads > 1 ? Number.NaN : 1;
      },
    };
    expect(core.uniforms(changing, 2)).toEqual(core.uniforms({ seed: 1 }, 2));
    const throwing = {
      get method(): 'qr' {
        throw new Error('boom');
      },
    };
    const a = Float64Array.of(1);
    expect(() => core.eigh(a, 1, throwing)).toThrow(InputError);
    expect(() => core.eigh(a, 1, throwing)).toThrow('options.method: cannot be read: boom');
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const bad of [proxy, new Map(), new Date(), new Float64Array(0), null, 3n, 'qr']) {
      expect(() => core.eigh(a, 1, bad as never)).toThrow(InputError);
    }
    // instanceof is true for these.
    for (const bad of [new Proxy(a, {}), Object.create(Float64Array.prototype)]) {
      expect(() => core.eigh(bad, 1)).toThrow(InputError);
      expect(() => core.eta(bad)).toThrow(InputError);
    }
    expect(() => core.randomGrainModel({ alpha: 1e200, n: 4, seed: 1 })).toThrow(
      /options.alpha: J_4 = j1 α\^3 is Infinity/,
    );
    core.dispose();
  });
});

describe('Heap', () => {
  test('reuses freed blocks in any order and leaves memory flat', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 64 });
    const heap = new Heap(memory, 1000);
    for (let round = 0; round < 100; ++round) {
      const blocks = Array.from({ length: 8 }, (_, i) => heap.alloc(1000 * (i + 1)));
      for (const b of blocks) expect(b % 64).toBe(0);
      const order = round % 2 ? blocks : blocks.toReversed();
      for (const b of order) heap.free(b);
      expect(heap.bytesInUse).toBe(0);
    }
    expect(memory.buffer.byteLength).toBe(65536);
  });

  test('says how much was needed when memory is full', () => {
    const heap = new Heap(new WebAssembly.Memory({ initial: 1, maximum: 2 }), 0, 2 * 65536);
    expect(() => heap.alloc(3 * 65536)).toThrow(/needs 1 MiB/);
    expect(heap.alloc(65536)).toBe(0);
  });
});
