// A part of a profile's ensemble: what may be asked for, and that its realizations are those of the whole.
import { createCore } from 'emft';
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../cli/src/paper/figure.js';
import { figures } from '../../../cli/src/paper/index.js';
import { partOf } from '../../../cli/src/paper/part.js';
import { InputError } from '../../../src/wasm/errors.js';
import { residentCommand } from '../../support/runs/resident.js';

const load = async (id: string): Promise<Figure> => (await figures[id]()).figure;

describe('partOf', () => {
  it('cuts sizes and realizations, and leaves at least two', async () => {
    const figure = await load('2a');
    expect(partOf(figure, 'paper', {})).toBeUndefined();
    expect(partOf(figure, 'paper', { sizes: [7, 6] })).toEqual({ 6: 250, 7: 250 });
    expect(partOf(figure, 'paper', { sizes: [9], share: 0.101 })).toEqual({ 9: 11 });
    expect(partOf(figure, 'quick', { share: 1e-9 }, 'printed')).toEqual({ 4: 2, 5: 2, 6: 2, 7: 2 });
    expect(partOf(figure, 'quick', { share: 1e-9 })).toEqual({ 3: 2, 4: 2, 5: 2 });
    expect(partOf(await load('2b'), 'paper', { share: 0.5 })).toEqual({ 10: 6 });
    // The states of a single realization tell errors there.
    expect(partOf(await load('2b'), 'paper', { share: 1e-9 })).toEqual({ 10: 1 });
    expect(Object.keys(partOf(await load('5a'), 'paper', { share: 1 })!)).toEqual([
      '10',
      '12',
      '15',
      '18',
      '22',
      '27',
      '33',
      '41',
      '50',
    ]);
  });

  it('names the argument, what came and what is allowed', async () => {
    const figure = await load('2a');
    const failure = (part: object, of = figure) => {
      try {
        partOf(of, 'quick', part);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        return (error as Error).message;
      }
      throw new Error('accepted');
    };
    expect(failure({ sizes: [11] })).toBe('sizes: expected some of 3, 4, 5 (profile quick), got 11');
    for (const share of [0, -1, 1.5, Number.NaN])
      expect(failure({ share })).toMatch(/^share: expected .* got/);
    expect(failure({ share: 0.5 }, await load('3a'))).toMatch(/^share: figure 3a has no ensemble/);
    expect(failure({ sizes: [4, 5] }, { ...figure, sizesAtOnce: 1 })).toMatch(
      /^sizes: figure 2a shows 1 size/,
    );
  });
});

const emft = residentCommand();

it('on the command line the argument is the flag', async () => {
  const figure = (...args: string[]) => emft(['figure', ...args]);
  for (const [args, line] of [
    [['2a', '--sizes', '11'], 'emft: --sizes: expected some of 3, 4, 5 (profile quick), got 11\n'],
    [['2a', '--share', '0'], 'emft: --share: expected a finite number > 0 and ≤ 1, got 0\n'],
    [
      ['3a', '--share', '0.5'],
      'emft: --share: figure 3a has no ensemble of realizations to take a part of\n',
    ],
  ] as const) {
    const { status, stdout, stderr } = await figure(...args);
    expect([status, stdout, stderr]).toEqual([2, '', line]);
  }
});

it('a part of Fig. 5(a) is the head of each cell of the whole', async () => {
  const core = await createCore();
  try {
    const figure = await load('5a');
    const compute = async (part: object) => {
      const ensemble = partOf(figure, 'quick', part);
      return (await figure.compute({ core, profile: 'quick', ensemble, progress: async () => {} })).columns;
    };
    const few = await compute({ sizes: [8], share: 0.05 });
    const more = await compute({ sizes: [8], share: 0.1 });
    const keyed = (c: typeof few) =>
      new Map(
        Array.from(c.etaTot_log2 as Float64Array, (eta, i) => [
          `${(c.strength as Float64Array)[i]} ${(c.sample as Int32Array)[i]}`,
          eta,
        ]),
      );
    const whole = keyed(more);
    expect(keyed(few).size).toBe(24);
    expect(whole.size).toBe(48);
    for (const [key, eta] of keyed(few)) expect(whole.get(key)).toBe(eta);
  } finally {
    core.dispose();
  }
});
