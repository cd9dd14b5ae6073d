// Reading with a limit of bytes: whatever the pieces, no more than allowed is taken, and what is too much is said before.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { gather, readBounded } from '../../../cli/src/files/boundedRead.js';
import { scratch } from '../../support/runs.js';

const dir = scratch();

describe('bounded reading', () => {
  async function* pieces(...sizes: number[]) {
    for (const size of sizes) yield new Uint8Array(size).fill(size);
  }

  test('gives the bytes, whatever the pieces', async () => {
    const bytes = await gather('x', pieces(1, 70_000, 3, 200_000), {});
    expect(bytes).toHaveLength(270_004);
    expect([bytes[0], bytes[1], bytes[70_001]]).toEqual([1, 70_000 & 255, 3]);
    expect(await gather('x', pieces(), {})).toHaveLength(0);
  });

  test('stops at the limit, and at one that the beginning tells', async () => {
    await expect(gather('x', pieces(5, 6), { limit: 10 })).rejects.toThrow(
      'x: gives more than the 10 bytes allowed',
    );
    expect(await gather('x', pieces(5, 5), { limit: 10 })).toHaveLength(10);
    const heads: number[] = [];
    const head = (bytes: Uint8Array) => {
      heads.push(bytes.length);
      return 70_000;
    };
    await expect(gather('x', pieces(40_000, 40_000, 40_000), { head })).rejects.toThrow(
      '70000 bytes allowed',
    );
    expect(await gather('x', pieces(40_000, 30_000), { head })).toHaveLength(70_000);
    expect(await gather('x', pieces(7), { head })).toHaveLength(7);
    expect(heads).toEqual([80_000, 70_000, 7]);
    // Undecided until there is more.
    heads.length = 0;
    const later = (bytes: Uint8Array) => {
      heads.push(bytes.length);
      return bytes.length < 250_000 ? undefined : 300_000;
    };
    await expect(gather('x', pieces(...Array<number>(10).fill(50_000)), { head: later })).rejects.toThrow(
      '300000 bytes allowed',
    );
    expect(heads).toEqual([100_000, 200_000, 400_000]);
  });

  test('tells of memory before it is taken', async () => {
    const asked: number[] = [];
    const memory = (bytes: number) => {
      asked.push(bytes);
      if (bytes > 2 ** 20) throw new Error('too little memory');
    };
    await expect(gather('x', pieces(2 ** 21), { memory })).rejects.toThrow('too little memory');
    const path = join(dir, 'large');
    execFileSync('truncate', ['-s', '2M', path]);
    await expect(readBounded('x', path, { memory })).rejects.toThrow('too little memory');
    expect(asked).toEqual([0, 2 ** 21, 2 ** 21]);
  });

  test('reads a file that grows meanwhile to its end', async () => {
    const path = join(dir, 'growing');
    writeFileSync(path, 'x'.repeat(100));
    let grown = false;
    const bytes = await readBounded('x', path, {
      memory() {
        if (!grown) writeFileSync(path, 'y'.repeat(100_000));
        grown = true;
      },
    });
    expect(bytes).toHaveLength(100_000);
  });

  test('leaves a stream that goes on', async () => {
    const stream = Readable.from(pieces(...Array<number>(1000).fill(1000)));
    await expect(gather('x', stream, { limit: 5000 })).rejects.toThrow('x: gives more than');
    expect(stream.destroyed).toBe(true);
  });
});
