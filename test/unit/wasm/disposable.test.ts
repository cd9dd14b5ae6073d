// A core ends with the block that it is declared in by `using`, in hosts that know Symbol.dispose and in those that do not.
import { createCore } from 'emft';
import { createEigenCore } from 'emft/eigen';
import { expect, test } from 'vitest';

/** What compilers of `using` look for. */
const key: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose');

test.each([
  ['createCore', () => createCore()],
  ['createCore on two threads', () => createCore({ threads: 2 })],
  ['createEigenCore', () => createEigenCore()],
])('%s', async (_, create) => {
  const core = await create();
  expect(core.eigh([2]).values[0]).toBe(2);
  expect(Object.getOwnPropertySymbols({ ...core })).toEqual([]);
  core[key]();
  expect(() => core.eigh([2])).toThrow(/dispose/);
  // As dispose(), it may be called again.
  core[key]();
});

test('the block of using', async () => {
  let kept: Awaited<ReturnType<typeof createCore>>;
  {
    using core = await createCore();
    kept = core;
    expect(core.eigh([2]).values[0]).toBe(2);
  }
  expect(() => kept.eigh([2])).toThrow(/dispose/);
});
