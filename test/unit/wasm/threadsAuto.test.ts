// threads: 'auto' takes the cores that there are, and one thread where there can be no more.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type CoreOptions, createCore, InputError } from 'emft';
import { afterEach, expect, test, vi } from 'vitest';
import { processorQuota } from '../../../src/wasm/quota.js';

afterEach(() => void vi.unstubAllGlobals());

/** Whole cores that the container of this test pays for. */
const quota = Math.floor(
  processorQuota((path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  }),
);
const cores = Math.max(1, Math.min(8, availableParallelism(), quota));
const built = (name: string) => new URL(`../../../build/${name}.wasm`, import.meta.url);

/** What runs, and the bits of a decomposition whose products are shared out among threads. */
async function run(options: CoreOptions) {
  using core = await createCore(options);
  const n = 130;
  return { threads: core.threads, notes: core.notes, eigh: core.eigh(core.goe(n, { seed: 4 }), n) };
}

test('one thread a core, with the bits of one thread', async () => {
  const { threads, notes, eigh } = await run({ threads: 'auto' });
  expect({ threads, notes }).toEqual({ threads: cores, notes: [] });
  expect(eigh).toEqual((await run({})).eigh);
});

test('one thread, and no note, on a host that shares no memory', async () => {
  vi.stubGlobal('SharedArrayBuffer', undefined);
  expect(await run({ threads: 'auto' })).toMatchObject({ threads: 1, notes: [] });
});

test('one thread, and no note, in a page that is not cross-origin isolated', async () => {
  vi.stubGlobal('crossOriginIsolated', false);
  expect(await run({ threads: 'auto' })).toMatchObject({ threads: 1, notes: [] });
});

test('of a file that is named, as many as it is for', async () => {
  const one = await run({ threads: 'auto', wasm: built('emft.simd') });
  expect(one).toMatchObject({ threads: 1, notes: [] });
  const several = await run({ threads: 'auto', wasm: built('emft.simd-threads') });
  expect(several).toMatchObject({ threads: Math.max(2, cores), notes: [] });
});

test('other words are refused', async () => {
  const refusal = createCore({ threads: 'all' as 'auto' });
  await expect(refusal).rejects.toThrow(InputError);
  await expect(refusal).rejects.toThrow(
    'options.threads: expected a whole number from 1 to 64 or \'auto\', got "all"',
  );
});
