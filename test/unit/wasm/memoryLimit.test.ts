// A host that has no more memory: the call fails with what it needed, and the next small one gives the right bits.
import { type Core, createCore, InputError, MemoryError } from 'emft';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const PAGE = 65536;
/** Pages that the host gives: 8 MiB. */
const PAGES = 128;

/** As WebAssembly.Memory is where the host gives less than is asked for. */
class SmallMemory extends WebAssembly.Memory {
  override grow(pages: number): number {
    if (this.buffer.byteLength / PAGE + pages > PAGES) throw new RangeError('WebAssembly.Memory.grow(): no');
    return super.grow(pages);
  }
}

let core: Core;
beforeEach(async () => {
  vi.stubGlobal('WebAssembly', Object.assign(Object.create(WebAssembly), { Memory: SmallMemory }));
  core = await createCore();
});
afterEach(() => {
  core.dispose();
  vi.unstubAllGlobals();
});

const small = Float64Array.of(2, 1, 1, 3);

test.each<[string, () => unknown]>([
  ['eigh', () => core.eigh(new Float64Array(700 * 700), 700)],
  ['eighBatch', () => core.eighBatch(new Float64Array(2 * 500 * 500), 500, 2)],
  ['uniforms', () => core.uniforms({ seed: 1 }, 2 ** 21)],
  ['goe', () => core.goe(1100, { seed: 1 })],
  ['eta', () => core.eta(new Float64Array(2 ** 21))],
  ['solveMeanField', () => core.solveMeanField(new Float64Array(2 ** 18))],
  ['latticeCouplings', () => core.latticeCouplings({ radius: 110, strength: 30, theta0: 0, method: 'band' })],
  [
    'diagonalizeGrain',
    () => core.diagonalizeGrain({ ...core.randomGrainModel({ alpha: 0.5, n: 7, seed: 1 }) }),
  ],
  [
    'reducedCoupling',
    () => core.reducedCoupling({ ...core.randomGrainModel({ alpha: 0.5, n: 8, seed: 1 }) }),
  ],
])('%s', (_, call) => {
  const before = core.eigh(small, 2);
  for (let round = 0; round < 5; ++round) {
    let error: unknown;
    try {
      call();
    } catch (reason) {
      error = reason;
    }
    expect(error).toBeInstanceOf(MemoryError);
    const { needed, available, message } = error as MemoryError;
    expect(message).toMatch(
      /^needs \d+ MiB: the host refused to grow WebAssembly memory from \d+ to \d+ MiB$/,
    );
    expect(needed).toBeGreaterThan(available as number);
    expect(needed).toBeGreaterThan(PAGES * PAGE - 2 ** 21);
    // Nothing of the failed call is left: most of the memory that there is can be had again.
    expect(core.uniforms({ seed: 1 }, 750_000)).toHaveLength(750_000);
    expect(core.eigh(small, 2)).toEqual(before);
  }
});

test('what is said to be needed is all that the call needs, not the part that did not fit', () => {
  const needed = (call: () => unknown) => {
    try {
      call();
    } catch (error) {
      if (error instanceof MemoryError) return error.needed;
    }
    throw new Error('expected a MemoryError');
  };
  for (const options of [{}, { method: 'qr' }, { vectors: false }] as const) {
    const bytes = core.eighBytes(1200, options);
    const asked = needed(() => core.eigh(new Float64Array(1200 * 1200), 1200, options));
    // In whole blocks of 64 bytes.
    expect(Math.ceil(bytes / 64) * 64).toBe(asked);
  }
  // Three matrices of order 1024.
  const model = core.randomGrainModel({ alpha: 0.5, n: 7, seed: 1 });
  expect(needed(() => core.diagonalizeGrain(model))).toBeGreaterThan(3 * 8 * 2 ** 20);
  // Neither has grown the memory by what it could have had.
  expect(core.memoryBytes).toBeLessThan(2 ** 21);
});

test('eighAsync', async () => {
  const before = core.eigh(small, 2);
  await expect(core.eighAsync(new Float64Array(700 * 700), 700)).rejects.toThrow(MemoryError);
  expect(await core.eighAsync(small, 2)).toEqual(before);
});

test('what WebAssembly cannot address is refused before anything is done, with both numbers', () => {
  const a = new Float64Array(1);
  expect(() => core.eigh(a, 16000)).toThrow(InputError);
  expect(() => core.eigh(a, 16000)).toThrow(
    /^n: order 16000 needs \d+ MiB .*WebAssembly memory holds 4095 MiB/,
  );
  expect(core.eighBytes(16000)).toBeGreaterThan(2 ** 32);
  expect(core.eighBytes(1000)).toBeLessThan(40e6);
  expect(core.eighBytes(1000, { vectors: false })).toBeLessThan(core.eighBytes(1000));
});
