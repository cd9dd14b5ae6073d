// The torture itself: a part of it, the same every time, and that it notices what it is there to notice.
// `npm run torture` goes on for as long as one likes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeMajors } from '../support/nodes.js';
import { type Ask, plain } from './torture/calls.js';
import { type Case, fromRows, readCase, toRows, toText } from './torture/cases.js';
import { exponentOf, fromHex, QUANTUM, timesPowerOfTwo, toHex } from './torture/doubles.js';
import { examine } from './torture/examine.js';
import { faulty, lies } from './torture/faulty.js';
import { draw, kinds } from './torture/kinds.js';
import { Random } from './torture/random.js';
import { ratios, scaledCopy } from './torture/ratios.js';
import { torture } from './torture/run.js';
import { shrink } from './torture/shrink.js';
import { decompositions } from './torture/tally.js';

/** Two stretches, one on each core, with the one round of twenty that has hostile calls; `npm run torture` goes on for as long as one likes. */
const FIRST = 10;
const ROUNDS = 20;
const silent = { decomposition() {}, ratios() {} };

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

test('matrices of every kind in every way, other rooms, threads in cold processes of three Nodes: nothing is wrong', {
  timeout: 3_600_000,
}, async () => {
  const { tally, failures, errors } = await torture({
    seed: 20220622,
    first: FIRST,
    rounds: ROUNDS,
    jobs: 2,
  });
  expect(errors).toEqual([]);
  expect(failures.map(({ what, detail, seed, round }) => ({ what, detail, seed, round }))).toEqual([]);
  expect(tally.rounds).toBe(ROUNDS);
  expect(tally.coldProcesses).toBe(ROUNDS);
  expect(decompositions(tally)).toBeGreaterThan(800 * ROUNDS);
  expect(Object.keys(tally.counts.kind).sort()).toEqual(Object.keys(kinds).sort());
  expect(Object.keys(tally.cold.Node).sort()).toEqual([...nodeMajors]);
  // Of 1 to 16, as they are drawn.
  expect(Object.keys(tally.cold.threads).length).toBeGreaterThan(8);
  expect(Object.keys(tally.others).sort()).toEqual([
    'Hermitian matrices',
    'band matrices',
    'calls in cold processes',
    'calls with valid, borderline and hostile arguments',
    'exact diagonalization',
    'filtered windows',
    'lattice',
    'mean field',
    'two matrices',
  ]);
});

describe('what the torture notices', () => {
  test.each(Object.entries(lies))('%s', async (_, lie) => {
    const a = draw(new Random(3), 6, 'uniform').a;
    const asks: Ask[] = [
      { ...plain('dc'), range: { index: [1, 4] } },
      { ...plain('dc'), uplo: 'U' },
    ];
    expect(await examine(core, a, 6, asks, silent)).toEqual([]);
    expect(await examine(faulty(core, lie), a, 6, asks, silent)).not.toEqual([]);
  });

  test('an eigenvalue wrong by one part in 1e12 at every magnitude, from subnormal to the largest', () => {
    for (const exponent of [-1000, -500, 0, 500, 1020]) {
      const a = draw(new Random(4), 5, 'uniform').a.map((x) => timesPowerOfTwo(x, exponent));
      const { values, vectors } = core.eigh(a, 5);
      const scaled = scaledCopy(a, 5);
      expect(ratios(scaled, values, vectors).residual).toBeLessThan(3);
      values[4] *= 1 + 1e-12;
      expect(ratios(scaled, values, vectors).residual).toBeGreaterThan(100);
    }
  });

  test('an eigenvalue of a matrix of subnormal numbers that is off by two quanta', () => {
    const a = Float64Array.of(3, 1, 1, 2).map((x) => x * QUANTUM * 1000);
    const { values, vectors } = core.eigh(a, 2);
    expect(ratios(scaledCopy(a, 2), values, vectors).residual).toBeLessThan(1);
    values[1] += 2 * QUANTUM;
    expect(ratios(scaledCopy(a, 2), values, vectors).residual).toBeGreaterThan(1e6);
  });
});

describe('cases', () => {
  test('doubles keep every bit in hexadecimal digits and by powers of two', () => {
    for (const x of [0, -0, 1, -1 / 3, 5e-324, Number.MAX_VALUE, 2 ** -1022, 1e-310]) {
      expect(fromHex(toHex(x))).toBe(x);
      if (x === 0) continue;
      expect(2 ** exponentOf(x) <= Math.abs(x)).toBe(true);
      expect(timesPowerOfTwo(timesPowerOfTwo(x, -exponentOf(x)), exponentOf(x))).toBe(x);
    }
  });

  test('a case read again is the same, infinite bounds, matrices and all', () => {
    const folder = mkdtempSync(join(tmpdir(), 'emft-case-'));
    const { a } = draw(new Random(5), 7, 'all exponents');
    const range = { value: [Number.NEGATIVE_INFINITY, -0] as [number, number] };
    const written: Case = {
      torture: 1,
      what: 'residual',
      detail: 'ratio 1e9',
      kind: 'all exponents',
      changes: [],
      seed: 5,
      round: 0,
      build: 'simd',
      threads: 1,
      node: process.version,
      flags: [],
      hogs: 0,
      cold: false,
      asks: [{ ...plain('qr'), range }],
      n: [7],
      preview: '',
      matrices: [toRows(a, 7)],
      model: { room: 'mean field', model: { logs: a.slice(0, 3) } },
    };
    const file = join(folder, 'case.json');
    writeFileSync(file, toText(written));
    const read = readCase(file);
    expect(read).toEqual(written);
    expect(fromRows(read.matrices[0])).toEqual(a);
    rmSync(folder, { recursive: true });
  });

  test('a matrix is made smaller as long as it fails', async () => {
    const a = draw(new Random(6), 12, 'uniform').a;
    a[5 * 12 + 3] = a[3 * 12 + 5] = 7;
    const fails = async (x: Float64Array) => x.includes(7);
    const { n, a: small } = await shrink(a, 12, fails);
    expect([n, Array.from(small)]).toEqual([2, [0, 7, 7, 0]]);
  });
});
