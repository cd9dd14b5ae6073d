// A shard says what it is: edited, or of another run, chunk or table, it is refused.
import { describe, expect, test } from 'vitest';
import { DamagedShardError, decodeShard, encodeShard } from '../../../cli/src/sweeps/shard.js';
import { lehmer } from '../../support/lehmer.js';
import { edit, manifest } from '../../support/runs/manifests.js';

describe('the head of a shard', () => {
  const data = {
    from: 0,
    to: 2,
    tasks: Int32Array.of(0),
    columns: [Float64Array.of(1), Float64Array.of(2), Uint8Array.of(1)],
    failures: [{ task: 1, attempts: 3, error: { name: 'RangeError', message: 'no' } }],
  };
  const plan = {
    run: manifest.identity,
    chunk: 0,
    from: 0,
    to: 2,
    rows: 'one' as const,
    columns: manifest.columns,
  };
  const { name, bytes } = encodeShard(plan.run, 0, plan.columns, data);

  test('edited at random 10 000 times, as its name, is refused', async () => {
    expect(await decodeShard(name, bytes, plan)).toEqual(data);
    const random = lehmer(7);
    for (let i = 0; i < 10_000; ++i) {
      const [newName, newBytes] =
        i % 4 === 0
          ? [edit(name, random), bytes]
          : [name, Buffer.from(edit(Buffer.from(bytes).toString('latin1'), random), 'latin1')];
      if (newName === name && Buffer.from(bytes).equals(newBytes)) continue;
      await expect(decodeShard(newName, newBytes, plan), newName).rejects.toThrow(DamagedShardError);
    }
  });

  test('that belongs to another run, chunk, kind of table or set of columns is refused, although it is whole', async () => {
    const refused = (change: Partial<typeof plan>, reason: RegExp) =>
      expect(decodeShard(name, bytes, { ...plan, ...change })).rejects.toThrow(reason);
    await refused({ run: '0'.repeat(64) }, /another run/);
    await refused({ chunk: 1 }, /another chunk/);
    await refused({ from: 1 }, /another chunk/);
    await refused({ to: 3 }, /another chunk/);
    await refused({ columns: plan.columns.toReversed() }, /has the columns/);
    await refused({ columns: plan.columns.slice(1) }, /has the columns/);
  });
});
