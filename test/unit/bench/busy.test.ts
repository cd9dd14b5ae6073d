// The benchmark of busy machines: both states in one run, and no program that outlives it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { benchBusy } from '../../../bench/busy.js';

const folder = mkdtempSync(join(tmpdir(), 'emft-busy-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Processes that this one has started and that are not gone. */
const children = () => {
  const { pid } = process;
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
};

test.runIf(process.platform === 'linux')(
  'calls in turn, idle and busy, and the programs are ended',
  async () => {
    const before = children();
    const during: number[] = [];
    const lines: string[] = [];
    await benchBusy({
      sizes: [40, 150],
      beside: 2,
      rounds: 4,
      output: folder,
      log(text) {
        lines.push(text);
        during.push(children().length - before.length);
      },
    });
    // The head, then each order idle and busy.
    expect(during).toEqual([0, 0, 2, 0, 2]);
    expect(children()).toEqual(before);
    expect(lines[2]).toMatch(
      /^n = {3}40, busy: one thread .* two ÷ one \d+\.\d\d \[.*\], 4 rounds, others used \d+\.\d cores$/,
    );
    const { beside, measured } = JSON.parse(readFileSync(join(folder, 'busy.json'), 'utf8'));
    expect(beside).toBe(2);
    for (const { others } of measured) expect(others).toBeGreaterThanOrEqual(0);
    type One = { n: number; state: string; one: number[]; two: number[] };
    expect(measured.map(({ n, state, one, two }: One) => [n, state, one.length, two.length])).toEqual([
      [40, 'idle', 4, 4],
      [40, 'busy', 4, 4],
      [150, 'idle', 4, 4],
      [150, 'busy', 4, 4],
    ]);
  },
  60_000,
);
