// latticeCouplingsAsync: the bits of latticeCouplings, alive in between, and ended by its signal with nothing left behind.
import { createCore, InputError } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';

let core: Awaited<ReturnType<typeof createCore>>;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

test.each([
  { method: 'local', strength: 60 },
  { method: 'lanczos', strength: 60 },
  { method: 'band', strength: 10 },
  { method: 'dense', strength: 10 },
  { method: 'auto', strength: 20 },
  { relative: 1e-9, strength: 45 },
  { resolution: 1e-6, strength: 90 },
] as const)('gives the bits of latticeCouplings: %o', async (options) => {
  const model = { radius: 8, theta0: 1.3, ...options };
  expect(await core.latticeCouplingsAsync(model)).toEqual(core.latticeCouplings(model));
});

test('two at a time do not disturb each other', async () => {
  const models = [1, 2, 3].map((theta0) => ({ radius: 10, strength: 40, theta0, method: 'local' as const }));
  const both = await Promise.all(models.map((model) => core.latticeCouplingsAsync(model)));
  expect(both).toEqual(models.map((model) => core.latticeCouplings(model)));
});

test('lets timers run, and a signal end it; memory is given back', async () => {
  const model = { radius: 30, strength: 20, theta0: 1, relative: 1e-6 };
  let turns = 0;
  const timer = setInterval(() => ++turns, 1);
  await core.latticeCouplingsAsync(model);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(2);
  const before = core.memoryBytes;
  for (let attempt = 0; attempt < 10; ++attempt) {
    const controller = new AbortController();
    let left = attempt;
    const onProgress = () => {
      if (left-- === 0) controller.abort(new Error('enough'));
    };
    await expect(
      core.latticeCouplingsAsync({ ...model, signal: controller.signal, slice: 0, onProgress }),
    ).rejects.toThrow('enough');
  }
  expect(core.memoryBytes).toBe(before);
  await expect(core.latticeCouplingsAsync({ ...model, signal: AbortSignal.abort() })).rejects.toThrow(
    /abort/,
  );
});

test('refuses what is wrong by name', async () => {
  await expect(core.latticeCouplingsAsync({ radius: 0, strength: 1, theta0: 0 })).rejects.toThrow(InputError);
  const model = { radius: 3, strength: 60, theta0: 0 };
  await expect(core.latticeCouplingsAsync({ ...model, signal: {} as AbortSignal })).rejects.toThrow(
    /options\.signal.*AbortSignal/,
  );
  await expect(core.latticeCouplingsAsync({ ...model, stop: 1 } as never)).rejects.toThrow(/stop/);
});
